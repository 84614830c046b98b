import type { Slots } from '../../../src/understanding/meaning.ts';
import { BACK, gave, NO, NUMBER, type Sample, STATION, start, YES } from './sample.ts';

const callback = (over: object) => ({
  station: STATION.name,
  day: '2026-11-23',
  time: '11:30',
  place: 2,
  already: false,
  ...over,
});
/** Where it counts that more than one call is owed. */
const OF_SEVERAL = new Set(['askingWhichCall', 'confirmingGiveUp', 'confirmingAll']);

export const agent: Sample = {
  starts: [
    start('agent.call'),
    start('agent.call', { agreed: 'yes', reason: 'visit' }),
    start('agent.call', { agreed: 'yes', reason: 'fraud' }),
    start('callback.request'),
    start('callback.request', { phone: NUMBER }),
    start('callback.request', { phone: '139' }),
    start('callback.request', { gone: 'yes' }),
    ...['cancel', 'move', 'who', 'remind', 'toWhich'].map((about) => start('callback.request', { about })),
    start('callback.request', { about: 'move', date: '2026-11-24' }),
    start('callback.request', { about: 'move', when: 'later' }),
    start('agent.call', { about: 'when', agreed: 'yes', reason: 'life' }),
    start('callback.request', { about: 'cancel', all: 'yes' }),
    start('callback.request', { about: 'note', wish: 'woman' }),
    start('agent.call', { ended: 'c1' }),
    start('agent.call', { incoming: 'c1' }),
  ],
  events: [
    { type: 'LOOKED' },
    { type: 'LOOKED', phoneTail: '1234' },
    { type: 'LOOKED', phoneTail: '1234', live: true },
    { type: 'CALLING', call: { id: 'c1', position: 1 } },
    { type: 'CALLING', call: { id: 'c1', position: 2, least: 3, most: 8 } },
    { type: 'RINGS', call: { id: 'c1', who: '赵敏', station: STATION.name, code: '海棠' } },
    { type: 'GONE' },
    { type: 'ANSWERED' },
    { type: 'REFUSED' },
    { type: 'RESULT', result: 'nothing', clerk: '赵敏', rate: true },
    { type: 'RESULT', result: 'submitted', clerk: '赵敏', rate: false, done: { item: '老年优待证' } },
    { type: 'RESULT', result: 'visit', clerk: '赵敏', rate: false, done: { item: '老年优待证', day: '2026-11-24' } },
    { type: 'RESULT', result: 'booked', rate: true, done: { day: '2026-11-24', time: '10:00', place: STATION.name } },
    { type: 'RESULT', result: 'callback', rate: false, callback: callback({ phoneTail: '1234' }) },
    { type: 'RESULT', result: 'missed', clerk: '赵敏', rate: false },
    { type: 'RESULT', result: 'cut', rate: false, callback: callback({}) },
    { type: 'STANDS', callback: callback({ phoneTail: '1234' }), open: [callback({})], unsure: false },
    { type: 'STANDS', callback: callback({ late: true }), open: [callback({ late: true })], unsure: false },
    { type: 'STANDS', callback: callback({}), open: [callback({}), callback({})], unsure: true },
    { type: 'CHOSE', n: 1 },
    { type: 'CHOSE', n: 3 },
    { type: 'NONE' },
    { type: 'MOVED', callback: callback({}) },
    { type: 'MOVED', callback: callback({ after: '15:00' }) },
    { type: 'GIVEN_UP' },
    { type: 'WISH_KEPT' },
    { type: 'REQUESTED', callback: callback({}) },
    { type: 'REQUESTED', callback: callback({ clerk: '赵敏', phoneTail: '1234' }) },
    { type: 'REQUESTED', callback: callback({ already: true }) },
    YES,
    NO,
    BACK,
    gave('callback.request'),
    gave('callback.request', { date: '2026-11-24' }),
    gave('callback.request', { time: '15:00', agreed: 'yes' }),
    gave('callback.request', { about: 'cancel' }),
    gave('callback.request', { about: 'cancel', all: 'yes' }),
    gave('callback.request', { about: 'note', wish: 'patient' }),
    gave('callback.request', { about: 'unnote', wish: 'patient' }),
    gave('callback.request', { when: 'asks' }),
    gave('callback.request', { when: 'later' }),
    gave('callback.request', { when: 'notYet' }),
    gave('callback.request', { gone: 'yes' }),
    gave('callback.request', { known: 'yes' }),
    gave('callback.request', { phone: NUMBER }),
    gave('callback.request', { phone: '1392' }),
    gave('callback.request', { phone: '1392200012345' }),
    gave('agent.call', { ended: 'c1' }),
    gave('agent.call', { incoming: 'c1' }),
  ],
  // Which wishes were said, and which call was talked of, changes words only.
  keyOf: ({ value, context }) => {
    const { wish: _, wishes: __, callback: ___, ...slots } = context.slots as Slots;
    if (slots.about === 'unnote') slots.about = 'note';
    // It matters only to those who ring.
    if (slots.reason === 'life') slots.reason = 'visit';
    if (slots.about === '') delete slots.about;
    const several = ((context.open as unknown[] | undefined)?.length ?? 0) > 1;
    const { late: ____, phoneTail: _____, ...told } = (context.callback ?? {}) as Record<string, unknown>;
    return [value, { ...context, callback: told, open: OF_SEVERAL.has(String(value)) && several, slots }];
  },
};

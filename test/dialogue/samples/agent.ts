import { BACK, gave, NO, NUMBER, type Sample, STATION, start, YES } from './sample.ts';

const callback = (over: object) => ({
  station: STATION.name,
  day: '2026-11-23',
  time: '11:30',
  place: 2,
  already: false,
  ...over,
});
export const agent: Sample = {
  starts: [
    start('agent.call'),
    start('agent.call', { agreed: 'yes', reason: 'visit' }),
    start('callback.request'),
    start('callback.request', { phone: NUMBER }),
    start('callback.request', { phone: '139' }),
  ],
  events: [
    { type: 'LOOKED' },
    { type: 'LOOKED', phoneTail: '1234' },
    { type: 'REQUESTED', callback: callback({}) },
    { type: 'REQUESTED', callback: callback({ clerk: '赵敏', phoneTail: '1234' }) },
    { type: 'REQUESTED', callback: callback({ already: true }) },
    YES,
    NO,
    BACK,
    gave('callback.request'),
    gave('callback.request', { phone: NUMBER }),
    gave('callback.request', { phone: '1392' }),
  ],
};

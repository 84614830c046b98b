import type { VisitForHer } from '../../../src/dialogue/errands/visit.facts.ts';
import type { Slots } from '../../../src/understanding/meaning.ts';
import { BACK, CARD, chose, gave, NO, type Sample, start, YES } from './sample.ts';

const visitFor = (over: Partial<VisitForHer> = {}): VisitForHer => ({
  id: 'visit',
  matter: CARD,
  day: '2026-11-25',
  half: 'AM',
  ...over,
});
const looked = (visits: VisitForHer[], over: object = {}) => ({
  type: 'LOOKED',
  listed: true,
  visits,
  quiet: [] as string[],
  ...over,
});

export const visit: Sample = {
  starts: [
    start('visit.request'),
    start('visit.request', { item: CARD }),
    start('visit.request', { item: CARD, date: '2026-11-25/2026-11-27', time: 'AM' }),
    start('visit.request', { item: CARD, forPapers: 'yes' }),
    ...['cancel', 'move', 'who', 'when'].map((about) => start('visit.request', { about })),
    start('visit.request', { about: 'move', date: '2026-11-26' }),
    start('visit.request', { about: 'note', wish: 'woman' }),
    start('visit.request', { about: 'unnote', wish: 'woman' }),
  ],
  events: [
    looked([]),
    looked([], { listed: false }),
    looked([], { quiet: [CARD] }),
    looked([visitFor()]),
    looked([visitFor({ worker: '赵敏' })], { quiet: [CARD] }),
    { type: 'SOONEST', day: '2026-11-24', half: 'AM' },
    { type: 'POSSIBLE' },
    { type: 'NOT_POSSIBLE' },
    { type: 'NOTED', visit: visitFor() },
    { type: 'STANDS', visit: visitFor({ worker: '赵敏' }) },
    { type: 'PLANNED' },
    { type: 'CANCELLED' },
    { type: 'WISH_KEPT' },
    YES,
    NO,
    BACK,
    chose(1),
    gave('visit.request', { item: CARD }),
    gave('visit.request', { date: '2026-11-26' }),
    gave('visit.request', { time: '14:00' }),
    gave('visit.request', { edge: 'any' }),
    gave('visit.request', { about: 'cancel' }),
    gave('visit.request', { about: 'note', wish: 'rings' }),
    gave('visit.request', { about: 'unnote', wish: 'rings' }),
    gave('visit.request', { other: 'otherDay', refused: '2026-11-24' }),
    gave('correction', { time: 'AM' }),
    gave('visit.request'),
  ],
  // Which wishes were said, and which days refused, changes words only.
  keyOf: ({ value, context: { wishes: _, wished: __, refused: ___, ...context } }) => {
    const { wish: ____, ...slots } = context.slots as Slots;
    return [value, { ...context, slots }];
  },
};

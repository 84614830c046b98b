import type { Slots } from '../../../src/understanding/meaning.ts';
import { BACK, CARD, CENTRE, chose, gave, NO, PERMIT, type Sample, STATION, start, YES } from './sample.ts';

const offer = (start: string, over: object = {}) => ({
  slotId: start,
  place: STATION,
  day: '2026-11-25',
  start,
  exact: true,
  ...over,
});
const standing = (matter: string, over: object = {}) => ({
  id: matter,
  matter,
  direction: 'collect',
  place: STATION,
  day: '2026-11-25',
  start: '09:00',
  ...over,
});
const NINE = offer('09:00');
const ELEVEN = offer('11:00');
const ELSEWHERE = offer('14:00', { place: CENTRE, day: '2026-11-27', exact: false });
const OFFERS = [[], [NINE], [NINE, ELEVEN], [{ ...NINE, exact: false }], [{ ...NINE, exact: false }, ELSEWHERE]];

export const pickup: Sample = {
  starts: [
    start('pickup.book'),
    start('pickup.book', { item: CARD }),
    start('pickup.book', { item: CARD, date: '2026-11-25', time: 'AM' }),
    start('pickup.book', { item: PERMIT, direction: 'hand_in', date: '2026-11-25' }),
    start('pickup.change'),
    start('pickup.cancel'),
    start('pickup.query'),
  ],
  events: [
    { type: 'LOOKED', ready: [], standing: [] },
    { type: 'LOOKED', ready: [CARD], standing: [] },
    { type: 'LOOKED', ready: [CARD, PERMIT], standing: [] },
    { type: 'LOOKED', ready: [CARD], standing: [standing(CARD)] },
    { type: 'LOOKED', ready: [CARD], standing: [standing(CARD), standing(PERMIT, { direction: 'hand_in' })] },
    ...OFFERS.map((offers) => ({ type: 'OFFERED', offers })),
    { type: 'HELD', held: { seatId: 'seat', ...NINE } },
    { type: 'TAKEN', offers: [] },
    { type: 'TAKEN', offers: [ELEVEN, ELSEWHERE] },
    { type: 'BOOKED', booking: standing(CARD) },
    { type: 'ALREADY', booking: standing(CARD) },
    { type: 'CANCELLED' },
    { type: 'RELEASED' },
    YES,
    NO,
    BACK,
    ...[0, 1, 2, -1, 9].map(chose),
    gave('pickup.book', { item: CARD }),
    gave('pickup.book', { date: '2026-11-27' }),
    gave('pickup.book', { time: '11:00' }),
    gave('pickup.book', { time: 'PM' }),
    gave('pickup.book', { direction: 'hand_in' }),
    gave('pickup.book', { ordinal: '0' }),
    gave('pickup.change'),
    gave('pickup.cancel'),
    gave('pickup.query'),
    gave('correction', { time: '09:00' }),
  ],
  // Which day and hour she named changes words only; that she named them is what matters.
  keyOf: ({ value, context }) => {
    const { intent, slots, ready, standing, offers, held, chosenBooking, already } = context as Record<string, never[]>;
    const { item, direction, date, time } = slots as unknown as Slots;
    const named = [item, direction, date !== undefined || time !== undefined];
    const held_ = [held !== undefined, chosenBooking !== undefined, already !== undefined];
    return [value, intent, named, ready?.length, standing?.length, offers?.length, ...held_];
  },
};

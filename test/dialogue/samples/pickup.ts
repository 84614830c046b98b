import type { PickupContext } from '../../../src/dialogue/errands/pickup.facts.ts';
import type { Slots } from '../../../src/understanding/meaning.ts';
import { BACK, CARD, CENTRE, chose, gave, IDENTITY, NO, PERMIT, type Sample, STATION, start, YES } from './sample.ts';

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
const looked = (over: object) => ({ type: 'LOOKED', ready: [CARD], standing: [], ...over });
const OFFERS = [[], [NINE], [NINE, ELEVEN], [{ ...NINE, exact: false }], [{ ...NINE, exact: false }, ELSEWHERE]];

/** None, or two. */
const FURTHER = new Set<number | undefined>([0, 2]);

/** Where she is asked who goes, she may say that nobody does. */
const WHO_GOES = new Set(['askingCollector', 'askingRelation']);

/** For a couple: what stands is moved or ended, what waits is booked. */
const bookedOrNot = ({ intent }: PickupContext, looked: object) =>
  'othersBooked' in looked === (intent !== 'pickup.book');

/** She comes herself after all. */
const takenBack = ({ intent, slots }: PickupContext) => intent === 'pickup.change' && slots.mode === 'window';

/** Where one of the times is still to be taken: from anywhere else it comes to new ones. */
const OFFERS_COUNT = new Set(['choosing', 'holding', 'confirming', 'findingFurther']);

export const pickup: Sample = {
  starts: [
    start('pickup.book'),
    start('pickup.book', { item: CARD }),
    start('pickup.book', { item: CARD, date: '2026-11-25', time: 'AM' }),
    start('pickup.book', { item: PERMIT, direction: 'hand_in', date: '2026-11-25' }),
    start('pickup.change'),
    start('pickup.cancel'),
    start('pickup.query'),
    start('pickup.query', { collector: 'proxy' }),
    ...['courier', 'locker', 'home', 'proxy'].map((mode) => start('pickup.book', { item: CARD, mode })),
    start('pickup.book', { item: CARD, mode: 'proxy', relation: '女儿' }),
    start('pickup.book', { mode: 'proxy', relation: '女儿', name: '王芳' }),
    start('pickup.book', { both: 'yes', mode: 'proxy', relation: '女儿', name: '王芳' }),
    start('pickup.book', { both: 'yes' }),
    start('pickup.book', { both: 'yes', mode: 'locker', date: '2026-11-25' }),
    start('pickup.book', { item: CARD, forWhom: '李叔', relation: '老伴儿' }),
    start('pickup.book', { direction: 'hand_in' }),
    start('pickup.book', { item: CARD, date: '2026-11-25', couple: 'yes' }),
    start('pickup.change', { shift: '1', edge: 'same' }),
    start('pickup.change', { mode: 'window' }),
    start('pickup.change', { mode: 'proxy', relation: '女儿', date: '2026-11-25' }),
    start('pickup.change', { mode: 'locker', both: 'yes' }),
    start('pickup.change', { both: 'yes', date: '2026-11-25' }),
    start('pickup.book', { item: CARD, date: '2026-11-25', couple: 'yes', stead: 'yes', kin: '老伴儿' }),
    start('pickup.book', { couple: 'yes', kin: '老伴儿' }),
    start('pickup.cancel', { both: 'yes' }),
    start('pickup.change', { couple: 'yes', date: '2026-11-25' }),
    start('pickup.cancel', { couple: 'yes' }),
    start('pickup.query', { forWhom: '李叔' }),
    start('pickup.cancel', { forWhom: '李叔' }),
    start('pickup.book', { item: PERMIT, mode: 'courier' }),
  ],
  events: [
    { type: 'LOOKED', ready: [], standing: [] },
    { type: 'LOOKED', ready: [CARD], standing: [] },
    { type: 'LOOKED', ready: [CARD, PERMIT], standing: [] },
    { type: 'LOOKED', ready: [CARD], standing: [standing(CARD)] },
    { type: 'LOOKED', ready: [CARD], standing: [standing(CARD), standing(PERMIT, { direction: 'hand_in' })] },
    looked({ homeOk: true, priority: true, others: [{ residentId: 'other', called: '李叔', matter: CARD }] }),
    looked({ collector: { id: 'proxy', name: '王芳', relation: '女儿', again: false } }),
    looked({ collector: { id: 'proxy', name: '王芳', relation: '女儿', again: true } }),
    looked({ otherAtHome: '李叔' }),
    looked({ ready: [], others: [{ residentId: 'other', called: '李叔', matter: CARD }] }),
    looked({
      otherAtHome: '李叔',
      standing: [standing(CARD)],
      others: [{ residentId: 'other', called: '李叔', matter: CARD }],
    }),
    looked({
      standing: [standing(CARD)],
      othersBooked: [{ residentId: 'other', called: '李叔', booking: standing(CARD) }],
    }),
    ...IDENTITY,
    { type: 'TOGETHER', booking: standing(CARD) },
    { type: 'NOT_TOGETHER' },
    { type: 'COLLECTOR_SET' },
    { type: 'COLLECTOR_TOO_SOON', from: '2026-11-26' },
    looked({ lacking: [PERMIT] }),
    looked({ ready: [], lacking: [PERMIT] }),
    looked({ unsaid: [PERMIT], onlyUnsaid: PERMIT }),
    looked({ owner: { residentId: 'other', called: '李叔', collector: '王姨', relation: '老伴儿' } }),
    looked({ hers: true }),
    looked({ promised: 'callback' }),
    looked({ promised: 'visit' }),
    gave('pickup.book', { forWhom: '老张', relation: '家里人' }),
    gave('pickup.book', { edge: 'any' }),
    gave('pickup.book', { other: 'otherDay' }),
    gave('pickup.book', { other: 'later' }),
    gave('pickup.book', { other: 'earlier' }),
    gave('pickup.book', { other: 'more' }),
    looked({ standing: [standing(CARD, { collector: '王芳' })] }),
    looked({
      ready: [CARD, PERMIT],
      standing: [standing(CARD, { mode: 'courier' }), standing(PERMIT, { mode: 'courier' })],
    }),
    { type: 'COLLECTOR_DROPPED' },
    { type: 'COLLECTOR_KEPT' },
    { type: 'COLLECTOR_ENDED' },
    gave('pickup.book', { name: '王芳' }),
    gave('pickup.book', { relation: '女儿' }),
    gave('pickup.book', { mode: 'courier' }),
    gave('pickup.book', { mode: 'proxy' }),
    gave('pickup.book', { mode: 'home' }),
    gave('pickup.book', { mode: 'locker' }),
    gave('pickup.book', { mode: 'home', weak: 'yes' }),
    ...OFFERS.map((offers) => ({ type: 'OFFERED', offers })),
    ...(['past', 'closed', 'far', 'hours', 'full'] as const).map((why) => ({
      type: 'OFFERED',
      offers: [{ ...NINE, exact: false }],
      notThen: { why, day: '2026-11-29', last: '2026-12-04' },
    })),
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
    gave('pickup.book', { date: '2026-11-25', time: '09:00' }),
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
    const { homeOk, others, collector, lacking, othersBooked, otherAtHome, owner } =
      context as unknown as PickupContext;
    const { item, direction, date, time, mode, name, relation, both, couple } = slots as unknown as Slots;
    const who = mode === 'proxy' ? [Boolean(name), Boolean(relation)] : [];
    const way = [
      (slots as unknown as Slots).collector,
      (slots as unknown as Slots).forWhom,
      mode,
      ...who,
      mode === 'home' && homeOk,
      both,
      lacking.length,
      couple && [othersBooked?.length, otherAtHome, (slots as unknown as Slots).stead],
      intent === ('pickup.cancel' as never) && [othersBooked?.length, owner?.called],
      others.length,
      collector?.again,
    ];
    const when = [
      date !== undefined || time !== undefined,
      value === 'findingTimes' && date === NINE.day && time === NINE.start,
    ];
    const { unclear: which, nothingElse, further } = context as unknown as PickupContext;
    const unclear = [
      value === 'choosing' && [which, nothingElse, nothingElse && further],
      value === 'findingFurther' && further,
    ];
    const named = [item, direction, ...when, ...way, unclear];
    const held_ = [held !== undefined, chosenBooking !== undefined, already !== undefined];
    const known = [ready?.length, standing?.length, OFFERS_COUNT.has(String(value)) && offers?.length];
    return [value, intent, named, ...known, ...held_];
  },
  // How it comes and who collects she says where she is asked; elsewhere it would only repeat that.
  mayBefall: ({ value, context }, { type, slots, collector, lacking, onlyUnsaid, owner, ...rest }) => {
    const looked = rest as Partial<Record<'ready' | 'standing', unknown[]>>;
    const held = context as unknown as PickupContext;
    const plain = Object.keys(looked).length === 2 && looked.standing?.length === 0 && looked.ready?.length === 1;
    const said = (slots ?? {}) as Slots;
    if (type === 'GAVE' && said.mode === 'home')
      return said.weak ? value === 'offeringOtherWay' : WHO_GOES.has(String(value));
    if (value === 'findingFurther') return FURTHER.has((rest as { offers?: unknown[] }).offers?.length);
    if (rest.promised !== undefined) return value === 'looking' && held.intent === 'pickup.cancel';
    if (rest.hers !== undefined) return value === 'looking' && (context.slots as Slots).forWhom !== undefined;
    if (owner) return value === 'looking' && (context.slots as Slots).forWhom !== undefined;
    const { forWhom: whose } = context.slots as Slots;
    const { mode: by, both: all } = context.slots as Slots;
    const ofAnother = (looked.standing as { collector?: string }[] | undefined)?.some((one) => one.collector) ?? false;
    if (type === 'LOOKED' && (ofAnother || takenBack(held))) return ofAnother && takenBack(held);
    if (type === 'GAVE' && (context.slots as Slots).couple) return false;
    if (held.slots.both && held.intent !== 'pickup.book' && type === 'GAVE') return false;
    if (held.slots.both && held.intent !== 'pickup.book' && type === 'LOOKED') return looked.standing?.length === 2;
    if (type === 'LOOKED' && (context.slots as Slots).couple)
      return ['othersBooked', 'otherAtHome', 'others'].some((name) => name in looked) && bookedOrNot(held, looked);
    if (type === 'LOOKED' && 'othersBooked' in looked)
      return held.intent === 'pickup.cancel' && (!whose || value === 'lookingForOwner');
    if (type === 'LOOKED' && 'otherAtHome' in looked) return false;
    if (type === 'LOOKED' && all && (by === 'proxy' || by === 'locker')) return looked.ready?.length === 2;
    if (type === 'LOOKED' && value === 'lookingForOwner' && held.intent === 'pickup.query')
      return looked.standing?.length === 1;
    if (type === 'LOOKED' && (whose || value === 'lookingForOwner')) return plain;
    if (type === 'LOOKED' && lacking && looked.ready?.length === 0)
      return value === 'looking' && held.intent === 'pickup.book' && !(context.slots as Slots).direction;
    if (type === 'LOOKED' && (lacking || onlyUnsaid)) return (context.slots as Slots).direction === 'hand_in';
    if (type === 'LOOKED') return ((context.slots as Slots).collector !== undefined) === (collector !== undefined);
    const { mode, name, relation, edge, forWhom, other } = (slots ?? {}) as Slots;
    const { mode: way, direction: to, both, date, time } = held.slots;
    const untold = held.intent === 'pickup.book' && ![way, to, both, date, time].some(Boolean);
    if (forWhom)
      return (
        untold &&
        held.standing.length === 0 &&
        held.others.length === 0 &&
        held.offers.length === 0 &&
        ['askingDocument', 'choosingDocument', 'askingDay'].includes(String(value))
      );
    if (edge) return value === 'choosing';
    const plainly = held.intent === 'pickup.book' && ![way, to, both].some(Boolean) && held.standing.length === 0;
    if (other)
      return plainly && held.others.length === 0 && ['choosing', 'confirming', 'askingDay'].includes(String(value));
    // 「时间不变，换人」: while what stands is being moved.
    if (mode === 'proxy')
      return held.intent === 'pickup.change' && !way && !to && (value === 'askingDay' || value === 'choosing');
    if (mode === 'locker')
      return plainly && held.others.length === 0 && (value === 'choosing' || value === 'confirming');
    if (mode) return value === 'offeringOtherWay' || value === 'offeringHandIn' || value === 'askingDay';
    return (!name && !relation) || /^asking(Collector|Relation)$/.test(String(value));
  },
};

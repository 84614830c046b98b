/** What the errand of collecting and handing in knows, and how it reads an answer. */
import type { Slots } from '../../understanding/meaning.ts';
import { chosen, type Remembered, type Said } from './errand.ts';
import type { IdentityEvent } from './identify.ts';

export interface Offer {
  slotId: string;
  place: { id: string; name: string };
  day: string;
  start: string;
  exact: boolean;
}
export interface HeldPlace {
  seatId: string;
  place: { id: string; name: string };
  day: string;
  start: string;
}
export interface Standing {
  id: string;
  matter: string;
  direction: 'collect' | 'hand_in';
  place: { id: string; name: string };
  day: string;
  start: string;
  /** Who collects, where it is not she. */
  collector?: string | null;
  /** The evening before it is still to come. */
  reminds?: boolean;
}

/** Why nothing could be had that she wished for. */
export interface NotThen {
  why: 'past' | 'closed' | 'far' | 'hours' | 'full';
  day?: string;
  last?: string;
}

export const FURTHER = ['later', 'earlier', 'tooEarly', 'tooLate', 'more'] as const;
export type Further = (typeof FURTHER)[number];
/** What she would rather have, where she names neither a day nor an hour. */
export const furtherIn = (event: PickupEvent): Further | undefined =>
  FURTHER.find((one) => event.type === 'GAVE' && event.slots.other === one);

export interface PickupContext extends Remembered {
  /** Official names of the documents that wait to be collected. */
  ready: string[];
  /** Matters of hers whose case waits for papers. */
  lacking: string[];
  /** Which papers those are, by their matter. */
  papers?: Record<string, string[]>;
  standing: Standing[];
  offers: Offer[];
  /** She agreed to two times at once: which she means is asked. */
  unclear?: true;
  /** Of the offers, which she took. */
  wanted?: Offer;
  notThen?: NotThen;
  /** Of the same day: later or earlier than what she was offered, or just others. */
  further?: Further;
  held?: HeldPlace;
  /** The standing booking that is being changed or cancelled. */
  chosenBooking?: Standing;
  already?: Standing;
  /** Somebody comes to her home with it, or for it. */
  homeOk: boolean;
  /** Over seventy-five: 绿色通道. */
  priority: boolean;
  /** Whose document it is, where another at home wants it: he who speaks collects. */
  owner?: OtherAtHome;
  /** Who else at home has something waiting: it can be booked along. */
  others: OtherReady[];
  together?: Standing;
  /** Who else at home has something booked: it can be moved along. */
  othersBooked?: OtherBooked[];
  /** Who else lives here, where it is one. */
  otherAtHome?: string;
  /** Nothing is booked, but this she is promised: it may be that which she calls off. */
  promised?: 'callback' | 'visit';
  /** Whom she is to be asked about: somebody was named to collect for her. */
  collector?: { id: string; name: string; relation: string; again: boolean };
}

/** The one whose document it is, and what he who speaks is to her. */
export interface OtherAtHome {
  residentId: string;
  called: string;
  collector: string;
  relation: string;
}

export interface OtherReady {
  residentId: string;
  called: string;
  matter: string;
}

export interface OtherBooked {
  residentId: string;
  called: string;
  booking: Standing;
}

/** What the first look brings beside documents and bookings. */
export type Looked = Partial<
  Pick<
    PickupContext,
    | 'lacking'
    | 'papers'
    | 'owner'
    | 'homeOk'
    | 'priority'
    | 'others'
    | 'collector'
    | 'promised'
    | 'othersBooked'
    | 'otherAtHome'
  >
>;

const MODES = ['courier', 'proxy', 'window'] as const;
/** How it comes to her; only what is ready can come otherwise than over the counter. */
export const modeOf = (context: PickupContext) =>
  directionOf(context) === 'hand_in' || context.intent === 'pickup.change'
    ? 'window'
    : (context.slots.mode ?? 'window');
export const modeChosen = (n: number) => chosen([...MODES], n) ?? 'window';
export type PickupEvent =
  | Said
  | IdentityEvent
  /** `hers`: the one she named is herself. */
  | ({ type: 'LOOKED'; ready: string[]; standing: Standing[]; hers?: boolean } & Looked)
  | { type: 'TOGETHER'; booking: Standing }
  | { type: 'NOT_TOGETHER' }
  | { type: 'COLLECTOR_SET' }
  | { type: 'COLLECTOR_DROPPED' }
  | { type: 'COLLECTOR_TOO_SOON'; from: string }
  | { type: 'COLLECTOR_KEPT' }
  | { type: 'COLLECTOR_ENDED' }
  /** `anyHour`: a locker, out of which she takes it when she likes from then on. */
  | { type: 'OFFERED'; offers: Offer[]; notThen?: NotThen; anyHour?: boolean }
  | { type: 'HELD'; held: HeldPlace }
  | { type: 'TAKEN'; offers: Offer[] }
  | { type: 'BOOKED'; booking: Standing }
  | { type: 'ALREADY'; booking: Standing }
  | { type: 'CANCELLED' }
  | { type: 'RELEASED' };

export const DIRECTION = 'collect';
export const directionOf = (context: Pick<PickupContext, 'slots'>) =>
  context.slots.direction === 'hand_in' ? 'hand_in' : DIRECTION;
export const bookingFor = (context: PickupContext) =>
  context.standing.find((one) => one.matter === context.slots.item && one.direction === directionOf(context));
/** `HH:MM`, or the half day when that is all she said. */
const isAt = (start: string, time: string | undefined) =>
  time !== undefined && (time.length === 2 ? halfOf(start) === time : start === time);

/** The offer that her words name: by number, by the very day and time, or by the half day when only one lies in it. */
export function offerNamed(context: PickupContext, event: PickupEvent): Offer | undefined {
  if (event.type === 'CHOSE') return chosen(context.offers, event.n);
  if (event.type !== 'GAVE') return undefined;
  const { ordinal, time, date } = event.slots;
  if (ordinal !== undefined) return chosen(context.offers, Number(ordinal));
  const named = context.offers.filter((one) => isAt(one.start, time) && (date === undefined || date === one.day));
  return named.length === 1 ? named[0] : undefined;
}

/** Another of its own wishes, if she has one now. To change what does not stand yet is still to book it. */
export function wishIn(event: PickupEvent, context: PickupContext): PickupContext['intent'] {
  const { intent, standing } = context;
  if (event.type !== 'GAVE' || !event.intent.startsWith('pickup.')) return intent;
  if (event.intent === 'pickup.change' && standing.length === 0) return intent;
  return event.intent === 'pickup.book' && stillChanges(context, event.slots) ? intent : event.intent;
}

/** Another day for the booking that she is just moving is no new booking. */
function stillChanges({ intent, chosenBooking, slots }: PickupContext, { item, direction }: Slots): boolean {
  const matter = chosenBooking?.matter ?? slots.item;
  return (
    intent === 'pickup.change' && (!item || item === matter) && (!direction || direction === directionOf({ slots }))
  );
}

const OF_THE_HELD = new Set(['date', 'time', 'place', 'item']);
/** What she says at the read-back is what was read back: 「行，三点」. */
export function saysHeld({ held, slots }: PickupContext, event: PickupEvent): boolean {
  if (event.type !== 'GAVE' || event.intent === 'correction' || !held) return false;
  const same: Slots = { ...slots, date: held.day, place: held.place.name };
  const said = Object.entries(event.slots).filter(([, value]) => value);
  // Who goes, or whose it is, is no word about the time.
  if (!said.some(([name]) => OF_THE_HELD.has(name))) return false;
  const agrees = ([name, value]: [string, string]) =>
    name === 'time' ? isAt(held.start, value) : same[name] === value;
  return said.length > 0 && said.every(agrees);
}

const isHeld = ({ held }: PickupContext, offer: Offer | undefined) =>
  offer !== undefined && offer.day === held?.day && offer.start === held.start && offer.place.id === held.place.id;
/** 第一个 of the two that were read out before: the one that is held, or the other. */
export const namesHeld = (context: PickupContext, event: PickupEvent) => isHeld(context, offerNamed(context, event));

/** She has said both the day and the hour, and can have them: there is nothing to choose. */
export function isVeryTime({ slots, chosenBooking }: PickupContext, [first]: Offer[]): boolean {
  const time = slots.time ?? (slots.edge === 'same' ? chosenBooking?.start : undefined);
  const thatDay = slots.shift ? true : first?.day === slots.date;
  return first?.exact === true && thatDay && first.start === time;
}

export const whenSlots = ['date', 'time', 'shift'];
/** A parcel has no day to choose: to say no to it is to want another way. */
export function withoutWhen(context: PickupContext): Slots {
  const gone = modeOf(context) === 'courier' ? [...whenSlots, 'mode'] : whenSlots;
  return Object.fromEntries(Object.entries(context.slots).filter(([name]) => !gone.includes(name)));
}

/** The day and hour that are held, where she names no others and only who collects is new. */
export function chosenWhen(context: PickupContext, event: PickupEvent): Slots {
  const { held } = context;
  const { date, time, place, edge, mode, name, relation, couple, both } = named(event);
  const onlyWho = Boolean(mode || name || relation || couple || both) && ![date, time, place, edge].some(Boolean);
  return held && modeOf(context) !== 'courier' && onlyWho && mode !== 'courier' && mode !== 'locker'
    ? { date: held.day, time: held.start }
    : {};
}

export const named = (event: PickupEvent): Slots => (event.type === 'GAVE' ? event.slots : {});
/** What she says later replaces what she said before; another day without a time frees the time. */
export function merged(slots: Slots, given: Slots): Slots {
  const { ordinal: _, forWhom: __, ...values } = given;
  const kept = { ...slots };
  if (values.date || values.time) delete kept.edge;
  if (values.date) delete kept.shift;
  if (values.shift) delete kept.date;
  if (values.date && !values.time && slots.date && slots.date !== values.date) delete kept.time;
  return { ...kept, ...values };
}

const OF_COLLECTOR = ['mode', 'name', 'relation', 'both'];
export const withoutCollector = (slots: Slots): Slots =>
  Object.fromEntries(Object.entries(slots).filter(([name]) => !OF_COLLECTOR.includes(name)));

export const turns = new Set<string>(['pickup.cancel', 'pickup.query', 'pickup.change']);

/** What else of hers is ready, where she wants all on one trip. */
export const besides = ({ slots, ready, standing }: PickupContext): string | undefined =>
  slots.both === 'yes'
    ? ready.find((one) => one !== slots.item && !standing.some(({ matter }) => matter === one))
    : undefined;

/** Whose goes along with hers, where she wants both: something that waits, or a booking to be moved or ended. */
export function partner(context: PickupContext): OtherReady | OtherBooked | undefined {
  const { intent, slots, others, othersBooked } = context;
  if (intent === 'pickup.book') return slots.couple === 'yes' ? others[0] : undefined;
  const own = slots.both === 'yes' ? ownBesides(context) : undefined;
  return own ?? (slots.couple === 'yes' || slots.both === 'yes' ? othersBooked?.[0] : undefined);
}

/** Of her own two bookings the other: 「俩都改礼拜五」. */
function ownBesides({ residentId, standing, chosenBooking }: PickupContext): OtherBooked | undefined {
  const booking = standing.find((one) => chosenBooking !== undefined && one.id !== chosenBooking.id);
  return booking && { residentId, called: booking.matter, booking };
}

/** Somebody else is to collect what is booked already. */
export function bookingForAnother(context: PickupContext): Standing | undefined {
  const { slots, standing } = context;
  if (slots.mode !== 'proxy' || directionOf(context) === 'hand_in') return undefined;
  const collecting = standing.filter(({ direction }) => direction === 'collect');
  const fits = slots.item ? collecting.filter(({ matter }) => matter === slots.item) : collecting;
  return fits[0];
}

/** What she wants to collect herself after all: somebody else was to come for it. */
export function bookingTakenBack({ intent, slots, standing }: PickupContext): Standing | undefined {
  if (intent !== 'pickup.change' || slots.mode !== 'window') return undefined;
  return standing.find(({ matter, collector }) => collector && (!slots.item || matter === slots.item));
}

/** All that the same one was to collect. */
export const collectedBy = ({ standing }: PickupContext, name: string): Standing[] =>
  standing.filter(({ collector }) => collector === name);

/** What another collects from now on: this booking, or all of hers where she says so. */
export const forCollector = ({ slots, standing }: PickupContext, booked: Standing): Standing[] =>
  slots.both === 'yes' ? standing.filter(({ direction }) => direction === 'collect') : [booked];
export function standingNamed(context: PickupContext): Standing | undefined {
  const named = context.standing.filter((one) => one.matter === context.slots.item);
  return named.length === 1 ? named[0] : undefined;
}

export function sameWish(context: PickupContext, standing: Standing | undefined): boolean {
  const { date, time } = context.slots;
  const sameDay = date === undefined || date === standing?.day;
  const sameTime =
    time === undefined || time === standing?.start || (time.length === 2 && halfOf(standing?.start) === time);
  return sameDay && sameTime;
}

const halfOf = (start = '00:00') => (start < '12:00' ? 'AM' : 'PM');
export const documentOf = (context: PickupContext) => context.chosenBooking?.matter ?? context.slots.item;

/** What the first look brought; whose document it is was settled before. */
export function lookedAt({
  type: _,
  owner: __,
  hers: ___,
  ...looked
}: Extract<PickupEvent, { type: 'LOOKED' }>): Partial<PickupContext> {
  return looked;
}

/** What the errand of collecting and handing in knows, and how it reads an answer. */

import type { Slots } from '../../understanding/meaning.ts';
import { isPaper } from '../known-matters.ts';
import { chosen, type Remembered, type Said } from './errand.ts';
import type { IdentityEvent } from './identify.ts';

/** A day and an hour. */
export interface Time {
  day: string;
  start: string;
}
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
  mode?: string;
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
export interface PickupContext extends Remembered {
  /** Official names of the documents that wait to be collected. */
  ready: string[];
  /** Matters of hers whose case waits for papers. */
  lacking: string[];
  /** Matters of hers that are not named aloud, for somebody may listen. */
  unsaid?: string[];
  /** Such a one, where it is the only one that waits for papers: it is what she brings them for. */
  onlyUnsaid?: string;
  /** Which papers those are, by their matter. */
  papers?: Record<string, string[]>;
  standing: Standing[];
  offers: Offer[];
  /** Days that do not suit her. */
  refused?: string[];
  /** Times that she was offered and did not take: they are not offered again while there are others. */
  turnedDown?: Time[];
  /** Of that day there is nothing else: another day is offered beside what there is. */
  nothingElse?: true;
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
  /** Who speaks, as she is called. */
  calledHere?: string;
  /** Nothing is booked, but this she is promised: it may be that which she calls off. */
  promised?: 'callback' | 'visit';
  /** Whom she is to be asked about: somebody was named to collect for her. */
  collector?: { id: string; name: string; relation: string; again: boolean; since: string };
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
    | 'slots'
    | 'unsaid'
    | 'onlyUnsaid'
    | 'papers'
    | 'owner'
    | 'homeOk'
    | 'priority'
    | 'others'
    | 'collector'
    | 'promised'
    | 'othersBooked'
    | 'otherAtHome'
    | 'calledHere'
  >
>;

const MODES = ['courier', 'proxy', 'window'] as const;
/** A booking that stands may take another of these roads, and keeps its own until then. Who else comes for it is said otherwise. */
const ROADS = ['window', 'locker', 'courier'] as const;
/** What stands comes to her home by post. */
const roadOf = (mode: string | undefined) => ROADS.find((one) => one === (mode === 'home' ? 'courier' : mode));
/** The road that she names for what stands. */
export const roadNamed = ({ intent, slots }: Pick<PickupContext, 'intent' | 'slots'>) =>
  intent === 'pickup.change' ? roadOf(slots.mode) : undefined;
/** How it comes to her; only what is ready can come otherwise than over the counter. */
export function modeOf(context: PickupContext): string {
  const { intent, slots, chosenBooking } = context;
  if (directionOf(context) === 'hand_in') return 'window';
  if (intent !== 'pickup.change') return slots.mode ?? 'window';
  return roadOf(slots.mode) ?? roadOf(chosenBooking?.mode) ?? 'window';
}
/** Somebody is named to fetch it: over the counter, or out of the locker. */
export const collects = (context: PickupContext): boolean =>
  modeOf(context) === 'proxy' || (modeOf(context) === 'locker' && Boolean(context.slots.name));
/** The road by its number, as they were read out. */
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
/** To collect, unless she said that she hands something in; a household register is nothing that is collected here. */
export function directionOf({ slots: { direction, item = '' } }: Pick<PickupContext, 'slots'>) {
  return direction === 'hand_in' || (!direction && isPaper(item)) ? 'hand_in' : DIRECTION;
}

/** Somebody else collects what is being moved; papers are handed in by whoever brings them, and nobody is written down. */
export const sendsAnother = ({ intent, slots, chosenBooking }: PickupContext): boolean =>
  intent === 'pickup.change' && slots.mode === 'proxy' && chosenBooking?.direction !== 'hand_in';

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

/** What she said, where it told something. */
export const named = (event: PickupEvent): Slots => (event.type === 'GAVE' ? event.slots : {});
/** What she says later replaces what she said before; another day without a time frees the time. */
export function merged(slots: Slots, given: Slots): Slots {
  const { ordinal: _, forWhom: __, other: ___, ...values } = given;
  const kept = { ...slots };
  // A household register beside other papers is one of them, and nothing that is collected.
  if (values.item && isPaper(values.item)) {
    if (values.direction === 'hand_in' || !collectsOne(slots))
      Object.assign(values, { paper: values.item, direction: 'hand_in' });
    delete values.item;
  }
  // 「都送」 of what is to be brought to her: she hands nothing in by that.
  if (COMES_TO_HER.has(slots.mode ?? '')) delete values.direction;
  // Out of the locker, too, somebody may fetch it.
  if (slots.mode === 'locker' && values.mode === 'proxy') delete values.mode;
  if (values.date || values.time) delete kept.edge;
  if (values.date) delete kept.shift;
  if (values.shift) delete kept.date;
  if (values.date && !values.time && slots.date && slots.date !== values.date) delete kept.time;
  return { ...kept, ...values };
}

const COMES_TO_HER = new Set(['home', 'courier']);
/** 「我的身份证也给她？」: what is to be collected is settled, and a paper named beside it hands nothing in. */
const collectsOne = ({ item, direction }: Slots): boolean =>
  direction !== 'hand_in' && item !== undefined && !isPaper(item);

/** Days that do not suit her, with the one that she was just offered or names now. */
export function refusedWith({ refused = [], offers, held, slots }: PickupContext, event: PickupEvent): string[] {
  // Full or closed is no word of hers.
  if (event.type !== 'GAVE' && event.type !== 'NO' && event.type !== 'CHOSE') return refused;
  const now = named(event).refused ?? held?.day ?? offers[0]?.day ?? slots.date ?? '';
  return [...new Set([...refused, now])];
}

/** What was offered, or read back, and is not what she wants. */
export const turnedDownWith = ({ turnedDown = [], offers, held }: PickupContext): Time[] => {
  const now = [...offers, ...(held ? [held] : [])].map(({ day, start }) => ({ day, start }));
  return [...turnedDown, ...now];
};

/** What she may turn to in the midst of booking. */
export const turns = new Set<string>(['pickup.cancel', 'pickup.query', 'pickup.change']);

/** As it may be said aloud. */
export const aloud = ({ unsaid }: PickupContext, matter: string | undefined) =>
  matter !== undefined && unsaid?.includes(matter) ? undefined : matter;

/** The document in hand. */
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

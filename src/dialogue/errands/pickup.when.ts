/** When: how her words fit the times that were offered, the one that is held, and the one that stands. Pure. */
import type { Slots } from '../../understanding/meaning.ts';
import { chosen } from './errand.ts';
import {
  FURTHER,
  type Further,
  modeOf,
  named,
  type Offer,
  type PickupContext,
  type PickupEvent,
  type Standing,
} from './pickup.facts.ts';

/** What she would rather have, where she names neither a day nor an hour. */
export const furtherIn = (event: PickupEvent): Further | undefined =>
  FURTHER.find((one) => event.type === 'GAVE' && event.slots.other === one);

const halfOf = (start = '00:00') => (start < '12:00' ? 'AM' : 'PM');
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
export function isVeryTime({ intent, slots, chosenBooking }: PickupContext, [first]: Offer[]): boolean {
  const time = slots.time ?? (slots.edge === 'same' ? chosenBooking?.start : undefined);
  const day = slots.date ?? (intent === 'pickup.change' ? chosenBooking?.day : undefined);
  const thatDay = slots.shift ? true : first?.day === day;
  return first?.exact === true && thatDay && first.start === time;
}

const WHEN = ['date', 'time', 'shift'];
/** A parcel has no day to choose: to say no to it is to want another way. */
export function withoutWhen(context: PickupContext): Slots {
  const gone = modeOf(context) === 'courier' ? [...WHEN, 'mode'] : WHEN;
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

/** The half day that she names is none of those she was offered, of the same day. */
export function leavesOffered({ offers }: PickupContext, event: PickupEvent): boolean {
  const { date, time } = named(event);
  const sameDay = date === undefined || offers.every(({ day }) => day === date);
  return time?.length === 2 && sameDay && !offers.some(({ start }) => isAt(start, time));
}

/** 「上午十点吧」 to other hours of one day: the day stays. */
export function withOfferedDay({ slots, offers }: PickupContext, event: PickupEvent): Slots {
  const { date, time, shift } = named(event);
  const [day, ...others] = new Set(offers.map((one) => one.day));
  const only = day !== undefined && others.length === 0;
  return only && time && !date && !shift && !slots.shift ? { ...slots, date: day } : slots;
}

/** What stands is at the day and the hour that she wishes. */
export function sameWish(context: PickupContext, standing: Standing | undefined): boolean {
  const { date, time } = context.slots;
  const sameDay = date === undefined || date === standing?.day;
  const sameTime =
    time === undefined || time === standing?.start || (time.length === 2 && halfOf(standing?.start) === time);
  return sameDay && sameTime;
}

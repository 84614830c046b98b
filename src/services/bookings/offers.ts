/** Which times are offered: two that differ, near what was wished for, at her station before its centre. */
import { and, asc, between, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm';
import { addDays, shanghaiDay, shanghaiTime } from '../../clock.ts';
import type { Db } from '../../store/database.ts';
import { household, place, resident, seat, serviceWindow, slot } from '../../store/schema.ts';

export interface OfferWish {
  residentId: string;
  matter: string;
  direction: 'collect' | 'hand_in';
  /** `YYYY-MM-DD` */
  day?: string;
  half?: 'AM' | 'PM';
  /** `HH:MM` */
  time?: string;
  /** Only there; else her station and its centre. */
  placeId?: string;
  /** She would rather be early, or late, in what is left to choose. */
  edge?: 'early' | 'late';
  /** Two unless told otherwise. */
  limit?: number;
}

export interface Offer {
  slotId: string;
  place: { id: string; name: string };
  day: string;
  start: string;
  end: string;
  /** Everything that was wished for holds; otherwise it is the nearest there is. */
  exact: boolean;
}

interface FreeSlot {
  slotId: string;
  place: { id: string; name: string };
  day: string;
  start: string;
  minutes: number;
}

/** The free times of one day at one place. */
interface Group {
  slots: FreeSlot[];
  cost: number;
}

const NOON = '12:00';
const AROUND_DAYS = 30;
const FAR_DAYS = 60;

/** Free, future times at operating, bookable places that do the matter. Empty when there is none within two months. */
export async function findOffers(db: Db, wish: OfferWish, now: Date): Promise<Offer[]> {
  const places = await placesFor(db, wish);
  if (places.length === 0) return [];
  const limit = wish.limit ?? 2;
  let offers: Offer[] = [];
  for (const [from, until] of ranges(wish, shanghaiDay(now))) {
    offers = choose(await freeSlots(db, wish, places, [from, until], now), wish, places, shanghaiDay(now), limit);
    if (offers.length >= limit && offers.every((offer) => offer.exact)) break;
  }
  return offers;
}

/** `HH:MM` plus minutes. */
export function endOf(start: string, minutes: number): string {
  const total = minutesOf(start) + minutes;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

/** From near to far: the first range usually answers, the last one always would. */
function ranges({ day }: OfferWish, today: string): [string, string][] {
  const near: [string, string] = [today, addDays(today, 14)];
  const far: [string, string] = [today, addDays(today, FAR_DAYS)];
  if (day === undefined) return [near, far];
  const around: [string, string] = [addDays(day, -AROUND_DAYS), addDays(day, AROUND_DAYS)];
  return [[day, day], around, far];
}

/** Her station and its centre, in this order; or the one place that was named. */
export async function placesFor(db: Db, { residentId, placeId }: OfferWish): Promise<string[]> {
  if (placeId !== undefined) return [placeId];
  const [home] = await db
    .select({ stationId: household.stationId, centreId: place.parentId })
    .from(resident)
    .innerJoin(household, eq(household.id, resident.householdId))
    .innerJoin(place, eq(place.id, household.stationId))
    .where(eq(resident.id, residentId));
  return [home?.stationId, home?.centreId].filter((id): id is string => typeof id === 'string');
}

/** What a free seat is: nobody's, or held by someone whose time has run out. */
export const seatIsFree = (now: Date) =>
  or(eq(seat.state, 'free'), and(eq(seat.state, 'held'), sql`${seat.heldUntil} <= ${now.toISOString()}::timestamptz`));

/** Of a place or window: all matters, or this one. */
export const doesMatter = (matters: typeof place.matters | typeof serviceWindow.matters, matter: string) =>
  sql`(${matters} = '[]'::jsonb or ${matters} @> ${JSON.stringify([matter])}::jsonb)`;

/** Of a slot: one of its seats can still be had. */
export const hasFreeSeat = (now: Date): SQL =>
  sql`exists (select 1 from ${seat} where ${and(eq(seat.slotId, slot.id), seatIsFree(now))})`;

async function freeSlots(db: Db, { matter }: OfferWish, places: string[], [from, until]: [string, string], now: Date) {
  const today = shanghaiDay(now);
  const ahead = or(gt(slot.day, today), and(eq(slot.day, today), gt(slot.start, shanghaiTime(now))));
  return db
    .select({
      slotId: slot.id,
      place: { id: place.id, name: place.name },
      day: slot.day,
      start: slot.start,
      minutes: slot.minutes,
    })
    .from(slot)
    .innerJoin(place, eq(place.id, slot.placeId))
    .innerJoin(serviceWindow, eq(serviceWindow.id, slot.windowId))
    .where(
      and(
        inArray(slot.placeId, places),
        between(slot.day, from, until),
        ahead,
        eq(place.status, 'operating'),
        eq(place.bookable, true),
        doesMatter(place.matters, matter),
        doesMatter(serviceWindow.matters, matter),
        hasFreeSeat(now),
      ),
    )
    .orderBy(asc(slot.day), asc(slot.start), asc(slot.id));
}

function choose(free: FreeSlot[], wish: OfferWish, places: string[], today: string, limit: number): Offer[] {
  const groups = byPlaceAndDay(free)
    .map((slots): Group => ({ slots, cost: costOf(slots, wish, places, today) }))
    .sort((a, b) => a.cost - b.cost);
  const chosen: FreeSlot[] = [];
  for (const { slots } of groups) {
    if (chosen.length >= limit) break;
    chosen.push(...pick(slots, wish, limit - chosen.length));
  }
  const offers = chosen.map((one) => asOffer(one, wish)).sort(exactFirst);
  return wish.edge === 'late' ? offers.reverse() : offers;
}

/** Several windows may have the same time: the first of them stands for it. */
function byPlaceAndDay(free: FreeSlot[]): FreeSlot[][] {
  const groups = new Map<string, Map<string, FreeSlot>>();
  for (const one of free) {
    const key = `${one.place.id} ${one.day}`;
    const times = groups.get(key) ?? new Map<string, FreeSlot>();
    if (!times.has(one.start)) times.set(one.start, one);
    groups.set(key, times);
  }
  return [...groups.values()].map((times) => [...times.values()]);
}

/**
 * How far a day at a place is from what was wished, in days. On the wished day the centre costs half a day and the
 * other half of the day a little more. With no day in mind her own station is worth a week of waiting.
 */
function costOf(slots: FreeSlot[], wish: OfferWish, places: string[], today: string): number {
  const [first] = slots;
  if (!first) return Number.POSITIVE_INFINITY;
  const away = daysBetween(wish.day ?? today, first.day);
  const anyDay = wish.day === undefined;
  const time = wish.time;
  const hoursOff = time === undefined ? 0 : Math.min(...slots.map((one) => apart(one.start, time))) / 60;
  const missesHalf = wish.half !== undefined && !slots.some((one) => halfOf(one) === wish.half);
  return (
    (away > 0 ? away - 0.1 : -away) + // as near after as before: after, she may have meant not earlier
    places.indexOf(first.place.id) * (anyDay ? 7 : 0.5) +
    (missesHalf ? (anyDay ? 5 : 0.75) : 0) +
    hoursOff * (anyDay ? 1 : 0.05)
  );
}

function pick(slots: FreeSlot[], { half, time, edge }: OfferWish, count: number): FreeSlot[] {
  if (edge) return atEdge(half ? slots.filter((one) => halfOf(one) === half) : slots, edge, count);
  if (time !== undefined) return [...slots].sort((a, b) => apart(a.start, time) - apart(b.start, time)).slice(0, count);
  const morning = slots.filter((one) => halfOf(one) === 'AM');
  const afternoon = slots.filter((one) => halfOf(one) === 'PM');
  if (half === 'AM') return spread(morning, count, afternoon);
  if (half === 'PM') return spread(afternoon, count, [...morning].reverse());
  const early = Math.max(Math.ceil(count / 2), count - afternoon.length);
  const chosen = spread(morning, early);
  return [...chosen, ...spread(afternoon, count - chosen.length)];
}

/** The first of the day, or the last. */
function atEdge(slots: FreeSlot[], edge: 'early' | 'late', count: number): FreeSlot[] {
  return edge === 'early' ? slots.slice(0, count) : slots.slice(-count).reverse();
}

/** So many of the list, evenly apart; filled up from the start of `others`. */
function spread(list: FreeSlot[], count: number, others: FreeSlot[] = []): FreeSlot[] {
  if (list.length <= count) return [...list, ...others.slice(0, count - list.length)];
  return Array.from({ length: count }, (_, i) => list[Math.floor(((2 * i + 1) * list.length) / (2 * count))]).filter(
    (one): one is FreeSlot => one !== undefined,
  );
}

function asOffer({ minutes, ...rest }: FreeSlot, { day, half, time }: OfferWish): Offer {
  const exact =
    (day === undefined || rest.day === day) &&
    (half === undefined || halfOf(rest) === half) &&
    (time === undefined || rest.start === time);
  return { ...rest, end: endOf(rest.start, minutes), exact };
}

const exactFirst = (a: Offer, b: Offer) =>
  Number(b.exact) - Number(a.exact) || `${a.day} ${a.start}`.localeCompare(`${b.day} ${b.start}`);
/** `AM` before noon; a time of twelve is the afternoon's. */
export const halfOf = ({ start }: { start: string }) => (start < NOON ? 'AM' : 'PM');
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const apart = (a: string, b: string) => Math.abs(minutesOf(a) - minutesOf(b));
const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

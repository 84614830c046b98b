/** Why what she wished for cannot be booked: she is told the reason and not only 「约不上」. */
import { and, eq, inArray, max, type SQL } from 'drizzle-orm';
import { shanghaiDay, shanghaiTime } from '../../clock.ts';
import type { Db } from '../../store/database.ts';
import { place, serviceWindow, slot } from '../../store/schema.ts';
import { doesMatter, halfOf, hasFreeSeat, type OfferWish, placesFor } from './offers.ts';

export interface NotThen {
  /** Over already · nobody works that day · further than there are times · none at that hour · all taken. */
  why: 'past' | 'closed' | 'far' | 'hours' | 'full';
  day?: string;
  /** With `far`: the last day that can be booked. */
  last?: string;
}

/** The first reason that holds, from the plainest; undefined where only a few of many are taken. */
export async function whyNotThen(db: Db, wish: OfferWish, now: Date): Promise<NotThen | undefined> {
  const places = await placesFor(db, wish);
  const today = shanghaiDay(now);
  const { day } = wish;
  if (places.length === 0) return undefined;
  if (day === undefined) return { why: 'hours' };
  if (day < today) return { why: 'past', day };
  const last = await lastDay(db, wish, places);
  if (last === undefined || day > last) return { why: 'far', day, last };
  const starts = await startsOn(db, wish, places, day);
  if (starts.length === 0) return { why: 'closed', day };
  const wanted = starts.filter(({ start }) => isWanted(start, wish));
  if (wanted.length === 0) return { why: 'hours', day };
  const ahead = wanted.filter(({ start }) => day > today || start > shanghaiTime(now));
  if (ahead.length === 0) return { why: 'past', day };
  const free = await startsOn(db, wish, places, day, hasFreeSeat(now));
  return ahead.some(({ start }) => free.some((one) => one.start === start)) ? undefined : { why: 'full', day };
}

const isWanted = (start: string, { half, time }: OfferWish) =>
  (half === undefined || halfOf({ start }) === half) && (time === undefined || start === time);

const bookable = ({ matter }: OfferWish, places: string[]) =>
  and(
    inArray(slot.placeId, places),
    eq(place.status, 'operating'),
    eq(place.bookable, true),
    doesMatter(place.matters, matter),
    doesMatter(serviceWindow.matters, matter),
  );

async function lastDay(db: Db, wish: OfferWish, places: string[]): Promise<string | undefined> {
  const [row] = await db
    .select({ day: max(slot.day) })
    .from(slot)
    .innerJoin(place, eq(place.id, slot.placeId))
    .innerJoin(serviceWindow, eq(serviceWindow.id, slot.windowId))
    .where(bookable(wish, places));
  return row?.day ?? undefined;
}

/** The times of that day, taken or not. */
function startsOn(db: Db, wish: OfferWish, places: string[], day: string, free?: SQL) {
  return db
    .select({ start: slot.start })
    .from(slot)
    .innerJoin(place, eq(place.id, slot.placeId))
    .innerJoin(serviceWindow, eq(serviceWindow.id, slot.windowId))
    .where(and(bookable(wish, places), eq(slot.day, day), free));
}

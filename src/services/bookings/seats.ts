/** Seats: rows made beforehand. Whoever's single UPDATE reaches a free one has it. */
import { and, asc, eq, ne, or, sql } from 'drizzle-orm';
import { shanghaiInstant } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Db } from '../../store/database.ts';
import { place, seat, slot } from '../../store/schema.ts';
import { endOf, seatIsFree } from './offers.ts';

export interface Held {
  seatId: string;
  slotId: string;
  place: { id: string; name: string };
  day: string;
  start: string;
  end: string;
  until: Date;
}

/** Where and when a seat is. */
export type SeatPlace = Omit<Held, 'until'>;

const FREE = { state: 'free' as const, heldBy: null, heldUntil: null };

/** Lets go of whatever the conversation holds. */
export async function releaseHeld(tx: Db, conversation: string): Promise<void> {
  await tx
    .update(seat)
    .set(FREE)
    .where(and(eq(seat.heldBy, conversation), eq(seat.state, 'held')));
}

/** Lets go of everything the conversation holds but this seat. */
export async function releaseOthers(tx: Db, conversation: string, seatId: string): Promise<void> {
  const others = and(eq(seat.heldBy, conversation), eq(seat.state, 'held'), ne(seat.id, seatId));
  await tx.update(seat).set(FREE).where(others);
}

/** For the seat of a booking that moved or ended: it can be offered from this commit on. */
export async function freeSeat(tx: Db, seatId: string): Promise<void> {
  await tx.update(seat).set(FREE).where(eq(seat.id, seatId));
}

/**
 * Holds one free seat of a future slot. Rows that another transaction is just taking are passed over, not waited for.
 * @throws Refusal SeatTaken when none is left or the time has passed
 */
export async function holdSeat(tx: Db, slotId: string, conversation: string, until: Date, now: Date): Promise<Held> {
  const free = tx
    .select({ id: seat.id })
    .from(seat)
    .where(and(eq(seat.slotId, slotId), seatIsFree(now)))
    .orderBy(asc(seat.number))
    .limit(1)
    .for('update', { skipLocked: true });
  const [taken] = await tx
    .update(seat)
    .set({ state: 'held', heldBy: conversation, heldUntil: until })
    .where(eq(seat.id, sql`(${free})`))
    .returning({ id: seat.id });
  if (!taken) throw new Refusal('SeatTaken');
  const found = await seatPlace(tx, taken.id);
  if (!found || startOf(found) <= now) throw new Refusal('SeatTaken');
  return { ...found, until };
}

/**
 * Makes the held seat a booked one: also when the hold has run out, as long as nobody else took the seat.
 * @throws Refusal HoldExpired when another holds it or the time has passed, SeatTaken when it is booked
 */
export async function takeSeat(tx: Db, seatId: string, conversation: string, now: Date): Promise<SeatPlace> {
  const mine = and(eq(seat.state, 'held'), eq(seat.heldBy, conversation));
  const [taken] = await tx
    .update(seat)
    .set({ state: 'booked', heldBy: null, heldUntil: null })
    .where(and(eq(seat.id, seatId), or(mine, seatIsFree(now))))
    .returning({ id: seat.id });
  const found = await seatPlace(tx, seatId);
  if (!found) throw new Refusal('SeatTaken');
  if (taken && startOf(found) > now) return found;
  throw new Refusal(taken || found.state === 'held' ? 'HoldExpired' : 'SeatTaken');
}

/** Where and when the seat is; undefined when there is no such seat. */
export async function seatPlace(tx: Db, seatId: string): Promise<(SeatPlace & { state: string }) | undefined> {
  const [found] = await tx
    .select({
      seatId: seat.id,
      slotId: slot.id,
      place: { id: place.id, name: place.name },
      day: slot.day,
      start: slot.start,
      minutes: slot.minutes,
      state: seat.state,
    })
    .from(seat)
    .innerJoin(slot, eq(slot.id, seat.slotId))
    .innerJoin(place, eq(place.id, slot.placeId))
    .where(eq(seat.id, seatId));
  if (!found) return undefined;
  const { minutes, ...rest } = found;
  return { ...rest, end: endOf(rest.start, minutes) };
}

/** The instant at which a slot begins; its day and time are Shanghai's. */
export const startOf = ({ day, start }: { day: string; start: string }): Date => shanghaiInstant(day, start);

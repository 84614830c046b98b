/**
 * Handing in and collecting documents at a window, by appointment. Seats decide, not checks: a promise is spoken only
 * after the commit that holds the effect's key, the seat, the booking, the audit row and the messages.
 */
import { and, eq } from 'drizzle-orm';
import { type Clock, shanghaiInstant } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../store/audit.ts';
import { type Database, type Db, sqlFault } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { booking, seat } from '../../store/schema.ts';
import { CLOSE_AT_ONCE, close, closeRow, closeSome, SYSTEM } from './closing.ts';
import { findOffers, type Offer, type OfferWish } from './offers.ts';
import {
  type BookingRow,
  type BookingView,
  findBookings,
  isLive,
  recordChange,
  remindEveningBefore,
  theOne,
  viewOf,
} from './records.ts';
import { freeSeat, type Held, holdSeat, releaseHeld, releaseOthers, seatPlace, startOf, takeSeat } from './seats.ts';
import { type NotThen, whyNotThen } from './why-not.ts';

export type { Offer, OfferWish } from './offers.ts';
export type { BookingView } from './records.ts';

export interface BookingWish {
  conversation: string;
  seatId: string;
  residentId: string;
  speakerId?: string;
  caseId?: string;
  matter: string;
  direction: BookingView['direction'];
  mode?: BookingView['mode'];
  /** Who comes, when it is not she. */
  collector?: string;
}

export interface ChangeWish {
  bookingId: string;
  conversation: string;
  seatId: string;
  /** The road that it takes from now on; without it the one it has. Nobody else comes for it then. */
  mode?: 'window' | 'locker' | 'courier';
}

export interface Bookings {
  /** At most `limit` (two) free times, never past ones; nearest alternatives carry `exact: false`. */
  offer(wish: OfferWish): Promise<Offer[]>;
  /** Why nothing that was wished for can be had; undefined where some of it can. */
  whyNot(wish: OfferWish): Promise<NotThen | undefined>;
  /** Holds one seat of the slot, five minutes unless told; what the conversation held before is let go. @throws Refusal SeatTaken */
  hold(wish: { slotId: string; conversation: string; minutes?: number }): Promise<Held>;
  /** Holds it on, from now. Does nothing when another has taken it meanwhile. */
  extend(wish: { conversation: string; minutes?: number }): Promise<void>;
  release(wish: { conversation: string }): Promise<void>;
  /**
   * Books the held seat. Asked again for the same matter, direction, place and time: the standing booking, `already`.
   * @throws Refusal HoldExpired, SeatTaken (spoken: pickup.taken); AlreadyBooked with day, start, place
   */
  book(key: EffectKey, wish: BookingWish, by: Actor): Promise<BookingView>;
  /** Moves a live booking to the held seat. @throws Refusal BookingNotLive, HoldExpired, SeatTaken */
  change(key: EffectKey, wish: ChangeWish, by: Actor): Promise<BookingView>;
  /** Somebody else comes for it; `null`: she herself after all. @throws Refusal BookingNotLive */
  setCollector(key: EffectKey, wish: { bookingId: string; collector: string | null }, by: Actor): Promise<BookingView>;
  /** @throws Refusal BookingNotLive when it was attended or missed */
  cancel(key: EffectKey, wish: { bookingId: string }, by: Actor): Promise<BookingView>;
  /** Those still to come, in the order of their times. */
  live(residentId: string): Promise<BookingView[]>;
  /** The window says that she came. @throws Refusal BookingNotLive when it was cancelled */
  attended(bookingId: string, by: Actor): Promise<BookingView>;
  missed(bookingId: string, by: Actor): Promise<BookingView>;
  /** Closes the bookings of past days that nobody closed: attended where the document was collected. @returns how many. */
  closePast(): Promise<number>;
}

const HOLD_MINUTES = 5;
/** Unique violation, serialization failure, deadlock: another was faster; looking again finds what it did. */
const RACES = new Set(['23505', '40001', '40P01']);

/** For every channel alike: the speaker and the desk book through these. A seat that two reach for at once goes to one, the other is told SeatTaken. */
export function createBookings({ database, clock }: { database: Database; clock: Clock }): Bookings {
  const later = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000);

  return {
    offer: (wish) => findOffers(database.db, wish, clock.now()),
    whyNot: (wish) => whyNotThen(database.db, wish, clock.now()),

    hold: ({ slotId, conversation, minutes = HOLD_MINUTES }) =>
      againAfterRace(() =>
        database.transaction(async (tx) => {
          await releaseHeld(tx, conversation);
          return holdSeat(tx, slotId, conversation, later(minutes), clock.now());
        }),
      ),

    async extend({ conversation, minutes = HOLD_MINUTES }) {
      const held = and(eq(seat.heldBy, conversation), eq(seat.state, 'held'));
      await database.db
        .update(seat)
        .set({ heldUntil: later(minutes) })
        .where(held);
    },

    release: ({ conversation }) => database.transaction((tx) => releaseHeld(tx, conversation)),

    book: (key, wish, by) => againAfterRace(() => once(database, key, (tx) => book(tx, wish, by, clock.now()))),
    change: (key, wish, by) => againAfterRace(() => once(database, key, (tx) => change(tx, wish, by, clock.now()))),
    setCollector: (key, wish, by) => once(database, key, (tx) => setCollector(tx, wish, by, clock.now())),
    cancel: (key, { bookingId }, by) =>
      againAfterRace(() => once(database, key, (tx) => cancel(tx, bookingId, by, clock.now()))),

    async live(residentId) {
      const rows = await findBookings(database.db, isLive(residentId));
      return rows.filter((row) => endsAfter(row, clock.now())).map((row) => viewOf(row));
    },

    attended: (id, by) => database.transaction((tx) => close(tx, id, 'attended', by, clock.now())),
    missed: (id, by) => database.transaction((tx) => close(tx, id, 'missed', by, clock.now())),

    async closePast() {
      let closed = 0;
      for (let batch = CLOSE_AT_ONCE; batch === CLOSE_AT_ONCE; closed += batch) {
        batch = await database.transaction((tx) => closeSome(tx, clock.now()));
      }
      return closed;
    },
  };
}

async function againAfterRace<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!RACES.has(sqlFault(error).code ?? '')) throw error;
    return work();
  }
}

const endsAfter = ({ day, end }: BookingView, now: Date) => shanghaiInstant(day, end) > now;

async function book(tx: Db, wish: BookingWish, by: Actor, now: Date): Promise<BookingView> {
  const { seatId, conversation, residentId, matter, direction } = wish;
  const [standing] = await findBookings(tx, isLive(residentId, matter, direction), true);
  if (standing && endsAfter(standing, now)) {
    const same = await isSameTime(tx, standing, seatId);
    if (!same)
      throw new Refusal('AlreadyBooked', { day: standing.day, start: standing.start, place: standing.place.name });
    await releaseHeld(tx, conversation);
    return viewOf(standing, true);
  }
  if (standing) await closeRow(tx, standing, 'missed', SYSTEM, now);
  const taken = await takeSeat(tx, seatId, conversation, now);
  await releaseOthers(tx, conversation, seatId);
  const [made] = await tx.insert(booking).values(columnsOf(wish, taken.slotId)).returning({ id: booking.id });
  const row = await theOne(tx, made?.id ?? '');
  await recordChange(tx, 'booked', row, by, now);
  await remindEveningBefore(tx, row, now);
  return viewOf(row);
}

function columnsOf(wish: BookingWish, slotId: string) {
  const { seatId, residentId, speakerId, caseId, matter, direction, mode, collector } = wish;
  return { seatId, slotId, residentId, speakerId, caseId, matter, direction, mode, collector };
}

async function change(
  tx: Db,
  { bookingId, conversation, seatId, mode }: ChangeWish,
  by: Actor,
  now: Date,
): Promise<BookingView> {
  const row = await theOne(tx, bookingId, true);
  if (row.state !== 'booked' || !endsAfter(row, now)) throw new Refusal('BookingNotLive');
  const road = roadOf(row, mode);
  if (!road.mode && (await isSameTime(tx, row, seatId))) {
    await releaseHeld(tx, conversation);
    return viewOf(row, true);
  }
  const taken = await takeSeat(tx, seatId, conversation, now);
  await releaseOthers(tx, conversation, seatId);
  await tx
    .update(booking)
    .set({ seatId, slotId: taken.slotId, ...road })
    .where(eq(booking.id, bookingId));
  await freeSeat(tx, row.seatId);
  const moved = await theOne(tx, bookingId);
  await recordChange(tx, 'changed', moved, by, now);
  await remindEveningBefore(tx, moved, now);
  return viewOf(moved);
}

/** Another road than it had; whoever was to come for it still does, unless it is sent. */
function roadOf(row: { mode: BookingView['mode']; collector: string | null }, mode: ChangeWish['mode']) {
  const collector = mode === 'courier' ? null : row.collector;
  const road = mode === 'window' && collector ? ('proxy' as const) : mode;
  return road && road !== row.mode ? { mode: road, collector } : { mode: undefined };
}

async function setCollector(
  tx: Db,
  { bookingId, collector }: { bookingId: string; collector: string | null },
  by: Actor,
  now: Date,
): Promise<BookingView> {
  const row = await theOne(tx, bookingId, true);
  if (row.state !== 'booked' || !endsAfter(row, now)) throw new Refusal('BookingNotLive');
  await tx
    .update(booking)
    .set({ collector, mode: row.mode === 'locker' ? 'locker' : collector ? 'proxy' : 'window' })
    .where(eq(booking.id, bookingId));
  const named = await theOne(tx, bookingId);
  await recordChange(tx, 'changed', named, by, now);
  await remindEveningBefore(tx, named, now);
  return viewOf(named);
}

async function cancel(tx: Db, bookingId: string, by: Actor, now: Date): Promise<BookingView> {
  const row = await theOne(tx, bookingId, true);
  if (row.state === 'cancelled') return viewOf(row, true);
  if (row.state !== 'booked') throw new Refusal('BookingNotLive');
  await freeSeat(tx, row.seatId);
  return viewOf(await closeRow(tx, row, 'cancelled', by, now));
}

/** The same place and time, though perhaps another seat or window: what she hears is the same. */
async function isSameTime(tx: Db, row: BookingRow, seatId: string): Promise<boolean> {
  const wanted = await seatPlace(tx, seatId);
  return (
    wanted !== undefined &&
    wanted.place.id === row.place.id &&
    wanted.day === row.day &&
    startOf(wanted).getTime() === startOf(row).getTime()
  );
}

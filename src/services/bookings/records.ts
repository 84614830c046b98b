/** Bookings as rows: reading them, and what is written beside every change of one. */
import { and, asc, eq, inArray, type SQL } from 'drizzle-orm';
import { addDays, shanghaiInstant } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Db } from '../../store/database.ts';
import { enqueue, withdraw } from '../../store/outbox.ts';
import { booking, place, slot } from '../../store/schema.ts';
import { endOf } from './offers.ts';

export interface BookingView {
  id: string;
  residentId: string;
  speakerId: string | null;
  matter: string;
  direction: 'collect' | 'hand_in';
  mode: 'window' | 'locker' | 'courier' | 'home' | 'proxy';
  collector: string | null;
  place: { id: string; name: string };
  day: string;
  start: string;
  end: string;
  state: 'booked' | 'attended' | 'missed' | 'cancelled';
  /** It was so before this was asked. */
  already?: boolean;
}

/** A view with what changing it needs. */
export interface BookingRow extends BookingView {
  seatId: string;
  slotId: string;
  caseId: string | null;
}

/** In the order of their times. `lock`: no one else changes them until the transaction ends. */
export async function findBookings(db: Db, which: SQL | undefined, lock = false): Promise<BookingRow[]> {
  if (lock) await db.select({ id: booking.id }).from(booking).where(which).orderBy(asc(booking.id)).for('update');
  const rows = await db
    .select({
      id: booking.id,
      residentId: booking.residentId,
      speakerId: booking.speakerId,
      matter: booking.matter,
      direction: booking.direction,
      mode: booking.mode,
      collector: booking.collector,
      place: { id: place.id, name: place.name },
      day: slot.day,
      start: slot.start,
      minutes: slot.minutes,
      state: booking.state,
      seatId: booking.seatId,
      slotId: booking.slotId,
      caseId: booking.caseId,
    })
    .from(booking)
    .innerJoin(slot, eq(slot.id, booking.slotId))
    .innerJoin(place, eq(place.id, slot.placeId))
    .where(which)
    .orderBy(asc(slot.day), asc(slot.start));
  return rows.map(({ minutes, ...row }) => ({ ...row, end: endOf(row.start, minutes) }));
}

/** @throws Refusal NotFound */
export async function theOne(tx: Db, bookingId: string, lock = false): Promise<BookingRow> {
  const [row] = await findBookings(tx, eq(booking.id, bookingId), lock);
  if (!row) throw new Refusal('NotFound');
  return row;
}

/** What leaves the service. */
export function viewOf(
  { seatId: _seat, slotId: _slot, caseId: _case, ...view }: BookingRow,
  already = false,
): BookingView {
  return already ? { ...view, already } : view;
}

/** Hers that are still booked, past ones that nobody closed included; `matter` and `direction` narrow it. */
export const isLive = (residentId: string, matter?: string, direction?: BookingView['direction']) =>
  and(
    eq(booking.residentId, residentId),
    eq(booking.state, 'booked'),
    matter === undefined ? undefined : eq(booking.matter, matter),
    direction === undefined ? undefined : eq(booking.direction, direction),
  );

/** For findBookings, where a list of ids is known. */
export const withIds = (ids: string[]) => inArray(booking.id, ids);

const EVENING = '19:00';
const REMINDER = 'pickup.reminder';

export type BookingChange = 'booked' | 'changed' | 'cancelled' | 'attended' | 'missed';

/** The audit row, the message to the service platform, and no reminder of what stands no longer: in the change's transaction. */
export async function recordChange(tx: Db, change: BookingChange, row: BookingRow, by: Actor, at: Date): Promise<void> {
  const { id: subject, residentId } = row;
  await writeAudit(tx, { at, actor: by, action: `pickup.${change}`, residentId, subject, result: 'done' });
  await enqueue(tx, { destination: 'binhai', topic: `booking.${change}`, payload: { bookingId: subject } });
  if (change !== 'booked') await withdraw(tx, REMINDER, { bookingId: subject }, at);
}

/** A reminder the evening before, where that evening is still to come. */
export async function remindEveningBefore(tx: Db, { id, day, start }: BookingView, now: Date): Promise<void> {
  const dueAt = shanghaiInstant(addDays(day, -1), EVENING);
  if (dueAt <= now) return;
  await enqueue(tx, { destination: 'speaker', topic: REMINDER, payload: { bookingId: id, day, start }, dueAt });
}

/** How a booking ends: she came, she did not, or it was called off. */
import { and, eq, lt } from 'drizzle-orm';
import { shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../store/audit.ts';
import type { Db } from '../../store/database.ts';
import { booking, caseFile, slot } from '../../store/schema.ts';
import { type BookingRow, type BookingView, findBookings, recordChange, theOne, viewOf, withIds } from './records.ts';

export const CLOSE_AT_ONCE = 100;
export const SYSTEM: Actor = { kind: 'system', id: 'jobs', role: 'system' };

/** Attended and missed may be set right by the window afterwards. @throws Refusal BookingNotLive for a cancelled one, which stays */
export async function close(
  tx: Db,
  bookingId: string,
  as: 'attended' | 'missed',
  by: Actor,
  now: Date,
): Promise<BookingView> {
  const row = await theOne(tx, bookingId, true);
  if (row.state === as) return viewOf(row, true);
  if (row.state === 'cancelled') throw new Refusal('BookingNotLive');
  return viewOf(await closeRow(tx, row, as, by, now));
}

/** For a row that is locked already. What is written beside every change (audit, messages, the evening's reminder) follows in the same transaction. */
export async function closeRow(tx: Db, row: BookingRow, as: 'attended' | 'missed' | 'cancelled', by: Actor, now: Date) {
  await tx.update(booking).set({ state: as, closedAt: now }).where(eq(booking.id, row.id));
  const closed: BookingRow = { ...row, state: as };
  await recordChange(tx, as, closed, by, now);
  return closed;
}

/** At most CLOSE_AT_ONCE of past days; attended where the document was collected meanwhile. @returns how many. */
export async function closeSome(tx: Db, now: Date): Promise<number> {
  const past = await tx
    .select({ id: booking.id, delivery: caseFile.delivery })
    .from(booking)
    .innerJoin(slot, eq(slot.id, booking.slotId))
    .leftJoin(caseFile, eq(caseFile.id, booking.caseId))
    .where(and(eq(booking.state, 'booked'), lt(slot.day, shanghaiDay(now))))
    .limit(CLOSE_AT_ONCE)
    .for('update', { of: booking, skipLocked: true });
  const collected = new Set(past.filter((one) => one.delivery === 'collected').map((one) => one.id));
  const rows = past.length === 0 ? [] : await findBookings(tx, withIds(past.map((one) => one.id)));
  for (const row of rows) await closeRow(tx, row, collected.has(row.id) ? 'attended' : 'missed', SYSTEM, now);
  return past.length;
}

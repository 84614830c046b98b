/** The evening before: the booking's own message becomes a notice. What it is about is told when she asks, or when she next opens the talk. */
import { and, eq } from 'drizzle-orm';
import { type Clock, shanghaiInstant } from '../clock.ts';
import { bookingSubject, planNotice } from '../services/notices/notices.ts';
import type { Database, Db } from '../store/database.ts';
import type { DueMessage } from '../store/outbox.ts';
import { booking, resident, slot } from '../store/schema.ts';
import type { Route, Verdict } from './deliveries.ts';

export interface ReminderParts {
  database: Database;
  clock: Clock;
}

const SOON = { atOnce: 50, attempts: 20, firstMs: 10_000, longestMs: 10 * 60_000 };

/** `{bookingId}`, due in the evening before. */
export function reminderRoute(parts: ReminderParts): Route {
  return { ...SOON, deliver: (message) => remind(parts, message) };
}

async function remind({ database, clock }: ReminderParts, { payload }: DueMessage): Promise<Verdict> {
  const now = clock.now();
  const bookingId = String(payload.bookingId);
  return database.transaction(async (tx) => {
    const booked = await bookingOf(tx, bookingId);
    if (!booked || booked.at <= now) return { outcome: 'refused', why: 'no longer of use' };
    const { residentId, day, at: expiresAt } = booked;
    await planNotice(tx, { residentId, kind: 'reminder', subject: bookingSubject(bookingId, day), expiresAt }, now);
    return { outcome: 'sent' };
  });
}

/** Whose booking it is and when; undefined when it no longer stands. */
async function bookingOf(
  tx: Db,
  bookingId: string,
): Promise<{ residentId: string; day: string; at: Date } | undefined> {
  const standing = and(eq(booking.id, bookingId), eq(booking.state, 'booked'), eq(resident.state, 'living'));
  const [found] = await tx
    .select({ day: slot.day, start: slot.start, residentId: booking.residentId })
    .from(booking)
    .innerJoin(slot, eq(booking.slotId, slot.id))
    .innerJoin(resident, eq(booking.residentId, resident.id))
    .where(standing);
  return found && { ...found, at: shanghaiInstant(found.day, found.start) };
}

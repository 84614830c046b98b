/** The evening before: a chime and a light at the speaker; what it is about is told when she asks, or when she next opens the talk. */
import { and, eq } from 'drizzle-orm';
import { type Clock, shanghaiInstant } from '../clock.ts';
import type { Database, Db } from '../store/database.ts';
import { type DueMessage, markFailed, markSent, takeDue } from '../store/outbox.ts';
import { booking, slot, speaker } from '../store/schema.ts';

export interface ReminderParts {
  database: Database;
  bus: { toDevice(device: string, message: unknown): Promise<boolean> };
  clock: Clock;
}

const RETRY_MS = 10 * 60_000;
const AT_ONCE = 50;

/** Sends what is due. A speaker that is away is tried again until the booking's time. */
export async function remind({ database, bus, clock }: ReminderParts): Promise<void> {
  await database.transaction(async (tx) => {
    const now = clock.now();
    for (const message of await takeDue(tx, now, 'speaker', AT_ONCE)) {
      const booked = await bookingOf(tx, message);
      if (!booked || booked.until <= now) await markFailed(tx, message.id, { at: now, error: 'no longer of use' });
      else if (await bus.toDevice(booked.device, noticeOf(message, booked.until))) await markSent(tx, message.id, now);
      else
        await markFailed(tx, message.id, { at: now, error: 'speaker away', again: new Date(now.getTime() + RETRY_MS) });
    }
  });
}

/** Where and until when to remind; undefined when it no longer stands or was not made at a speaker of our own. */
async function bookingOf(tx: Db, { payload }: DueMessage): Promise<{ device: string; until: Date } | undefined> {
  const [found] = await tx
    .select({ day: slot.day, start: slot.start, device: speaker.brandDevice })
    .from(booking)
    .innerJoin(slot, eq(booking.slotId, slot.id))
    .innerJoin(speaker, eq(booking.speakerId, speaker.id))
    .where(
      and(
        eq(booking.id, String(payload.bookingId)),
        eq(booking.state, 'booked'),
        eq(speaker.status, 'bound'),
        eq(speaker.brand, 'speaker'),
      ),
    );
  return found && { device: found.device, until: shanghaiInstant(found.day, found.start) };
}

const noticeOf = ({ id }: DueMessage, until: Date) => ({
  type: 'notice',
  id,
  kind: 'reminder',
  expires: until.toISOString(),
});

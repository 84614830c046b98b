/** The evening before: a chime and a light at the speaker; what it is about is told when she asks, or when she next opens the talk. */
import { and, eq } from 'drizzle-orm';
import { type Clock, shanghaiInstant } from '../clock.ts';
import type { Outcome } from '../outward.ts';
import { type Quiet, quietEnds } from '../services/quiet.ts';
import type { Database } from '../store/database.ts';
import type { DueMessage } from '../store/outbox.ts';
import { booking, resident, slot, speaker } from '../store/schema.ts';
import type { Route, Verdict } from './deliveries.ts';

/** A brand's way to chime: src/platforms/push.ts. */
export interface Chime {
  brand: string;
  onlyWhenOpened?: true;
  send(
    target: { device: string; user?: string },
    notice: { id: string; kind: 'policy' | 'progress' | 'reminder' | 'system'; forSeconds: number },
  ): Promise<Outcome>;
}

export interface ReminderParts {
  database: Database;
  bus: { toDevice(device: string, message: unknown): Promise<boolean> };
  clock: Clock;
  /** Speakers of brands; without one for hers she hears of it when she next opens the talk. */
  pushes?: readonly Chime[];
}

interface Booked {
  brand: string;
  device: string;
  user: string | null;
  quiet: Quiet;
  until: Date;
}

const RETRY_MS = 10 * 60_000;
/** An evening and a night of ten-minute tries; the booking's time ends them in any case. */
const ATTEMPTS = 120;

/** A speaker that is away is tried again until the booking's time, but not while she wants it quiet. */
export function reminderRoute(parts: ReminderParts): Route {
  return {
    deliver: (message) => remind(parts, message),
    atOnce: 50,
    attempts: ATTEMPTS,
    firstMs: RETRY_MS,
    longestMs: RETRY_MS,
  };
}

async function remind(parts: ReminderParts, message: DueMessage): Promise<Verdict> {
  const now = parts.clock.now();
  const booked = await bookingOf(parts.database, message);
  if (!booked || booked.until <= now) return { outcome: 'refused', why: 'no longer of use' };
  const until = quietEnds(now, booked.quiet);
  if (until) return { outcome: 'wait', until };
  return booked.brand === 'speaker' ? chimeAtOurs(parts, message, booked) : chimeAtBrand(parts, message, booked, now);
}

async function chimeAtOurs({ bus }: ReminderParts, { id }: DueMessage, { device, until }: Booked): Promise<Verdict> {
  const notice = { type: 'notice', id, kind: 'reminder', expires: until.toISOString() };
  return (await bus.toDevice(device, notice)) ? { outcome: 'sent' } : { outcome: 'later', why: 'speaker away' };
}

async function chimeAtBrand(
  { pushes = [] }: ReminderParts,
  { id }: DueMessage,
  { brand, device, user, until }: Booked,
  now: Date,
): Promise<Verdict> {
  const push = pushes.find((one) => one.brand === brand);
  if (!push || push.onlyWhenOpened) return { outcome: 'refused', why: 'told when she next opens the talk' };
  const forSeconds = Math.floor((until.getTime() - now.getTime()) / 1000);
  const target = { device, user: user ?? undefined };
  const outcome = await push.send(target, { id, kind: 'reminder', forSeconds });
  return outcome === 'sent' ? { outcome } : { outcome, why: `${brand}: ${outcome}` };
}

/** Where and until when to remind; undefined when it no longer stands or the speaker has left the home. */
async function bookingOf({ db }: Database, { payload }: DueMessage): Promise<Booked | undefined> {
  const [found] = await db
    .select({
      day: slot.day,
      start: slot.start,
      brand: speaker.brand,
      device: speaker.brandDevice,
      user: speaker.brandUser,
      quiet: { from: resident.quietFrom, until: resident.quietUntil },
    })
    .from(booking)
    .innerJoin(slot, eq(booking.slotId, slot.id))
    .innerJoin(resident, eq(booking.residentId, resident.id))
    .innerJoin(speaker, and(eq(booking.speakerId, speaker.id), eq(speaker.householdId, resident.householdId)))
    .where(
      and(
        eq(booking.id, String(payload.bookingId)),
        eq(booking.state, 'booked'),
        eq(speaker.status, 'bound'),
        eq(resident.state, 'living'),
      ),
    );
  if (!found) return undefined;
  const { day, start, ...rest } = found;
  return { ...rest, until: shanghaiInstant(day, start) };
}

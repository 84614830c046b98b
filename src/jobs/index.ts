/** What happens by itself: the audit's seal, reminders, slots for the days ahead, bookings that have passed. Every job may run on every instance. */
import { type Clock, shanghaiDay } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services/index.ts';
import type { Database } from '../store/database.ts';
import { makeSlots } from '../store/seed/slots.ts';
import { every } from './every.ts';
import { remind } from './reminders.ts';

export interface JobParts {
  database: Database;
  services: Pick<Services, 'bookings' | 'calendar'>;
  bus: { toDevice(device: string, message: unknown): Promise<boolean> };
  clock: Clock;
  log: Log;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const SLOT_DAYS = 14;

/** Starts the jobs; the returned function ends them and waits for what is under way. */
export function startJobs(parts: JobParts): () => Promise<void> {
  const { database, services, clock, log } = parts;
  const running = [
    every(10 * SECOND, () => remind(parts), { name: 'reminders', log }),
    every(MINUTE, () => services.bookings.closePast(), { name: 'past bookings', log }),
    every(HOUR, () => makeSlots(database, services.calendar, shanghaiDay(clock.now()), SLOT_DAYS), {
      name: 'slots ahead',
      log,
    }),
  ];
  return async () => {
    await Promise.all(running.map((stop) => stop()));
  };
}

/** A station with one window, and a resident who asks there: a new pair for each test, on one database a file. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach } from 'vitest';
import { type BookingWish, createBookings } from '../../../src/services/bookings/bookings.ts';
import type { Actor } from '../../../src/store/audit.ts';
import type { Database } from '../../../src/store/database.ts';
import { seat } from '../../../src/store/schema.ts';
import { aHousehold, allBookings, aResident, aSlot, aStation } from '../../support/records.ts';
import { fixedClock, freshDatabase, freshLite } from '../../support/stores.ts';

export const DAY = '2026-11-26';
export const clock = fixedClock('2026-11-23T09:30');
export const by: Actor = { kind: 'resident', id: 'r', role: 'resident' };
export const key = () => `test:${randomUUID()}`;

export const BOTH = [
  ['PostgreSQL', freshDatabase],
  ['PGlite', freshLite],
] as const;

interface Window {
  database: Database;
  bookings: ReturnType<typeof createBookings>;
  here: Awaited<ReturnType<typeof aStation>>;
  residentId: string;
}

/** Belongs into a `describe`; `at` holds what the running test has. */
export function aWindow(fresh: () => Promise<Database>) {
  const at = {} as Window;
  beforeAll(async () => {
    at.database = await fresh();
    at.bookings = createBookings({ database: at.database, clock });
  });
  beforeEach(async () => {
    clock.set('2026-11-23T09:30');
    at.here = await aStation(at.database.db);
    at.residentId = await anotherResident();
  });

  const anotherResident = async () => {
    const home = await aHousehold(at.database.db, at.here.station.id);
    return (await aResident(at.database.db, home.id)).id;
  };
  const atStation = (day: string, start: string, seats = 1) =>
    aSlot(at.database.db, at.here.stationWindow, day, start, seats);
  const wish = (over: Partial<BookingWish> = {}): BookingWish => ({
    conversation: 'c1',
    seatId: '',
    residentId: at.residentId,
    matter: 'senior card',
    direction: 'collect',
    ...over,
  });
  const booked = async (slotId: string, over: Partial<BookingWish> = {}) => {
    const conversation = over.conversation ?? randomUUID();
    const { seatId } = await at.bookings.hold({ slotId, conversation });
    return at.bookings.book(key(), wish({ ...over, conversation, seatId }), by);
  };
  const seatState = async (id: string) => (await at.database.db.select().from(seat).where(eq(seat.id, id)))[0]?.state;
  const rowsOfResident = async (id = at.residentId) =>
    (await allBookings(at.database.db)).filter((row) => row.residentId === id);
  return { at, anotherResident, atStation, wish, booked, seatState, rowsOfResident };
}

/** Small rows for tests: what a place, a home, a resident needs at least, each with what the test says about it. */
import { randomUUID } from 'node:crypto';
import type { Db } from '../../src/store/database.ts';
import {
  booking,
  caseFile,
  household,
  place,
  resident,
  seat,
  serviceWindow,
  slot,
  speaker,
} from '../../src/store/schema.ts';

type Over<Table extends { $inferInsert: object }> = Partial<Table['$inferInsert']>;

const short = () => randomUUID().slice(0, 8);
const OPEN: [string, string][] = [
  ['09:00', '12:00'],
  ['13:30', '17:30'],
];
export const WEEK = Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, OPEN]));

async function only<T>(rows: Promise<T[]>): Promise<T> {
  const [row] = await rows;
  if (row === undefined) throw new Error('no row was made');
  return row;
}

export function aPlace(db: Db, over: Over<typeof place> = {}) {
  const code = short();
  const values = {
    code,
    kind: 'centre' as const,
    status: 'operating' as const,
    name: `centre ${code}`,
    address: 'here',
  };
  return only(
    db
      .insert(place)
      .values({ ...values, hours: WEEK, matters: [], ...over })
      .returning(),
  );
}

/** A station and its centre, one window each. */
export async function aStation(db: Db, over: Over<typeof place> = {}) {
  const centre = await aPlace(db);
  const station = await aPlace(db, { kind: 'station', parentId: centre.id, name: `station ${short()}`, ...over });
  return { centre, station, centreWindow: await aWindow(db, centre.id), stationWindow: await aWindow(db, station.id) };
}

export function aWindow(db: Db, placeId: string, over: Over<typeof serviceWindow> = {}) {
  return only(
    db
      .insert(serviceWindow)
      .values({ placeId, number: 1, name: 'window', matters: [], ...over })
      .returning(),
  );
}

export function aHousehold(db: Db, stationId: string, over: Over<typeof household> = {}) {
  const values = { community: 'garden', building: '1', unit: short(), stationId };
  return only(
    db
      .insert(household)
      .values({ ...values, ...over })
      .returning(),
  );
}

/** Eighty-one, living here. */
export function aResident(db: Db, householdId: string, over: Over<typeof resident> = {}) {
  const values = {
    name: 'Wang',
    called: 'Auntie Wang',
    sex: 'female' as const,
    birthDate: '1945-03-02',
    hukou: 'binhai' as const,
  };
  return only(
    db
      .insert(resident)
      .values({ ...values, householdId, ...over })
      .returning(),
  );
}

export function aSpeaker(db: Db, householdId: string, over: Over<typeof speaker> = {}) {
  const values = {
    serial: short(),
    brand: 'speaker' as const,
    brandDevice: short(),
    status: 'bound' as const,
    householdId,
  };
  return only(
    db
      .insert(speaker)
      .values({ ...values, ...over })
      .returning(),
  );
}

export function aCase(db: Db, residentId: string, over: Over<typeof caseFile> = {}) {
  const values = { number: short(), shortNumber: short(), matter: 'senior card', residentId, source: 9 };
  const rest = { status: 'concluded' as const, kind: 'promised' as const };
  return only(
    db
      .insert(caseFile)
      .values({ ...values, ...rest, ...over })
      .returning(),
  );
}

/** A slot of half an hour with so many free seats. */
export async function aSlot(db: Db, window: { id: string; placeId: string }, day: string, start: string, seats = 1) {
  const values = { windowId: window.id, placeId: window.placeId, day, start, minutes: 30 };
  const made = await only(db.insert(slot).values(values).returning());
  const numbers = Array.from({ length: seats }, (_, i) => ({ slotId: made.id, number: i + 1 }));
  return { ...made, seats: seats === 0 ? [] : await db.insert(seat).values(numbers).returning() };
}

/** Whatever lies in the table, for counting. */
export const allBookings = (db: Db) => db.select().from(booking);
export const allSeats = (db: Db) => db.select().from(seat);

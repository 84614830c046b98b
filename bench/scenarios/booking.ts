/** The commit of a booking with all that it promises (effect key, audit, messages), beside a bare transaction of two statements. */
import { randomBytes, randomUUID } from 'node:crypto';
import { and, eq, gt, sql } from 'drizzle-orm';
import { clockStartingAt, shanghaiDay, shanghaiInstant } from '../../src/clock.ts';
import { type Bookings, createBookings } from '../../src/services/bookings/bookings.ts';
import { createCalendar } from '../../src/services/calendar.ts';
import { loadCatalogue } from '../../src/services/catalogue/catalogue.ts';
import { type Database, migrate, openDatabase } from '../../src/store/database.ts';
import { resident, seat, slot } from '../../src/store/schema.ts';
import { seedLoad } from '../../src/store/seed/index.ts';
import { loadFacts } from '../../src/store/seed/load-facts.ts';
import { makeSlots } from '../../src/store/seed/slots.ts';
import { type Amount, interleaved, type Subject } from '../measure.ts';
import type { Report } from '../report.ts';
import type { Stores } from '../stores.ts';

const MATTER = '老年优待证';
const DAYS = 10;
const BY = { kind: 'system', id: 'bench', role: 'system' } as const;

export async function booking(stores: Stores, quick: boolean): Promise<Report> {
  const amount: Amount = quick ? { rounds: 3, times: 20, warmUp: 1 } : { rounds: 12, times: 50, warmUp: 3 };
  const database = await openDatabase(await stores.freshDatabase());
  try {
    const needed = 2 * (amount.rounds + amount.warmUp) * amount.times;
    const { residents, slots, bookings } = await stage(database, needed);
    const next = pairs(residents, slots);
    const subjects: Subject[] = [
      { name: 'two statements in a transaction', block: (times) => timed(times, () => bare(database, next())) },
      { name: 'the product books a held seat', block: (times) => timed(times, () => whole(bookings, next())) },
    ];
    const results = await interleaved(subjects, amount);
    const notes = [
      `${database.engine}; ${amount.times} bookings a block, one after the other, ${amount.rounds} blocks each; holding the seat is not counted`,
    ];
    return { scenario: 'booking', unit: 'ms a commit', results, notes };
  } finally {
    await database.close();
  }
}

interface Stage {
  residents: string[];
  /** One entry for each free seat. */
  slots: string[];
  bookings: Bookings;
}

async function stage(database: Database, needed: number): Promise<Stage> {
  await migrate(database);
  const clock = clockStartingAt(shanghaiInstant('2026-11-23', '08:00'));
  const catalogue = loadCatalogue();
  await loadFacts({ database, catalogue, sample: true });
  await seedLoad({ database, clock, sample: catalogue.sample, households: needed, speakers: 0, seed: 1 });
  const today = shanghaiDay(clock.now());
  await makeSlots(database, createCalendar(catalogue.holidays), today, DAYS);
  const residents = await database.db.select({ id: resident.id }).from(resident).limit(needed);
  const free = and(eq(seat.state, 'free'), gt(slot.day, today));
  const slots = await database.db
    .select({ id: slot.id })
    .from(seat)
    .innerJoin(slot, eq(slot.id, seat.slotId))
    .where(free)
    .limit(needed);
  if (slots.length < needed) throw new Error(`${slots.length} free seats are too few: more days of slots are needed`);
  return {
    residents: residents.map(({ id }) => id),
    slots: slots.map(({ id }) => id),
    bookings: createBookings({ database, clock }),
  };
}

interface Pair {
  residentId: string;
  slotId: string;
}

function pairs(residents: string[], slots: string[]): () => Pair {
  let at = 0;
  return () => {
    const pair = { residentId: residents[at] ?? '', slotId: slots[at] ?? '' };
    at += 1;
    return pair;
  };
}

/** Milliseconds of one; `prepare` may do work that does not count and returns what does. */
async function timed(times: number, prepare: () => Promise<() => Promise<unknown>>): Promise<number> {
  let spent = 0;
  for (let n = 0; n < times; n++) {
    const work = await prepare();
    const begun = performance.now();
    await work();
    spent += performance.now() - begun;
  }
  return spent / times;
}

async function whole(bookings: Bookings, { residentId, slotId }: Pair): Promise<() => Promise<unknown>> {
  const conversation = `speaker:${randomBytes(8).toString('hex')}`;
  const { seatId } = await bookings.hold({ slotId, conversation });
  return () =>
    bookings.book(randomUUID(), { conversation, seatId, residentId, matter: MATTER, direction: 'collect' }, BY);
}

async function bare(database: Database, { residentId, slotId }: Pair): Promise<() => Promise<unknown>> {
  const [free] = await database.db
    .select({ id: seat.id })
    .from(seat)
    .where(and(eq(seat.slotId, slotId), eq(seat.state, 'free')))
    .limit(1);
  const seatId = free?.id ?? '';
  return () =>
    database.transaction(async (tx) => {
      await tx.execute(sql`update seat set state = 'booked' where id = ${seatId}`);
      await tx.execute(
        sql`insert into booking (seat_id, slot_id, resident_id, matter, direction) values (${seatId}, ${slotId}, ${residentId}, ${MATTER}, 'collect')`,
      );
    });
}

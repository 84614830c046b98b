/** How long it may take: her place among those who wait, who is on duty, and how long a talk has lasted of late. */
import { and, eq, gt, inArray, isNotNull, lt, or, sql } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { type Database, type Db, rowsOf } from '../../store/database.ts';
import { call, household, place, speaker } from '../../store/schema.ts';
import { WAITING } from './arrows.ts';
import type { Desks, Whom } from './desks.ts';
import type { CallRow } from './rows.ts';

export interface Wait {
  /** 1 is next. */
  position: number;
  /** Seconds, at best and at worst; both 0 where somebody is free. */
  wait: [number, number];
  free: number;
  /** Free or soon to be. */
  onDuty: number;
}

interface Parts {
  database: Database;
  clock: Clock;
  desks: Desks;
}

/** Until enough talks were measured: three to eight minutes. */
const UNMEASURED: [number, number] = [180, 480];
const ENOUGH = 5;
const MEASURED_DAYS = 30;
const DAY_MS = 86_400_000;
const LEAST = 30;
/** Rounded so that it can be said. */
const STEP = 30;

/** Estimates, rounded to half minutes since they are spoken. @throws Refusal StoreUnavailable where presence cannot be read */
export function createWaiting({ database, clock, desks }: Parts) {
  /** For somebody who has not been put in the queue yet. */
  async function prospect(whom: Whom): Promise<Wait> {
    return estimate(whom, await ahead());
  }

  /** For a call that waits. */
  async function of(row: CallRow): Promise<Wait> {
    return estimate(row, await ahead(row));
  }

  async function estimate(whom: Whom, before: number): Promise<Wait> {
    const present = await desks.here();
    const clerks = await database.transaction((tx) => desks.able(tx, whom, present));
    const free = clerks.filter((one) => one.free).length;
    const position = before + 1;
    if (clerks.length === 0 || free > before) return { position, wait: [0, 0], free, onDuty: clerks.length };
    const [short, long] = await serviceSeconds();
    const rounds = position / clerks.length;
    const least = Math.max(LEAST, rounded((rounds - 1 / clerks.length) * short));
    return { position, wait: [least, Math.max(least + LEAST, rounded(rounds * long))], free, onDuty: clerks.length };
  }

  /** Who is served before: the more urgent, and of the same urgency the earlier. */
  async function ahead(row?: Pick<CallRow, 'priority' | 'createdAt' | 'id'>): Promise<number> {
    const earlier =
      row &&
      or(
        gt(call.priority, row.priority),
        and(
          eq(call.priority, row.priority),
          or(lt(call.createdAt, row.createdAt), and(eq(call.createdAt, row.createdAt), lt(call.id, row.id))),
        ),
      );
    return database.db.$count(
      database.db
        .select({ id: call.id })
        .from(call)
        .where(and(inArray(call.state, [...WAITING]), eq(call.direction, 'in'), earlier))
        .as('waiting'),
    );
  }

  /** A short and a long talk in seconds: the quarters of what was measured. */
  async function serviceSeconds(): Promise<[number, number]> {
    const since = new Date(clock.now().getTime() - MEASURED_DAYS * DAY_MS).toISOString();
    const [row] = await rowsOf<{ n: number; short: number | null; long: number | null }>(
      database.db,
      sql`select count(*)::int as n,
        percentile_cont(0.25) within group (order by extract(epoch from ended_at - talking_at))::int as short,
        percentile_cont(0.75) within group (order by extract(epoch from ended_at - talking_at))::int as long
        from call where talking_at > ${since} and ended_at is not null`,
    );
    if (!row || row.n < ENOUGH || row.short === null || row.long === null) return UNMEASURED;
    return [row.short, row.long];
  }

  /** Where a speaker stands: whose station answers for it, and what it is at. */
  const homeOf = (speakerId: string) => homeIn(database.db, speakerId);

  async function homeIn(tx: Db, speakerId: string) {
    const [row] = await tx
      .select({
        stationId: place.id,
        station: place.name,
        device: speaker.brandDevice,
        brand: speaker.brand,
        householdId: household.id,
      })
      .from(speaker)
      .innerJoin(household, eq(household.id, speaker.householdId))
      .innerJoin(place, eq(place.id, household.stationId))
      .where(and(eq(speaker.id, speakerId), eq(speaker.status, 'bound'), isNotNull(speaker.householdId)));
    return row;
  }

  return { prospect, of, homeOf, homeIn };
}

const rounded = (seconds: number) => Math.round(seconds / STEP) * STEP;
export type WaitingRoom = ReturnType<typeof createWaiting>;

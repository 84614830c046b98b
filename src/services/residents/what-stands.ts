/** What a resident has going on: what she says before she is asked anything is mostly about that. */
import { and, asc, eq, gt, gte, inArray } from 'drizzle-orm';
import { type Clock, shanghaiDay } from '../../clock.ts';
import { writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { application, callback, caseFile, resident, visit } from '../../store/schema.ts';
import { type BookingRow, findBookings, isLive } from '../bookings/records.ts';
import type { Calendar } from '../calendar.ts';
import { OPEN_STATUSES, overdueDays } from '../cases/rules.ts';
import type { Ratings } from '../feedback/ratings.ts';
import { isListed } from '../visits/visits.ts';

export interface WhatStands {
  /** The next she comes for, or is sent. */
  booking?: Pick<BookingRow, 'matter' | 'mode' | 'direction' | 'collector' | 'day'>;
  /** What lies ready for her, and nobody has settled how she gets it. */
  ready: string[];
  /** What is under way; late where its promised day is past. */
  going: { matter: string; status: string; late: boolean }[];
  /** What somebody comes to her home for. */
  visit?: string;
  /** A call that was promised her. */
  callback?: string;
  /** What she has filled in by half. */
  draft?: string;
  /** She is on the list of those who are visited. */
  visited: boolean;
  /** Somebody served her of late, and she has not said how it was. */
  rated: boolean;
}

interface Parts {
  database: Database;
  clock: Clock;
  calendar: Calendar;
  ratings: Pick<Ratings, 'finished'>;
}
export type WhatStandsOf = ReturnType<typeof createWhatStands>;

/** Matters and states alone, and none that is not to be named aloud. Audited as one read. */
export function createWhatStands({ database, clock, calendar, ratings }: Parts) {
  return async (residentId: string): Promise<WhatStands> => {
    const served = await ratings.finished(residentId);
    const rated = served.some(({ level }) => level === undefined);
    return database.transaction(async (tx) => {
      const now = clock.now();
      const today = shanghaiDay(now);
      const actor = { kind: 'resident' as const, id: residentId, role: 'resident' };
      const fields = ['bookings', 'cases', 'visits', 'callbacks', 'applications', 'flags'];
      await writeAudit(tx, { at: now, actor, action: 'read', residentId, fields, result: 'done' });
      const standing = (await findBookings(tx, isLive(residentId))).filter(({ day }) => day >= today);
      return {
        ...(standing[0] ? { booking: standing[0] } : {}),
        ...casesAmong(await casesOf(tx, residentId), standing, (one) => overdueDays(one, today, calendar) > 0),
        visit: await nextVisit(tx, residentId, today),
        callback: await promisedCall(tx, residentId),
        draft: await draftOf(tx, residentId, now),
        visited: await isVisited(tx, residentId),
        rated,
      };
    });
  };
}

const casesOf = (tx: Db, residentId: string) =>
  tx
    .select()
    .from(caseFile)
    .where(and(eq(caseFile.residentId, residentId), eq(caseFile.sensitive, false)));
type Case = Awaited<ReturnType<typeof casesOf>>[number];

/** What waits for her without a booking, and what still goes on. */
function casesAmong(all: Case[], standing: BookingRow[], isLate: (one: Case) => boolean) {
  const settled = standing.filter(({ direction }) => direction === 'collect').map(({ matter }) => matter);
  const ready = all.filter(({ delivery, matter }) => delivery === 'ready' && !settled.includes(matter));
  const going = all.filter(({ status }) => OPEN_STATUSES.includes(status));
  return {
    ready: ready.map(({ matter }) => matter),
    going: going.map((one) => ({ matter: one.matter, status: one.status, late: isLate(one) })),
  };
}

async function nextVisit(tx: Db, residentId: string, today: string): Promise<string | undefined> {
  const stands = and(inArray(visit.state, ['requested', 'planned']), gte(visit.day, today));
  const [one] = await tx
    .select({ matter: visit.matter })
    .from(visit)
    .where(and(eq(visit.residentId, residentId), stands))
    .orderBy(asc(visit.day))
    .limit(1);
  return one?.matter;
}

async function promisedCall(tx: Db, residentId: string): Promise<string | undefined> {
  const [one] = await tx
    .select({ id: callback.id })
    .from(callback)
    .where(and(eq(callback.residentId, residentId), eq(callback.state, 'open')))
    .orderBy(asc(callback.dueAt))
    .limit(1);
  return one?.id;
}

async function draftOf(tx: Db, residentId: string, now: Date): Promise<string | undefined> {
  const live = and(eq(application.state, 'draft'), gt(application.expiresAt, now));
  const [one] = await tx
    .select({ matter: application.matter })
    .from(application)
    .where(and(eq(application.residentId, residentId), live))
    .limit(1);
  return one?.matter;
}

async function isVisited(tx: Db, residentId: string): Promise<boolean> {
  const [one] = await tx.select({ flags: resident.flags }).from(resident).where(eq(resident.id, residentId));
  return one !== undefined && isListed(one.flags);
}

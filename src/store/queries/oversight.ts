/** Figures of a month for whoever answers for the service: counts only, except the list of people nobody has reached. */
import { and, count, eq, exists, gte, inArray, isNotNull, lt, lte, not, or, sql } from 'drizzle-orm';
import type { Db } from '../database.ts';
import {
  call,
  callback,
  caseFile,
  household,
  place,
  rating,
  resident,
  serviceFigure,
  ticket,
  visit,
} from '../schema.ts';

/** Half-open: `until` is the first instant after it. Days likewise. */
export interface Month {
  from: Date;
  until: Date;
  firstDay: string;
  nextDay: string;
}

const OPEN_CASES = ['submitted', 'received', 'correction', 'accepted', 'reviewing', 'producing'] as const;
const int = sql<number>`count(*)::int`;

/** Counts of the month by kind and name, as the dialogue noted them day by day. */
export async function errandFigures(db: Db, { firstDay, nextDay }: Month) {
  const sum = sql<number>`sum(${serviceFigure.count})::int`;
  return db
    .select({ kind: serviceFigure.kind, name: serviceFigure.name, count: sum })
    .from(serviceFigure)
    .where(and(gte(serviceFigure.day, firstDay), lt(serviceFigure.day, nextDay)))
    .groupBy(serviceFigure.kind, serviceFigure.name);
}

/** Why people were asked for: live calls and call-backs together. */
export async function handOvers(db: Db, { from, until }: Month) {
  const calls = await db
    .select({ reason: call.reason, count: int })
    .from(call)
    .where(and(gte(call.createdAt, from), lt(call.createdAt, until)))
    .groupBy(call.reason);
  const backs = await db
    .select({ reason: callback.reason, count: int })
    .from(callback)
    .where(and(gte(callback.createdAt, from), lt(callback.createdAt, until)))
    .groupBy(callback.reason);
  const sums = new Map<string, number>();
  for (const row of [...calls, ...backs]) sums.set(row.reason, (sums.get(row.reason) ?? 0) + row.count);
  return [...sums].map(([reason, n]) => ({ reason, count: n })).sort((a, b) => b.count - a.count);
}

/** Seconds from asking to a voice, and how many never had one. */
export async function waits(db: Db, { from, until }: Month) {
  const waited = sql`extract(epoch from ${call.talkingAt} - ${call.createdAt})`;
  const [row] = await db
    .select({
      calls: int,
      answered: sql<number>`(count(${call.talkingAt}))::int`,
      median: sql<number | null>`(percentile_cont(0.5) within group (order by ${waited}))::float`,
      longest: sql<number | null>`max(${waited})::float`,
    })
    .from(call)
    .where(and(gte(call.createdAt, from), lt(call.createdAt, until)));
  return row ?? { calls: 0, answered: 0, median: null, longest: null };
}

/** Ratings given in the month by level (GB/T 39046 A.8: 1 is best) and kind of service. */
export async function ratingsByLevel(db: Db, { from, until }: Month) {
  return db
    .select({ level: rating.level, service: rating.service, count: int })
    .from(rating)
    .where(and(gte(rating.createdAt, from), lt(rating.createdAt, until)))
    .groupBy(rating.level, rating.service)
    .orderBy(rating.level);
}

/** By the station of her home, not of the clerk: levels 1 and 2 are good, 4 and 5 bad. */
export async function ratingsByPlace(db: Db, { from, until }: Month) {
  return db
    .select({
      place: place.name,
      count: int,
      bad: sql<number>`(count(*) filter (where ${rating.level} >= 4))::int`,
      good: sql<number>`(count(*) filter (where ${rating.level} <= 2))::int`,
    })
    .from(rating)
    .innerJoin(resident, eq(resident.id, rating.residentId))
    .innerJoin(household, eq(household.id, resident.householdId))
    .innerJoin(place, eq(place.id, household.stationId))
    .where(and(gte(rating.createdAt, from), lt(rating.createdAt, until)))
    .groupBy(place.name)
    .orderBy(place.name);
}

/** Tickets of the month, and older ones that are still open; overdue is what is open past its day at `now`. */
export async function ticketFigures(db: Db, { from, until }: Month, now: Date) {
  const at = sql`${now.toISOString()}::timestamptz`;
  return db
    .select({
      kind: ticket.kind,
      count: int,
      open: sql<number>`(count(*) filter (where ${ticket.state} = 'open'))::int`,
      overdue: sql<number>`(count(*) filter (where ${ticket.state} = 'open' and ${ticket.dueAt} < ${at}))::int`,
    })
    .from(ticket)
    .where(or(eq(ticket.state, 'open'), and(gte(ticket.createdAt, from), lt(ticket.createdAt, until))))
    .groupBy(ticket.kind);
}

/** 限时办结: how many open cases are in time, near their day, past it; and how often materials were asked for twice. */
export async function caseLights(db: Db, month: Month, today: string, soon: string) {
  const [lights] = await db
    .select({
      late: sql<number>`(count(*) filter (where ${caseFile.promisedOn} < ${today}))::int`,
      soon: sql<number>`(count(*) filter (where ${caseFile.promisedOn} between ${today} and ${soon}))::int`,
      good: sql<number>`(count(*) filter (where ${caseFile.promisedOn} > ${soon} or ${caseFile.promisedOn} is null))::int`,
    })
    .from(caseFile)
    .where(inArray(caseFile.status, [...OPEN_CASES]));
  const [twice] = await db
    .select({ count: int })
    .from(caseFile)
    .where(
      and(eq(caseFile.askedTwice, true), gte(caseFile.updatedAt, month.from), lt(caseFile.updatedAt, month.until)),
    );
  return { late: lights?.late ?? 0, soon: lights?.soon ?? 0, good: lights?.good ?? 0, askedTwice: twice?.count ?? 0 };
}

/** Cases by matter that were finished in the month, and of these how many in time. */
export async function finishedCases(db: Db, { from, until }: Month) {
  const inTime = sql<number>`(count(*) filter (where ${caseFile.promisedOn} is null or ${caseFile.updatedAt}::date <= ${caseFile.promisedOn}))::int`;
  return db
    .select({ matter: caseFile.matter, count: int, inTime })
    .from(caseFile)
    .where(and(eq(caseFile.status, 'concluded'), gte(caseFile.updatedAt, from), lt(caseFile.updatedAt, until)))
    .groupBy(caseFile.matter)
    .orderBy(sql`count(*) desc`);
}

/** Of the special list, those living here whom nobody has visited or spoken with in the month. */
export async function unreached(db: Db, { from, until, firstDay, nextDay }: Month) {
  const visited = db
    .select({ id: visit.id })
    .from(visit)
    .where(
      and(eq(visit.residentId, resident.id), eq(visit.state, 'done'), gte(visit.day, firstDay), lt(visit.day, nextDay)),
    );
  const spoken = db
    .select({ id: call.id })
    .from(call)
    .where(
      and(
        eq(call.residentId, resident.id),
        isNotNull(call.talkingAt),
        gte(call.createdAt, from),
        lt(call.createdAt, until),
      ),
    );
  const calledBack = db
    .select({ id: callback.id })
    .from(callback)
    .where(
      and(
        eq(callback.residentId, resident.id),
        inArray(callback.outcome, ['solved', 'continued', 'visit']),
        gte(callback.closedAt, from),
        lt(callback.closedAt, until),
      ),
    );
  return db
    .select({
      id: resident.id,
      name: resident.name,
      called: resident.called,
      grade: sql<number>`coalesce((${resident.flags} -> 'special' ->> 'grade')::int, 0)`,
      station: place.name,
      stationId: place.id,
      building: household.building,
    })
    .from(resident)
    .innerJoin(household, eq(household.id, resident.householdId))
    .innerJoin(place, eq(place.id, household.stationId))
    .where(
      and(
        inArray(resident.state, ['living', 'hospital']),
        sql`jsonb_typeof(${resident.flags} -> 'special') = 'object'`,
        not(exists(visited)),
        not(exists(spoken)),
        not(exists(calledBack)),
      ),
    )
    .orderBy(place.name, household.building)
    .limit(500);
}

/** People on the special list who live at home today: not of the month. */
export async function specialCount(db: Db): Promise<number> {
  const listed = and(eq(resident.state, 'living'), sql`jsonb_typeof(${resident.flags} -> 'special') = 'object'`);
  const [row] = await db.select({ n: count() }).from(resident).where(listed);
  return row?.n ?? 0;
}

/** What stands in the way, by matter: overdue, asked twice, and tickets 办不成事. */
export async function blockagesIn(db: Db, month: Month, today: string) {
  const overdue = await db
    .select({ subject: caseFile.matter, figure: int })
    .from(caseFile)
    .where(and(inArray(caseFile.status, [...OPEN_CASES]), lt(caseFile.promisedOn, today)))
    .groupBy(caseFile.matter);
  const askedTwice = await db
    .select({ subject: caseFile.matter, figure: int })
    .from(caseFile)
    .where(and(eq(caseFile.askedTwice, true), lte(caseFile.createdAt, month.until)))
    .groupBy(caseFile.matter);
  const handedOver = (await handOvers(db, month)).filter((one) => one.count >= 3);
  return [
    ...overdue.map((one) => ({ kind: 'overdue', ...one })),
    ...askedTwice.map((one) => ({ kind: 'askedTwice', ...one })),
    ...handedOver.map(({ reason, count: figure }) => ({ kind: 'handedOver', subject: reason, figure })),
  ];
}

/** Open cases past their promised day, with the station that answers for the home. */
export async function lateCases(db: Db, today: string) {
  return db
    .select({ id: caseFile.id, promisedOn: caseFile.promisedOn, stationId: household.stationId })
    .from(caseFile)
    .innerJoin(resident, eq(resident.id, caseFile.residentId))
    .innerJoin(household, eq(household.id, resident.householdId))
    .where(and(inArray(caseFile.status, [...OPEN_CASES]), lt(caseFile.promisedOn, today)));
}

/** Open tickets past the day of their answer. */
export async function lateTickets(db: Db, now: Date) {
  return db
    .select({ id: ticket.id })
    .from(ticket)
    .where(and(eq(ticket.state, 'open'), lt(ticket.dueAt, now)));
}

/** Turns after one that was not understood, and how many of them were; days half-open. */
export async function repairIn(db: Db, firstDay: string, nextDay: string) {
  const of = (name: string) =>
    sql<number>`coalesce(sum(${serviceFigure.count}) filter (where ${serviceFigure.name} = ${name}), 0)::int`;
  const turns = and(eq(serviceFigure.kind, 'turn'), gte(serviceFigure.day, firstDay), lt(serviceFigure.day, nextDay));
  const [row] = await db
    .select({ retried: of('retried'), mended: of('mended') })
    .from(serviceFigure)
    .where(turns);
  return row ?? { retried: 0, mended: 0 };
}

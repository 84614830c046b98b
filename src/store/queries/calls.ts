import { and, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { call, household, resident, speaker, staff } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll, within } from './page.ts';

export interface CallFilter {
  state?: string;
  outcome?: string;
  reason?: string;
  resident?: string;
  speaker?: string;
  clerk?: string;
  from?: Date;
  until?: Date;
}

const WITH_HER = ['connecting', 'talking', 'held', 'transferring', 'wrapping'] as const;

/** The households that a clerk is on the line with, or whose call she is still wrapping up. */
export async function householdsOnTheLine(db: Db, staffId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: speaker.householdId })
    .from(call)
    .innerJoin(speaker, eq(speaker.id, call.speakerId))
    .where(and(eq(call.clerkId, staffId), inArray(call.state, [...WITH_HER])));
  return rows.flatMap(({ id }) => (id === null ? [] : [id]));
}

/** Calls from the households in scope, newest first. A speaker that has moved since does not carry its old calls along. */
export function calls(db: Db, asked: Asked<CallFilter>) {
  const { filter, scope } = asked;
  const where = and(
    within(scope, household.stationId),
    same(call.id, filter.id),
    same(call.state, filter.state),
    same(call.outcome, filter.outcome),
    same(call.reason, filter.reason),
    same(call.residentId, filter.resident),
    same(call.speakerId, filter.speaker),
    same(call.clerkId, filter.clerk),
    given(filter.from, (instant) => gte(call.createdAt, instant)),
    given(filter.until, (instant) => lt(call.createdAt, instant)),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        call,
        resident: { id: resident.id, name: resident.name },
        speaker: { id: speaker.id, serial: speaker.serial, device: speaker.brandDevice },
        clerk: { id: staff.id, name: staff.name },
        total: totalOfAll(),
      })
      .from(call)
      .innerJoin(speaker, eq(speaker.id, call.speakerId))
      .leftJoin(resident, eq(resident.id, call.residentId))
      .leftJoin(household, eq(household.id, sql`coalesce(${resident.householdId}, ${speaker.householdId})`))
      .leftJoin(staff, eq(staff.id, call.clerkId))
      .where(where)
      .orderBy(desc(call.createdAt), desc(call.id))
      .limit(limit)
      .offset(offset),
  );
}

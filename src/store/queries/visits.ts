import { and, desc, eq, gte, lte } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { household, resident, staff, visit } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll, within } from './page.ts';

export interface VisitFilter {
  state?: string;
  half?: string;
  matter?: string;
  resident?: string;
  worker?: string;
  day?: string;
  from?: string;
  until?: string;
}

/** Home visits to the residents in scope, newest first. */
export function visits(db: Db, asked: Asked<VisitFilter>) {
  const { filter, scope } = asked;
  const where = and(
    within(scope, household.stationId),
    same(visit.id, filter.id),
    same(visit.state, filter.state),
    same(visit.half, filter.half),
    same(visit.matter, filter.matter),
    same(visit.residentId, filter.resident),
    same(visit.workerId, filter.worker),
    same(visit.day, filter.day),
    given(filter.from, (day) => gte(visit.day, day)),
    given(filter.until, (day) => lte(visit.day, day)),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        visit,
        resident: { id: resident.id, name: resident.name },
        worker: { id: staff.id, name: staff.name },
        total: totalOfAll(),
      })
      .from(visit)
      .innerJoin(resident, eq(resident.id, visit.residentId))
      .innerJoin(household, eq(household.id, resident.householdId))
      .leftJoin(staff, eq(staff.id, visit.workerId))
      .where(where)
      .orderBy(desc(visit.createdAt), desc(visit.id))
      .limit(limit)
      .offset(offset),
  );
}

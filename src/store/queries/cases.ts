import { and, asc, desc, eq, lt, notInArray } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../database.ts';
import { caseFile, caseStep, household, resident, staff } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll, within } from './page.ts';

export interface CaseFilter {
  status?: string;
  delivery?: string;
  kind?: string;
  matter?: string;
  resident?: string;
  number?: string;
  handler?: string;
  /** Promised before this day and not ended yet. */
  overdueOn?: string;
}

const ENDED = ['concluded', 'rejected', 'denied', 'withdrawn'] as const;

/** Cases of the residents in scope, newest first. */
export function cases(db: Db, asked: Asked<CaseFilter>) {
  const { filter, scope } = asked;
  const handler = alias(staff, 'handler');
  const firstOwner = alias(staff, 'first_owner');
  const where = and(
    within(scope, household.stationId),
    same(caseFile.id, filter.id),
    same(caseFile.status, filter.status),
    same(caseFile.delivery, filter.delivery),
    same(caseFile.kind, filter.kind),
    same(caseFile.matter, filter.matter),
    same(caseFile.residentId, filter.resident),
    same(caseFile.number, filter.number),
    same(caseFile.handlerId, filter.handler),
    given(filter.overdueOn, (day) => and(lt(caseFile.promisedOn, day), notInArray(caseFile.status, [...ENDED]))),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        file: caseFile,
        resident: { id: resident.id, name: resident.name },
        handler: { id: handler.id, name: handler.name },
        firstOwner: { id: firstOwner.id, name: firstOwner.name },
        total: totalOfAll(),
      })
      .from(caseFile)
      .innerJoin(resident, eq(resident.id, caseFile.residentId))
      .innerJoin(household, eq(household.id, resident.householdId))
      .leftJoin(handler, eq(handler.id, caseFile.handlerId))
      .leftJoin(firstOwner, eq(firstOwner.id, caseFile.firstOwnerId))
      .where(where)
      .orderBy(desc(caseFile.createdAt), desc(caseFile.id))
      .limit(limit)
      .offset(offset),
  );
}

/** The way of one case, oldest step first. */
export function stepsOfCase(db: Db, caseId: string) {
  return db
    .select({
      at: caseStep.at,
      status: caseStep.status,
      note: caseStep.note,
      by: { id: staff.id, name: staff.name },
    })
    .from(caseStep)
    .leftJoin(staff, eq(staff.id, caseStep.byStaff))
    .where(eq(caseStep.caseId, caseId))
    .orderBy(asc(caseStep.at), asc(caseStep.createdAt));
}

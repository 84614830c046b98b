import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { consent, household, place, resident } from '../schema.ts';
import { type Asked, page, same, totalOfAll, within } from './page.ts';

export interface ResidentFilter {
  state?: string;
  household?: string;
  station?: string;
  building?: string;
  locale?: string;
  phoneIndex?: string;
  idNumberIndex?: string;
}

/** Residents in scope, newest first. Phone and ID number stay sealed. */
export function residents(db: Db, asked: Asked<ResidentFilter>) {
  const { filter, scope } = asked;
  const where = and(
    within(scope, household.stationId),
    same(resident.id, filter.id),
    same(resident.state, filter.state),
    same(resident.householdId, filter.household),
    same(household.stationId, filter.station),
    same(household.building, filter.building),
    same(resident.locale, filter.locale),
    same(resident.phoneIndex, filter.phoneIndex),
    same(resident.idNumberIndex, filter.idNumberIndex),
  );
  return page(asked, (limit, offset) =>
    db
      .select({ resident, household, station: { id: place.id, name: place.name }, total: totalOfAll() })
      .from(resident)
      .innerJoin(household, eq(household.id, resident.householdId))
      .innerJoin(place, eq(place.id, household.stationId))
      .where(where)
      .orderBy(desc(resident.createdAt), desc(resident.id))
      .limit(limit)
      .offset(offset),
  );
}

/** What she agreed to: the newest word for each purpose. */
export async function consentsOf(db: Db, residentId: string) {
  const rows = await db
    .select({
      purpose: consent.purpose,
      given: consent.given,
      textVersion: consent.textVersion,
      at: consent.createdAt,
    })
    .from(consent)
    .where(eq(consent.residentId, residentId))
    .orderBy(desc(consent.createdAt));
  return [...new Map(rows.reverse().map((row) => [row.purpose, row])).values()];
}

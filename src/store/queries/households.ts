import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { household, place, speaker } from '../schema.ts';
import { type Asked, page, same, totalOfAll, within } from './page.ts';

export interface HouseholdFilter {
  community?: string;
  building?: string;
  unit?: string;
  station?: string;
}

/** Households in scope, newest first. */
export function households(db: Db, asked: Asked<HouseholdFilter>) {
  const { filter, scope } = asked;
  const where = and(
    within(scope, household.stationId),
    same(household.id, filter.id),
    same(household.community, filter.community),
    same(household.building, filter.building),
    same(household.unit, filter.unit),
    same(household.stationId, filter.station),
  );
  return page(asked, (limit, offset) =>
    db
      .select({ household, station: { id: place.id, name: place.name }, total: totalOfAll() })
      .from(household)
      .innerJoin(place, eq(place.id, household.stationId))
      .where(where)
      .orderBy(desc(household.createdAt), desc(household.id))
      .limit(limit)
      .offset(offset),
  );
}

/** The speakers that stand in these households. */
export async function speakersAt(db: Db, householdIds: readonly string[]) {
  if (householdIds.length === 0) return [];
  return db
    .select({
      id: speaker.id,
      serial: speaker.serial,
      device: speaker.brandDevice,
      status: speaker.status,
      householdId: speaker.householdId,
    })
    .from(speaker)
    .where(and(inArray(speaker.householdId, [...householdIds]), ne(speaker.status, 'wiped')));
}

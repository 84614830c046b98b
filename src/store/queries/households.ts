import { and, desc, eq, ilike, inArray, ne, sql } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { household, place, speaker } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll, within } from './page.ts';

export interface HouseholdFilter {
  community?: string;
  building?: string;
  unit?: string;
  station?: string;
  /** Any parts of the address, with spaces between them. */
  q?: string;
}

const addressHas = (part: string) =>
  ilike(
    sql`${household.community} || ${household.building} || ${household.unit}`,
    `%${part.replace(/[\\%_]/g, '\\$&')}%`,
  );

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
    given(filter.q, (q) => and(...q.trim().split(/\s+/).slice(0, 5).map(addressHas))),
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

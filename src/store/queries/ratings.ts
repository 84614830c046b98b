import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { household, rating, resident } from '../schema.ts';
import { type Asked, page, same, totalOfAll, within } from './page.ts';

export interface RatingFilter {
  service?: string;
  level?: number;
  named?: boolean;
}

/** Ratings by the residents in scope, newest first. Who gave one is told only where she wanted to be named: see the interface. */
export function ratings(db: Db, asked: Asked<RatingFilter>) {
  const { filter, scope } = asked;
  const where = and(
    within(scope, household.stationId),
    same(rating.id, filter.id),
    same(rating.service, filter.service),
    same(rating.level, filter.level),
    same(rating.named, filter.named),
  );
  return page(asked, (limit, offset) =>
    db
      .select({ rating, resident: { id: resident.id, name: resident.name }, total: totalOfAll() })
      .from(rating)
      .innerJoin(resident, eq(resident.id, rating.residentId))
      .innerJoin(household, eq(household.id, resident.householdId))
      .where(where)
      .orderBy(desc(rating.createdAt), desc(rating.id))
      .limit(limit)
      .offset(offset),
  );
}

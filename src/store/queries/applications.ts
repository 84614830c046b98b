import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { application, household, proxy, resident } from '../schema.ts';
import { type Asked, page, same, totalOfAll, within } from './page.ts';

export interface ApplicationFilter {
  state?: string;
  kind?: string;
  matter?: string;
  resident?: string;
}

/** Applications of the residents in scope, newest first. The answers stay sealed. */
export function applications(db: Db, asked: Asked<ApplicationFilter>) {
  const { filter, scope } = asked;
  const where = and(
    within(scope, household.stationId),
    same(application.id, filter.id),
    same(application.state, filter.state),
    same(application.kind, filter.kind),
    same(application.matter, filter.matter),
    same(application.residentId, filter.resident),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        id: application.id,
        createdAt: application.createdAt,
        updatedAt: application.updatedAt,
        matter: application.matter,
        kind: application.kind,
        materials: application.materials,
        promise: application.promise,
        state: application.state,
        expiresAt: application.expiresAt,
        resident: { id: resident.id, name: resident.name },
        proxy: { id: proxy.id, name: proxy.name, relation: proxy.relation },
        total: totalOfAll(),
      })
      .from(application)
      .innerJoin(resident, eq(resident.id, application.residentId))
      .innerJoin(household, eq(household.id, resident.householdId))
      .leftJoin(proxy, eq(proxy.id, application.proxyId))
      .where(where)
      .orderBy(desc(application.createdAt), desc(application.id))
      .limit(limit)
      .offset(offset),
  );
}

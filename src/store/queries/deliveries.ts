import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { delivery, household, policy, resident } from '../schema.ts';
import { type Asked, page, same, totalOfAll, within } from './page.ts';

export interface DeliveryFilter {
  state?: string;
  channel?: string;
  policy?: string;
  resident?: string;
}

/** Which policy reached whom, for the residents in scope, newest first. */
export function deliveries(db: Db, asked: Asked<DeliveryFilter>) {
  const { filter, scope } = asked;
  const where = and(
    within(scope, household.stationId),
    same(delivery.id, filter.id),
    same(delivery.state, filter.state),
    same(delivery.channel, filter.channel),
    same(delivery.policyId, filter.policy),
    same(delivery.residentId, filter.resident),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        delivery,
        policy: { id: policy.id, title: policy.title },
        resident: { id: resident.id, name: resident.name },
        total: totalOfAll(),
      })
      .from(delivery)
      .innerJoin(policy, eq(policy.id, delivery.policyId))
      .innerJoin(resident, eq(resident.id, delivery.residentId))
      .innerJoin(household, eq(household.id, resident.householdId))
      .where(where)
      .orderBy(desc(delivery.createdAt), desc(delivery.id))
      .limit(limit)
      .offset(offset),
  );
}

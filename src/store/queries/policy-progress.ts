import { and, eq, gte, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { delivery, fanOut } from '../schema.ts';

/** How far a policy has come: its fan-out, its deliveries by state and channel, and how many heard it in each hour since `since`. */
export async function policyProgress(db: Db, policyId: string, since: Date) {
  const [run] = await db.select().from(fanOut).where(eq(fanOut.policyId, policyId));
  const mine = eq(delivery.policyId, policyId);
  const count = sql<number>`count(*)::int`;
  const states = await db.select({ state: delivery.state, count }).from(delivery).where(mine).groupBy(delivery.state);
  const channels = await db
    .select({ channel: sql<string>`coalesce(${delivery.channel}, 'asked')`, count })
    .from(delivery)
    .where(mine)
    .groupBy(sql`1`);
  const hour = sql<string>`to_char(date_trunc('hour', ${delivery.heardAt} at time zone 'Asia/Shanghai'), 'YYYY-MM-DD"T"HH24:00')`;
  const heard = await db
    .select({ hour, count })
    .from(delivery)
    .where(and(mine, isNotNull(delivery.heardAt), gte(delivery.heardAt, since)))
    .groupBy(sql`1`)
    .orderBy(sql`1`);
  return { run, states, channels, heard };
}

/** How many wait only for being asked: they did not agree to chimes, or have no speaker. */
export async function waitingToBeAsked(db: Db, policyId: string): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`(count(*) filter (where ${delivery.dueAt} is null))::int` })
    .from(delivery)
    .where(and(eq(delivery.policyId, policyId), inArray(delivery.state, ['planned'])));
  return row?.count ?? 0;
}

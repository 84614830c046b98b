/** A published policy becomes one delivery for each resident it concerns: batch after batch, each with its cursor in one transaction. */
import { and, asc, desc, eq, inArray, lte } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import type { Database, Db } from '../../store/database.ts';
import { consent, delivery, fanOut, policy } from '../../store/schema.ts';
import { nextOf, sampleOf } from './audience.ts';

/** Rows in one transaction: some tens of milliseconds, so that a pause waits no longer. */
const BATCH = 500;

type Run = typeof fanOut.$inferSelect;
type Told = Pick<typeof policy.$inferSelect, 'id' | 'audience' | 'state'>;

interface Parts {
  database: Database;
  clock: Clock;
  batch?: number;
}

/** `batch` rows in a transaction. A lost process costs a batch that is planned again: a delivery is unique by policy and resident. */
export function createFanOut({ database, clock, batch = BATCH }: Parts) {
  /**
   * One batch of whichever policy is due, skipping those that another instance has in hand. Safe beside itself.
   * @returns whether there was anything to do
   */
  function step(): Promise<boolean> {
    return database.transaction(async (tx) => {
      const now = clock.now();
      const [found] = await tx
        .select({ run: fanOut, policy: { id: policy.id, audience: policy.audience, state: policy.state } })
        .from(fanOut)
        .innerJoin(policy, eq(policy.id, fanOut.policyId))
        .where(and(inArray(fanOut.state, ['waiting', 'running']), lte(fanOut.dueAt, now)))
        .orderBy(asc(fanOut.dueAt))
        .limit(1)
        .for('update', { of: fanOut, skipLocked: true });
      if (!found) return false;
      await (found.run.share < 100
        ? toSome(tx, found.run, found.policy, now)
        : onward(tx, found.run, found.policy, now));
      return true;
    });
  }

  /** The next batch by id. */
  async function onward(tx: Db, run: Run, told: Told, now: Date): Promise<void> {
    const ids = await nextOf(tx, told.audience, { now, cursor: run.cursor, limit: batch });
    const reached = run.reached + (await plan(tx, told, ids, now));
    const last = ids.length < batch;
    const startedAt = run.startedAt ?? now;
    const ended = last ? { state: 'done' as const, finishedAt: now } : { state: 'running' as const };
    await keep(tx, run, { ...ended, reached, startedAt, cursor: ids.at(-1) ?? run.cursor });
  }

  /** Its hundredth part, at least one person; then it waits for the word to go on. */
  async function toSome(tx: Db, run: Run, told: Told, now: Date): Promise<void> {
    const limit = Math.min(batch, Math.max(1, Math.ceil((run.expected * run.share) / 100)));
    const ids = await sampleOf(tx, told.audience, { now, salt: told.id, limit });
    const reached = run.reached + (await plan(tx, told, ids, now));
    await keep(tx, run, { state: 'canary', reached, startedAt: run.startedAt ?? now });
  }

  const keep = (tx: Db, { policyId }: Run, set: Partial<Run>) =>
    tx.update(fanOut).set(set).where(eq(fanOut.policyId, policyId));

  /** Steps until nothing is due. @returns how many batches */
  async function run(most = 10_000): Promise<number> {
    for (let done = 0; done < most; done += 1) if (!(await step())) return done;
    return most;
  }

  return { step, run };
}

/** One row for each, once; whoever did not agree to be chimed at hears of it when she asks. @returns how many are new */
async function plan(tx: Db, told: Told, ids: string[], now: Date): Promise<number> {
  if (ids.length === 0) return 0;
  const agreed = await agreedToPush(tx, ids);
  const rows = ids.map((residentId) => ({
    policyId: told.id,
    residentId,
    reason: told.audience.reason,
    state: 'planned' as const,
    dueAt: agreed.has(residentId) ? now : null,
    createdAt: now,
    updatedAt: now,
  }));
  const made = await tx.insert(delivery).values(rows).onConflictDoNothing().returning({ id: delivery.id });
  return made.length;
}

/** Those whose last word on chimes was yes. */
async function agreedToPush(tx: Db, residentIds: string[]): Promise<Set<string>> {
  const rows = await tx
    .selectDistinctOn([consent.residentId], { residentId: consent.residentId, given: consent.given })
    .from(consent)
    .where(and(inArray(consent.residentId, residentIds), eq(consent.purpose, 'push')))
    .orderBy(consent.residentId, desc(consent.createdAt), desc(consent.id));
  return new Set(rows.filter(({ given }) => given).map(({ residentId }) => residentId));
}

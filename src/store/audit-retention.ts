/** Ends the keeping of old audit rows: a signed checkpoint takes the place of what is cut. */
import { and, asc, eq, gt, inArray, lt, lte, or, sql } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import { GENESIS, signHead } from './audit-chain.ts';
import { type Database, type Db, rowsOf } from './db.ts';
import type { KeyRing } from './keys.ts';
import { audit, auditChain, auditHead } from './schema.ts';

/** Six months are up to 184 days (网络安全法 第二十三条): 185 is the least that always suffices. */
const LEAST_KEPT_DAYS = 185;

export interface CutOptions {
  database: Database;
  key: KeyRing;
  clock: Clock;
  keptDays?: number;
  /** At most so many rows in one transaction. */
  limit?: number;
}

/**
 * Cuts the beginning of the chain that is older than `keptDays`. Runs as the owner of the tables: the application's
 * role may not delete. @returns how many rows were cut. @throws RangeError below 185 days.
 */
export async function cutAudit({
  database,
  key,
  clock,
  keptDays = LEAST_KEPT_DAYS,
  limit = 5000,
}: CutOptions): Promise<number> {
  if (keptDays < LEAST_KEPT_DAYS) throw new RangeError(`audit rows are kept ${LEAST_KEPT_DAYS} days at least`);
  const oldest = new Date(clock.now().getTime() - keptDays * 86_400_000);
  return database.transaction(async (tx) => {
    // Another instance that cuts at this moment does it for both.
    const lock = sql`select pg_try_advisory_xact_lock(hashtextextended('jialiban:audit-cut', 0)) as mine`;
    const [locked] = await rowsOf<{ mine: boolean }>(tx, lock);
    if (!locked?.mine) return 0;
    const upTo = await lastToCut(tx, oldest, limit);
    if (!upTo) return 0;
    await tx.insert(auditHead).values(signHead(key, upTo, clock.now(), true));
    return cut(tx, upTo.sequence);
  });
}

/** The last link before the first one that is still to be kept; the newest link always stays. */
async function lastToCut(tx: Db, oldest: Date, limit: number) {
  const inOrder = () =>
    tx
      .select({ sequence: auditChain.sequence })
      .from(auditChain)
      .innerJoin(audit, eq(audit.id, auditChain.auditId))
      .orderBy(asc(auditChain.sequence))
      .limit(1);
  const [first] = await inOrder();
  if (!first) return undefined;
  const [kept] = await inOrder().where(or(gt(audit.at, oldest), gt(auditChain.sealedAt, oldest)));
  if (kept?.sequence === first.sequence) return undefined;
  const [last] = await tx.select({ sequence: sql<number>`max(${auditChain.sequence})::int` }).from(auditChain);
  const end = Math.min((kept?.sequence ?? last?.sequence ?? GENESIS.sequence) - 1, first.sequence + limit - 1);
  const [place] = await tx.select().from(auditChain).where(eq(auditChain.sequence, end));
  return place;
}

async function cut(tx: Db, sequence: number): Promise<number> {
  const sealed = tx.select({ id: auditChain.auditId }).from(auditChain).where(lte(auditChain.sequence, sequence));
  const rows = await tx.delete(audit).where(inArray(audit.id, sealed)).returning({ id: audit.id });
  await tx.delete(auditChain).where(lte(auditChain.sequence, sequence));
  const replaced = and(eq(auditHead.sequence, sequence), eq(auditHead.checkpoint, false));
  await tx.delete(auditHead).where(or(lt(auditHead.sequence, sequence), replaced));
  return rows.length;
}

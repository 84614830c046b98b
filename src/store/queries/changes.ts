/** What has been done of late, by its audit rows: those that wait for their seal, and those sealed since `after`. */
import { eq, gt, max, ne } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { audit, auditChain, auditPending } from '../schema.ts';

export interface DoneLately {
  id: string;
  action: string;
  /** Its place in the chain; null while it waits. */
  sequence: number | null;
}

const MOST = 500;

/** Reads are left out: they change no list. At most 500 of each, in no order for those that wait. */
export async function doneLately(db: Db, after: number): Promise<DoneLately[]> {
  const what = { id: audit.id, action: audit.action };
  const waiting = await db
    .select(what)
    .from(auditPending)
    .innerJoin(audit, eq(audit.id, auditPending.auditId))
    .where(ne(audit.action, 'read'))
    .limit(MOST);
  const sealed = await db
    .select({ ...what, sequence: auditChain.sequence })
    .from(auditChain)
    .innerJoin(audit, eq(audit.id, auditChain.auditId))
    .where(gt(auditChain.sequence, after))
    .orderBy(auditChain.sequence)
    .limit(MOST);
  return [...waiting.map((row) => ({ ...row, sequence: null })), ...sealed];
}

/** The newest place in the chain; 0 when it is empty. */
export async function newestSealed(db: Db): Promise<number> {
  const [row] = await db.select({ last: max(auditChain.sequence) }).from(auditChain);
  return row?.last ?? 0;
}

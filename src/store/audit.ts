/** The audit row: written inside the transaction of what it tells of, so that one is never without the other. */
import { randomUUID } from 'node:crypto';
import { instantText, rowDigest } from './audit-row.ts';
import type { Db } from './db.ts';
import { audit } from './schema.ts';

export { type AuditHead, createSealer } from './audit-chain.ts';
export { cutAudit } from './audit-retention.ts';
export { type AuditFault, verifyAudit } from './audit-verify.ts';

export interface Actor {
  kind: 'staff' | 'resident' | 'system';
  id: string;
  role: string;
}

/** Ids only, never names: the row outlives the record it speaks of. */
export interface AuditEntry {
  at: Date;
  actor: Actor;
  action: string;
  residentId?: string;
  subject?: string;
  fields?: string[];
  reason?: string;
  result: 'done' | 'denied' | 'failed';
}

/** Appends one row. When it cannot be written the whole transaction fails: nothing happens unseen. */
export async function writeAudit(tx: Db, entry: AuditEntry): Promise<void> {
  const row = {
    id: randomUUID(),
    actorKind: entry.actor.kind,
    actorId: entry.actor.id,
    role: entry.actor.role,
    action: entry.action,
    residentId: entry.residentId ?? null,
    subject: entry.subject ?? null,
    fields: entry.fields ?? [],
    reason: entry.reason ?? null,
    result: entry.result,
  };
  const digest = rowDigest({ ...row, at: instantText(entry.at) });
  await tx.insert(audit).values({ ...row, at: entry.at, digest });
}

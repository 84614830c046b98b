/** What of an audit row is digested, and how: shared by writing, sealing and verifying. */
import { createHash } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { audit } from './schema.ts';

export type Digest = 'sha256' | 'sm3';

/** Every column that the row's own digest covers. */
export interface AuditRow {
  id: string;
  /** UTC with microseconds, as the database holds it: an edit too small for a JavaScript Date is an edit. */
  at: string;
  actorKind: string;
  actorId: string;
  role: string;
  action: string;
  residentId: string | null;
  subject: string | null;
  fields: string[];
  reason: string | null;
  result: string;
}

/** A row as it lies in the table. */
export interface StoredRow extends AuditRow {
  digest: string;
  createdAt: string;
}

/** `2026-11-23T01:30:00.000000`, UTC. */
export const instantText = (instant: Date): string => `${instant.toISOString().slice(0, 23)}000`;

/** The same from a column. */
export const columnText = (column: PgColumn): SQL<string> =>
  sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;

/** The columns of a StoredRow, for select. */
export const storedRow = {
  id: audit.id,
  at: columnText(audit.at),
  actorKind: audit.actorKind,
  actorId: audit.actorId,
  role: audit.role,
  action: audit.action,
  residentId: audit.residentId,
  subject: audit.subject,
  fields: audit.fields,
  reason: audit.reason,
  result: audit.result,
  digest: audit.digest,
  createdAt: columnText(audit.createdAt),
};

const members = (row: AuditRow): unknown[] => {
  const { id, at, actorKind, actorId, role, action, residentId, subject, fields, reason, result } = row;
  return [id, at, actorKind, actorId, role, action, residentId, subject, fields, reason, result];
};

/** sha256 over the row's members as JSON in a fixed order; hexadecimal. */
export function rowDigest(row: AuditRow): string {
  return createHash('sha256')
    .update(JSON.stringify(members(row)))
    .digest('hex');
}

/** What the chain keeps of a row: its members, its own digest and the time it was written; `algorithm:hex`. */
export function sealedDigest(row: StoredRow, algorithm: string): string {
  const content = JSON.stringify([...members(row), row.digest, row.createdAt]);
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`;
}

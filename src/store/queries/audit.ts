import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { audit, auditChain, resident, staff } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll } from './page.ts';

export interface AuditFilter {
  action?: string;
  actor?: string;
  role?: string;
  resident?: string;
  result?: string;
  from?: Date;
  until?: Date;
}

/** Who did what to whose record, newest first. */
export function auditRows(db: Db, asked: Asked<AuditFilter>) {
  const { filter } = asked;
  const where = and(
    same(audit.id, filter.id),
    same(audit.action, filter.action),
    same(audit.actorId, filter.actor),
    same(audit.role, filter.role),
    same(audit.residentId, filter.resident),
    same(audit.result, filter.result),
    given(filter.from, (instant) => gte(audit.at, instant)),
    given(filter.until, (instant) => lt(audit.at, instant)),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        audit,
        actorName: staff.name,
        residentName: resident.name,
        sequence: auditChain.sequence,
        total: totalOfAll(),
      })
      .from(audit)
      .leftJoin(staff, and(eq(audit.actorKind, 'staff'), eq(sql`${staff.id}::text`, audit.actorId)))
      .leftJoin(resident, eq(resident.id, audit.residentId))
      .leftJoin(auditChain, eq(auditChain.auditId, audit.id))
      .where(where)
      .orderBy(desc(audit.at), desc(audit.id))
      .limit(limit)
      .offset(offset),
  );
}

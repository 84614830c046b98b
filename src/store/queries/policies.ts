import { and, desc, eq, gte, isNull, lte, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../database.ts';
import { policy, staff } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll } from './page.ts';

export interface PolicyFilter {
  state?: string;
  matter?: string;
  code?: string;
  sensitive?: boolean;
  /** Valid on this day. */
  on?: string;
}

/** Policies, newest first: public facts, the same for everybody. */
export function policies(db: Db, asked: Asked<PolicyFilter>) {
  const { filter } = asked;
  const writer = alias(staff, 'writer');
  const signer = alias(staff, 'signer');
  const where = and(
    same(policy.id, filter.id),
    same(policy.state, filter.state),
    same(policy.matter, filter.matter),
    same(policy.code, filter.code),
    same(policy.sensitive, filter.sensitive),
    given(filter.on, (day) =>
      and(lte(policy.validFrom, day), or(isNull(policy.validUntil), gte(policy.validUntil, day))),
    ),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        policy,
        submittedBy: { id: writer.id, name: writer.name },
        signedBy: { id: signer.id, name: signer.name },
        total: totalOfAll(),
      })
      .from(policy)
      .leftJoin(writer, eq(writer.id, policy.submittedBy))
      .leftJoin(signer, eq(signer.id, policy.signedBy))
      .where(where)
      .orderBy(desc(policy.createdAt), desc(policy.id))
      .limit(limit)
      .offset(offset),
  );
}

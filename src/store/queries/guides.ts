import { and, desc, eq, gte, isNull, lte, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../database.ts';
import { guide, staff } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll } from './page.ts';

export interface GuideFilter {
  matter?: string;
  state?: string;
  department?: string;
  /** In force on this day. */
  on?: string;
}

/** Versions of the guides, newest first: public facts, the same for everybody. */
export function guides(db: Db, asked: Asked<GuideFilter>) {
  const { filter } = asked;
  const writer = alias(staff, 'writer');
  const signer = alias(staff, 'signer');
  const where = and(
    same(guide.id, filter.id),
    same(guide.matter, filter.matter),
    same(guide.state, filter.state),
    same(guide.department, filter.department),
    given(filter.on, (day) =>
      and(
        eq(guide.state, 'effective'),
        lte(guide.effectiveFrom, day),
        or(isNull(guide.effectiveUntil), gte(guide.effectiveUntil, day)),
      ),
    ),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        guide,
        submittedBy: { id: writer.id, name: writer.name },
        signedBy: { id: signer.id, name: signer.name },
        total: totalOfAll(),
      })
      .from(guide)
      .leftJoin(writer, eq(writer.id, guide.submittedBy))
      .leftJoin(signer, eq(signer.id, guide.signedBy))
      .where(where)
      .orderBy(desc(guide.createdAt), desc(guide.id))
      .limit(limit)
      .offset(offset),
  );
}

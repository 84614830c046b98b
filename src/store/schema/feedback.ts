/** Tickets, ratings, and sentences that no rule understood. */
import { sql } from 'drizzle-orm';
import { boolean, check, integer, pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, instant, sample, times } from './columns.ts';
import { resident } from './homes.ts';
import { staff } from './staff.ts';

export const ticket = pgTable('ticket', {
  id: id(),
  number: text().notNull().unique(),
  kind: text({ enum: ['complaint', 'cannot_get_done', 'suggestion', 'bad_rating'] }).notNull(),
  residentId: uuid().references(() => resident.id),
  textSealed: text(),
  department: text(),
  ownerId: uuid().references(() => staff.id),
  dueAt: instant().notNull(),
  answer: text(),
  toldAt: instant(),
  state: text({ enum: ['open', 'answered', 'closed'] })
    .notNull()
    .default('open'),
  sample: sample(),
  ...times,
});

export const rating = pgTable(
  'rating',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    service: text({ enum: ['call', 'visit', 'case'] }).notNull(),
    serviceId: uuid().notNull(),
    /** GB/T 39046 A.8: 1 非常满意 … 5 非常不满意. */
    level: smallint().notNull(),
    reason: text(),
    named: boolean().notNull().default(false),
    ticketId: uuid().references(() => ticket.id),
    sample: sample(),
    ...times,
  },
  (t) => [unique('rating_once').on(t.service, t.serviceId), check('rating_level', sql`${t.level} between 1 and 5`)],
);

/** Sentences no rule understood, redacted, for authors to label into tests. */
export const unmatched = pgTable('unmatched', {
  id: id(),
  redacted: text().notNull(),
  locale: text().notNull(),
  errand: text(),
  asking: text(),
  count: integer().notNull().default(1),
  /** The intent it should have been, or `none`; then it is a line of the authors' tests. */
  label: text(),
  labelledBy: uuid().references(() => staff.id),
  ...times,
});

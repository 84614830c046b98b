/** What the office keeps beside the records: blockages of the month, figures, what residents asked about their own data. */
import { date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant, times } from './columns.ts';
import { resident } from './homes.ts';
import { staff } from './staff.ts';

/** 堵点: what keeps errands from being done, found each month, with an owner and a day. */
export const blockage = pgTable(
  'blockage',
  {
    id: id(),
    /** `YYYY-MM`. */
    month: text().notNull(),
    /** overdue, askedTwice, misunderstood, handedOver, badRatings, other. */
    kind: text().notNull(),
    subject: text().notNull(),
    figure: integer().notNull().default(0),
    ownerId: uuid().references(() => staff.id),
    dueOn: date({ mode: 'string' }),
    state: text({ enum: ['open', 'solved'] })
      .notNull()
      .default('open'),
    note: text(),
    ...times,
  },
  (t) => [uniqueIndex('blockage_once').on(t.month, t.kind, t.subject)],
);

/** What a resident asked about her own data, and what became of it. */
export const dataRequest = pgTable(
  'data_request',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    kind: text({ enum: ['lookers', 'export', 'correct', 'forget'] }).notNull(),
    state: text({ enum: ['open', 'done', 'refused'] })
      .notNull()
      .default('open'),
    reason: text(),
    /** With `forget`: what the law wants kept, by kind and until when. */
    kept: jsonb().$type<{ what: string; until: string }[]>().notNull().default([]),
    byStaff: uuid().references(() => staff.id),
    doneAt: instant(),
    ...times,
  },
  (t) => [index('data_request_resident').on(t.residentId, t.createdAt)],
);

/** How often something happened on a day: errands begun and finished, turns not understood and mended. Nobody's name. */
export const serviceFigure = pgTable(
  'service_figure',
  {
    day: date({ mode: 'string' }).notNull(),
    /** begun, finished, left: an errand; turn: all, missed, retried, mended. */
    kind: text().notNull(),
    name: text().notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.kind, t.name] })],
);

/** What the office keeps beside the records: fan-outs under way, blockages of the month, what residents asked about their own data. */
import { sql } from 'drizzle-orm';
import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { policy, resident, staff } from './schema.ts';

const id = () => uuid().primaryKey().defaultRandom();
const instant = () => timestamp({ withTimezone: true, mode: 'date' });
const times = {
  createdAt: instant().notNull().defaultNow(),
  updatedAt: instant()
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date()),
};

export const FAN_OUT_STATES = ['waiting', 'running', 'canary', 'paused', 'stopped', 'done'] as const;

/**
 * A policy on its way to its audience, resident by resident in the order of their ids. The cursor moves in the
 * transaction that writes the deliveries, so that whoever goes on after a crash repeats and skips nobody.
 */
export const fanOut = pgTable(
  'fan_out',
  {
    policyId: uuid()
      .primaryKey()
      .references(() => policy.id),
    /** `canary`: its hundredth part is reached and it waits for the word to go on. */
    state: text({ enum: FAN_OUT_STATES }).notNull().default('waiting'),
    /** Percent of the audience that is meant so far. */
    share: smallint().notNull().default(100),
    dueAt: instant().notNull(),
    cursor: uuid(),
    expected: integer().notNull(),
    reached: integer().notNull().default(0),
    startedAt: instant(),
    finishedAt: instant(),
    ...times,
  },
  (t) => [index('fan_out_open').on(t.dueAt).where(sql`${t.state} in ('waiting', 'running')`)],
);

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

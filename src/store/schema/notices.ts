/** What a resident is to hear of by herself. */
import { sql } from 'drizzle-orm';
import { date, index, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, instant, oneOf, times } from './columns.ts';
import { resident } from './homes.ts';
import { DELIVERY_STATES } from './policies.ts';

export const NOTICE_KINDS = ['policy', 'progress', 'reminder', 'system'] as const;

/**
 * One thing that one resident is to hear of by herself, once. What it says is never kept here: the subject names the
 * record that is told when she asks (`policy:<id>`, `booking:<id>`, `case:<id>:<status>`).
 */
export const notice = pgTable(
  'notice',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    kind: text({ enum: NOTICE_KINDS }).notNull(),
    subject: text().notNull(),
    state: text({ enum: DELIVERY_STATES }).notNull().default('planned'),
    /** Looked at again from here on: not yet due, quiet hours, the day's share used up, nobody reachable. */
    nextAt: instant().notNull(),
    /** Of no use afterwards. */
    expiresAt: instant().notNull(),
    /** The message of the outbox that chimes for it, perhaps for others of the home as well. */
    chimeId: uuid(),
    /** Shanghai day of that chime: a home hears two a day. */
    chimedOn: date({ mode: 'string' }),
    /** The brand that chimed, `sms`, or `opening` where only the next opening tells. */
    channel: text(),
    /** Brands that could not deliver it. */
    failed: jsonb().$type<string[]>().notNull().default([]),
    textedAt: instant(),
    sentAt: instant(),
    announcedAt: instant(),
    heardAt: instant(),
    ...times,
  },
  (t) => [
    unique('notice_once').on(t.residentId, t.subject),
    index('notice_due').on(t.nextAt).where(sql`${t.state} = 'planned' and ${t.chimeId} is null`),
    index('notice_chime').on(t.chimeId),
    index('notice_open').on(t.expiresAt).where(sql`${t.state} in ('planned', 'sent', 'announced')`),
    oneOf('notice_state', t.state, DELIVERY_STATES),
    oneOf('notice_kind', t.kind, NOTICE_KINDS),
  ],
);

/** Promises and proof: effects that happened, what goes out, the chained audit. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, json, jsonb, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { id, instant, times } from './columns.ts';

/** An effect that has happened: the key decides, the outcome is told again to a retry. */
export const effect = pgTable('effect', {
  /** platform:device:request:effect:ordinal */
  key: text().primaryKey(),
  /** `json`, not `jsonb`: told again it is the same to the byte. */
  outcome: json().$type<unknown>().notNull(),
  createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
});

export const outbox = pgTable(
  'outbox',
  {
    id: id(),
    destination: text().notNull(),
    topic: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    dueAt: instant().notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    lastError: text(),
    sentAt: instant(),
    deadAt: instant(),
    ...times,
  },
  (t) => [index('outbox_due').on(t.destination, t.dueAt).where(sql`${t.sentAt} is null and ${t.deadAt} is null`)],
);

/** Who did what to whose record, and why. Ids only, never names. Append-only by role and by trigger. */
export const audit = pgTable(
  'audit',
  {
    id: id(),
    at: instant().notNull(),
    /** staff, resident, system */
    actorKind: text({ enum: ['staff', 'resident', 'system'] }).notNull(),
    actorId: text().notNull(),
    role: text().notNull(),
    action: text().notNull(),
    residentId: uuid(),
    subject: text(),
    fields: jsonb().$type<string[]>().notNull().default([]),
    reason: text(),
    result: text({ enum: ['done', 'denied', 'failed'] }).notNull(),
    /** sha256 over the row as canonical JSON: see audit.ts. */
    digest: text().notNull(),
    /** The database's own time: tells how long the row has waited for its seal. */
    createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (t) => [index('audit_resident').on(t.residentId, t.at), index('audit_at').on(t.at)],
);

/** Written by a trigger with each audit row, taken away by the sealer: what is not in the chain yet. */
export const auditPending = pgTable('audit_pending', { auditId: uuid().primaryKey() });

export const auditChain = pgTable('audit_chain', {
  sequence: integer().primaryKey(),
  auditId: uuid().notNull().unique(),
  digest: text().notNull(),
  previous: text().notNull(),
  link: text().notNull(),
  sealedAt: instant().notNull(),
});

/** The newest link, signed; a checkpoint lets retention cut what lies before it. */
export const auditHead = pgTable(
  'audit_head',
  {
    id: id(),
    sequence: integer().notNull(),
    link: text().notNull(),
    keyId: text().notNull(),
    signature: text().notNull(),
    checkpoint: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (t) => [unique('audit_head_once').on(t.sequence, t.checkpoint)],
);

/** Facts about this installation: seeded, sample, schema of the content. */
export const installation = pgTable('installation', {
  key: text().primaryKey(),
  value: jsonb().$type<unknown>().notNull(),
  ...times,
});

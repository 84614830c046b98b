/** Applications and cases (办件) with their steps. */
import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, jsonb, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant, oneOf, sample, times } from './columns.ts';
import { proxy, resident } from './homes.ts';
import { staff } from './staff.ts';

export const application = pgTable(
  'application',
  {
    id: id(),
    matter: text().notNull(),
    kind: text({ enum: ['first', 'renewal', 'lost', 'damaged'] }),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    proxyId: uuid().references(() => proxy.id),
    answersSealed: text(),
    materials: jsonb().$type<{ name: string; path: string }[]>().notNull().default([]),
    promise: jsonb().$type<{ kind: 'commitment' | 'later'; textVersion: string; signatureDue?: string }>(),
    /** `closed`: its case has come to an end, another may be made. */
    state: text({ enum: ['draft', 'submitted', 'withdrawn', 'closed'] })
      .notNull()
      .default('draft'),
    expiresAt: instant(),
    ...times,
  },
  (t) => [
    uniqueIndex('application_one_live').on(t.residentId, t.matter).where(sql`${t.state} in ('draft', 'submitted')`),
  ],
);

export const CASE_STATUSES = [
  'submitted',
  'received',
  'correction',
  'accepted',
  'reviewing',
  'producing',
  'concluded',
  'rejected',
  'denied',
  'withdrawn',
] as const;

export type CaseStatus = (typeof CASE_STATUSES)[number];

/** 办件. Table `case_file`: `case` is a reserved word. */
export const caseFile = pgTable(
  'case_file',
  {
    id: id(),
    number: text().notNull().unique(),
    shortNumber: text().notNull().unique(),
    matter: text().notNull(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    applicationId: uuid().references(() => application.id),
    /** GB/T 39046 A.5: 1 window, 2 computer, 3 mobile, 4 courier, 9 other (voice). */
    source: smallint().notNull(),
    status: text({ enum: CASE_STATUSES }).notNull(),
    reason: text(),
    remedy: text(),
    /** Whether the document can be collected: waiting, ready, collected, mailed. */
    delivery: text({ enum: ['none', 'ready', 'collected', 'mailed'] })
      .notNull()
      .default('none'),
    kind: text({ enum: ['instant', 'promised'] }).notNull(),
    limitDays: integer(),
    limitUnit: text({ enum: ['workday', 'day'] }),
    startsOn: date({ mode: 'string' }),
    promisedOn: date({ mode: 'string' }),
    stopped: jsonb().$type<{ from: string; until?: string; why: string }[]>().notNull().default([]),
    missing: jsonb().$type<string[]>().notNull().default([]),
    /** What was told as materials: list version and time. */
    told: jsonb().$type<{ guideVersion: number; at: string; materials: string[] }[]>().notNull().default([]),
    askedTwice: boolean().notNull().default(false),
    firstOwnerId: uuid().references(() => staff.id),
    handlerId: uuid().references(() => staff.id),
    sensitive: boolean().notNull().default(false),
    sample: sample(),
    ...times,
  },
  (t) => [
    index('case_resident').on(t.residentId, t.createdAt),
    index('case_promised').on(t.promisedOn),
    oneOf('case_status', t.status, CASE_STATUSES),
  ],
);

/** Append-only. */
export const caseStep = pgTable(
  'case_step',
  {
    id: id(),
    caseId: uuid()
      .notNull()
      .references(() => caseFile.id),
    status: text({ enum: CASE_STATUSES }).notNull(),
    note: text(),
    byStaff: uuid().references(() => staff.id),
    at: instant().notNull(),
    ...times,
  },
  (t) => [index('case_step_case').on(t.caseId, t.at)],
);

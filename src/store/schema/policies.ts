/** Policies, whom they concern, and their way to each resident. */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, instant, oneOf, sample, times } from './columns.ts';
import { type ResidentFlags, resident } from './homes.ts';
import { staff } from './staff.ts';

export const policy = pgTable('policy', {
  id: id(),
  code: text().notNull().unique(),
  title: text().notNull(),
  gist: text().notNull(),
  body: text().notNull(),
  titleEn: text(),
  gistEn: text(),
  source: text().notNull(),
  matter: text(),
  audience: jsonb().$type<AudienceRule>().notNull(),
  validFrom: date({ mode: 'string' }).notNull(),
  validUntil: date({ mode: 'string' }),
  sensitive: boolean().notNull().default(false),
  version: integer().notNull().default(1),
  state: text({ enum: ['draft', 'submitted', 'published', 'paused', 'recalled'] })
    .notNull()
    .default('draft'),
  submittedBy: uuid().references(() => staff.id),
  signedBy: uuid().references(() => staff.id),
  /** Not to be told before this instant. */
  startsAt: instant(),
  /** First to one in a hundred; to everybody when an officer says so. */
  canary: boolean().notNull().default(false),
  /** How many it reached when it was submitted: decides whether one signature is enough. */
  expected: integer(),
  /** Why it was sent back, paused or recalled. */
  remark: text(),
  /** The policy that is told to those who heard this one, after it was recalled. */
  correctedBy: uuid().references((): AnyPgColumn => policy.id),
  sample: sample(),
  ...times,
});

/** What may be asked of a person. All conditions that are given must hold. Ages in full years on the day of the question. */
export interface AudienceCondition {
  ageFrom?: number;
  ageTo?: number;
  /** Turns this age within the coming days. */
  turns?: { age: number; withinDays: number };
  sex?: 'female' | 'male';
  hukou?: ('binhai' | 'tianjin' | 'outside')[];
  community?: string[];
  building?: string[];
  flags?: (keyof ResidentFlags)[];
  /** At least one of these. */
  anyFlags?: (keyof ResidentFlags)[];
  /** None of these. */
  notFlags?: (keyof ResidentFlags)[];
  disability?: { kinds?: string[]; grades?: number[] };
  /** Has a case like this. */
  cases?: { matter?: string; statuses?: string[]; delivery?: 'none' | 'ready' | 'collected' | 'mailed' };
  /** Heard this policy before it was recalled. */
  heard?: string;
}

/** A condition, and others combined with it: at least one of `any`, none of `none`. */
export interface AudienceRule extends AudienceCondition {
  any?: AudienceCondition[];
  none?: AudienceCondition[];
  /** Spoken reason, with the place for her age: a phrase key of locales/<locale>/policy. */
  reason: string;
}

export const DELIVERY_STATES = ['planned', 'sent', 'announced', 'heard', 'partly', 'refused', 'expired'] as const;

export const delivery = pgTable(
  'delivery',
  {
    id: id(),
    policyId: uuid()
      .notNull()
      .references(() => policy.id),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    reason: text().notNull(),
    channel: text(),
    state: text({ enum: DELIVERY_STATES }).notNull().default('planned'),
    /** A planned one becomes a notice from here on; null: it is one already, or is told only when she asks. */
    dueAt: instant(),
    /** The notice it went out with: several policies may share one. */
    noticeId: uuid(),
    sentAt: instant(),
    announcedAt: instant(),
    heardAt: instant(),
    ...times,
  },
  (t) => [
    unique('delivery_once').on(t.policyId, t.residentId),
    index('delivery_resident').on(t.residentId, t.state),
    index('delivery_policy').on(t.policyId, t.state),
    index('delivery_due').on(t.dueAt).where(sql`${t.state} = 'planned'`),
    index('delivery_notice').on(t.noticeId),
    oneOf('delivery_state', t.state, DELIVERY_STATES),
  ],
);

const FAN_OUT_STATES = ['waiting', 'running', 'canary', 'paused', 'stopped', 'done'] as const;

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

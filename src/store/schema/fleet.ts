/** The fleet as the operator sees it: alarms, figures, firmware, keys of the property system, installations. */
import { sql } from 'drizzle-orm';
import { date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant, oneOf, times } from './columns.ts';
import { household, resident } from './homes.ts';
import { speaker } from './speakers.ts';
import { staff } from './staff.ts';

export const ALARM_KINDS = ['silent', 'failing'] as const;

/** Something an operator must look at: a speaker that has been silent for days, or fails again and again. */
export const speakerAlarm = pgTable(
  'speaker_alarm',
  {
    id: id(),
    speakerId: uuid()
      .notNull()
      .references(() => speaker.id),
    kind: text({ enum: ALARM_KINDS }).notNull(),
    /** When it was last well. */
    since: instant().notNull(),
    note: text(),
    notedBy: uuid().references(() => staff.id),
    notedAt: instant(),
    closedAt: instant(),
    ...times,
  },
  (t) => [
    uniqueIndex('speaker_alarm_one_open').on(t.speakerId, t.kind).where(sql`${t.closedAt} is null`),
    oneOf('speaker_alarm_kind', t.kind, ALARM_KINDS),
  ],
);

/** What a speaker did on a day, in numbers: no word, no hour. */
export const speakerDay = pgTable(
  'speaker_day',
  {
    speakerId: uuid()
      .notNull()
      .references(() => speaker.id),
    day: date({ mode: 'string' }).notNull(),
    turns: integer().notNull().default(0),
    /** Turns that ended in a fault of ours. */
    failures: integer().notNull().default(0),
    /** Times it connected anew. */
    connects: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.speakerId, t.day] }), index('speaker_day_day').on(t.day)],
);

/** How many speakers of a building were there, every quarter of an hour. */
export const fleetPulse = pgTable(
  'fleet_pulse',
  {
    at: instant().notNull(),
    community: text().notNull(),
    building: text().notNull(),
    bound: integer().notNull(),
    online: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.at, t.community, t.building] })],
);

/** Firmware of our own speakers that they are told of. */
export const firmwareRelease = pgTable('firmware_release', {
  id: id(),
  version: text().notNull().unique(),
  url: text().notNull(),
  sha256: text().notNull(),
  notes: text(),
  /** Not to be fetched before. */
  notBefore: instant().notNull(),
  publishedBy: uuid().references(() => staff.id),
  withdrawnAt: instant(),
  ...times,
});

/** A key of the operator's own property system; the key itself is kept as a hash. */
export const apiKey = pgTable('api_key', {
  id: id(),
  name: text().notNull(),
  keyHash: text().notNull().unique(),
  scopes: jsonb().$type<string[]>().notNull(),
  createdBy: uuid()
    .notNull()
    .references(() => staff.id),
  expiresAt: instant(),
  lastUsedAt: instant(),
  revokedAt: instant(),
  ...times,
});

/** Where device events are posted to; signed with the secret. */
export const webhookEndpoint = pgTable('webhook_endpoint', {
  id: id(),
  name: text().notNull(),
  url: text().notNull(),
  secretSealed: text().notNull(),
  events: jsonb().$type<string[]>().notNull(),
  createdBy: uuid()
    .notNull()
    .references(() => staff.id),
  lastAt: instant(),
  /** What came of the newest delivery: a status, never a body. */
  lastOutcome: text(),
  disabledAt: instant(),
  ...times,
});

/** An installation that a worker goes through at somebody's home: which steps are done, never what was said. */
export const installing = pgTable(
  'installing',
  {
    id: id(),
    speakerId: uuid()
      .notNull()
      .references(() => speaker.id),
    householdId: uuid()
      .notNull()
      .references(() => household.id),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    staffId: uuid()
      .notNull()
      .references(() => staff.id),
    /** Step → when it was done. */
    steps: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** Until then hearing, language and emergency contact may be seen; afterwards nobody of the operator does. */
    openUntil: instant().notNull(),
    finishedAt: instant(),
    ...times,
  },
  (t) => [
    index('installing_speaker').on(t.speakerId),
    uniqueIndex('installing_one_open').on(t.residentId, t.speakerId).where(sql`${t.finishedAt} is null`),
  ],
);

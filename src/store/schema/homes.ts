/** Homes, who lives there, who may act for them, what they agreed to. */
import { boolean, date, index, integer, jsonb, pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, instant, sample, times } from './columns.ts';
import { place } from './places.ts';

export const household = pgTable('household', {
  id: id(),
  community: text().notNull(),
  building: text().notNull(),
  unit: text().notNull(),
  /** The station responsible for it. */
  stationId: uuid()
    .notNull()
    .references(() => place.id),
  sample: sample(),
  ...times,
});

export const resident = pgTable(
  'resident',
  {
    id: id(),
    householdId: uuid()
      .notNull()
      .references(() => household.id),
    name: text().notNull(),
    /** How she wants to be called. */
    called: text().notNull(),
    sex: text({ enum: ['female', 'male'] }).notNull(),
    birthDate: date({ mode: 'string' }).notNull(),
    hukou: text({ enum: ['binhai', 'tianjin', 'outside'] }).notNull(),
    phoneSealed: text(),
    phoneIndex: text(),
    idNumberSealed: text(),
    idNumberIndex: text(),
    /** 低保 dibao, 边缘 edge, 特困 tekun, disability {kind, grade}, alone, special {grade}, mobility, hearing, widow, unregisteredCare */
    flags: jsonb().$type<ResidentFlags>().notNull().default({}),
    state: text({ enum: ['living', 'hospital', 'moved', 'deceased'] })
      .notNull()
      .default('living'),
    pace: integer().notNull().default(190),
    volume: integer(),
    /** A name of locales/<locale>/_voices.yaml; null: the language's own. */
    voice: text(),
    /** Milliseconds of silence after which she has finished speaking, 1200 to 2500; null: the usual. */
    patience: integer(),
    locale: text({ enum: ['zh-CN', 'en-US'] })
      .notNull()
      .default('zh-CN'),
    channel: text({ enum: ['voice', 'paper', 'sms', 'relative'] })
      .notNull()
      .default('voice'),
    /** argon2 over an HMAC of the four digits with a server key. */
    pinHash: text(),
    pinFailures: smallint().notNull().default(0),
    pinLockedUntil: instant(),
    quietFrom: text().notNull().default('21:00'),
    quietUntil: text().notNull().default('08:00'),
    codeWord: text(),
    sample: sample(),
    ...times,
  },
  (t) => [
    index('resident_household').on(t.householdId),
    index('resident_phone').on(t.phoneIndex),
    index('resident_id_number').on(t.idNumberIndex),
  ],
);

export interface ResidentFlags {
  dibao?: boolean;
  edge?: boolean;
  tekun?: boolean;
  disability?: { kind: string; grade: number };
  alone?: boolean;
  special?: { grade: number };
  mobility?: boolean;
  hearing?: boolean;
  widow?: boolean;
  unregisteredCare?: boolean;
}

export const proxy = pgTable('proxy', {
  id: id(),
  residentId: uuid()
    .notNull()
    .references(() => resident.id),
  name: text().notNull(),
  relation: text().notNull(),
  phoneSealed: text(),
  phoneIndex: text(),
  kind: text({ enum: ['collect', 'act', 'guardian'] }).notNull(),
  scope: jsonb().$type<string[]>().notNull().default([]),
  authority: text({ enum: ['written', 'clerk'] }),
  /** 24 hours after it was set. */
  validFrom: instant().notNull(),
  validUntil: instant(),
  /** She herself has said that this is her wish, and when she was last asked. */
  agreedAt: instant(),
  askedAt: instant(),
  ...times,
});

/** Somebody near her: told in an emergency, with her consent. No authority to act; that is `proxy`. */
export const relative = pgTable(
  'relative',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    name: text().notNull(),
    relation: text().notNull(),
    phoneSealed: text().notNull(),
    phoneIndex: text().notNull(),
    emergency: boolean().notNull().default(true),
    endedAt: instant(),
    ...times,
  },
  (t) => [index('relative_resident').on(t.residentId), index('relative_phone').on(t.phoneIndex)],
);

export const consent = pgTable(
  'consent',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    /** data, push, sms, captions, relatives */
    purpose: text().notNull(),
    textVersion: text().notNull(),
    turn: text(),
    given: boolean().notNull(),
    ...times,
  },
  (t) => [index('consent_resident').on(t.residentId, t.purpose, t.createdAt)],
);

/** What a conversation holds beyond a day: references to drafts, for 「上次办到……」. */
export const talkNote = pgTable(
  'talk_note',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    errand: text().notNull(),
    note: jsonb().$type<Record<string, unknown>>().notNull(),
    expiresAt: instant().notNull(),
    ...times,
  },
  (t) => [unique('talk_note_once').on(t.residentId, t.errand)],
);

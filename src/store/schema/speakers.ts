/** Speakers in homes: binding, history, links to accounts of a brand. */
import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, instant, oneOf, sample, times } from './columns.ts';
import { household } from './homes.ts';
import { staff } from './staff.ts';

export const SPEAKER_STATES = ['new', 'bound', 'suspended', 'wiped'] as const;

export const speaker = pgTable(
  'speaker',
  {
    id: id(),
    serial: text().notNull().unique(),
    brand: text({ enum: ['speaker', 'dueros', 'alexa', 'aligenie', 'xiaoai'] }).notNull(),
    /** The brand's device id; our own speaker's deviceId. */
    brandDevice: text().notNull(),
    brandUser: text(),
    tokenHash: text(),
    /** Six digits, spoken at a speaker that belongs to nobody yet. */
    pairingCode: text(),
    /** The code is of no use from here on; null where it was given at registration. */
    pairingUntil: instant(),
    status: text({ enum: SPEAKER_STATES }).notNull().default('new'),
    householdId: uuid().references(() => household.id),
    room: text(),
    firmware: text(),
    settings: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    lastSeenAt: instant(),
    sample: sample(),
    ...times,
  },
  (t) => [
    unique('speaker_brand_device').on(t.brand, t.brandDevice),
    index('speaker_household').on(t.householdId),
    oneOf('speaker_status', t.status, SPEAKER_STATES),
    check('speaker_bound_has_household', sql`${t.status} <> 'bound' or ${t.householdId} is not null`),
  ],
);

export const speakerHistory = pgTable('speaker_history', {
  id: id(),
  speakerId: uuid()
    .notNull()
    .references(() => speaker.id),
  householdId: uuid().references(() => household.id),
  what: text().notNull(),
  byStaff: uuid().references(() => staff.id),
  ...times,
});

/** A household linked to an account of a brand by OAuth 2. Codes and tokens are kept as hashes only. */
export const accountLink = pgTable(
  'account_link',
  {
    id: id(),
    brand: text({ enum: ['dueros', 'alexa', 'aligenie', 'xiaoai'] }).notNull(),
    householdId: uuid()
      .notNull()
      .references(() => household.id),
    linkedBy: uuid()
      .notNull()
      .references(() => staff.id),
    codeHash: text().notNull().unique(),
    codeUntil: instant().notNull(),
    codeUsedAt: instant(),
    redirectUri: text().notNull(),
    /** PKCE, S256; null where the brand sent none. */
    challenge: text(),
    accessHash: text().unique(),
    accessUntil: instant(),
    refreshHash: text().unique(),
    revokedAt: instant(),
    ...times,
  },
  (t) => [index('account_link_household').on(t.householdId)],
);

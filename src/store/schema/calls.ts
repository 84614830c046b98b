/** Calls to a clerk, their offers and legs, and callbacks. */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { caseFile } from './cases.ts';
import { id, instant, oneOf, sample, times } from './columns.ts';
import { resident } from './homes.ts';
import { place } from './places.ts';
import { speaker } from './speakers.ts';
import { staff } from './staff.ts';

export const CALL_STATES = [
  'queued',
  'offered',
  'connecting',
  'talking',
  'held',
  'transferring',
  'wrapping',
  'ended',
  'callback',
] as const;

/** In these a speaker, and the clerk who has it, are taken. */
const LIVE_CALL = sql`state in ('queued', 'offered', 'connecting', 'talking', 'held', 'transferring')`;

export const call = pgTable(
  'call',
  {
    id: id(),
    residentId: uuid().references(() => resident.id),
    speakerId: uuid()
      .notNull()
      .references(() => speaker.id),
    /** `in`: she asked for a person. `out`: a clerk calls, with an open callback or case. */
    direction: text({ enum: ['in', 'out'] })
      .notNull()
      .default('in'),
    /** Responsible for her household. */
    stationId: uuid().references(() => place.id),
    reason: text().notNull(),
    matter: text(),
    locale: text({ enum: ['zh-CN', 'en-US'] })
      .notNull()
      .default('zh-CN'),
    /** 0 usual, 1 the special list, 2 an emergency. */
    priority: smallint().notNull().default(0),
    brief: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    route: jsonb().$type<{ staffId: string; at: string; outcome: string }[]>().notNull().default([]),
    state: text({ enum: CALL_STATES }).notNull(),
    /** Counts the transitions: each compares and sets it. */
    version: integer().notNull().default(0),
    clerkId: uuid().references(() => staff.id),
    /** When the state ends by itself; swept each second. */
    dueAt: instant(),
    /** Until when she waits for somebody at most. */
    giveUpAt: instant(),
    /** When she is next told how long it may take. */
    tellAt: instant(),
    /** How often it has rung. */
    rings: smallint().notNull().default(0),
    offeredAt: instant(),
    talkingAt: instant(),
    endedAt: instant(),
    /** Since when an end's socket is gone. */
    speakerLostAt: instant(),
    clerkLostAt: instant(),
    /** When the clerk gave the outcome; null: the timer did. */
    wrappedAt: instant(),
    /** What an outgoing call is about. */
    callbackId: uuid().references((): AnyPgColumn => callback.id),
    caseId: uuid().references(() => caseFile.id),
    outcome: text(),
    notes: text(),
    sample: sample(),
    ...times,
  },
  (t) => [
    index('call_due').on(t.dueAt),
    index('call_state').on(t.state),
    index('call_ended').on(t.endedAt),
    uniqueIndex('call_one_per_speaker').on(t.speakerId).where(LIVE_CALL),
    uniqueIndex('call_one_per_clerk').on(t.clerkId).where(LIVE_CALL),
    oneOf('call_state_known', t.state, CALL_STATES),
  ],
);

/** It rings at a clerk. One at a time for each, and one who takes it. */
export const callOffer = pgTable(
  'call_offer',
  {
    id: id(),
    callId: uuid()
      .notNull()
      .references(() => call.id),
    staffId: uuid()
      .notNull()
      .references(() => staff.id),
    kind: text({ enum: ['call', 'transfer'] }).notNull(),
    offeredAt: instant().notNull(),
    closedAt: instant(),
    outcome: text({ enum: ['accepted', 'declined', 'rang_out', 'withdrawn', 'gone'] }),
    ...times,
  },
  (t) => [
    index('call_offer_call').on(t.callId),
    uniqueIndex('call_offer_one_ring').on(t.staffId).where(sql`${t.closedAt} is null`),
    uniqueIndex('call_offer_one_taker')
      .on(t.callId, t.kind)
      .where(sql`${t.outcome} = 'accepted' and ${t.kind} = 'call'`),
  ],
);

/** One peer connection of a call: between the speaker and a clerk, or between the clerk and a supervisor. */
export const callLeg = pgTable(
  'call_leg',
  {
    id: id(),
    callId: uuid()
      .notNull()
      .references(() => call.id),
    staffId: uuid()
      .notNull()
      .references(() => staff.id),
    role: text({ enum: ['clerk', 'transfer', 'listen', 'coach', 'barge'] }).notNull(),
    /** The socket that this person uses for it. */
    seat: text().notNull(),
    openedAt: instant().notNull(),
    /** The first description went out from either end. */
    offeredAt: instant(),
    answeredAt: instant(),
    /** An end reports by itself: without that, an answered leg counts as connected. */
    reporting: boolean().notNull().default(false),
    announcedAt: instant(),
    connectedAt: instant(),
    closedAt: instant(),
    ...times,
  },
  (t) => [index('call_leg_call').on(t.callId), index('call_leg_open').on(t.staffId).where(sql`${t.closedAt} is null`)],
);

export const callback = pgTable(
  'callback',
  {
    id: id(),
    residentId: uuid().references(() => resident.id),
    speakerId: uuid().references(() => speaker.id),
    callId: uuid().references(() => call.id),
    stationId: uuid()
      .notNull()
      .references(() => place.id),
    reason: text().notNull(),
    matter: text(),
    brief: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    phoneSealed: text(),
    /** She may name a time: `HH:MM`, AM or PM. */
    wanted: text(),
    /** To be called before this instant. */
    dueAt: instant().notNull(),
    tries: smallint().notNull().default(0),
    clerkId: uuid().references(() => staff.id),
    /** What the carrier told last of its two-way call for this. */
    carrierState: text({ enum: ['ringing', 'talked', 'no_answer', 'busy', 'failed'] }),
    carrierAt: instant(),
    state: text({ enum: ['open', 'closed'] })
      .notNull()
      .default('open'),
    outcome: text(),
    notes: text(),
    closedAt: instant(),
    sample: sample(),
    ...times,
  },
  (t) => [
    index('callback_station').on(t.stationId, t.state, t.dueAt),
    uniqueIndex('callback_one_open').on(t.residentId, t.reason).where(sql`${t.state} = 'open'`),
  ],
);

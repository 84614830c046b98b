/** Slots, their seats, who has them; visits. */
import { sql } from 'drizzle-orm';
import { check, date, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { caseFile } from './cases.ts';
import { id, instant, sample, times } from './columns.ts';
import { resident } from './homes.ts';
import { place, serviceWindow } from './places.ts';
import { speaker } from './speakers.ts';
import { staff } from './staff.ts';

export const slot = pgTable(
  'slot',
  {
    id: id(),
    windowId: uuid()
      .notNull()
      .references(() => serviceWindow.id),
    placeId: uuid()
      .notNull()
      .references(() => place.id),
    day: date({ mode: 'string' }).notNull(),
    /** `HH:MM`, Shanghai. */
    start: text().notNull(),
    minutes: integer().notNull(),
    sample: sample(),
    ...times,
  },
  (t) => [unique('slot_once').on(t.windowId, t.day, t.start), index('slot_place_day').on(t.placeId, t.day)],
);

/** A place in a slot: made beforehand, taken by one UPDATE. */
export const seat = pgTable(
  'seat',
  {
    id: id(),
    slotId: uuid()
      .notNull()
      .references(() => slot.id),
    number: integer().notNull(),
    state: text({ enum: ['free', 'held', 'booked'] })
      .notNull()
      .default('free'),
    /** The conversation that holds it. */
    heldBy: text(),
    heldUntil: instant(),
    ...times,
  },
  (t) => [
    unique('seat_once').on(t.slotId, t.number),
    uniqueIndex('seat_one_hold').on(t.heldBy).where(sql`${t.state} = 'held'`),
    index('seat_open').on(t.slotId).where(sql`${t.state} <> 'booked'`),
    check('seat_held_has_until', sql`${t.state} <> 'held' or (${t.heldUntil} is not null and ${t.heldBy} is not null)`),
  ],
);

export const booking = pgTable(
  'booking',
  {
    id: id(),
    seatId: uuid()
      .notNull()
      .references(() => seat.id),
    slotId: uuid()
      .notNull()
      .references(() => slot.id),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    speakerId: uuid().references(() => speaker.id),
    caseId: uuid().references(() => caseFile.id),
    matter: text().notNull(),
    direction: text({ enum: ['collect', 'hand_in'] }).notNull(),
    mode: text({ enum: ['window', 'locker', 'courier', 'home', 'proxy'] })
      .notNull()
      .default('window'),
    collector: text(),
    state: text({ enum: ['booked', 'attended', 'missed', 'cancelled'] })
      .notNull()
      .default('booked'),
    closedAt: instant(),
    sample: sample(),
    ...times,
  },
  (t) => [
    uniqueIndex('booking_one_per_seat').on(t.seatId).where(sql`${t.state} = 'booked'`),
    uniqueIndex('booking_one_live').on(t.residentId, t.matter, t.direction).where(sql`${t.state} = 'booked'`),
    index('booking_slot').on(t.slotId),
  ],
);

/** What whoever comes to her, or rings her, is to know: said by her, kept by its name. `card`: what is ready to be collected is brought along. */
export const WISHES = ['knocks', 'rings', 'woman', 'man', 'loud', 'patient', 'card'] as const;
export type WishOfHers = (typeof WISHES)[number];

export const visit = pgTable(
  'visit',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    matter: text().notNull(),
    day: date({ mode: 'string' }).notNull(),
    half: text({ enum: ['AM', 'PM'] }).notNull(),
    workerId: uuid().references(() => staff.id),
    state: text({ enum: ['requested', 'planned', 'done', 'cancelled'] })
      .notNull()
      .default('requested'),
    wishes: jsonb().$type<WishOfHers[]>().notNull().default([]),
    notes: text(),
    sample: sample(),
    ...times,
  },
  (t) => [
    uniqueIndex('visit_worker_free').on(t.workerId, t.day, t.half).where(sql`${t.state} = 'planned'`),
    index('visit_resident').on(t.residentId, t.day),
  ],
);

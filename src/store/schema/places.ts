/** Where the service is: places and their windows. */
import { sql } from 'drizzle-orm';
import { type AnyPgColumn, boolean, check, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, oneOf, sample, times } from './columns.ts';

const PLACE_KINDS = ['centre', 'station', 'locker', 'kiosk', 'mobile'] as const;

export const place = pgTable(
  'place',
  {
    id: id(),
    code: text().notNull().unique(),
    kind: text({ enum: PLACE_KINDS }).notNull(),
    status: text({ enum: ['operating', 'preparing', 'closed'] }).notNull(),
    name: text().notNull(),
    address: text().notNull(),
    route: text(),
    longitude: text(),
    latitude: text(),
    /** Opening intervals by ISO weekday: `{"1":[["09:00","12:00"],["13:30","17:00"]],…}` */
    hours: jsonb().$type<Record<string, [string, string][]>>().notNull(),
    phone: text(),
    /** Official names of the matters done there; empty: all. */
    matters: jsonb().$type<string[]>().notNull(),
    parentId: uuid().references((): AnyPgColumn => place.id),
    bookable: boolean().notNull().default(true),
    sample: sample(),
    ...times,
  },
  (t) => [
    oneOf('place_kind', t.kind, PLACE_KINDS),
    check('place_station_has_centre', sql`${t.kind} <> 'station' or ${t.parentId} is not null`),
  ],
);

export const serviceWindow = pgTable(
  'service_window',
  {
    id: id(),
    placeId: uuid()
      .notNull()
      .references(() => place.id),
    number: integer().notNull(),
    name: text().notNull(),
    matters: jsonb().$type<string[]>().notNull(),
    capacity: integer().notNull().default(1),
    ...times,
  },
  (t) => [unique('window_number').on(t.placeId, t.number)],
);

/** Columns that every table spells the same way. */
import { sql } from 'drizzle-orm';
import { type AnyPgColumn, boolean, check, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Random, so that an id tells nothing about order or number. */
export const id = () => uuid().primaryKey().defaultRandom();

/** With the zone, read as a Date. */
export const instant = () => timestamp({ withTimezone: true, mode: 'date' });

export const times = {
  createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  updatedAt: timestamp({ withTimezone: true, mode: 'date' })
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date()),
};

/** Of the sample community: shown as 示例, and never mistaken for somebody real. */
export const sample = () => boolean().notNull().default(false);

/** A check and not an enum type: a value more is a changed line of a migration. Values are ours and need no quoting. */
export const oneOf = (name: string, column: AnyPgColumn, values: readonly string[]) =>
  check(name, sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`);

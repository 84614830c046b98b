/** People of the service and their sign-ins. */
import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant, oneOf, sample, times } from './columns.ts';
import { place } from './places.ts';

export const ROLES = ['clerk', 'supervisor', 'operator', 'officer', 'auditor', 'security'] as const;

export const staff = pgTable(
  'staff',
  {
    id: id(),
    username: text().notNull().unique(),
    name: text().notNull(),
    badge: text(),
    role: text({ enum: ROLES }).notNull(),
    placeId: uuid().references(() => place.id),
    duty: text({ enum: ['A', 'B'] }),
    skills: jsonb().$type<string[]>().notNull().default([]),
    languages: jsonb().$type<string[]>().notNull().default(['zh-CN']),
    phone: text(),
    passwordHash: text().notNull(),
    passwordChangedAt: instant().notNull(),
    mustChangePassword: boolean().notNull().default(true),
    totpSealed: text(),
    failures: integer().notNull().default(0),
    lockedUntil: instant(),
    disabledAt: instant(),
    sample: sample(),
    ...times,
  },
  (t) => [oneOf('staff_role', t.role, ROLES)],
);

/** Sign-ins; the cookie's session lives in Redis, its list and revocation here. */
export const staffSession = pgTable(
  'staff_session',
  {
    id: id(),
    staffId: uuid()
      .notNull()
      .references(() => staff.id),
    sessionHash: text().notNull().unique(),
    address: text(),
    agent: text(),
    seenAt: instant().notNull(),
    endedAt: instant(),
    ...times,
  },
  (t) => [index('staff_session_staff').on(t.staffId)],
);

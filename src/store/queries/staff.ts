import { and, asc, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { place, staff, staffSession } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll } from './page.ts';

export interface StaffFilter {
  role?: string;
  place?: string;
  username?: string;
  disabled?: boolean;
}

/** Staff accounts, newest first. Hashes and second factors stay where they are. */
export function staffAccounts(db: Db, asked: Asked<StaffFilter>) {
  const { filter } = asked;
  const where = and(
    same(staff.id, filter.id),
    same(staff.role, filter.role),
    same(staff.placeId, filter.place),
    same(staff.username, filter.username),
    given(filter.disabled, (disabled) => (disabled ? isNotNull(staff.disabledAt) : isNull(staff.disabledAt))),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        id: staff.id,
        createdAt: staff.createdAt,
        updatedAt: staff.updatedAt,
        username: staff.username,
        name: staff.name,
        badge: staff.badge,
        role: staff.role,
        duty: staff.duty,
        skills: staff.skills,
        languages: staff.languages,
        phone: staff.phone,
        lockedUntil: staff.lockedUntil,
        disabledAt: staff.disabledAt,
        mustChangePassword: staff.mustChangePassword,
        totpSealed: staff.totpSealed,
        place: { id: place.id, name: place.name },
        total: totalOfAll(),
      })
      .from(staff)
      .leftJoin(place, eq(place.id, staff.placeId))
      .where(where)
      .orderBy(desc(staff.createdAt), desc(staff.id))
      .limit(limit)
      .offset(offset),
  );
}

/** The sign-ins of one account that have not been ended, newest first. */
export function openSessions(db: Db, staffId: string) {
  return db
    .select({
      id: staffSession.id,
      createdAt: staffSession.createdAt,
      seenAt: staffSession.seenAt,
      address: staffSession.address,
      agent: staffSession.agent,
    })
    .from(staffSession)
    .where(and(eq(staffSession.staffId, staffId), isNull(staffSession.endedAt)))
    .orderBy(desc(staffSession.createdAt))
    .limit(50);
}

/** The clerks of these places who are not disabled. */
export function colleaguesAt(db: Db, places: 'all' | readonly string[]) {
  const here = places === 'all' ? undefined : inArray(staff.placeId, [...places]);
  return db
    .select({
      id: staff.id,
      name: staff.name,
      duty: staff.duty,
      skills: staff.skills,
      place: { id: place.id, name: place.name },
    })
    .from(staff)
    .leftJoin(place, eq(place.id, staff.placeId))
    .where(and(eq(staff.role, 'clerk'), isNull(staff.disabledAt), here))
    .orderBy(asc(place.code), asc(staff.duty), asc(staff.username))
    .limit(500);
}

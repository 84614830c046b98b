import { and, asc, desc, eq, exists, gt, ilike, inArray, isNull, not, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { household, resident, speaker, speakerHistory, staff } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll, within } from './page.ts';

export interface SpeakerFilter {
  status?: string;
  brand?: string;
  serial?: string;
  device?: string;
  household?: string;
  station?: string;
  community?: string;
  building?: string;
  room?: string;
  firmware?: string;
  /** Not heard of for days. */
  silent?: boolean;
  /** What a speaker that belongs to nobody reads out. */
  code?: string;
  /** Any part of the serial, the device id, the address or what somebody there is called. */
  q?: string;
}

function sought(db: Db, q: string) {
  const part = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`; // the pattern's own signs are looked for, not obeyed
  const called = db
    .select({ one: sql`1` })
    .from(resident)
    .where(and(eq(resident.householdId, speaker.householdId), ilike(resident.called, part)));
  return or(
    ilike(speaker.serial, part),
    ilike(speaker.brandDevice, part),
    ilike(sql`${household.community} || ${household.building} || ${household.unit}`, part),
    exists(called),
  );
}

const stillValid = (now: Date) => or(isNull(speaker.pairingUntil), gt(speaker.pairingUntil, now));

const DAY_MS = 24 * 3600_000;
/** Ours ought to be connected all day; a brand's is only heard of when somebody speaks to it. */
export const SILENT_DAYS = { own: 3, brand: 14 };

function silentSince(now: Date): SQL {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  return sql`(${speaker.status} = 'bound' and coalesce(${speaker.lastSeenAt}, ${speaker.createdAt}) <= case
    when ${speaker.brand} = 'speaker' then ${ago(SILENT_DAYS.own)}::timestamptz else ${ago(SILENT_DAYS.brand)}::timestamptz end)`;
}

/** Speakers of the households in scope (all of them, bound or not, for the operator), newest first. Tokens stay hashed and are never shown. */
export function speakers(db: Db, asked: Asked<SpeakerFilter>, now: Date) {
  const { filter, scope } = asked;
  const where = and(
    within(scope, household.stationId),
    same(speaker.id, filter.id),
    same(speaker.status, filter.status),
    same(speaker.brand, filter.brand),
    same(speaker.serial, filter.serial),
    same(speaker.brandDevice, filter.device),
    same(speaker.householdId, filter.household),
    same(household.stationId, filter.station),
    same(household.building, filter.building),
    same(household.community, filter.community),
    same(speaker.room, filter.room),
    same(speaker.firmware, filter.firmware),
    given(filter.silent, (silent) => (silent ? silentSince(now) : not(silentSince(now)))),
    given(filter.code, (code) => and(eq(speaker.pairingCode, code), eq(speaker.status, 'new'), stillValid(now))),
    given(filter.q, (q) => sought(db, q)),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        id: speaker.id,
        createdAt: speaker.createdAt,
        updatedAt: speaker.updatedAt,
        serial: speaker.serial,
        brand: speaker.brand,
        device: speaker.brandDevice,
        status: speaker.status,
        room: speaker.room,
        firmware: speaker.firmware,
        settings: speaker.settings,
        waits: sql<boolean>`${speaker.pairingCode} is not null`,
        lastSeenAt: speaker.lastSeenAt,
        sample: speaker.sample,
        household: {
          id: household.id,
          community: household.community,
          building: household.building,
          unit: household.unit,
        },
        total: totalOfAll(),
      })
      .from(speaker)
      .leftJoin(household, eq(household.id, speaker.householdId))
      .where(where)
      .orderBy(desc(speaker.createdAt), desc(speaker.id))
      .limit(limit)
      .offset(offset),
  );
}

/** Who lives where a speaker stands, by household: what they want to be called, and no more. */
export async function calledAt(db: Db, householdIds: readonly string[]): Promise<Map<string, Called[]>> {
  const homes = new Map<string, Called[]>();
  if (householdIds.length === 0) return homes;
  const rows = await db
    .select({ id: resident.id, called: resident.called, name: resident.name, householdId: resident.householdId })
    .from(resident)
    .where(and(inArray(resident.householdId, [...householdIds]), inArray(resident.state, ['living', 'hospital'])))
    .orderBy(asc(resident.birthDate), asc(resident.id));
  for (const { householdId, ...who } of rows) homes.set(householdId, [...(homes.get(householdId) ?? []), who]);
  return homes;
}

export interface Called {
  id: string;
  called: string;
  name: string;
}

/** Where a speaker has been, newest first. */
export function historyOfSpeaker(db: Db, speakerId: string) {
  return db
    .select({
      at: speakerHistory.createdAt,
      what: speakerHistory.what,
      householdId: speakerHistory.householdId,
      by: { id: staff.id, name: staff.name },
    })
    .from(speakerHistory)
    .leftJoin(staff, eq(staff.id, speakerHistory.byStaff))
    .where(eq(speakerHistory.speakerId, speakerId))
    .orderBy(desc(speakerHistory.createdAt))
    .limit(50);
}

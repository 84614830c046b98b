import { and, asc, desc, eq, exists, ilike, inArray, or, sql } from 'drizzle-orm';
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
  building?: string;
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

/** Speakers of the households in scope (all of them, bound or not, for the operator), newest first. Tokens stay hashed and are never shown. */
export function speakers(db: Db, asked: Asked<SpeakerFilter>) {
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
    filter.code ? and(eq(speaker.pairingCode, filter.code), eq(speaker.status, 'new')) : undefined,
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

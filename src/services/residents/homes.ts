/** Whose speaker this is, and who lives with it. */
import { and, asc, desc, eq, inArray, or } from 'drizzle-orm';
import { ageOn } from '../../ages.ts';
import { type Clock, shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Brand, Locale } from '../../platforms/platform.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { consent, household, place, type ResidentFlags, resident, speaker } from '../../store/schema.ts';
import { rangesOf } from '../fleet/networks.ts';

export interface ResidentAtHome {
  id: string;
  /** How she wants to be called. */
  called: string;
  name: string;
  age: number;
  sex: 'female' | 'male';
  birthDate: string;
  locale: Locale;
  /** Characters a minute. */
  pace: number;
  /** A name of locales/<locale>/_voices.yaml. */
  voice?: string;
  hearing: boolean;
  state: 'living' | 'hospital' | 'moved' | 'deceased';
  hasPin: boolean;
  /** Purposes she has consented to and not withdrawn. */
  consents: string[];
  flags: ResidentFlags;
}

export interface Home {
  speakerId: string;
  householdId: string;
  stationId: string;
  station: { name: string; phone?: string };
  status: 'bound';
  residents: ResidentAtHome[];
  /** Ranges of addresses that this speaker is used to speak from, as opaque hashes. */
  networks: string[];
}

/** `pace` in characters a minute, `voice` a name of the language's voices, `patience` in milliseconds. */
export type SpeechWish = { pace?: number; voice?: string | null; patience?: number | null };

interface Parts {
  database: Database;
  fields: Pick<Fields, 'open'>;
  clock: Clock;
}

export type Homes = ReturnType<typeof createHomes>;

/** 120 to 260 characters a minute: slower is no longer understood better (Roring 2007), faster not by everybody. */
const PACE = { slowest: 120, fastest: 260 };
const READ = ['called', 'name', 'birthDate', 'flags', 'state', 'consents'];

/** Where the sealed phone of a resident is bound to. */
export const phoneOf = (residentId: string) => `resident.phoneSealed:${residentId}`;

/** One read at the beginning of every turn. What it opens of a record is audited with the speaker as the reader. */
export function createHomes({ database, fields, clock }: Parts) {
  /**
   * The home of a bound speaker; undefined for one that is new, suspended, wiped or not known.
   * A device that now belongs to another user of the brand is not known: it may have been sold.
   * The reading of the residents' records is audited.
   */
  async function at(from: { brand: Brand; device: string; user?: string }): Promise<Home | undefined> {
    return database.transaction(async (tx) => {
      const found = await find(tx, from);
      if (!found) return undefined;
      const residents = await residentsOf(tx, found.householdId);
      const actor = { kind: 'system' as const, id: found.speakerId, role: 'speaker' };
      for (const { id } of residents) {
        await writeAudit(tx, { at: clock.now(), actor, action: 'read', residentId: id, fields: READ, result: 'done' });
      }
      return { ...found, status: 'bound', residents };
    });
  }

  async function find(tx: Db, { brand, device, user }: { brand: Brand; device: string; user?: string }) {
    const rows = await tx
      .select({
        speakerId: speaker.id,
        householdId: household.id,
        stationId: place.id,
        station: { name: place.name, phone: place.phone },
        device: speaker.brandDevice,
        user: speaker.brandUser,
        settings: speaker.settings,
      })
      .from(speaker)
      .innerJoin(household, eq(household.id, speaker.householdId))
      .innerJoin(place, eq(place.id, household.stationId))
      .where(and(eq(speaker.brand, brand), eq(speaker.status, 'bound'), named(device)))
      .orderBy(asc(speaker.createdAt), asc(speaker.id))
      .limit(5);
    const one = rows.find((row) => row.device === device) ?? onlyHomeOf(rows);
    if (!one || (one.user && user && one.user !== user)) return undefined;
    const { speakerId, householdId, stationId, station, settings } = one;
    const networks = rangesOf({ householdId, settings });
    return {
      speakerId,
      householdId,
      stationId,
      networks,
      station: { name: station.name, phone: station.phone ?? undefined },
    };
  }

  async function residentsOf(tx: Db, householdId: string): Promise<ResidentAtHome[]> {
    const rows = await tx
      .select()
      .from(resident)
      .where(eq(resident.householdId, householdId))
      .orderBy(asc(resident.birthDate), asc(resident.id));
    const given = await consentsOf(
      tx,
      rows.map(({ id }) => id),
    );
    const today = shanghaiDay(clock.now());
    return rows.map((row) => ({
      id: row.id,
      called: row.called,
      name: row.name,
      age: ageOn(row.birthDate, today),
      sex: row.sex,
      birthDate: row.birthDate,
      locale: row.locale,
      pace: row.pace,
      voice: row.voice ?? undefined,
      hearing: row.flags.hearing === true,
      state: row.state,
      hasPin: row.pinHash !== null,
      consents: given.get(row.id) ?? [],
      flags: row.flags,
    }));
  }

  /** Keeps how fast she likes to be spoken to. @throws Refusal NotFound */
  async function setPace(residentId: string, pace: number, by: Actor = herself(residentId)): Promise<void> {
    const kept = Math.round(Math.min(PACE.fastest, Math.max(PACE.slowest, pace)));
    await database.transaction(async (tx) => {
      const done = await tx
        .update(resident)
        .set({ pace: kept })
        .where(eq(resident.id, residentId))
        .returning({ id: resident.id });
      if (done.length === 0) throw new Refusal('NotFound');
      await writeAudit(tx, {
        at: clock.now(),
        actor: by,
        action: 'change',
        residentId,
        fields: ['pace'],
        result: 'done',
      });
    });
  }

  /** How she is spoken to and waited for; what is left out stays. @throws Refusal NotFound */
  async function setSpeech(residentId: string, wish: SpeechWish, by: Actor): Promise<void> {
    await database.transaction(async (tx) => {
      const done = await tx
        .update(resident)
        .set(wish)
        .where(eq(resident.id, residentId))
        .returning({ id: resident.id });
      if (done.length === 0) throw new Refusal('NotFound');
      const fields = Object.keys(wish);
      await writeAudit(tx, { at: clock.now(), actor: by, action: 'change', residentId, fields, result: 'done' });
    });
  }

  /** The last four digits of her phone; undefined when there is none. Audited. */
  function phoneTail(residentId: string, by: Actor = herself(residentId)): Promise<string | undefined> {
    return database.transaction((tx) => phoneTailIn(tx, { fields, clock }, { residentId, by }));
  }

  return { at, setPace, setSpeech, phoneTail };
}

/** The last four digits of her phone, inside another's transaction; undefined when there is none. Audited. */
export async function phoneTailIn(
  tx: Db,
  { fields, clock }: { fields: Pick<Fields, 'open'>; clock: Clock },
  { residentId, by }: { residentId: string; by: Actor },
): Promise<string | undefined> {
  const [row] = await tx.select({ sealed: resident.phoneSealed }).from(resident).where(eq(resident.id, residentId));
  await writeAudit(tx, {
    at: clock.now(),
    actor: by,
    action: 'read',
    residentId,
    fields: ['phoneTail'],
    result: 'done',
  });
  return row?.sealed ? fields.open(row.sealed, phoneOf(residentId)).slice(-4) : undefined;
}

const herself = (residentId: string): Actor => ({ kind: 'resident', id: residentId, role: 'resident' });

/** Where a brand omits the device, its platform puts the user's id in its place. */
const named = (device: string) => or(eq(speaker.brandDevice, device), eq(speaker.brandUser, device));

/** A user with speakers in two homes is in neither until the device is told. */
function onlyHomeOf<R extends { householdId: string }>(rows: R[]): R | undefined {
  const [first, ...others] = rows;
  return first && others.every(({ householdId }) => householdId === first.householdId) ? first : undefined;
}

async function consentsOf(tx: Db, residentIds: string[]): Promise<Map<string, string[]>> {
  if (residentIds.length === 0) return new Map();
  const rows = await tx
    .selectDistinctOn([consent.residentId, consent.purpose])
    .from(consent)
    .where(inArray(consent.residentId, residentIds))
    .orderBy(consent.residentId, consent.purpose, desc(consent.createdAt), desc(consent.id));
  const given = new Map<string, string[]>();
  for (const { residentId, purpose, given: yes } of rows) {
    if (yes) given.set(residentId, [...(given.get(residentId) ?? []), purpose]);
  }
  return given;
}

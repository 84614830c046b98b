/** Rows for load work: many plain homes, each with one speaker of ours, appended to whatever is there. */
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { birthdayAt } from '../../ages.ts';
import { addDays, type Clock, shanghaiDay } from '../../clock.ts';
import type { Database, Db } from '../database.ts';
import { caseFile, consent, household, installation, place, resident, speaker } from '../schema.ts';
import { insertAll } from './insert.ts';
import { createRandom, type Random } from './random.ts';
import type { SampleFacts } from './sample-facts.ts';
import { createSecrets } from './secrets.ts';

export interface LoadParts {
  database: Database;
  clock: Clock;
  sample: SampleFacts;
  /** One resident each. */
  households: number;
  /** The first so many homes have one, at most all of them. */
  speakers: number;
  /** The same number again adds nothing: another one does. */
  seed: number;
}

export interface LoadDevice {
  deviceId: string;
  token: string;
}

const HOMES_AT_ONCE = 2000; // one transaction each: a million homes do not fit into one
const AGE = { least: 60, most: 95 };
const WITH_CERTIFICATE = 0.3;

/**
 * Appends marked sample homes, spread over the operating stations; a certificate waits for three in ten.
 * @returns the devices with their tokens, none when this seed number was used before
 * @throws Error when there is no operating station
 */
export function seedLoad(parts: LoadParts): Promise<LoadDevice[]> {
  return parts.database.exclusively('seed', async (own) => {
    const key = `load:${parts.seed}`;
    const [done] = await own.select().from(installation).where(eq(installation.key, key));
    if (done) return [];
    const stations = await own.select({ id: place.id }).from(place).where(eq(place.kind, 'station'));
    if (stations.length === 0) throw new Error('no station: load the sample community first');
    const random = createRandom(parts.seed);
    const devices: LoadDevice[] = [];
    for (let from = 0; from < parts.households; from += HOMES_AT_ONCE) {
      const until = Math.min(parts.households, from + HOMES_AT_ONCE);
      const homes = Array.from({ length: until - from }, (_, n) => homeOf(parts, random, stations, from + n));
      await own.transaction((tx) => insertHomes(tx as unknown as Db, homes));
      for (const { device } of homes) if (device) devices.push({ deviceId: device.deviceId, token: device.token });
    }
    await own.insert(installation).values({ key, value: { households: parts.households, speakers: devices.length } });
    return devices;
  });
}

type LoadHome = ReturnType<typeof homeOf>;

function homeOf({ sample, clock, speakers, seed }: LoadParts, random: Random, stations: { id: string }[], n: number) {
  const today = shanghaiDay(clock.now());
  const stationId = (stations[n % stations.length] as { id: string }).id;
  const householdId = random.id(`load household ${n}`);
  const residentId = random.id(`load resident ${n}`);
  const { names, households, byVoice } = sample;
  const surname = names.surnames[n % names.surnames.length] as string;
  const sex = n % 2 === 0 ? ('female' as const) : ('male' as const);
  const birthDate = addDays(birthdayAt(today, -random.between(AGE.least, AGE.most)), -random.between(1, 360));
  const home = {
    id: householdId,
    community: (households[0] as { community: string }).community,
    building: `${seed}-${n % 40}`,
    unit: `${n}`,
  };
  const person = {
    id: residentId,
    householdId,
    name: `${surname}${names.mark}${n}`,
    called: `${surname}${names.called[sex]}`,
    sex,
    birthDate,
  };
  const matter = byVoice[n % byVoice.length] as string;
  return {
    household: { ...home, stationId, sample: true },
    resident: { ...person, hukou: 'binhai' as const, sample: true },
    certificate: random.next() < WITH_CERTIFICATE ? certificateOf(residentId, matter, seed, n) : undefined,
    consent: { residentId, purpose: 'data', textVersion: '1', given: true },
    device: n < speakers ? { deviceId: `load-${seed}-${n}`, token: createSecrets().token(), householdId } : undefined,
  };
}

function certificateOf(residentId: string, matter: string, seed: number, n: number) {
  const shortNumber = `L${seed}${String(n).padStart(8, '0')}`;
  const ready = { status: 'concluded' as const, delivery: 'ready' as const, kind: 'promised' as const };
  return { number: `JLB${shortNumber}`, shortNumber, matter, residentId, source: 9, ...ready, sample: true };
}

async function insertHomes(tx: Db, homes: LoadHome[]): Promise<void> {
  await insertAll(
    tx,
    household,
    homes.map((home) => home.household),
  );
  await insertAll(
    tx,
    resident,
    homes.map((home) => home.resident),
  );
  await insertAll(
    tx,
    consent,
    homes.map((home) => home.consent),
  );
  await insertAll(
    tx,
    caseFile,
    homes.flatMap(({ certificate }) => certificate ?? []),
  );
  await insertAll(
    tx,
    speaker,
    homes.flatMap(({ device }) => (device ? [speakerRow(device)] : [])),
  );
}

function speakerRow({ deviceId, token, householdId }: LoadDevice & { householdId: string }) {
  const tokenHash = createHash('sha256').update(token).digest('hex');
  const names = { serial: deviceId.toUpperCase(), brand: 'speaker' as const, brandDevice: deviceId, tokenHash };
  return { ...names, status: 'bound' as const, householdId, sample: true };
}

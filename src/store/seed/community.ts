/** The sample community: everybody of `catalogue/sample.yaml` with what happened to them, around the clock's today. */
import { eq } from 'drizzle-orm';
import { addDays, type Clock, shanghaiDay } from '../../clock.ts';
import { writeAudit } from '../audit.ts';
import type { Database, Db } from '../database.ts';
import type { Fields } from '../fields.ts';
import * as schema from '../schema.ts';
import { buildStaff, type StaffRow } from './accounts.ts';
import { casesOf, type WorkdayCalendar } from './case-files.ts';
import type { Demo, DemoSpeaker } from './demo.ts';
import type { Neighbour } from './history.ts';
import {
  type Context,
  insertBookings,
  insertDeliveries,
  insertHistory,
  insertPapers,
  insertPeople,
} from './insert-community.ts';
import { type Facts, loadFactsIn, placeIds } from './load-facts.ts';
import { buildHomes, type HomeOfPeople } from './people.ts';
import { createRandom } from './random.ts';
import type { SampleFacts } from './sample-facts.ts';
import { createSecrets } from './secrets.ts';
import { makeSlotsOfDay, type OpeningCalendar } from './slots.ts';
import { type SpeakersOfHome, speakersOf } from './speakers.ts';
import { traitsOf } from './traits.ts';

export interface SeedParts {
  database: Database;
  fields: Fields;
  clock: Clock;
  catalogue: Facts & { sample: SampleFacts };
  calendar: OpeningCalendar & WorkdayCalendar & { isWorkday(day: string): boolean };
  /** The same number, the same people; passwords, digits and tokens are new each time all the same. */
  seed?: number;
  /** Called before anything is committed: what it keeps is there whenever the community is. */
  keep?: (demo: Demo) => Promise<void>;
}

const SEEDED = 'sampleCommunity';
/** A fortnight: a week ahead is what residents are offered, and nobody may have restarted the server for a while. */
const SLOT_DAYS = 14;

/**
 * Makes the sample community, once for a database; every row is marked as a sample.
 * @returns how to get in, or undefined when the community is there already
 */
export function seedCommunity(parts: SeedParts): Promise<Demo | undefined> {
  return parts.database.exclusively('seed', async (own) => {
    const [done] = await own.select().from(schema.installation).where(eq(schema.installation.key, SEEDED));
    if (done) return undefined;
    return own.transaction(async (tx) => {
      const demo = await seedIn(tx as unknown as Db, parts);
      await parts.keep?.(demo);
      return demo;
    });
  });
}

async function seedIn(tx: Db, parts: SeedParts): Promise<Demo> {
  const { catalogue, calendar, clock, seed = 1 } = parts;
  const now = clock.now();
  const today = shanghaiDay(now);
  await loadFactsIn(tx, catalogue, true);
  const context = {
    ...parts,
    facts: catalogue.sample,
    random: createRandom(seed),
    secrets: createSecrets(),
    now,
    today,
    placeIds: await placeIds(tx),
  };
  const { rows: staff, accounts } = await buildStaff({ ...context, places: catalogue.places });
  const homes = await buildHomes(context);
  const speakers = homes.map((home, n) => speakersOf(context, home, n));
  const neighbours = neighboursOf(context, catalogue, homes, speakers, staff);
  await insertPeople(tx, staff, homes, speakers);
  for (let n = 0; n < SLOT_DAYS; n += 1) await makeSlotsOfDay(tx, calendar, addDays(today, n));
  await insertPapers(tx, context, neighbours);
  const owed = await insertHistory(tx, context, neighbours, staff);
  await insertBookings(tx, { ...context, isWorkday: calendar.isWorkday }, neighbours);
  const unread = await insertDeliveries(tx, context, neighbours, homes);
  await tx.insert(schema.installation).values({ key: SEEDED, value: { seed, on: today } });
  await writeAudit(tx, {
    at: now,
    actor: { kind: 'system', id: 'seed', role: 'system' },
    action: 'sample.seeded',
    result: 'done',
  });
  return { accounts, speakers: demoSpeakers(homes, speakers, neighbours, { unread, owed, staff }) };
}

function neighboursOf(
  context: Context,
  catalogue: Facts,
  homes: HomeOfPeople[],
  speakers: SpeakersOfHome[],
  staff: StaffRow[],
): Neighbour[] {
  const sensitive = new Set(catalogue.guides.filter((guide) => guide.sensitive).map(({ matter }) => matter));
  const caseParts = { ...context, byVoice: context.facts.byVoice, sensitive };
  return homes.flatMap(({ household, people }, n) => {
    const { stationId } = household;
    const clerkId = staff.find(({ placeId }) => placeId === stationId)?.id;
    const speakerId = speakers[n]?.own.id ?? '';
    return people.map((person) => ({
      person,
      speakerId,
      stationId,
      clerkId,
      cases: casesOf(caseParts, person, clerkId),
    }));
  });
}

interface Known {
  unread: Set<string>;
  owed: Set<string>;
  staff: StaffRow[];
}

function demoSpeakers(
  homes: HomeOfPeople[],
  speakers: SpeakersOfHome[],
  neighbours: Neighbour[],
  { unread, owed, staff }: Known,
): DemoSpeaker[] {
  const staffedAt = new Set(staff.map(({ placeId }) => placeId));
  return homes.flatMap(({ household, people }, n) => {
    const mine = speakers[n];
    if (!mine) return [];
    const here = neighbours.filter(({ person }) => person.row.householdId === household.id);
    const known = { staffed: staffedAt.has(household.stationId), neighbours: people.length };
    const residents = here.map((one) => ({
      name: one.person.row.name,
      age: one.person.recipe.age,
      pin: one.person.pin ?? null,
      traits: traitsOf(one, { ...known, unread: unread.has(one.person.row.id), owed: owed.has(one.person.row.id) }),
    }));
    const { own, token, platformIds } = mine;
    return [
      {
        deviceId: own.brandDevice,
        token,
        household: `${household.community}${household.building}${household.unit}`,
        residents,
        platformIds,
      },
    ];
  });
}

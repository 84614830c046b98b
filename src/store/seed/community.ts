/** The sample community: everybody of `catalogue/sample.yaml` with what happened to them, around the clock's today. */
import { eq } from 'drizzle-orm';
import { addDays, type Clock, shanghaiDay } from '../../clock.ts';
import { writeAudit } from '../audit.ts';
import type { Database, Db } from '../database.ts';
import type { Fields } from '../fields.ts';
import * as schema from '../schema.ts';
import { buildStaff, type StaffRow } from './accounts.ts';
import { bookAhead, bookBehind } from './bookings.ts';
import { applicationOf, type CaseParts, casesOf, type WorkdayCalendar } from './case-files.ts';
import { deliveriesOf } from './deliveries.ts';
import type { Demo, DemoSpeaker } from './demo.ts';
import { callbacksOf, callsOf, consentsOf, type HistoryParts, type Neighbour, proxiesOf, ratingsOf, ticketsOf, unmatchedOf, visitsOf } from './history.ts';
import { insertAll } from './insert.ts';
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
export const SLOT_DAYS = 14;

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
  const context = { ...parts, facts: catalogue.sample, random: createRandom(seed), secrets: createSecrets(), now, today, placeIds: await placeIds(tx) };
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
  await writeAudit(tx, { at: now, actor: { kind: 'system', id: 'seed', role: 'system' }, action: 'sample.seeded', result: 'done' });
  return { accounts, speakers: demoSpeakers(homes, speakers, neighbours, { unread, owed, staff }) };
}

type Context = HistoryParts & Pick<CaseParts, 'calendar'>;

function neighboursOf(context: Context, catalogue: Facts, homes: HomeOfPeople[], speakers: SpeakersOfHome[], staff: StaffRow[]): Neighbour[] {
  const sensitive = new Set(catalogue.guides.filter((guide) => guide.sensitive).map(({ matter }) => matter));
  const caseParts = { ...context, byVoice: context.facts.byVoice, sensitive };
  return homes.flatMap(({ household, people }, n) => {
    const { stationId } = household;
    const clerkId = staff.find(({ placeId }) => placeId === stationId)?.id;
    const speakerId = speakers[n]?.own.id ?? '';
    return people.map((person) => ({ person, speakerId, stationId, clerkId, cases: casesOf(caseParts, person, clerkId) }));
  });
}

async function insertPeople(tx: Db, staff: StaffRow[], homes: HomeOfPeople[], speakers: SpeakersOfHome[]): Promise<void> {
  await insertAll(tx, schema.staff, staff);
  await insertAll(tx, schema.household, homes.map(({ household }) => household));
  await insertAll(tx, schema.resident, homes.flatMap(({ people }) => people.map(({ row }) => row)));
  await insertAll(tx, schema.speaker, speakers.flatMap(({ rows }) => rows));
  await insertAll(tx, schema.speakerHistory, speakers.flatMap(({ history }) => history));
}

async function insertPapers(tx: Db, context: Context, neighbours: Neighbour[]): Promise<void> {
  const cases = neighbours.flatMap((one) => one.cases);
  const drafts = neighbours.flatMap(({ person: { row, recipe } }) =>
    recipe.draft ? [applicationOf(context, row.id, recipe.draft, 'draft')] : [],
  );
  await insertAll(tx, schema.application, [...drafts, ...cases.flatMap(({ application }) => application ?? [])]);
  await insertAll(tx, schema.caseFile, cases.map(({ row }) => row));
  await insertAll(tx, schema.caseStep, cases.flatMap(({ steps }) => steps));
}

/** @returns to whom a call is owed */
async function insertHistory(tx: Db, context: Context, neighbours: Neighbour[], staff: StaffRow[]): Promise<Set<string>> {
  const supervisor = staff.find(({ role }) => role === 'supervisor')?.id;
  const late = [...neighbours].reverse(); // the first households are the testers'
  await insertAll(tx, schema.consent, neighbours.flatMap((one) => consentsOf(context, one)));
  await insertAll(tx, schema.proxy, proxiesOf(context, neighbours));
  await insertAll(tx, schema.call, neighbours.flatMap((one) => callsOf(context, one)));
  await insertAll(tx, schema.visit, neighbours.flatMap((one, n) => visitsOf(context, one, n)));
  const callbacks = callbacksOf(context, late);
  await insertAll(tx, schema.callback, callbacks);
  await insertAll(tx, schema.ticket, ticketsOf(context, late, supervisor));
  await insertAll(tx, schema.rating, ratingsOf(context, neighbours));
  await insertAll(tx, schema.unmatched, unmatchedOf(context));
  return new Set(callbacks.filter(({ state }) => state !== 'closed').map(({ residentId }) => residentId ?? ''));
}

async function insertBookings(tx: Db, parts: Parameters<typeof bookAhead>[1], neighbours: Neighbour[]): Promise<void> {
  const live = neighbours.flatMap((one) => {
    const { booking } = one.person.recipe;
    const caseId = one.cases.find(({ row }) => row.matter === booking?.matter && booking.direction === 'collect')?.row.id;
    return booking ? [{ ...one, ...booking, caseId }] : [];
  });
  const over = neighbours.flatMap((one) => {
    const [held] = one.cases.filter(({ row }) => row.delivery === 'collected');
    return held ? [{ ...one, matter: held.row.matter, direction: 'collect' as const, caseId: held.row.id }] : [];
  });
  await bookBehind(tx, parts, over);
  await bookAhead(tx, parts, live);
}

async function insertDeliveries(tx: Db, { today, now }: Context, neighbours: Neighbour[], homes: HomeOfPeople[]): Promise<Set<string>> {
  const policies = await tx.select().from(schema.policy).where(eq(schema.policy.state, 'published'));
  const communities = new Map(homes.map(({ household }) => [household.id, household.community]));
  const unread = new Set<string>();
  const rows = neighbours.flatMap((one) => {
    const { id, birthDate, hukou, flags = {}, householdId } = one.person.row;
    const told = deliveriesOf(policies, one, { birthDate, hukou, flags, community: communities.get(householdId) ?? '' }, today, now);
    if (told.unread) unread.add(id);
    return told.rows;
  });
  await insertAll(tx, schema.delivery, rows);
  return unread;
}

interface Known {
  unread: Set<string>;
  owed: Set<string>;
  staff: StaffRow[];
}

function demoSpeakers(homes: HomeOfPeople[], speakers: SpeakersOfHome[], neighbours: Neighbour[], { unread, owed, staff }: Known): DemoSpeaker[] {
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
    return [{ deviceId: own.brandDevice, token, household: `${household.community}${household.building}${household.unit}`, residents, platformIds }];
  });
}

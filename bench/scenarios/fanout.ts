/** A hundred thousand homes, one policy for forty thousand people: the fan-out, a pause in the middle, and the officer's page meanwhile. */
import { count, eq, sql } from 'drizzle-orm';
import { systemClock } from '../../src/clock.ts';
import { loadCatalogue } from '../../src/services/catalogue/catalogue.ts';
import { createPolicyAudience } from '../../src/services/policies/audience.ts';
import { createPolicyControl } from '../../src/services/policies/control.ts';
import { createPolicyDesk } from '../../src/services/policies/desk.ts';
import { createFanOut } from '../../src/services/policies/fan-out.ts';
import { type Database, migrate, openDatabase } from '../../src/store/database.ts';
import { policyProgress } from '../../src/store/queries/policy-progress.ts';
import { delivery, fanOut as runs, staff } from '../../src/store/schema.ts';
import { seedLoad } from '../../src/store/seed/index.ts';
import { loadFacts } from '../../src/store/seed/load-facts.ts';
import type { Stores } from '../stores.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);
const clock = systemClock;

/** Measures and prints; asserts only what must hold anywhere: everybody once, nobody during a pause. */
export async function fanout(stores: Stores, quick: boolean): Promise<void> {
  const households = quick ? 5_000 : 100_000;
  const database = await openDatabase(await stores.freshDatabase());
  try {
    await stage(database, households);
    await measure(database);
  } finally {
    await database.close();
  }
}

async function stage(database: Database, households: number): Promise<void> {
  await migrate(database);
  const catalogue = loadCatalogue();
  await loadFacts({ database, catalogue, sample: true });
  const begun = performance.now();
  await seedLoad({ database, clock, sample: catalogue.sample, households, speakers: households, seed: 7 });
  say(`${households} homes on ${database.engine}, seeded in ${seconds(begun)} s`);
}

async function measure(database: Database): Promise<void> {
  const officers = await twoOfficers(database);
  const desk = createPolicyDesk({ database, clock });
  const control = createPolicyControl({ database, clock, desk });
  const { step, run } = createFanOut({ database, clock });
  const audience = { ageFrom: 81 };

  const counting = performance.now();
  const reach = await createPolicyAudience({ database, clock }).reach(audience, officers[0]);
  say(`the live count: ${reach.count} people in ${millis(counting)} ms`);

  const text = { title: '一条', gist: '一句。', body: '细说。', source: '示例', audience, validFrom: '2020-01-01' };
  const { id } = await desk.create('bench:1', text, officers[0]);
  await desk.submit('bench:2', id, officers[0]);
  await desk.sign('bench:3', id, officers[1]);

  const begun = performance.now();
  const half = Math.floor(reach.count / 1000);
  for (let n = 0; n < half; n += 1) await step();
  const pausing = performance.now();
  await control.pause('bench:4', id, '核一下', officers[0]);
  const before = await planned(database, id);
  await run();
  if ((await planned(database, id)) !== before) throw new Error('a paused fan-out went on');
  say(`paused at ${before} in ${millis(pausing)} ms; nobody was added afterwards`);

  await control.resume('bench:5', id, officers[0]);
  const pages: number[] = [];
  await Promise.all([run(), watch(database, id, pages), run()]); // two instances at once
  say(`all of it in ${seconds(begun)} s, the pause included`);
  say(
    `the officer's page meanwhile: ${pages.length} reads, median ${median(pages)} ms, longest ${Math.max(...pages)} ms`,
  );
  await verify(database, id, reach.count);
}

async function watch(database: Database, id: string, pages: number[]): Promise<void> {
  for (let state = 'running'; state !== 'done'; ) {
    const begun = performance.now();
    const { run } = await policyProgress(database.db, id, new Date(0));
    pages.push(millis(begun));
    state = run?.state ?? 'done';
  }
}

async function verify(database: Database, id: string, expected: number): Promise<void> {
  const mine = eq(delivery.policyId, id);
  const [told] = await database.db
    .select({ rows: count(), people: sql<number>`count(distinct ${delivery.residentId})::int` })
    .from(delivery)
    .where(mine);
  const [kept] = await database.db.select().from(runs).where(eq(runs.policyId, id));
  say(`${told?.rows} deliveries for ${told?.people} people; the fan-out says ${kept?.state}, ${kept?.reached}`);
  if (told?.rows !== expected || told.people !== expected) throw new Error(`expected ${expected}`);
}

const planned = (database: Database, id: string) => database.db.$count(delivery, eq(delivery.policyId, id));

async function twoOfficers(database: Database) {
  const account = { role: 'officer' as const, passwordHash: 'x', passwordChangedAt: new Date() };
  const rows = await database.db
    .insert(staff)
    .values([
      { ...account, username: 'one', name: '甲' },
      { ...account, username: 'two', name: '乙' },
    ])
    .returning({ id: staff.id });
  const actor = (n: number) => ({ kind: 'staff' as const, id: rows[n]?.id ?? '', role: 'officer' });
  return [actor(0), actor(1)] as const;
}

const millis = (since: number) => Math.round(performance.now() - since);
const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);
const median = (all: number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

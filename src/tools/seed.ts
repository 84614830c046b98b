/** npm run seed -- --households N --speakers M --seed S: marked sample homes for load work; their tokens go to DATA_DIR/seed.json. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { eq, like } from 'drizzle-orm';
import { loadCatalogue } from '../services/catalogue/catalogue.ts';
import { writeAudit } from '../store/audit.ts';
import { type Database, isUniqueViolation } from '../store/database.ts';
import { installation, place } from '../store/schema.ts';
import { type LoadDevice, seedLoad } from '../store/seed/index.ts';
import { loadFacts } from '../store/seed/load-facts.ts';
import { actor, Mistake, type Opened, runTool, say, withStores } from './opened.ts';
import { readIfThere, writePrivate } from './private-file.ts';

const MOST_HOUSEHOLDS = 2_000_000;
const MOST_SEED = 999_999;

const text = { type: 'string' } as const;

interface Wanted {
  households: number;
  speakers: number;
  /** Undefined: the next one that was not used yet. */
  seed?: number;
}

function wanted(): Wanted {
  const { values } = parseArgs({ options: { households: text, speakers: text, seed: text } });
  const households = wholeNumber('households', values.households ?? '1000', MOST_HOUSEHOLDS);
  const speakers = wholeNumber('speakers', values.speakers ?? String(households), MOST_HOUSEHOLDS);
  if (speakers > households) throw new Mistake('--speakers: at most one for each household');
  return {
    households,
    speakers,
    seed: values.seed === undefined ? undefined : wholeNumber('seed', values.seed, MOST_SEED),
  };
}

function wholeNumber(name: string, given: string, most: number): number {
  const number = Number(given);
  if (!/^\d+$/.test(given) || number > most) throw new Mistake(`--${name} is a whole number from 0 to ${most}`);
  return number;
}

async function seed(given: Wanted, { database, clock, config }: Opened): Promise<void> {
  const catalogue = loadCatalogue();
  await haveStations(database, config.sampleData, catalogue);
  const load = { ...given, seed: given.seed ?? (await unusedSeed(database)) };
  if (await wasUsed(database, load.seed))
    return say(`Seed ${load.seed} was used before: nothing added. Another number adds more.`);
  const devices = await seedLoad({ database, clock, sample: catalogue.sample, ...load }).catch(explainCut(load.seed));
  const path = join(config.dataDir, 'seed.json');
  await keepTokens(path, load.seed, devices);
  await database.transaction((tx) =>
    writeAudit(tx, {
      at: clock.now(),
      actor: actor('seed'),
      action: 'load.seeded',
      subject: `seed ${load.seed}`,
      reason: `${load.households} households, ${devices.length} speakers`,
      result: 'done',
    }),
  );
  say(`Added ${load.households} households, ${devices.length} speakers (seed ${load.seed}). Tokens: ${path}`);
}

/** Load homes belong to stations; where the sample community may stand, its places are made when the server has not made them yet. */
async function haveStations(
  database: Database,
  sample: boolean,
  catalogue: ReturnType<typeof loadCatalogue>,
): Promise<void> {
  const [station] = await database.db.select({ id: place.id }).from(place).where(eq(place.kind, 'station')).limit(1);
  if (station) return;
  if (!sample) throw new Mistake('There is no station yet. Register one first, or start once with SAMPLE_DATA=true.');
  await loadFacts({ database, catalogue, sample });
}

const keyOf = (number: number) => `load:${number}`;

async function wasUsed({ db }: Database, number: number): Promise<boolean> {
  return (
    (
      await db
        .select()
        .from(installation)
        .where(eq(installation.key, keyOf(number)))
    ).length > 0
  );
}

async function unusedSeed({ db }: Database): Promise<number> {
  const used = await db.select({ key: installation.key }).from(installation).where(like(installation.key, 'load:%'));
  return Math.max(0, ...used.map(({ key }) => Number(key.slice('load:'.length)))) + 1;
}

/** A run that was killed leaves the homes that it had committed, without their tokens. */
const explainCut = (number: number) => (thrown: unknown) => {
  if (!isUniqueViolation(thrown)) throw thrown;
  throw new Mistake(`An earlier run with seed ${number} was cut off in the middle. Take another number.`);
};

/** Added to what earlier seeds left there. */
async function keepTokens(path: string, number: number, devices: LoadDevice[]): Promise<void> {
  const before = JSON.parse((await readIfThere(path)) ?? '{"speakers":[]}') as {
    speakers: (LoadDevice & { seed: number })[];
  };
  const speakers = [...before.speakers, ...devices.map(({ deviceId, token }) => ({ deviceId, token, seed: number }))];
  await writePrivate(path, `${JSON.stringify({ speakers }, null, 1)}\n`);
}

await runTool(async () => {
  const given = wanted();
  await withStores('seed', (opened) => seed(given, opened), { begin: true });
  return 0;
});

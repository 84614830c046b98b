/** The stores as a tool opens them: the server's configuration and keys, deadlines for long work, one owner of an embedded directory. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, clockStartingAt, systemClock } from '../clock.ts';
import { type Config, ConfigProblems, readConfig } from '../config.ts';
import { watchLauncher } from '../parent.ts';
import { type Actor, createSealer } from '../store/audit.ts';
import { type Database, type Deadlines, migrate, openDatabase } from '../store/database.ts';
import { createFields, type Fields } from '../store/fields.ts';
import { openSecrets, parseKey, parseKeyRing, type Secrets } from '../store/keys.ts';
import { openLite } from '../store/lite.ts';

/** Something to tell whoever typed the command, without a stack. */
export class Mistake extends Error {}

export interface Opened {
  config: Config;
  clock: Clock;
  secrets: Secrets;
  database: Database;
  fields: Fields;
}

const MINUTE = 60_000;
/** A tool reads and writes whole tables: minutes where a turn has a second. */
const PATIENT: Deadlines = {
  connect: 10_000,
  statement: 30 * MINUTE,
  query: 31 * MINUTE,
  lock: MINUTE,
  idleInTransaction: 30 * MINUTE,
  idle: 30_000,
};

/** A tool in the audit: whoever may run it here needs no account. */
export const actor = (tool: string): Actor => ({ kind: 'system', id: `${tool}-tool`, role: 'system' });

/** Messages; standard output is the result's alone. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs a tool's main function; what it returns is the exit code. A Mistake is told in its own words. */
export async function runTool(main: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (thrown) {
    say(isTold(thrown) ? thrown.message : thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    process.exitCode = 1;
  }
}

/** parseArgs throws the second, the configuration the third: all speak for themselves. */
function isTold(thrown: unknown): thrown is Error {
  const ofArguments =
    thrown instanceof TypeError && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS');
  return thrown instanceof Mistake || ofArguments || thrown instanceof ConfigProblems;
}

/**
 * The configuration, once it is certain that nobody else has the data directory: PGlite has no lock of its own, the launcher keeps it.
 * @throws Mistake where an embedded tool was started around the launcher
 */
export function ownedConfig(tool: string): Config {
  const config = readConfig();
  if (config.databaseUrl) return config;
  if (config.launcherPid === undefined) {
    throw new Mistake(
      `Start this through npm (npm run ${tool}): only then is it sure that no server has ${config.dataDir} open.`,
    );
  }
  watchLauncher({ launcherPid: config.launcherPid, stop: () => process.exit(1) });
  return config;
}

/** Where PGlite lies; undefined with a database of one's own. */
export const liteFolder = ({ databaseUrl, dataDir }: Config): string | undefined =>
  databaseUrl ? undefined : join(dataDir, 'database');

/** Whether there is an embedded database in the folder. */
export const hasLite = (folder: string): boolean => existsSync(join(folder, 'PG_VERSION'));

/** The database, with patience. Whoever opens it closes it. */
export function openPatiently(config: Config, folder = liteFolder(config)): Promise<Database> {
  if (folder !== undefined) return openFolder(folder);
  return openDatabase({ url: config.databaseUrl, poolSize: 3, deadlines: PATIENT });
}

/** The embedded database in a folder; `from` fills a new one with a dump. */
export const openFolder = (dataDir: string, from?: Blob) =>
  openLite({ dataDir, from, longestTransaction: PATIENT.query });

/** What of the keys the environment leaves out is the installation's own. */
async function secretsOf({ secrets, dataDir }: Config): Promise<Secrets> {
  const { secretKeys, fieldKeys, indexKey } = secrets;
  if (secretKeys && fieldKeys && indexKey) return { secretKeys, fieldKeys, indexKey };
  const own = await openSecrets(dataDir);
  return {
    secretKeys: secretKeys ?? own.secretKeys,
    fieldKeys: fieldKeys ?? own.fieldKeys,
    indexKey: indexKey ?? own.indexKey,
  };
}

/** Sealing under these secrets, with the configured cipher. */
export const fieldsOf = ({ fieldKeys, indexKey }: Secrets, { fieldCipher }: Config): Fields =>
  createFields({ keys: parseKeyRing(fieldKeys), indexKey: parseKey(indexKey, 'INDEX_KEY'), cipher: fieldCipher });

/** Business time, as the server counts it. */
const clockOf = ({ demoClock }: Config): Clock => (demoClock ? clockStartingAt(demoClock) : systemClock);

/**
 * Opens everything, brought to this build's schema; afterwards seals what the tool wrote into the audit, and closes.
 * @throws Mistake where there is no embedded database yet, unless the tool may `begin` one
 */
export async function withStores<T>(
  tool: string,
  work: (opened: Opened) => Promise<T>,
  { begin = false } = {},
): Promise<T> {
  const config = ownedConfig(tool);
  const folder = liteFolder(config);
  if (folder && !begin && !hasLite(folder)) throw new Mistake(`There is no database in ${folder} yet.`);
  const secrets = await secretsOf(config);
  const database = await openPatiently(config);
  const clock = clockOf(config);
  try {
    await migrate(database);
    const result = await work({ config, clock, secrets, database, fields: fieldsOf(secrets, config) });
    await sealPending({ database, secrets, clock, config });
    return result;
  } finally {
    await database.close();
  }
}

/** Puts rows that wait into the audit's chain, as the running service does each second. @returns how many */
export function sealPending({ database, secrets, clock, config }: Omit<Opened, 'fields'>): Promise<number> {
  const key = parseKeyRing(secrets.secretKeys);
  return createSealer({ database, key, clock, digest: config.digest }).sealOnce();
}

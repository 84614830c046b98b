/** A stopped embedded installation with the sample community, and its tools run as a person runs them: through the launcher. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { createCalendar } from '../../src/services/calendar.ts';
import { loadCatalogue } from '../../src/services/catalogue.ts';
import { createSealer, writeAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/database.ts';
import { createFields, type Fields } from '../../src/store/fields.ts';
import { parseKey, parseKeyRing, type Secrets } from '../../src/store/keys.ts';
import { type LiteDatabase, openLite } from '../../src/store/lite.ts';
import { seedCommunity, writeDemo } from '../../src/store/seed/index.ts';
import { loadFacts } from '../../src/store/seed/load-facts.ts';
import { fixedClock } from '../support/clock.ts';
import { freshLite } from '../support/lite.ts';
import { testSecrets } from '../support/secrets.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const clock = fixedClock('2026-11-23T09:30');

export interface Ran {
  code: number;
  out: string;
  /** What it said on standard error. */
  said: string;
}

/** Runs `npm run <tool>` as npm does, to its end. */
export function run(
  dataDir: string,
  tool: string,
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<Ran> {
  const outside = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|DATABASE_URL|FIELD_KEYS|INDEX_KEY|SECRET_KEYS)/.test(name),
  );
  const child = spawn(process.execPath, ['scripts/tool.mjs', tool, ...args], {
    cwd: root,
    env: { ...Object.fromEntries(outside), DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ran: Ran = { code: 1, out: '', said: '' };
  child.stdout.on('data', (chunk) => (ran.out += chunk));
  child.stderr.on('data', (chunk) => (ran.said += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ran, code: code ?? 1 }));
  });
}

export interface Sample {
  /** A new data directory that holds the community. */
  installation(): Promise<string>;
  /** One that nobody started yet. */
  empty(): string;
}

/** Makes the community once, with sealed audit rows; every installation is a copy. */
export async function sampleCommunity(): Promise<Sample> {
  const secrets = testSecrets();
  const database = (await freshLite()) as LiteDatabase;
  const catalogue = loadCatalogue();
  await loadFacts({ database, catalogue, sample: true });
  const demo = await seedCommunity({
    database,
    fields: fieldsOf(secrets),
    clock,
    catalogue,
    calendar: createCalendar(catalogue.holidays),
  });
  await auditSome(database, secrets);
  const dump = await database.dump();
  return {
    empty: newFolder,
    async installation() {
      const dataDir = newFolder();
      writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 });
      if (demo) await writeDemo(join(dataDir, 'demo.json'), 'http://127.0.0.1:1', demo);
      await (await openLite({ dataDir: join(dataDir, 'database'), from: dump, longestTransaction: 60_000 })).close();
      return dataDir;
    },
  };
}

async function auditSome(database: Database, secrets: Secrets): Promise<void> {
  const entry = {
    actor: { kind: 'system' as const, id: 'test', role: 'system' },
    result: 'done' as const,
    at: clock.now(),
  };
  for (const action of ['one', 'two', 'three'])
    await database.transaction((tx) => writeAudit(tx, { ...entry, action }));
  await createSealer({ database, key: parseKeyRing(secrets.secretKeys), clock }).sealOnce();
}

function newFolder(): string {
  const dataDir = join(inject('runFolder'), `tools-${randomBytes(4).toString('hex')}`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return dataDir;
}

/** Opens the database of a stopped installation for as long as `look` takes. */
export async function within<T>(dataDir: string, look: (database: Database, fields: Fields) => Promise<T>): Promise<T> {
  const database = await openLite({ dataDir: join(dataDir, 'database'), longestTransaction: 60_000 });
  try {
    return await look(database, fieldsOf(secretsIn(dataDir)));
  } finally {
    await database.close();
  }
}

export const secretsIn = (dataDir: string): Secrets => JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'));

export const fieldsOf = ({ fieldKeys, indexKey }: Secrets): Fields =>
  createFields({ keys: parseKeyRing(fieldKeys), indexKey: parseKey(indexKey, 'index key') });

/** A stopped embedded installation with the sample community, and its tools run as a person runs them: through the launcher. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import { inject } from 'vitest';
import { createCalendar } from '../../src/services/calendar.ts';
import { loadCatalogue } from '../../src/services/catalogue/catalogue.ts';
import { createSealer, writeAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/database.ts';
import { createFields, type Fields } from '../../src/store/fields.ts';
import { parseKey, parseKeyRing, type Secrets } from '../../src/store/keys.ts';
import { type LiteDatabase, openLite } from '../../src/store/lite.ts';
import { pinMatches } from '../../src/store/pin-hash.ts';
import { proxy, resident, staff, ticket } from '../../src/store/schema.ts';
import { type Demo, seedCommunity, writeDemo } from '../../src/store/seed/index.ts';
import { fixedClock } from '../support/clock.ts';
import { freshLite } from '../support/lite.ts';
import { oncePerRun } from '../support/once.ts';
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

/** A new data directory that holds the sample community; it is made once a run, every installation is a copy. */
export async function installation(): Promise<string> {
  const made = join(inject('runFolder'), 'sample-installation');
  await oncePerRun(`${made}.ready`, () => makeCommunity(made));
  const dataDir = emptyFolder();
  await cp(made, dataDir, { recursive: true });
  return dataDir;
}

/** Seeding is one transaction: on a machine that runs the other tests beside it, it may take more than a minute. */
const LONGEST_TRANSACTION = 600_000;

/** Made beside and put in place when it is whole: after a failure the next one begins anew. */
async function makeCommunity(made: string): Promise<void> {
  const secrets = testSecrets();
  const dataDir = `${made}.${randomBytes(4).toString('hex')}`;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const dump = await ((await freshLite()) as LiteDatabase).dump();
  const database = await openLite({
    dataDir: join(dataDir, 'database'),
    from: dump,
    longestTransaction: LONGEST_TRANSACTION,
  });
  const demo = await seedSample(database, secrets);
  await auditSome(database, secrets);
  await database.close();
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 });
  await writeDemo(join(dataDir, 'demo.json'), 'http://127.0.0.1:1', demo);
  await rename(dataDir, made);
}

/** The community under these keys, without slots ahead. */
export async function seedSample(database: Database, secrets: Secrets): Promise<Demo> {
  const catalogue = loadCatalogue();
  const parts = { database, fields: fieldsOf(secrets), clock, catalogue, calendar: createCalendar(catalogue.holidays) };
  const demo = await seedCommunity(parts);
  if (!demo) throw new Error('seeded before');
  return demo;
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

/** A data directory that nobody started yet. */
export function emptyFolder(): string {
  const dataDir = join(inject('runFolder'), `tools-${randomBytes(4).toString('hex')}`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return dataDir;
}

/** Opens the database of a stopped installation for as long as `look` takes. */
export async function within<T>(dataDir: string, look: (database: Database, fields: Fields) => Promise<T>): Promise<T> {
  const database = await openLite({ dataDir: join(dataDir, 'database'), longestTransaction: LONGEST_TRANSACTION });
  try {
    return await look(database, fieldsOf(secretsIn(dataDir)));
  } finally {
    await database.close();
  }
}

export const secretsIn = (dataDir: string): Secrets => JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'));

export const fieldsOf = ({ fieldKeys, indexKey }: Secrets): Fields =>
  createFields({ keys: parseKeyRing(fieldKeys), indexKey: parseKey(indexKey, 'index key') });

export const demoIn = (dataDir: string): Demo => JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'));

/** Opens everything that is sealed, and compares each index. @throws where one does not fit. @returns how many values there were */
export async function openEverything({ db }: Database, fields: Fields): Promise<number> {
  let values = 0;
  const open = (sealed: string | null, about: string, index?: string | null) => {
    if (!sealed) return;
    const plain = fields.open(sealed, about);
    if (index !== undefined && fields.index(plain) !== index) throw new Error(`${about} has a strange index`);
    values += 1;
  };
  for (const row of await db.select().from(resident)) {
    open(row.phoneSealed, `resident.phoneSealed:${row.id}`, row.phoneIndex);
    open(row.idNumberSealed, `resident.idNumberSealed:${row.id}`, row.idNumberIndex);
  }
  for (const row of await db.select().from(proxy)) open(row.phoneSealed, `proxy.phoneSealed:${row.id}`, row.phoneIndex);
  for (const row of await db.select().from(ticket)) open(row.textSealed, `ticket.textSealed:${row.id}`);
  for (const row of await db.select().from(staff)) open(row.totpSealed, `staff.totpSealed:${row.id}`);
  return values;
}

/** Whether the spoken digits of the first resident who has some still fit. */
export async function digitsFit({ db }: Database, fields: Fields, { speakers }: Demo): Promise<boolean> {
  const her = speakers.flatMap(({ residents }) => residents).find(({ pin }) => pin);
  const [row] = await db
    .select()
    .from(resident)
    .where(eq(resident.name, her?.name ?? ''));
  return pinMatches(fields, row?.id ?? '', her?.pin ?? '', row?.pinHash ?? '');
}

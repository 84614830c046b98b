/** A private PostgreSQL, started by the first test file that asks, with a migrated template to clone. */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, type DatabaseOptions, migrate, openDatabase } from '../../src/store/database.ts';
import { oncePerRun } from './once.ts';
import { atEnd } from './releasing.ts';

const run = promisify(execFile);
const TEMPLATE = 'template_migrated';

/** A database of its own, migrated (or a copy of `template`), dropped after the file; `url` opens further instances on it. */
export async function freshDatabase({
  template = TEMPLATE,
  ...options
}: Omit<DatabaseOptions, 'url' | 'dataDir'> & { template?: string } = {}): Promise<Database & { url: string }> {
  const folder = await startedPostgres();
  const name = `t_${randomBytes(6).toString('hex')}`;
  await administer(folder, `create database ${name} template ${template}`);
  const url = addressOf(folder, name);
  const database = await openDatabase({ url, ...options, deadlines: { ...PATIENT, ...options.deadlines } });
  atEnd(async () => {
    await database.close();
    await administer(folder, `drop database if exists ${name} with (force)`);
  });
  return { ...database, url };
}

/** Makes a further template out of the migrated one, once a run; `fill` puts into it what its copies begin with. */
export async function madeTemplate(name: string, fill: (database: Database) => Promise<void>): Promise<void> {
  const folder = await startedPostgres();
  await oncePerRun(`${folder}.${name}`, async () => {
    await administer(folder, `create database ${name} template ${TEMPLATE}`);
    const database = await openDatabase({ url: addressOf(folder, name), deadlines: PATIENT });
    await fill(database);
    await database.close();
  });
}

/** An empty database without a table: for tests of migration itself. */
export async function emptyDatabaseUrl(): Promise<string> {
  const folder = await startedPostgres();
  const name = `e_${randomBytes(6).toString('hex')}`;
  await administer(folder, `create database ${name}`);
  atEnd(() => administer(folder, `drop database if exists ${name} with (force)`));
  return addressOf(folder, name);
}

/** A loaded test machine is not a broken store: deadlines are tested where they are the subject. */
const PATIENT = { connect: 15_000, statement: 15_000, query: 15_000, lock: 15_000, idleInTransaction: 30_000 };

const addressOf = (folder: string, name: string) =>
  `postgres://app@localhost/${name}?host=${encodeURIComponent(folder)}`;

async function administer(folder: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: addressOf(folder, 'postgres'), connectionTimeoutMillis: 15_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function startedPostgres(): Promise<string> {
  const folder = join(inject('runFolder'), 'pg');
  await oncePerRun(`${folder}.ready`, async () => {
    await mkdir(folder, { recursive: true });
    await initialise(folder);
    await start(folder);
    await makeTemplate(folder);
  });
  return folder;
}

function binaries(): string {
  const root = '/usr/lib/postgresql';
  const newest = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a))[0] : undefined;
  return newest === undefined ? '' : join(root, newest, 'bin');
}

const isRoot = () => process.getuid?.() === 0;
const command = (name: string) => (binaries() === '' ? name : join(binaries(), name));
/** PostgreSQL refuses to run as root. */
const asOwner = (name: string, args: string[]): [string, string[]] =>
  isRoot() ? ['runuser', ['-u', 'postgres', '--', command(name), ...args]] : [command(name), args];

async function initialise(folder: string): Promise<void> {
  if (isRoot()) {
    const { stdout } = await run('id', ['-u', 'postgres']);
    await chown(folder, Number(stdout), Number(stdout));
  }
  const args = ['-D', join(folder, 'data'), '-U', 'app', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  await run(...asOwner('initdb', args));
}

const SETTINGS = [
  'listen_addresses=',
  'fsync=off',
  'full_page_writes=off',
  'max_connections=200',
  'shared_buffers=64MB',
];

/** Started in the foreground and left running: the end of the run sweeps it by its pid file. */
async function start(folder: string): Promise<void> {
  const settings = [
    ...SETTINGS,
    `unix_socket_directories=${folder}`,
    `external_pid_file=${join(folder, 'server.pid')}`,
  ];
  const args = ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(...asOwner('postgres', args), { detached: true, stdio: 'ignore', cwd: '/' });
  server.unref();
  await answering(folder);
}

async function answering(folder: string): Promise<void> {
  for (let i = 0; ; i++) {
    try {
      return await administer(folder, 'select 1');
    } catch (error) {
      if (i === 150) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function makeTemplate(folder: string): Promise<void> {
  await administer(folder, `create database ${TEMPLATE}`);
  const database = await openDatabase({ url: addressOf(folder, TEMPLATE) });
  await migrate(database);
  await database.close();
}

/** pg_dump, pg_restore and psql as programs of their own: PostgreSQL knows best how it is taken down and put up. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { environmentWith } from '../config.ts';
import { Mistake } from './opened.ts';

const CONNECT_SECONDS = '10';
const SILENT = 'it said nothing';

/** The whole database in PostgreSQL's own compressed format, as it stood at the snapshot. @throws Mistake with the program's own words */
export async function* dumpPostgres(url: string, snapshot: string): AsyncGenerator<Uint8Array> {
  const { target, env } = connection(url);
  const child = spawn(
    'pg_dump',
    ['--format=custom', '--no-owner', '--no-password', `--snapshot=${snapshot}`, `--dbname=${target}`],
    {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = end('pg_dump', child);
  ended.catch(() => undefined); // awaited below, after the stream
  yield* child.stdout;
  await ended;
}

/** Puts a dump in the place of these schemas, in one transaction: all of it or nothing. @throws Mistake with the program's own words */
export async function restorePostgres(url: string, dump: Readable, schemas: string[]): Promise<void> {
  const { target, env } = connection(url);
  const unpack = spawn('pg_restore', ['--no-owner', '--file=-'], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const apply = spawn('psql', [...PSQL, `--dbname=${target}`, '--command', clearing(schemas), '--file=-'], {
    env,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const applied = end('psql', apply);
  const steps = await Promise.allSettled([applied, end('pg_restore', unpack), feed(dump, unpack, apply)]);
  // Of several failures psql's words explain most; those of one that was only ended from here are none.
  const reasons = steps.flatMap((step): unknown[] => (step.status === 'rejected' ? [step.reason] : []));
  const told = reasons.find((reason) => reason instanceof Mistake && !reason.message.endsWith(SILENT)) ?? reasons[0];
  if (told) throw told;
}

const PSQL = ['--no-psqlrc', '--quiet', '--no-password', '--single-transaction', '--set=ON_ERROR_STOP=1'];

function clearing(schemas: string[]): string {
  const drops = schemas.map((schema) => `drop schema if exists "${schema.replaceAll('"', '""')}" cascade;`);
  return `set lock_timeout = '30s'; ${drops.join(' ')} create schema if not exists public; grant usage on schema public to public;`;
}

/** The script ends for psql only when pg_restore did not fail: half a script must not be committed. */
async function feed(
  dump: Readable,
  unpack: ChildProcessByStdio<Writable, Readable, Readable>,
  apply: ChildProcessByStdio<Writable, null, Readable>,
): Promise<void> {
  const unpacked = end('pg_restore', unpack).catch((error: unknown) => {
    apply.kill();
    throw error;
  });
  await Promise.all([pipeline(dump, unpack.stdin), pipeline(unpack.stdout, apply.stdin, { end: false }), unpacked]);
  apply.stdin.end();
}

/** The password stays out of the list of processes. */
function connection(url: string): { target: string; env: NodeJS.ProcessEnv } {
  const target = new URL(url);
  const password = decodeURIComponent(target.password) || target.searchParams.get('password') || undefined;
  target.password = '';
  target.searchParams.delete('password');
  return {
    target: target.href,
    env: environmentWith({ PGCONNECT_TIMEOUT: CONNECT_SECONDS, ...(password ? { PGPASSWORD: password } : {}) }),
  };
}

function end(name: string, child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said = (said + String(chunk)).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' ? missing(name) : error));
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Mistake(`${name} failed:\n${said.trim() || SILENT}`)),
    );
  });
}

const missing = (name: string) =>
  new Mistake(
    `${name} is not installed. Install it with: apt-get install postgresql-client (macOS: brew install libpq).`,
  );

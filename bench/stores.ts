/** A private Redis and PostgreSQL for one run, on unix sockets in a folder of its own; without PostgreSQL installed, PGlite. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const PATIENCE_MS = 30_000;

export interface Stores {
  /** For whatever else a scenario puts down. */
  folder: string;
  redisUrl: string;
  /** A new, empty database: an address, or a directory for PGlite. */
  freshDatabase(): Promise<{ url: string } | { dataDir: string }>;
  close(): Promise<void>;
}

export async function privateStores(): Promise<Stores> {
  const folder = mkdtempSync(join(tmpdir(), 'jialiban-bench-'));
  chmodSync(folder, 0o711); // the database's own user passes through
  const stops: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const stop of stops.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const redisUrl = await startRedis(folder, stops);
    const postgres = binaries() ? await startPostgres(join(folder, 'pg'), stops) : undefined;
    let made = 0;
    const freshDatabase = async () => {
      const name = `bench${++made}`;
      if (!postgres) return { dataDir: join(folder, name) };
      await administer(postgres, `create database ${name}`);
      return { url: addressOf(postgres, name) };
    };
    return { folder, redisUrl, freshDatabase, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startRedis(folder: string, stops: (() => Promise<void>)[]): Promise<string> {
  const socket = join(folder, 'redis.sock');
  const settings = ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', '', '--appendonly', 'yes'];
  stops.push(keep('redis-server', settings));
  await until(() => accepts(socket));
  return `unix://${socket}`;
}

function accepts(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const attempt = connect(socket);
    attempt.once('error', () => resolve(false));
    attempt.once('connect', () => resolve(Boolean(attempt.destroy())));
  });
}

/** The newest PostgreSQL of the system, or undefined. */
function binaries(): string | undefined {
  const root = '/usr/lib/postgresql';
  const [newest] = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return newest && existsSync(join(root, newest, 'bin', 'initdb')) ? join(root, newest, 'bin') : undefined;
}

/** PostgreSQL refuses to run as root. */
function asOwner(name: string, args: string[]): [string, string[]] {
  const program = join(binaries() ?? '', name);
  return process.getuid?.() === 0 ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args];
}

async function startPostgres(folder: string, stops: (() => Promise<void>)[]): Promise<string> {
  mkdirSync(folder);
  if (process.getuid?.() === 0) {
    const [user, group] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
    );
    chownSync(folder, user ?? 0, group ?? 0);
  }
  await run(
    ...asOwner('initdb', ['-D', join(folder, 'data'), '-U', 'app', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8']),
  );
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'shared_buffers=128MB'];
  stops.push(
    keep(...asOwner('postgres', ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])])),
  );
  await until(() =>
    administer(folder, 'select 1').then(
      () => true,
      () => false,
    ),
  );
  return folder;
}

const addressOf = (folder: string, name: string) =>
  `postgres://app@localhost/${name}?host=${encodeURIComponent(folder)}`;

async function administer(folder: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: addressOf(folder, 'postgres'), connectionTimeoutMillis: 10_000 });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** Starts a server; the returned function ends it and waits. */
function keep(command: string, args: string[]): () => Promise<void> {
  const server = spawn(command, args, { cwd: '/', stdio: 'ignore' });
  server.on('error', () => undefined); // seen by whoever waits for it to answer
  return async () => {
    if (server.exitCode !== null || server.signalCode !== null || !server.pid) return;
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    await Promise.race([ended, pause(10_000, undefined, { ref: false })]);
    server.kill('SIGKILL');
  };
}

export async function until(look: () => Promise<boolean>, ms = PATIENCE_MS): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(30)) if (await look()) return;
  throw new Error('a server that was started does not answer');
}

/** Starts the stand-in and lets go of everything that it started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startOf } from '../../scripts/processes.mjs';
import { readConfig } from '../../src/config.ts';
import { connectRedis, type RedisClient, redisReady } from '../../src/store/redis.ts';

const STAND_IN = resolve(import.meta.dirname, 'stand-in.mjs');

export interface Start {
  process: ChildProcess;
  /** All that it wrote. */
  output(): string;
  /** Resolves once the server says that it serves. */
  serving: Promise<{ pid: number; redis: string }>;
  /** Resolves with the exit code, or with the name of the signal that ended it. */
  ended: Promise<number | string>;
}

/** A data directory of the test's own; `long` gives it a path that no socket could have. */
export function dataDirectory(long = false): string {
  const made = mkdtempSync(join(tmpdir(), 'start-'));
  return long ? join(made, 'x'.repeat(60), 'y'.repeat(60)) : made;
}

export async function until<T>(look: () => T | undefined | false, ms = 20_000): Promise<T> {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((next) => setTimeout(next, 30))) {
    const seen = look();
    if (seen) return seen;
  }
  throw new Error(`not seen within ${ms} ms: ${look}`);
}

/** Starts the stand-in in a group of its own. `command` runs it in another way, through npm for instance. */
export function start(dataDir: string, command: string[] = [process.execPath, STAND_IN], env = {}): Start {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    env: { ...withoutNpm(), DATA_DIR: dataDir, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise<number | string>((done) => child.on('exit', (code, signal) => done(code ?? signal ?? '')));
  const serving = until(() => output.includes('serving')).then(() =>
    JSON.parse(readFileSync(join(dataDir, 'serving.json'), 'utf8')),
  );
  serving.catch(() => {}); // a start that is refused is never asked
  return { process: child, output: () => output, serving, ended };
}

/** The test itself may run below npm; the starts are to believe that they do not. */
function withoutNpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
}

/** Whether a process runs; one that only waits to be buried does not. */
export function runs(pid: number): boolean {
  return startOf(pid) !== undefined;
}

export function kill(pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    if (pid) process.kill(pid, signal);
  } catch {
    // it went before
  }
}

/** The pid of the private Redis as the launcher wrote it down. */
export function redisPid(dataDir: string): number {
  return JSON.parse(readFileSync(join(dataDir, 'redis', 'process.json'), 'utf8')).pid;
}

/** Asks the private Redis as the server would: through src/config.ts and src/store/redis.ts. */
export async function ask<T>(url: string, question: (redis: RedisClient) => Promise<T>): Promise<T> {
  const { redis: target } = readConfig({ REDIS_URL: url });
  if (!target) throw new Error('no Redis');
  const redis = connectRedis(target, 'commands');
  try {
    await redisReady(redis);
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

/** Ends whatever a test left, by the pids that were written down. */
export async function clear(dataDir: string, starts: Start[]): Promise<void> {
  for (const one of starts) kill(one.process.pid, 'SIGKILL');
  const pids = [pidIn(join(dataDir, 'redis', 'process.json')), pidIn(join(dataDir, 'serving.json'))];
  for (const pid of pids) kill(pid);
  await Promise.all(pids.map((pid) => until(() => !pid || !runs(pid))));
  const noted = join(dataDir, 'redis', 'socket-folder');
  if (existsSync(noted)) rmSync(readFileSync(noted, 'utf8'), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

function pidIn(file: string): number | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).pid : undefined;
}

/** Whether two servers ever had the directory open at once. */
export function openedTwice(dataDir: string): boolean {
  return readdirSync(dataDir).includes('opened-twice');
}

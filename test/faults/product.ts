/** The whole product as a resident's estate runs it: the launcher, the server, the embedded stores, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Demo } from '../../src/store/seed/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const PATIENCE_MS = 120_000;

export interface Product {
  dataDir: string;
  /** Of the running server. */
  url(): string;
  demo(): Demo & { baseUrl: string };
  start(env?: Record<string, string>): Promise<void>;
  /** kill -9 of the launcher, the server, or the whole group at once. */
  kill(what: 'launcher' | 'server' | 'group'): Promise<void>;
  stop(): Promise<void>;
  remove(): Promise<void>;
}

export async function newProduct(): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jialiban-fault-'));
  let launcher: ChildProcess | undefined;
  const demoFile = join(dataDir, 'demo.json');
  const demo = () => JSON.parse(readFileSync(demoFile, 'utf8'));
  const url = () => demo().baseUrl as string;

  async function start(env: Record<string, string> = {}): Promise<void> {
    const settings = { ...process.env, DATA_DIR: dataDir, PORT: String(await freePort()), LOG_LEVEL: 'warn', ...env };
    launcher = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: root,
      env: settings,
      stdio: 'ignore',
      detached: true,
    });
    await ready(`http://127.0.0.1:${settings.PORT}`);
  }

  async function ready(at: string): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      const answer = await fetch(`${at}/readyz`).catch(() => undefined);
      if (answer?.ok && existsSync(demoFile) && url() === at) return;
      if (launcher?.exitCode !== null) throw new Error(`the launcher ended with ${launcher?.exitCode}`);
      await pause(150);
    }
    throw new Error('the product did not become ready');
  }

  async function kill(what: 'launcher' | 'server' | 'group'): Promise<void> {
    const pid = launcher?.pid ?? 0;
    const servers = childrenOf(pid);
    if (what === 'group') process.kill(-pid, 'SIGKILL');
    if (what === 'launcher') process.kill(pid, 'SIGKILL');
    if (what === 'server') for (const server of servers) process.kill(server, 'SIGKILL');
    for (let n = 0; n < 400 && [pid, ...servers].some(alive); n++) await pause(25);
  }

  async function stop(): Promise<void> {
    if (!launcher || launcher.exitCode !== null) return;
    launcher.kill('SIGINT');
    for (let n = 0; n < 400 && launcher.exitCode === null && launcher.signalCode === null; n++) await pause(50);
  }

  return {
    dataDir,
    url,
    demo,
    start,
    kill,
    stop,
    remove: () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Direct children; the server is the launcher's only lasting one. */
function childrenOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** From the command to the first answer: a bare Fastify, the product on a directory it knows, the product on an empty one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { interleaved, type Subject } from '../measure.ts';
import type { Report } from '../report.ts';
import { type Stores, until } from '../stores.ts';

const root = join(import.meta.dirname, '..', '..');
const PATIENCE_MS = 180_000;
const BARE = `import('fastify').then(async ({ default: fastify }) => {
  const app = fastify(); app.get('/readyz', async () => ({ ready: true })); await app.listen({ port: Number(process.env.PORT) });
})`;

export async function start(stores: Stores, quick: boolean): Promise<Report> {
  let made = 0;
  const fresh = () => join(stores.folder, `start${++made}`);
  const known = fresh();
  const product = (dataDir: () => string): Subject['block'] =>
    single(() => starting(['scripts/start.mjs'], { DATA_DIR: dataDir() }));
  const subjects: Subject[] = [
    { name: 'a bare Fastify', block: single(() => starting(['--input-type=module', '--eval', BARE], {})) },
    { name: 'the product, started before', block: product(() => known) },
    { name: 'the product, from nothing', block: product(fresh) },
  ];
  const results = await interleaved(subjects, { rounds: quick ? 1 : 5, times: 1, warmUp: 1 });
  return {
    scenario: 'start',
    unit: 'ms to the first answer of /readyz',
    results,
    notes: ['embedded stores; pages and packages are there already'],
  };
}

/** A start is a block by itself. */
const single =
  (work: () => Promise<number>): Subject['block'] =>
  () =>
    work();

async function starting(args: string[], more: Record<string, string>): Promise<number> {
  const port = String(await freePort());
  const begun = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...withoutStores(), PORT: port, LOG_LEVEL: 'silent', ...more },
    stdio: 'ignore',
  });
  try {
    await until(() => answers(port, child), PATIENCE_MS);
    return performance.now() - begun;
  } finally {
    await stop(child);
  }
}

/** The starts are to bring their own. */
function withoutStores(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|DATABASE_URL|REDIS_|DATA_DIR|LAUNCHER_PID)/.test(name)),
  );
}

async function answers(port: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`the start ended with ${child.exitCode}`);
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5000) }).catch(
    () => undefined,
  );
  return answer?.ok ?? false;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

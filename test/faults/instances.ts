/** Several processes of the product over one PostgreSQL and one Redis, as behind a load balancer; any of them may be killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createPresence } from '../../src/store/presence.ts';
import { type Community, community, MORNING } from '../support/community.ts';
import { freshDatabase } from '../support/postgres.ts';
import { freshRedis } from '../support/redis.ts';
import { atEnd } from '../support/releasing.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const PATIENCE_MS = 120_000;

export interface Instance {
  url: string;
  /** kill -9. */
  kill(): Promise<void>;
}

/** The stores, with the sample community in them, and as many instances as are wanted. */
export async function startInstances(amount: number) {
  const neighbours = await community();
  const [database, redis] = [await freshDatabase({ template: neighbours.template }), await freshRedis()];
  const dataDir = await mkdtemp(join(tmpdir(), 'jialiban-instances-'));
  await writeFile(join(dataDir, 'demo.json'), JSON.stringify(neighbours.demo), { mode: 0o600 });
  const env = {
    ...process.env,
    ...secretsOf(neighbours),
    ...{ DATA_DIR: dataDir, DATABASE_URL: database.url, REDIS_URL: redis.url, SAMPLE_DATA: 'true' },
    ...{ DEMO_CLOCK: `${MORNING}:00+08:00`, LOG_LEVEL: 'warn' },
  };
  const instances = await Promise.all(Array.from({ length: amount }, () => startInstance(env)));
  return { instances, database, demo: neighbours.demo, presence: createPresence({ redis: redis.redis }) };
}

const secretsOf = ({ secrets }: Community) => ({
  SECRET_KEYS: secrets.secretKeys,
  FIELD_KEYS: secrets.fieldKeys,
  INDEX_KEY: secrets.indexKey,
});

async function startInstance(env: NodeJS.ProcessEnv): Promise<Instance> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    cwd: root,
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(server, 'exit');
  const kill = async () => {
    server.kill('SIGKILL');
    await ended;
  };
  atEnd(kill);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(150)) {
    if (server.exitCode !== null) throw new Error(`the instance ended with ${server.exitCode}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return { url, kill };
  }
  throw new Error('the instance did not become ready');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** The whole application on stores of its own, with the sample community, listening on a free port. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { type Core, createCore } from '../../src/core.ts';
import { openEars } from '../../src/ears.ts';
import { createLog, type Log } from '../../src/log.ts';
import { DEMO_FILE, prepare } from '../../src/prepare.ts';
import { type Database, type Deadlines, openDatabase } from '../../src/store/database.ts';
import { type Demo, writeDemo } from '../../src/store/seed/index.ts';
import type { Seen } from '../../src/turn.ts';
import { openVoices } from '../../src/voices.ts';
import { type FixedClock, fixedClock } from './clock.ts';
import { type Community, community, MORNING } from './community.ts';
import { freshDatabase } from './postgres.ts';
import { freshRedis, type TestRedis } from './redis.ts';
import { atEnd } from './releasing.ts';
import { testSecrets } from './secrets.ts';

export interface BuiltApp {
  url: string;
  demo: Demo & { baseUrl: string };
  core: Core;
  clock: FixedClock;
  /** Its private server: may be frozen, stopped and looked into. */
  redis: TestRedis;
  /** The turn that was finished last. */
  seen: { last?: Seen };
  /** Safe to call twice; also done after the file. */
  close(): Promise<void>;
  /** A further process over the same stores, with a bus of its own. */
  another(): Promise<Pick<BuiltApp, 'url' | 'core' | 'close'>>;
}

export interface AppWish {
  now?: string;
  env?: Record<string, string>;
  log?: Log;
  /** Told of each turn after its effects and before its reply is kept. */
  watch?: (seen: Seen) => void;
  /** The product's own instead of a patient test's. */
  deadlines?: Partial<Deadlines>;
  /** Puts something between the product and its database: given the address, returns another one. */
  through?: (databaseUrl: string) => Promise<string>;
}

/** Monday morning, half past nine, unless `now` says otherwise. Closed after the file. */
export async function buildApp(wish: AppWish = {}): Promise<BuiltApp> {
  const { now = MORNING, env = {} } = wish;
  const dataDir = await mkdtemp(join(tmpdir(), 'jialiban-app-'));
  const config = readConfig({ DATA_DIR: dataDir, SAMPLE_DATA: 'true', LOG_LEVEL: 'warn', ...env });
  const clock = fixedClock(now);
  const neighbours = now === MORNING ? await community() : undefined;
  const database = await databaseOf(wish, neighbours);
  if (neighbours) await writeDemo(join(dataDir, DEMO_FILE), '', neighbours.demo);
  const redis = await freshRedis();
  const log = wish.log ?? createLog({ level: config.logLevel });
  const seen: BuiltApp['seen'] = {};
  const watch = (one: Seen) => {
    seen.last = one;
    wish.watch?.(one);
  };
  const secrets = neighbours?.secrets ?? testSecrets();
  const start = async (instance: string) => {
    const stores = { database, redis: await redis.connect('commands'), subscriber: await redis.connect('subscriber') };
    const core = createCore({ ...stores, secrets, clock, log, instance, watch });
    await prepare(core, config);
    return serve(core, config);
  };
  const first = await start('test');
  const demo = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as Demo;
  return { ...first, demo: { ...demo, baseUrl: first.url }, clock, redis, seen, another: () => start('another') };
}

async function serve(core: Core, config: ReturnType<typeof readConfig>) {
  const voices = openVoices(config, core);
  atEnd(() => voices.close());
  const app = await createApp({
    core,
    config,
    voices,
    ears: await openEars(config, core),
    started: () => true,
    longestDelayMs: 10_000, // browsers and stores share two cores with it here
  });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= app.close().then(() => core.bus.close());
    return closed;
  };
  atEnd(close);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, core, close };
}

async function databaseOf({ deadlines, through }: AppWish, neighbours?: Community): Promise<Database> {
  const database = await freshDatabase({ deadlines, template: neighbours?.template });
  if (!through) return database;
  const reached = await openDatabase({ url: await through(database.url), deadlines });
  atEnd(() => reached.close());
  return reached;
}

/** The process: configuration, stores, migration and seed, then listen; on a signal, close in the order of opening backwards. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { createApp } from './app.ts';
import { systemClock } from './clock.ts';
import { type Config, ConfigProblems, readConfig } from './config.ts';
import { createCore } from './core.ts';
import { openDemoClock } from './demo-clock.ts';
import { openEars } from './ears.ts';
import { startJobs } from './jobs/index.ts';
import { createLog } from './log.ts';
import { watchLauncher } from './parent.ts';
import { DEMO_FILE, prepare } from './prepare.ts';
import { openReceivers } from './receivers.ts';
import { startLines } from './start-lines.ts';
import { createSealer } from './store/audit.ts';
import { migrate, openDatabase } from './store/database.ts';
import { openSecrets, parseKeyRing, type Secrets } from './store/keys.ts';
import { connectRedis, redisReady } from './store/redis.ts';
import { announceDemo } from './store/seed/demo.ts';
import { openVoices } from './voices.ts';

const REDIS_PATIENCE_MS = 15_000;
const CLOSE_MS = 4_000;

/** Said to the operator without a stack. */
class Unprepared extends Error {}

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog({ level: config.logLevel });
  /** What was opened, to be closed in the opposite order. */
  const opened: (() => unknown)[] = [];
  const closing = closeWithGrace({ delay: CLOSE_MS }, async ({ err }) => {
    if (err) log.error({ err }, 'the process ends on an error');
    for (const close of opened.reverse()) await close();
  });
  opened.push(watchLauncher({ launcherPid: config.launcherPid, stop: () => closing.close() }));
  await serve(config, log, opened);
}

async function serve(config: Config, log: ReturnType<typeof createLog>, opened: (() => unknown)[]): Promise<void> {
  await mkdir(config.dataDir, { recursive: true });
  const clock = clockOf(config, opened);
  const secrets = await secretsOf(config);
  const { redis, subscriber } = await openRedis(config, opened);
  const database = await openDatabase(
    config.databaseUrl ? { url: config.databaseUrl } : { dataDir: `${config.dataDir}/database` },
  );
  opened.push(() => database.close());

  await migrate(database);
  const core = createCore({
    database,
    redis,
    subscriber,
    secrets,
    clock,
    log,
    instance: randomUUID(),
    mfa: config.mfa,
    passwordDays: config.passwordDays,
    fieldCipher: config.fieldCipher,
  });
  opened.push(() => core.bus.close());
  await prepare(core, config);

  const key = parseKeyRing(secrets.secretKeys);
  const sealer = createSealer({ database, key, clock, digest: config.digest });
  sealer.start();
  opened.push(() => sealer.stop());
  const receivers = await openReceivers(config);
  opened.push(receivers.close);
  opened.push(startJobs({ ...core, receivers, audit: { key, keptDays: config.auditKeptDays } }));

  const voices = openVoices(config, core);
  opened.push(voices.close);
  const ears = await openEars(config, core);
  let started = false;
  const app = await createApp({ core, config, voices, ears, started: () => started });
  opened.push(() => app.close());
  const listening = await app.listen({ port: config.port, host: config.host });
  const url = config.publicUrl ?? listening;
  const demo = config.sampleData ? await announceDemo(join(config.dataDir, DEMO_FILE), url) : undefined;
  started = true;
  const lines = await startLines({ url, config, core, voices, ears, demo });
  process.stdout.write(lines.join('\n'));
  void voices.warm(core.speech).then((made) => log.debug({ made }, 'sentences were spoken ahead'));
}

function clockOf({ demoClock, dataDir }: Config, opened: (() => unknown)[]) {
  if (!demoClock) return systemClock;
  const clock = openDemoClock({ start: demoClock, dataDir });
  opened.push(clock.close);
  return clock;
}

async function secretsOf({ secrets, dataDir }: Config): Promise<Secrets> {
  const { secretKeys, fieldKeys, indexKey } = secrets;
  if (secretKeys && fieldKeys && indexKey) return { secretKeys, fieldKeys, indexKey };
  const own = await openSecrets(dataDir);
  return {
    secretKeys: secretKeys ?? own.secretKeys,
    fieldKeys: fieldKeys ?? own.fieldKeys,
    indexKey: indexKey ?? own.indexKey,
  };
}

async function openRedis({ redis: target }: Config, opened: (() => unknown)[]) {
  if (!target) throw new Unprepared('No Redis: start with npm start, which brings its own, or set REDIS_URL');
  const redis = connectRedis(target, 'commands');
  const subscriber = connectRedis(target, 'subscriber');
  opened.push(() => {
    redis.disconnect();
    subscriber.disconnect();
  });
  if (!(await redisReady(redis, REDIS_PATIENCE_MS))) throw new Unprepared('Redis does not answer');
  return { redis, subscriber };
}

main().catch((thrown: unknown) => {
  const known = thrown instanceof ConfigProblems || thrown instanceof Unprepared;
  process.stderr.write(known ? `${thrown.message}\n` : `${thrown instanceof Error ? thrown.stack : thrown}\n`);
  process.exit(1);
});

/** The whole application on stores of its own, with the sample community, listening on a free port. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { type Core, createCore } from '../../src/core.ts';
import { createLog } from '../../src/log.ts';
import { prepare } from '../../src/prepare.ts';
import { createEmbeddedVoice } from '../../src/speech/synthesiser/index.ts';
import type { Demo } from '../../src/store/seed/index.ts';
import { createVoices } from '../../src/voices.ts';
import { type FixedClock, fixedClock } from './clock.ts';
import { freshDatabase } from './postgres.ts';
import { freshRedis } from './redis.ts';
import { atEnd } from './releasing.ts';
import { testSecrets } from './secrets.ts';

export interface BuiltApp {
  url: string;
  demo: Demo & { baseUrl: string };
  core: Core;
  clock: FixedClock;
  /** Safe to call twice; also done after the file. */
  close(): Promise<void>;
}

/** Monday morning, half past nine, unless `now` says otherwise. Closed after the file. */
export async function buildApp({
  now = '2026-11-23T09:30',
  env = {},
}: {
  now?: string;
  env?: Record<string, string>;
} = {}): Promise<BuiltApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jialiban-app-'));
  const config = readConfig({ DATA_DIR: dataDir, SAMPLE_DATA: 'true', LOG_LEVEL: 'warn', ...env });
  const clock = fixedClock(now);
  const database = await freshDatabase();
  const { redis, connect } = await freshRedis();
  const log = createLog({ level: config.logLevel });
  const parts = { database, redis, subscriber: await connect('subscriber'), secrets: testSecrets(), clock, log };
  const core = createCore({ ...parts, instance: 'test' });
  await prepare(core, config);
  const app = await createApp({
    core,
    config,
    voices: createVoices(createEmbeddedVoice(), clock),
    started: () => true,
  });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= app.close().then(() => core.bus.close());
    return closed;
  };
  atEnd(close);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const demo = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as Demo;
  return { url, demo: { ...demo, baseUrl: url }, core, clock, close };
}

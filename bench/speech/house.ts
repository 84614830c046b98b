/** The whole product with the stand-in's ears and voice, and when each piece of one answer was done. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createApp } from '../../src/app.ts';
import { clockStartingAt, shanghaiInstant } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { type AzureSpeech, startAzureSpeech } from '../../src/connectors/stand-ins/azure-speech.ts';
import { type Core, createCore } from '../../src/core.ts';
import { openEars } from '../../src/ears.ts';
import { createLog } from '../../src/log.ts';
import { prepare } from '../../src/prepare.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { connectRedis, redisReady } from '../../src/store/redis.ts';
import { announceDemo } from '../../src/store/seed/demo.ts';
import { openVoices, type Voices } from '../../src/voices.ts';
import type { Stores } from '../stores.ts';

/** When the last answer's pieces were done, in milliseconds that only go forward. */
export interface Trace {
  /** The words were here. */
  words: number;
  /** The dialogue had its answer. */
  answered: number;
  /** Its first sound was here. */
  voiced: number;
}

export interface Credentials {
  deviceId: string;
  token: string;
}

export interface House {
  url: string;
  service: AzureSpeech;
  /** Of homes where one person lives: nobody is asked who is speaking. */
  speakers: Credentials[];
  trace: Trace;
  close(): Promise<void>;
}

/** `voiceMs`: what the stand-in's voice takes to its first sound. */
export async function openHouse(stores: Stores, voiceMs: number): Promise<House> {
  const service = await startAzureSpeech();
  service.voiceTakes(voiceMs, 0);
  const dataDir = join(stores.folder, 'speech');
  mkdirSync(dataDir);
  const config = readConfig({
    DATA_DIR: dataDir,
    SAMPLE_DATA: 'true',
    AZURE_SPEECH_KEY: service.key,
    AZURE_SPEECH_HOST_STT: service.url,
    AZURE_SPEECH_HOST_TTS: service.url,
  });
  const { core, closeStores } = await openCore(stores);
  await prepare(core, config);
  const trace: Trace = { words: 0, answered: 0, voiced: 0 };
  const voices = openVoices(config, core);
  const ears = await openEars(config, core);
  const app = await createApp({
    core: tracedTurn(core, trace),
    config,
    voices: tracedVoice(voices, trace),
    ears,
    started: () => true,
    longestDelayMs: 60_000,
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const demo = await announceDemo(join(dataDir, 'demo.json'), url);
  const speakers = demo?.speakers.filter(({ residents }) => residents.length === 1) ?? [];
  const close = async () => {
    await app.close();
    voices.close();
    await closeStores();
    await service.close();
  };
  return { url, service, speakers, trace, close };
}

/** The product's middle over stores of its own, on a Monday morning. */
export async function openCore(stores: Stores) {
  const database = await openDatabase(await stores.freshDatabase());
  const redis = connectRedis({ url: stores.redisUrl }, 'commands');
  const subscriber = connectRedis({ url: stores.redisUrl }, 'subscriber');
  await Promise.all([redisReady(redis), redisReady(subscriber)]);
  await migrate(database);
  const key = () => randomBytes(32).toString('base64');
  const core = createCore({
    database,
    redis,
    subscriber,
    secrets: { secretKeys: `k1:${key()}`, fieldKeys: `k1:${key()}`, indexKey: key() },
    clock: clockStartingAt(shanghaiInstant('2026-11-23', '09:30')),
    log: createLog({ level: 'fatal' }),
    instance: 'bench',
  });
  const closeStores = async () => {
    await core.bus.close();
    redis.disconnect();
    subscriber.disconnect();
    await database.close();
  };
  return { core, closeStores };
}

const tracedTurn = (core: Core, trace: Trace): Core => ({
  ...core,
  turn: async (said) => {
    trace.words = performance.now();
    const reply = await core.turn(said);
    trace.answered = performance.now();
    return reply;
  },
});

const tracedVoice = (voices: Voices, trace: Trace): Voices => ({
  ...voices,
  pathOf: async (spoken, who) => {
    const path = await voices.pathOf(spoken, who);
    trace.voiced = performance.now();
    return path;
  },
});

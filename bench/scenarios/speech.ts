/**
 * From the end of a spoken question to the first sound of the answer, by stage, through the product's own socket, the
 * vendor's SDK and a recogniser and a voice that speak its protocol; and how soon its voice stops when she speaks into it.
 */

import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createApp } from '../../src/app.ts';
import { clockStartingAt, shanghaiInstant } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { type AzureSpeech, startAzureSpeech } from '../../src/connectors/stand-ins/azure-speech.ts';
import { createCore } from '../../src/core.ts';
import { openEars } from '../../src/ears.ts';
import { createLog } from '../../src/log.ts';
import { writeAudio } from '../../src/platforms/speaker/audio.ts';
import type { OutFrame, ReplyFrame } from '../../src/platforms/speaker/protocol.ts';
import { prepare } from '../../src/prepare.ts';
import { createEmbeddedVoice } from '../../src/speech/synthesiser/index.ts';
import { readWav } from '../../src/speech/synthesiser/wav.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { connectRedis, redisReady } from '../../src/store/redis.ts';
import { announceDemo } from '../../src/store/seed/demo.ts';
import { connectSpeaker, type SpeakerClient } from '../../src/tools/speaker-client.ts';
import { openVoices } from '../../src/voices.ts';
import { median, type Result } from '../measure.ts';
import type { Report } from '../report.ts';
import type { Stores } from '../stores.ts';

/** What the stand-in takes by itself, from the end of the sound to the words; and its voice to the first sound. */
const RECOGNISER_MS = 150;
const VOICE_MS = 80;
const QUESTIONS = ['老年证怎么办', '我的证办到哪了', '有什么跟我有关的政策', '帮助', '再说一遍', '窗口几点开门'];
const AEC = { audio: true, mic: true, aec: true, screen: true };
const FRAME_MS = 20;
const FRAME_BYTES = 640;

export async function speech(stores: Stores, quick: boolean): Promise<Report> {
  const { url, service, speakers, close } = await serve(stores);
  try {
    const [amount, interruptions] = quick ? [24, 6] : [150, 30];
    const question = await spoken('老年证怎么办');
    const turns: Stages[] = [];
    for (let n = 0; n < amount; n++) {
      const speaker = speakers[n % speakers.length];
      if (speaker) turns.push(await ask(url, speaker, service, QUESTIONS[n % QUESTIONS.length] ?? '', question));
    }
    const stops: number[] = [];
    for (let n = 0; n < interruptions; n++) {
      const speaker = speakers[n % speakers.length];
      if (speaker) stops.push(await interrupt(url, speaker, service));
    }
    return report(turns, stops);
  } finally {
    await close();
  }
}

interface Stages {
  /** `audio.stop` to the reply, less the recogniser's own time. */
  reply: number;
  /** The reply to the first sound of its address. */
  voice: number;
  whole: number;
}

interface Credentials {
  deviceId: string;
  token: string;
}

async function ask(
  url: string,
  speaker: Credentials,
  service: AzureSpeech,
  text: string,
  sound: Buffer,
): Promise<Stages> {
  const client = connectSpeaker({
    url: `${url.replace('http', 'ws')}/speaker`,
    credentials: speaker,
    reconnectWithin: 0,
    caps: AEC,
  });
  await client.ready;
  service.next({ text, interim: [text], takesMs: RECOGNISER_MS });
  const id = randomUUID();
  client.tell({ type: 'audio.start', id, format: 'pcm16' });
  await say(client, sound);
  const stopped = performance.now();
  const reply = (await client.ask({ type: 'audio.stop', id })) as ReplyFrame;
  const replied = performance.now();
  await firstSound(`${url}${reply.audioUrl ?? '/none'}`);
  const heard = performance.now();
  client.close();
  return { reply: replied - stopped - RECOGNISER_MS, voice: heard - replied, whole: heard - stopped - RECOGNISER_MS };
}

async function firstSound(address: string): Promise<void> {
  const { ok, body } = await fetch(address, { signal: AbortSignal.timeout(5000) });
  if (!ok || !body) throw new Error('the answer has no sound');
  const reader = body.getReader();
  for (let bytes = 0; bytes <= 44; ) bytes += (await reader.read()).value?.length ?? 45;
  await reader.cancel();
}

/** Milliseconds from her first sound to the frame that stops the voice. */
async function interrupt(url: string, speaker: Credentials, service: AzureSpeech): Promise<number> {
  let hushed: (at: number) => void = () => undefined;
  const stopped = new Promise<number>((resolve) => {
    hushed = resolve;
  });
  const heard = (frame: OutFrame) => void (frame.type === 'hush' && hushed(performance.now()));
  const client = connectSpeaker({
    url: `${url.replace('http', 'ws')}/speaker`,
    credentials: speaker,
    reconnectWithin: 0,
    caps: AEC,
    heard,
  });
  await client.ready;
  await client.say('老年证怎么办');
  service.next({ text: '等一下' });
  client.tell({ type: 'audio.start', id: randomUUID(), format: 'pcm16', endpoint: true });
  await say(client, Buffer.alloc(FRAME_BYTES * 20));
  const began = performance.now();
  void say(client, await spoken('等一下我拿眼镜'));
  const at = await stopped;
  client.close();
  return at - began;
}

/** In real time, as a microphone would. */
async function say(client: SpeakerClient, sound: Buffer): Promise<void> {
  const begun = performance.now();
  for (let n = 0; (n + 1) * FRAME_BYTES <= sound.length; n++) {
    const frame = sound.subarray(n * FRAME_BYTES, (n + 1) * FRAME_BYTES);
    client.sound(writeAudio({ kind: 'mic', codec: 'pcm16', seq: n, ms: n * FRAME_MS, sound: frame }));
    const early = begun + (n + 1) * FRAME_MS - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  }
}

const voice = createEmbeddedVoice();
const made = new Map<string, Buffer>();

/** A sentence by espeak-ng at 16 kHz; without the program a buzz of the same kind. Its first sample is her first sound. */
async function spoken(text: string): Promise<Buffer> {
  const known = made.get(text);
  if (known) return known;
  const sound = readWav((await voice.speak({ text }, { locale: 'zh-CN', pace: 190 }))?.wav ?? Buffer.alloc(0));
  const samples = sound
    ? loudFrom(sound.samples)
    : Int16Array.from({ length: 22_050 }, (_, n) => ((n % 147) - 73) * 120);
  const pcm = Buffer.alloc(Math.floor((samples.length * 16_000) / 22_050) * 2);
  for (let n = 0; n < pcm.length / 2; n++)
    pcm.writeInt16LE(Math.round((samples[Math.floor(n * 1.378)] ?? 0) / 2), n * 2);
  made.set(text, pcm);
  return pcm;
}

const loudFrom = (samples: Int16Array) =>
  samples.subarray(
    Math.max(
      0,
      samples.findIndex((one) => Math.abs(one) > 500),
    ),
  );

function report(turns: Stages[], stops: number[]): Report {
  const stage = (name: string, blocks: number[]): Result => ({
    name,
    median: median(blocks),
    least: Math.min(...blocks),
    most: Math.max(...blocks),
    ratio: median(blocks) / median(turns.map(({ whole }) => whole)),
    blocks,
  });
  const wholes = turns.map(({ whole }) => whole);
  return {
    scenario: 'speech',
    unit: "ms beyond the recogniser's own time",
    results: [
      stage('question end → first sound of the answer', wholes),
      stage(
        '  words, dialogue, reply frame',
        turns.map((one) => one.reply),
      ),
      stage(
        '  reply frame → first sound',
        turns.map((one) => one.voice),
      ),
      stage('speaking into it → its voice is told to stop', stops),
    ],
    notes: [
      `${turns.length} questions: p95 ${percentile(wholes, 95)} ms (promised: under 700)`,
      `${stops.length} interruptions: p95 ${percentile(stops, 95)} ms (promised: within 250)`,
      `the stand-in takes ${RECOGNISER_MS} ms from the end of the sound to the words (left out), its voice ${VOICE_MS} ms to the first sound (counted)`,
    ],
  };
}

const percentile = (figures: number[], share: number): number =>
  Math.round(
    [...figures].sort((a, b) => a - b)[Math.min(figures.length - 1, Math.floor((figures.length * share) / 100))] ?? 0,
  );

async function serve(stores: Stores) {
  const service = await startAzureSpeech();
  service.voiceTakes(VOICE_MS, 0);
  const key = () => randomBytes(32).toString('base64');
  const dataDir = join(stores.folder, 'speech');
  mkdirSync(dataDir);
  const config = readConfig({
    DATA_DIR: dataDir,
    SAMPLE_DATA: 'true',
    AZURE_SPEECH_KEY: service.key,
    AZURE_SPEECH_HOST_STT: service.url,
    AZURE_SPEECH_HOST_TTS: service.url,
  });
  const database = await openDatabase(await stores.freshDatabase());
  const redis = connectRedis({ url: stores.redisUrl }, 'commands');
  const subscriber = connectRedis({ url: stores.redisUrl }, 'subscriber');
  await Promise.all([redisReady(redis), redisReady(subscriber)]);
  await migrate(database);
  const core = createCore({
    database,
    redis,
    subscriber,
    secrets: { secretKeys: `k1:${key()}`, fieldKeys: `k1:${key()}`, indexKey: key() },
    clock: clockStartingAt(shanghaiInstant('2026-11-23', '09:30')),
    log: createLog({ level: 'fatal' }),
    instance: 'bench',
  });
  await prepare(core, config);
  const voices = openVoices(config, core);
  const app = await createApp({
    core,
    config,
    voices,
    ears: await openEars(config, core),
    started: () => true,
    longestDelayMs: 60_000,
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const { speakers } = await announceDemo(join(dataDir, 'demo.json'), url).then((demo) => demo ?? { speakers: [] });
  const close = async () => {
    await app.close();
    voices.close();
    await core.bus.close();
    redis.disconnect();
    subscriber.disconnect();
    await database.close();
    await service.close();
  };
  return { url, service, speakers: speakers.filter(({ residents }) => residents.length === 1), close };
}

/** An answer of one instance, fetched from another: real Redis between them, real requests. */
import { setTimeout as pause } from 'node:timers/promises';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { createAudioStore } from '../../src/speech/audio-store.ts';
import { createSoundsElsewhere } from '../../src/speech/sounds-elsewhere.ts';
import { writeWav } from '../../src/speech/synthesiser/wav.ts';
import { createBus } from '../../src/store/bus.ts';
import { atEnd, freshRedis } from '../support/stores.ts';

const RATE = 16_000;
const tone = (ms: number) => Int16Array.from({ length: (RATE * ms) / 1000 }, (_, n) => (n % 50) * 300 - 7000);

async function twoInstances() {
  const redis = await freshRedis();
  const start = async (instance: string) => {
    const bus = createBus({ redis: redis.redis, subscriber: await redis.connect('subscriber'), instance });
    const others = createSoundsElsewhere({ bus, instance, open: (name) => store.open(name) });
    const store = createAudioStore({ elsewhere: others.find });
    const app = Fastify();
    await app.register(store.routes);
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    await bus.ready();
    atEnd(async () => {
      others.close();
      await app.close();
      await bus.close();
    });
    return { store, url };
  };
  return [await start('one'), await start('other')] as const;
}

const fetched = async (url: string, path: string) => {
  const response = await fetch(url + path, { signal: AbortSignal.timeout(10_000) });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    sound: Buffer.from(await response.arrayBuffer()),
  };
};

it('is heard whole at either instance', async () => {
  const [one, other] = await twoInstances();
  const wav = writeWav({ rate: RATE, samples: tone(4000) });
  const path = one.store.keep(wav);
  const far = await fetched(other.url, path);
  expect(far).toMatchObject({ status: 200, type: 'audio/wav' });
  expect(far.sound.equals(wav)).toBe(true);
  expect((await fetched(one.url, path)).sound.equals(wav)).toBe(true);
  expect(other.store.held).toBe(0);
});

it('is heard as it is made, from its first sound on', async () => {
  const [one, other] = await twoInstances();
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  async function* chunks() {
    yield Buffer.alloc(3200, 1);
    await held;
    yield Buffer.alloc(3200, 2);
  }
  const path = one.store.keepStream({ rate: RATE, chunks: chunks(), stop: () => undefined });
  const response = await fetch(other.url + path, { signal: AbortSignal.timeout(10_000) });
  const reader = response.body?.getReader();
  let begun = Buffer.alloc(0);
  while (begun.length < 44 + 3200) begun = Buffer.concat([begun, (await reader?.read())?.value ?? Buffer.alloc(0)]);
  expect(begun.subarray(44).every((byte) => byte === 1)).toBe(true);
  goOn();
  let rest = 0;
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) rest += read.value.length;
  expect(rest).toBe(3200);
});

it('that nobody has is none, also when many are asked for', async () => {
  const [one, other] = await twoInstances();
  const unknown = Array.from({ length: 60 }, (_, n) => `/audio/${n.toString(16).padStart(32, '0')}`);
  const answers = await Promise.all(unknown.map((path) => fetched(other.url, path)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  await pause(10);
  const path = one.store.keep(writeWav({ rate: RATE, samples: tone(100) }));
  expect((await fetched(other.url, path)).status).toBe(200);
});

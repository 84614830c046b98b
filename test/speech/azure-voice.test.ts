/** Azure's voice: the vendor's SDK against a service that speaks its protocol, heard over HTTP as a speaker would. */
import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { startAzureSpeech } from '../../src/connectors/stand-ins/azure-speech.ts';
import { createAudioStore } from '../../src/speech/audio-store.ts';
import { createSpeech } from '../../src/speech/index.ts';
import { createAzureSynthesiser, createAzureVoice, type SharedSounds } from '../../src/speech/synthesiser/index.ts';
import { piecesOf } from '../../src/speech/synthesiser/markup-pieces.ts';
import { readWav } from '../../src/speech/synthesiser/wav.ts';
import { createSounds } from '../../src/store/sounds.ts';
import { openVoices } from '../../src/voices.ts';
import { atEnd, fixedClock, freshRedis } from '../support/stores.ts';

const speech = createSpeech({ matters: ['老年优待证', '残疾人两项补贴', '重度残疾人护理补贴'] });
const HER = { locale: 'zh-CN', pace: 190 } as const;
const rendered = (phrase: string) => speech.render([{ phrase }], HER, 'azure');
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function stage(
  options: { deadlineMs?: number; shared?: SharedSounds; isFixed?: (text: string) => boolean } = {},
) {
  const service = await startAzureSpeech();
  const { deadlineMs, ...more } = options;
  const voice = createAzureVoice({ host: service.url, key: service.key, deadlineMs });
  closing.push(() => voice.close(), service.close);
  const synthesiser = createAzureSynthesiser({ voice, where: 'here', ...more });
  return { service, synthesiser };
}

const SAID = rendered('conversation.socket_no_recogniser');

describe('an answer', () => {
  it('becomes sound, sentence by sentence, with the pauses between them', async () => {
    const { service, synthesiser } = await stage();
    const sound = readWav((await synthesiser.speak(SAID, HER))?.wav ?? Buffer.alloc(44));
    expect(service.spoken()).toHaveLength(piecesOf(SAID.markup ?? '').length);
    expect(service.spoken()[0]).toMatch(/^<speak .*XiaoxiaoNeural.*rate="-24%".*<\/speak>$/);
    const characters = piecesOf(SAID.markup ?? '').reduce((sum, { text }) => sum + text.length, 0);
    const pauses = piecesOf(SAID.markup ?? '').reduce((sum, { pauseMs }) => sum + pauseMs, 0);
    expect(sound?.rate).toBe(16_000);
    expect((sound?.samples.length ?? 0) / 16).toBeCloseTo(characters * 250 + pauses, -1);
  });

  it('is heard long before it is whole', async () => {
    const { service, synthesiser } = await stage();
    service.voiceTakes(50, 100);
    const store = createAudioStore();
    const app = Fastify();
    await app.register(store.routes);
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    closing.push(() => app.close());
    const coming = await synthesiser.stream?.(SAID, HER);
    const path = coming && store.keepStream(coming);
    expect(store.get(path?.split('/').at(-1) ?? '')).toBeUndefined();
    const response = await fetch(`${url}${path}`);
    expect(response.headers.get('content-type')).toBe('audio/wav');
    const heard = Buffer.from(await response.arrayBuffer());
    expect(heard.readUInt32LE(40)).toBeGreaterThan(heard.length);
    const whole = Buffer.from(await (await fetch(`${url}${path}`)).arrayBuffer());
    expect(whole.readUInt32LE(40)).toBe(whole.length - 44);
    expect(heard.subarray(44).equals(whole.subarray(44))).toBe(true);
  });

  it('is made once: a sentence that was said is known in every later answer', async () => {
    const { service, synthesiser } = await stage();
    await synthesiser.speak(SAID, HER);
    const asked = service.spoken().length;
    await synthesiser.speak(SAID, HER);
    expect(service.spoken()).toHaveLength(asked);
    await synthesiser.speak(
      speech.render([{ phrase: 'conversation.socket_no_recogniser' }], { ...HER, pace: 160 }, 'azure'),
      HER,
    );
    expect(service.spoken().length).toBeGreaterThan(asked);
  });

  it('that fails is no sound, and a service that is down is left alone', async () => {
    const { service, synthesiser } = await stage({ deadlineMs: 300 });
    service.voiceFails('never', 'drops', 'never', 'never', 'never', 'never');
    for (let n = 0; n < 3; n++) expect(await synthesiser.speak(SAID, HER)).toBeUndefined();
    expect((await synthesiser.status()).live).toBe(false);
    const asked = service.spoken().length;
    expect(await synthesiser.speak(SAID, HER)).toBeUndefined();
    expect(service.spoken()).toHaveLength(asked);
  });
});

describe('what is shared by the instances', () => {
  it('are sentences that everybody hears, never what was said to one', async () => {
    const { redis } = await freshRedis();
    const shared = createSounds({ redis });
    const fixed = piecesOf(SAID.markup ?? '')[0]?.text ?? '';
    const isFixed = (text: string) => text === fixed;
    const one = await stage({ shared, isFixed });
    await one.synthesiser.speak(SAID, HER);
    await expect.poll(() => redis.keys('{voice}:*')).toHaveLength(2); // one sentence, and the list of the recent
    const other = await stage({ shared, isFixed });
    const sound = await other.synthesiser.speak(SAID, HER);
    expect(sound).toBeDefined();
    expect(other.service.spoken()).toHaveLength(one.service.spoken().length - 1);
    expect(other.service.spoken().join()).not.toContain(fixed);
  });

  it('are bounded: the longest unused leaves', async () => {
    const { redis } = await freshRedis();
    const sounds = createSounds({ redis, most: 3 });
    for (let n = 0; n < 6; n++) {
      await sounds.put(`sentence ${n}`, Buffer.alloc(100, n));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(await sounds.get('sentence 0')).toBeUndefined();
    expect((await sounds.get('sentence 5'))?.[0]).toBe(5);
    expect(await redis.keys('{voice}:*')).toHaveLength(4);
  });
});

describe('the voices of the house', () => {
  it('fall back to the embedded one, and warm what is said most', async () => {
    const service = await startAzureSpeech();
    closing.push(service.close);
    const azure = { key: service.key, region: undefined, hostStt: undefined, hostTts: service.url };
    const sounds = { get: async () => undefined, put: async () => undefined };
    const voices = openVoices({ azure }, { clock: fixedClock('2026-11-23T09:30'), speech, sounds });
    atEnd(() => voices.close());
    expect(voices).toMatchObject({ profile: 'azure', medium: 'azure' });
    expect(await voices.warm(speech)).toBeGreaterThan(50);
    const warmed = service.spoken().length;
    const often = rendered('conversation.notHeardOpen');
    const path = await voices.pathOf({ ...often, pace: 190 }, { locale: 'zh-CN' });
    expect(path).toMatch(/^\/audio\/[0-9a-f]{32}$/);
    expect(service.spoken()).toHaveLength(warmed);
    expect(
      await voices.pathOf({ text: '我没听清。您再说一遍？', pace: 190 }, { locale: 'zh-CN', voice: 'man' }),
    ).toBeDefined();
    expect(service.spoken().at(-1)).toMatch(/YunyangNeural.*您再说一遍/);
    await service.close();
    const otherwise = await voices.pathOf(
      { text: '您说一遍。', markup: '<speak>您说一遍。</speak>', pace: 190 },
      { locale: 'zh-CN' },
    );
    expect(otherwise === undefined || otherwise.startsWith('/audio/')).toBe(true);
  });
});

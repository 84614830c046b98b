/** The vendor's own SDK against a service that speaks its protocol. */
import dns from 'node:dns';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AzureSpeech, startAzureSpeech } from '../../../src/connectors/stand-ins/azure-speech.ts';
import { Refusal } from '../../../src/errors.ts';
import { createAzureRecogniser } from '../../../src/speech/hearing/azure.ts';
import type { Opening, Recogniser } from '../../../src/speech/hearing/hearing.ts';
import { createAzureVoice } from '../../../src/speech/synthesiser/index.ts';

const service: AzureSpeech = await startAzureSpeech('right');
afterAll(() => service.close());

const OPENING: Opening = { locale: 'zh-CN', hints: [], patienceMs: 1500 };
const recogniserAt = (key = 'right', deadlineMs = 5000) =>
  createAzureRecogniser({ host: service.url, key, deadlineMs });

/** `seconds` of a tone in frames of 20 ms, as fast as they come. */
function speak(recogniser: Recogniser, opening: Partial<Opening> = {}, seconds = 1) {
  const stream = recogniser.open({ ...OPENING, ...opening });
  for (let n = 0; n < seconds * 50; n++) stream.write(Buffer.alloc(640, n % 100));
  return stream;
}

const refused = (thrown: unknown) => (thrown instanceof Refusal ? thrown.refusal : `${thrown}`);

describe('the recogniser', () => {
  let recogniser: Recogniser;
  beforeEach(() => {
    recogniser = recogniserAt();
  });

  it('tells what it hears while she speaks, and the words at the end', async () => {
    service.next({ interim: ['我想', '我想查老年证'], text: '我想查老年证' });
    const partial: string[] = [];
    const text = await speak(recogniser, { partial: (one) => partial.push(one) }).finish();
    expect(text).toBe('我想查老年证');
    expect(partial.slice(0, 2)).toEqual(['我想', '我想查老年证']);
    expect(service.heard().at(-1)).toBeGreaterThanOrEqual(32_000);
  });

  it('gives the likely words and the language along', async () => {
    service.next({ text: 'senior card' });
    const text = await speak(recogniser, { locale: 'en-US', hints: ['老年优待证', '东片邻里中心'] }).finish();
    expect(text).toBe('senior card');
    expect(service.hints()).toEqual(['老年优待证', '东片邻里中心']);
    expect(service.language()).toBe('en-US');
  });

  it('answers nothing where nothing was understood, and where there was no sound', async () => {
    service.next({});
    expect(await speak(recogniser).finish()).toBe('');
    service.next({});
    expect(await recogniser.open(OPENING).finish()).toBe('');
  });

  it('says that it cannot be reached: a wrong key, nobody there', async () => {
    await expect(speak(recogniserAt('wrong')).finish()).rejects.toSatisfy(
      (e) => refused(e) === 'RecogniserUnavailable',
    );
    const nobody = createAzureRecogniser({ host: 'ws://127.0.0.1:9', key: 'x' });
    await expect(speak(nobody).finish()).rejects.toSatisfy((e) => refused(e) === 'RecogniserUnavailable');
  });

  it('tells a full house from a dead one', async () => {
    service.door('full');
    await expect(speak(recogniser).finish()).rejects.toSatisfy((e) => refused(e) === 'RecogniserBusy');
    service.door('open');
  });

  it('waits for slow words, and not for ever', async () => {
    service.next({ text: '慢慢来', takesMs: 400 });
    expect(await speak(recogniser).finish()).toBe('慢慢来');
    service.next({ text: '永远', fault: 'never' });
    await expect(speak(recogniserAt('right', 500)).finish()).rejects.toSatisfy(
      (e) => refused(e) === 'RecogniserUnavailable',
    );
  });

  it('goes on after the line was cut in the middle, and hears nothing twice', async () => {
    service.next({ fault: 'drops', text: '我想约后天上午', interim: ['我想', '约后天'] });
    const stream = recogniser.open(OPENING);
    for (let n = 0; n < 60; n++) {
      stream.write(Buffer.alloc(640, n));
      await pass(20); // as a microphone would: what was not answered is sent again from the SDK's own memory
    }
    expect(await stream.finish()).toBe('我想约后天上午');
  });

  it.each([
    ['eastasia', 'eastasia.stt.speech.microsoft.com', 'eastasia.tts.speech.microsoft.com'],
    ['chinaeast2', 'chinaeast2.stt.speech.azure.cn', 'chinaeast2.tts.speech.azure.cn'],
  ])('goes to the cloud of its region: %s', async (region, hears, speaks) => {
    const asked = new Set<string>();
    const nowhere = ((host: string, _options: unknown, done: (error: Error) => void) => {
      asked.add(host);
      done(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }));
    }) as typeof dns.lookup;
    const watched = vi.spyOn(dns, 'lookup').mockImplementation(nowhere);
    try {
      const gone = speak(createAzureRecogniser({ key: 'k', region, deadlineMs: 3000 })).finish();
      await expect(gone).rejects.toSatisfy((e) => refused(e) === 'RecogniserUnavailable');
      const voice = createAzureVoice({ key: 'k', region, deadlineMs: 3000 });
      await expect(voice.say('<speak/>').next()).rejects.toThrow();
      voice.close();
      expect([...asked].toSorted()).toEqual([hears, speaks]);
    } finally {
      watched.mockRestore();
    }
  });

  it('may be left at any moment', async () => {
    service.next({ text: '不要了' });
    const stream = speak(recogniser);
    stream.abort();
    stream.abort();
    stream.write(Buffer.alloc(640));
    await pass(100);
    service.next({ text: '下一句' }, { text: '下一句' });
    expect(await speak(recogniser).finish()).toBeTruthy();
  });
});

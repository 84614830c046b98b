/** Captions of a call, Opus, a model of one's own: what is said on two legs, through the vendor's SDK. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startAzureSpeech } from '../../../src/connectors/stand-ins/azure-speech.ts';
import { createAzureRecogniser } from '../../../src/speech/hearing/azure.ts';
import { createCaptions } from '../../../src/speech/hearing/captions.ts';
import type { Recogniser, RecognitionStream } from '../../../src/speech/hearing/hearing.ts';
import {
  createListening,
  createVoiceActivity,
  loadHearingWords,
  openHearing,
} from '../../../src/speech/hearing/index.ts';
import { createSherpaRecogniser, type SherpaPackage } from '../../../src/speech/hearing/sherpa.ts';
import { canSpeak, frames, joined, pcm, said, silence } from '../../support/sounds.ts';

const service = await startAzureSpeech();
afterAll(() => service.close());
const live = await canSpeak();
const parts = {
  recogniser: createAzureRecogniser({ host: service.url, key: service.key }),
  activity: await createVoiceActivity(),
  words: loadHearingWords(),
};

describe.runIf(live)('captions of a call', () => {
  it('tell who says what, while it is said and when it is finished, and nothing of silence', async () => {
    const told: { leg: string; utterance: number; text: string; final: boolean }[] = [];
    const captions = createCaptions({ ...parts, hints: ['老年优待证'] }).open({
      legs: [
        { leg: 'resident', locale: 'zh-CN' },
        { leg: 'clerk', locale: 'zh-CN' },
      ],
      hints: ['王师傅'],
      caption: (one) => told.push(one),
    });
    const say = async (leg: string, text: string) => {
      service.next({ text, interim: [text.slice(0, 2)] });
      for (const frame of frames(joined(silence(200), await said(text)))) captions.write(leg, pcm(frame));
      await expect.poll(() => told.at(-1)).toMatchObject({ leg, text: text.slice(0, 2), final: false });
      for (const frame of frames(silence(1500))) captions.write(leg, pcm(frame));
      await expect.poll(() => told.filter(({ final }) => final).map((one) => one.text)).toContain(text);
    };
    for (const frame of frames(silence(3000))) captions.write('clerk', pcm(frame));
    await say('resident', '我想问老年证');
    await say('clerk', '您带上身份证来');
    await say('resident', '好我记住了');
    captions.write('stranger', pcm(await said('听不见')));
    await captions.close();
    expect(told.filter(({ final }) => final).map(({ leg, utterance, text }) => [leg, utterance, text])).toEqual([
      ['resident', 1, '我想问老年证'],
      ['clerk', 1, '您带上身份证来'],
      ['resident', 2, '好我记住了'],
    ]);
    expect(told.find(({ final }) => !final)).toMatchObject({ leg: 'resident', text: '我想' });
    expect(service.hints()).toEqual(['老年优待证', '王师傅']);
  });

  it('say once that nobody can hear, and let the call go on', async () => {
    const failed: string[] = [];
    const captions = createCaptions(parts).open({
      legs: [{ leg: 'resident', locale: 'zh-CN' }],
      caption: () => undefined,
      failed: (leg) => failed.push(leg),
    });
    service.door('shut');
    const sentence = pcm(joined(await said('我想问老年证'), silence(1000)));
    captions.write('resident', sentence);
    await expect.poll(() => failed, { timeout: 10_000 }).toEqual(['resident']);
    captions.write('resident', sentence);
    await captions.close();
    expect(failed).toEqual(['resident']);
    service.door('open');
  });
});

describe('sound in Opus', () => {
  it('is heard like any other: packets as a browser encodes them', async () => {
    const file = readFileSync(join(import.meta.dirname, 'samples', 'sentence.opus-packets'));
    service.next({ text: '我想约个时间去拿老年证' });
    const listening = createListening(parts, { locale: 'zh-CN', codec: 'opus', hints: [], endpoint: false });
    const before = service.heard().length;
    let packets = 0;
    for (let at = 0; at < file.length; at += 2 + file.readUInt16BE(at)) {
      listening.write(file.subarray(at + 2, at + 2 + file.readUInt16BE(at)));
      packets += 1;
    }
    listening.write(Buffer.from([1, 2, 3])); // damaged on the way: left out
    const heard = await listening.finish();
    expect(heard.text).toBe('我想约个时间去拿老年证');
    expect(heard.rate).toBeGreaterThan(100);
    expect(service.heard()[before]).toBeGreaterThan((packets - 5) * 640);
  });
});

describe('a model of one’s own', () => {
  const folder = (...files: string[]) => {
    const made = mkdtempSync(join(tmpdir(), 'jialiban-model-'));
    for (const file of files) writeFileSync(join(made, file), '');
    return made;
  };

  it('that is not there is said in words for the operator, and typed text stands in', async () => {
    const model = ['tokens.txt', 'encoder.onnx', 'decoder.onnx', 'joiner.onnx'];
    for (const [modelDir, missing] of [
      [join(tmpdir(), 'nowhere-at-all'), 'cannot be read'],
      [folder(), 'no tokens.txt'],
      [folder('tokens.txt'), 'no encoder and decoder'],
      [folder(...model), 'sherpa-onnx-node is not installed'],
    ] as const) {
      const hearing = await openHearing({ sherpa: { modelDir } });
      expect(hearing.profile).toBe('none');
      expect(hearing.detail).toContain(missing);
    }
  });

  it('is not ended by a model that is damaged: another process opens it first', async () => {
    const from = folder();
    const home = join(from, 'node_modules', 'sherpa-onnx-node');
    mkdirSync(home, { recursive: true });
    const opens = (body: string) =>
      writeFileSync(join(home, 'index.js'), `exports.OnlineRecognizer = class { constructor(config) { ${body} } };`);
    const sherpa = { modelDir: folder('tokens.txt', 'encoder-99.onnx', 'decoder-99.onnx', 'joiner-99.onnx'), from };
    opens('process.abort();');
    expect(await openHearing({ sherpa })).toMatchObject({
      profile: 'none',
      detail: expect.stringContaining('cannot be opened'),
    });
    opens('if (!config.modelConfig.transducer) process.abort();');
    expect(await openHearing({ sherpa })).toMatchObject({ profile: 'sherpa', detail: 'sherpa-onnx, transducer' });
  });

  it('hears in frames, tells what it has so far, and prefers the small form of the model', async () => {
    const seen: { config?: object; seconds: number } = { seconds: 0 };
    const load = async (): Promise<SherpaPackage> => sherpaPackage(seen);
    const dir = folder('tokens.txt', 'encoder-99.onnx', 'encoder-99.int8.onnx', 'decoder-99.onnx', 'joiner-99.onnx');
    const recogniser: Recogniser = await createSherpaRecogniser({ modelDir: dir, load });
    expect(JSON.stringify(seen.config)).toContain('encoder-99.int8.onnx');
    const partial: string[] = [];
    const opening = {
      locale: 'zh-CN',
      hints: [],
      patienceMs: 1500,
      partial: (text: string) => partial.push(text),
    } as const;
    const stream: RecognitionStream = recogniser.open(opening);
    for (let n = 0; n < 100; n++) stream.write(Buffer.alloc(640));
    expect(partial).toEqual(['一秒', '两秒']);
    expect(await stream.finish()).toBe('两秒');
    expect(seen.seconds).toBeCloseTo(2.4);
  });
});

/** The package's own shape, for a machine without it: counts the seconds it was given. */
function sherpaPackage(seen: { config?: object; seconds: number }): SherpaPackage {
  return {
    OnlineRecognizer: class {
      constructor(config: object) {
        seen.config = config;
      }
      createStream() {
        return {
          acceptWaveform: ({ sampleRate, samples }: { sampleRate: number; samples: Float32Array }) => {
            seen.seconds += samples.length / sampleRate;
          },
          inputFinished: () => undefined,
        };
      }
      isReady() {
        return false;
      }
      decode() {}
      getResult() {
        return { text: ['', '一秒', '两秒'][Math.floor(seen.seconds + 1e-6)] ?? '' };
      }
    },
  };
}

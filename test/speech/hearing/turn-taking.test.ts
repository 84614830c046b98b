/** When she begins and when she has finished: sentences with pauses and noise through the detector and the end-of-speech rule. */
import { describe, expect, it } from 'vitest';
import { createEndpointer, type EndpointWish, type Mark } from '../../../src/speech/hearing/endpoint.ts';
import { loadHearingWords } from '../../../src/speech/hearing/hearing-words.ts';
import { createVoiceActivity } from '../../../src/speech/hearing/voice-activity.ts';
import { canSpeak, frames, inNoise, joined, said, scaled, silence } from '../../support/sounds.ts';

const activity = await createVoiceActivity();
const live = await canSpeak();
if (!live) console.warn('espeak-ng is not here: nothing is said, so nothing is heard');

/** What was told and when, in milliseconds. */
function marks(samples: Int16Array, wish: Partial<EndpointWish> = {}, over = 1): { mark: Mark; at: number }[] {
  const detector = activity.open();
  const endpoint = createEndpointer({ patienceMs: 1500, ...wish });
  const told: { mark: Mark; at: number }[] = [];
  let at = 0;
  for (const frame of frames(samples)) {
    at += 20;
    const mark = endpoint.take(detector.judge(frame, over));
    if (mark) told.push({ mark, at });
    if (mark === 'pause' || mark === 'nothing' || mark === 'longest') break;
  }
  detector.free();
  return told;
}
const names = (told: { mark: Mark }[]) => told.map(({ mark }) => mark);

describe.runIf(live)('the end of her speech', () => {
  for (const noise of [0, 100, 300]) {
    it(`is found after a second and a half of silence, in noise of ${noise}`, async () => {
      const sentence = await said('我想约个时间去拿老年证');
      const told = marks(inNoise(joined(silence(1000), sentence, silence(3000)), noise));
      expect(names(told)).toEqual(['sound', 'speech', 'pause']);
      const over = 1000 + (sentence.length / 16_000) * 1000;
      expect(Math.abs((told[2]?.at ?? 0) - over - 1500)).toBeLessThan(250);
    });
  }

  it('is not taken from a pause for thought, and comes later for whom it may', async () => {
    const halves = joined(await said('我想约'), silence(1100), await said('后天上午'), silence(4000));
    expect(names(marks(joined(silence(500), halves)))).toEqual(['sound', 'speech', 'pause']);
    const long = joined(silence(500), await said('我想约'), silence(2000), await said('后天上午'), silence(4000));
    const lengthOf = (patienceMs: number) => marks(long, { patienceMs }).at(-1)?.at ?? 0;
    expect(lengthOf(1500)).toBeLessThan(4500);
    expect(lengthOf(2500)).toBeGreaterThan(lengthOf(1500) + 2000);
  });

  it('hears a single word, and an old soft voice', async () => {
    for (const word of ['对', '好', '不是', '第二个']) {
      expect(names(marks(joined(silence(600), await said(word), silence(2500))))).toContain('speech');
    }
    const soft = scaled(await said('我的证办到哪了'), 0.06);
    expect(names(marks(inNoise(joined(silence(600), soft, silence(2500)), 20))).at(-1)).toBe('pause');
  });

  it('never comes of noise alone: hiss, hum of a fan, a knock', () => {
    const hiss = inNoise(silence(12_000), 2000);
    expect(names(marks(hiss))).toEqual(['nothing']);
    const fan = silence(12_000).map((_, n) => Math.round(1500 * Math.sin((2 * Math.PI * 120 * n) / 16_000)));
    expect(names(marks(fan)).at(-1)).toBe('nothing');
    expect(names(marks(fan))).not.toContain('speech');
    const knock = silence(12_000).map((_, n) => (n > 16_000 && n < 16_400 ? (n % 2 ? 20_000 : -20_000) : 0));
    expect(names(marks(knock)).at(-1)).toBe('nothing');
    expect(names(marks(knock))).not.toContain('speech');
  });
});

describe.runIf(live)('speaking into our words', () => {
  it('is noticed within a quarter of a second', async () => {
    // The last three begin without a voice: a word's own breath counts.
    for (const words of ['等一下', '不是这个', '我要找人', '别说了', '停', '算了', '听不清']) {
      const sound = await said(words);
      const audible = sound.subarray(sound.findIndex((sample) => Math.abs(sample) > 330));
      const told = marks(joined(silence(1000), audible, silence(600)), {}, 2.5);
      const began = told.find(({ mark }) => mark === 'speech')?.at ?? 9999;
      expect(began - 1000, words).toBeLessThanOrEqual(220);
    }
  });

  it('is not what a hum is', async () => {
    for (const hum of ['嗯', '嗯嗯']) {
      const told = marks(joined(silence(1000), await said(hum), silence(3000)), {}, 2.5);
      expect(names(told), hum).not.toContain('speech');
    }
  });
});

describe('words that tell of a turn', () => {
  const words = loadHearingWords();
  it('know a sign of listening from an answer', () => {
    for (const text of ['嗯嗯', '哦。', '嗯，嗯']) expect(words.isBackchannel(text, 'zh-CN', true), text).toBe(true);
    expect(words.isBackchannel('对。', 'zh-CN', false)).toBe(true);
    expect(words.isBackchannel('对。', 'zh-CN', true)).toBe(false);
    expect(words.isBackchannel('不对', 'zh-CN', false)).toBe(false);
    expect(words.isBackchannel('uh-huh', 'en-US', true)).toBe(true);
  });
  it('know a sentence that is still looking for its word', () => {
    for (const text of ['我想问那个', '我要办那个，就是', '我想约']) {
      expect(words.isSearching(text, 'zh-CN'), text).toBe(text !== '我想约');
    }
    expect(words.isSearching('I want to', 'en-US')).toBe(true);
    expect(words.isSearching('a veranda', 'en-US')).toBe(false);
  });
});

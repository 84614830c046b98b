/** The page stops its own voice when she speaks into it, by the rule of the server and before the server can say so. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInterruption } from '../../../src/consoles/speaker/interruption.ts';
import { canSpeak, frames, inNoise, joined, said, scaled, silence } from '../../support/sounds.ts';

const live = await canSpeak();
const ROOM = 25;

/** A page in a room, its voice on, and what was done to it at which millisecond of sound. */
function page() {
  const done: { did: 'pause' | 'resume'; at: number }[] = [];
  let at = 0;
  const interruption = createInterruption();
  const voice = { pause: () => done.push({ did: 'pause', at }), resume: () => done.push({ did: 'resume', at }) };
  const hear = (samples: Int16Array) => {
    for (const frame of frames(inNoise(samples, ROOM))) {
      at += 20;
      interruption.hear(frame);
    }
  };
  hear(silence(1000));
  interruption.voice(voice);
  hear(silence(400));
  return { interruption, voice, hear, done, now: () => at };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

describe.runIf(live)('a voice into the voice of the page', () => {
  it.each(['等一下', '停', '不对', '我要找人', '算了'])('%s stops it within a quarter of a second', async (words) => {
    const { hear, done, now } = page();
    const begins = now();
    const sound = await said(words);
    hear(sound.subarray(sound.findIndex((sample) => Math.abs(sample) > 330)));
    expect(done.map(({ did }) => did)).toEqual(['pause']);
    expect((done[0]?.at ?? 0) - begins).toBeLessThanOrEqual(250);
  });

  it('goes on where the server heard nobody, and is not stopped twice by what was none', async () => {
    const { hear, done } = page();
    hear(await said('等一下'));
    vi.advanceTimersByTime(1000);
    hear(joined(silence(400), await said('等一下')));
    expect(done.map(({ did }) => did)).toEqual(['pause', 'resume']);
  });

  it('stays stopped where the server heard her too, and may be stopped again after it went on', async () => {
    const { interruption, voice, hear, done } = page();
    hear(await said('等一下'));
    interruption.confirmed();
    vi.advanceTimersByTime(5000);
    hear(await said('我拿眼镜'));
    vi.advanceTimersByTime(5000);
    expect(done.map(({ did }) => did)).toEqual(['pause']);
    interruption.voice(voice);
    hear(joined(silence(300), await said('等一下')));
    expect(done.map(({ did }) => did)).toEqual(['pause', 'pause']);
  });

  it('is none: a hum, what echo cancellation left over, a voice while nothing is played', async () => {
    const hum = page();
    hum.hear(joined(await said('嗯嗯'), silence(500)));
    expect(hum.done).toEqual([]);
    const echo = page();
    echo.hear(scaled(await said('老年优待证在便民服务站办'), 0.01));
    expect(echo.done).toEqual([]);
    const quiet = page();
    quiet.interruption.voice(undefined);
    quiet.hear(await said('等一下'));
    vi.advanceTimersByTime(5000);
    expect(quiet.done).toEqual([]);
  });
});

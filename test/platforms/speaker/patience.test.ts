/** How long she may pause is her own: the speaker's ears as they are put together, fed faster than time passes. */
import { describe, expect, it } from 'vitest';
import type { SpeakerIdentity } from '../../../src/platforms/speaker/parts.ts';
import { canSpeak, frames, joined, pcm, said, silence } from '../../support/sounds.ts';
import { startEars } from '../support/ears.ts';
import { identityOf } from '../support/speakers.ts';

const live = await canSpeak();

describe.runIf(live)('the end of her speech', async () => {
  const { ears } = await startEars();

  /** Milliseconds of silence after her words until the utterance was taken to be over. */
  async function waited(patienceMs: number | undefined): Promise<number> {
    const identity = { ...(identityOf('device-a') as SpeakerIdentity), patienceMs };
    let over = false;
    const recognition = ears.recogniser?.open(identity, {
      codec: 'pcm16',
      endpoint: true,
      partial: () => undefined,
      began: () => undefined,
      ended: () => {
        over = true;
      },
    });
    for (const frame of frames(joined(silence(400), await said('我想约')))) recognition?.write(pcm(frame));
    let ms = 0;
    for (const frame of frames(silence(4000))) {
      if (over) break;
      recognition?.write(pcm(frame));
      ms += 20;
    }
    recognition?.abort();
    return ms;
  }

  it('comes after the usual pause for most, sooner for the quick, later for whom it may', async () => {
    const [quick, usual, slow] = [await waited(1200), await waited(undefined), await waited(2500)];
    expect(Math.abs(usual - 1500)).toBeLessThanOrEqual(160);
    expect(Math.abs(usual - quick - 300)).toBeLessThanOrEqual(40);
    expect(Math.abs(slow - usual - 1000)).toBeLessThanOrEqual(40);
  });
});

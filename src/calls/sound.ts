/** Sound of a desk's page: a header as the speaker's frames have it, then PCM16 at 16 kHz; and how much of it is taken. */
import { performance } from 'node:perf_hooks';
import { SOUND } from './wire.ts';

/** A quarter of a second and its header: more at once is no sound of ours. */
export const LARGEST_SOUND = 8 * 1024 + 8;
const HEADER = 8;

/** Whose words, and the samples as a view. Undefined when it is none of ours. */
export function readSound(data: Buffer): { who: keyof typeof SOUND; pcm: Buffer } | undefined {
  if (data.length <= HEADER || data.length > LARGEST_SOUND || data.length % 2 === 1 || data[1] !== 0) return undefined;
  const who = data[0] === SOUND.clerk ? 'clerk' : data[0] === SOUND.resident ? 'resident' : undefined;
  return who && { who, pcm: data.subarray(HEADER) };
}

/** So much a second, and two seconds of it at once. */
export function createBudget(perSecond: number, now = () => performance.now()) {
  const most = perSecond * 2;
  let left = most;
  let at = now();
  return {
    /** False: too much, leave it out. */
    take(amount: number): boolean {
      const moment = now();
      left = Math.min(most, left + ((moment - at) / 1000) * perSecond);
      at = moment;
      if (amount > left) return false;
      left -= amount;
      return true;
    },
  };
}

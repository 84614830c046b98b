/** How fast people speak at a device, in characters a minute: a number that is learnt, forgotten after a season of silence. */
import { inTime, type RedisClient } from './redis.ts';

const SEASON_SECONDS = 90 * 24 * 3600;

const keyOf = (device: string) => `{d:${device}}:rate`;

/** By device, since that is what is heard. @throws Refusal StoreUnavailable where Redis is out of reach */
export function createSpeechRates({ redis }: { redis: RedisClient }) {
  return {
    async get(device: string): Promise<number | undefined> {
      const kept = Number(await inTime(redis.get(keyOf(device))));
      return kept > 0 ? kept : undefined;
    },
    async put(device: string, rate: number): Promise<void> {
      await inTime(redis.set(keyOf(device), String(Math.round(rate)), 'EX', SEASON_SECONDS));
    },
  };
}

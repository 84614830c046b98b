/** Spoken sentences that are the same for everybody, shared by the instances: bounded, the longest unused leaving first. Never personal. */
import { createHash } from 'node:crypto';
import { inTime, type RedisClient } from './redis.ts';

export interface SoundsOptions {
  redis: RedisClient;
  /** Sentences kept at most; one is about 100 kB. */
  most?: number;
}

const WEEK_SECONDS = 7 * 24 * 3600;
const LARGEST = 512 * 1024;
const RECENT = '{voice}:recent';

const keyOf = (key: string) => `{voice}:${createHash('sha256').update(key).digest('base64url')}`;

/** 200 sentences for a week unless told otherwise, each at most 512 kB. Neither way throws: sound is never worth an answer. */
export function createSounds({ redis, most = 200 }: SoundsOptions) {
  async function put(key: string, sound: Buffer): Promise<void> {
    if (sound.length === 0 || sound.length > LARGEST) return;
    const name = keyOf(key);
    await inTime(redis.set(name, sound, 'EX', WEEK_SECONDS));
    await inTime(redis.zadd(RECENT, Date.now(), name));
    await inTime(redis.expire(RECENT, WEEK_SECONDS));
    const beyond = Number(await inTime(redis.zcard(RECENT))) - most;
    if (beyond <= 0) return;
    const popped = (await inTime(redis.zpopmin(RECENT, beyond))) as string[];
    await inTime(redis.unlink(popped.filter((one) => one.startsWith('{voice}:'))));
  }

  async function get(key: string): Promise<Buffer | undefined> {
    const name = keyOf(key);
    const found = await inTime(redis.getBuffer(name));
    if (found) await inTime(redis.zadd(RECENT, 'XX', Date.now(), name));
    return found ?? undefined;
  }

  return {
    /** Undefined too when Redis is out of reach: the sentence is made anew. */
    get: (key: string) => get(key).catch(() => undefined),
    put: (key: string, sound: Buffer) => put(key, sound).catch(() => undefined),
  };
}

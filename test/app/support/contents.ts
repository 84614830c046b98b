/** All that a Redis holds, keys and values, as one text: for looking whether something is in it. */
import type { RedisClient } from '../../../src/store/redis.ts';

export async function everythingIn(redis: RedisClient): Promise<string> {
  const parts: string[] = [];
  for (const key of await redis.keys('*')) parts.push(key, ...(await valuesOf(redis, key)));
  return parts.join('\n');
}

async function valuesOf(redis: RedisClient, key: string): Promise<string[]> {
  switch (await redis.type(key)) {
    case 'string':
      return [(await redis.get(key)) ?? ''];
    case 'hash':
      return Object.entries(await redis.hgetall(key)).flat();
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, '0', '-1');
    default:
      throw new Error(`a kind of value that this test does not know: ${key}`);
  }
}

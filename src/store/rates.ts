/** Counts how often something happened in a window of time: limits per device, per user, per address. */
import { type RedisClient, scripted } from './redis.ts';

export interface RateLimit {
  limit: number;
  windowSeconds: number;
}

export interface Rated {
  allowed: boolean;
  remaining: number;
  /** Seconds until the window ends. */
  retryAfter: number;
}

export interface Rates {
  /** Counts one more and says whether it is still within the limit. Never throws: without Redis this process counts alone. */
  hit(key: string, limit: RateLimit): Promise<Rated>;
}

/** key · window ms → count, ms left */
const HIT = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('PTTL', KEYS[1])}
`;

const MOST_KEYS = 10_000;

/** Fixed windows. A lockout does not rest on this: it lies in PostgreSQL. */
export function createRates({ redis }: { redis: RedisClient }): Rates {
  const inRedis = scripted(redis, 'rateHit', 1, HIT);
  const alone = createAlone();
  return {
    async hit(key, { limit, windowSeconds }) {
      const windowMs = windowSeconds * 1000;
      const name = `rate:${windowSeconds}:${key}`;
      const [count, left] = await inRedis([name], [windowMs]).then(
        (answer) => answer as [number, number],
        () => alone(name, windowMs),
      );
      return { allowed: count <= limit, remaining: Math.max(0, limit - count), retryAfter: Math.ceil(left / 1000) };
    },
  };
}

/** The same in memory, of bounded size: beyond it the oldest windows are forgotten. */
function createAlone() {
  const windows = new Map<string, { count: number; ends: number }>();
  return (key: string, windowMs: number): [number, number] => {
    const now = performance.now();
    const found = windows.get(key);
    const window = found && found.ends > now ? found : { count: 0, ends: now + windowMs };
    window.count += 1;
    if (!found) evictBefore(windows);
    windows.set(key, window);
    return [window.count, window.ends - now];
  };
}

function evictBefore(windows: Map<string, unknown>): void {
  if (windows.size < MOST_KEYS) return;
  const [oldest] = windows.keys();
  if (oldest !== undefined) windows.delete(oldest);
}

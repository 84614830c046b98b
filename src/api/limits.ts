/** What comes too fast is refused before it costs anything. */
import { Refusal } from '../errors.ts';
import type { RateLimit, Rates } from '../store/rates.ts';

/** Counts one more. @throws Refusal TooManyRequests with the seconds to wait */
export async function notTooOften(rates: Rates, key: string, limit: RateLimit): Promise<void> {
  const { allowed, retryAfter } = await rates.hit(key, limit);
  if (!allowed) throw new Refusal('TooManyRequests', { seconds: Math.max(1, retryAfter) });
}

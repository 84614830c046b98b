/** The hour at the server, and letting it pass. */
import { shanghaiInstant } from '../../clock.ts';
import { moveDemoClock } from '../../demo-clock.ts';

const UNITS_MS: Record<string, number> = { m: 60_000, h: 3600_000, d: 86_400_000 };
const DEADLINE_MS = 5_000;

interface Hour {
  now: string;
  demo: boolean;
}

/** The server's business time (ISO 8601) and whether it may be moved. Throws where nobody answers within five seconds. */
export async function hourAt(baseUrl: string): Promise<Hour> {
  const answer = await fetch(`${baseUrl}/readyz`, { signal: AbortSignal.timeout(DEADLINE_MS) });
  return ((await answer.json()) as { clock: Hour }).clock;
}

/**
 * Moves on by `30m`, `3h`, `1d`, or to `2026-11-26T18:00` in Shanghai, and waits until the server is there.
 * @throws {Error} with a sentence where that cannot be
 */
export async function letPass(given: string, baseUrl: string, dataDir: string): Promise<Hour> {
  const { now, demo } = await hourAt(baseUrl);
  if (!demo) throw new Error('This server lives in the present: start it with DEMO_CLOCK=2026-11-23T09:30:00+08:00.');
  const until = momentOf(given, new Date(now));
  if (until === undefined) throw new Error('Not understood: 30m, 3h, 1d, or 2026-11-26T18:00.');
  if (until <= new Date(now)) throw new Error(`It is ${now} already, and time does not run back.`);
  moveDemoClock(dataDir, until.getTime() - new Date(now).getTime());
  return arrived(baseUrl, until);
}

function momentOf(given: string, now: Date): Date | undefined {
  const [, count, unit] = /^\+?(\d+)([mhd])$/.exec(given) ?? [];
  if (count && unit) return new Date(now.getTime() + Number(count) * (UNITS_MS[unit] ?? 0));
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?$/.exec(given) ?? [];
  return day ? shanghaiInstant(day, time ?? '09:30') : undefined;
}

async function arrived(baseUrl: string, until: Date): Promise<Hour> {
  for (let tries = 0; tries < 50; tries++) {
    const hour = await hourAt(baseUrl);
    if (new Date(hour.now).getTime() >= until.getTime() - 1000) return hour;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The server did not follow: is it running on this DATA_DIR?');
}

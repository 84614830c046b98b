/** The clock of a demonstration: starts at DEMO_CLOCK, runs on, and jumps ahead where a file beside the data tells it to. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, clockStartingAt } from './clock.ts';

const FILE = 'demo-clock.json';
const LOOK_EVERY_MS = 200;

/** Days may only pass: whatever was promised for an hour must not become the future again. */
export function openDemoClock({ start, dataDir }: { start: Date; dataDir: string }): Clock & { close(): void } {
  const file = join(dataDir, FILE);
  const running = clockStartingAt(start);
  let aheadMs = 0;
  rmSync(file, { force: true }); // each start begins at DEMO_CLOCK
  const looking = setInterval(() => {
    aheadMs = Math.max(aheadMs, aheadIn(file));
  }, LOOK_EVERY_MS).unref();
  return {
    now: () => new Date(running.now().getTime() + aheadMs),
    close: () => clearInterval(looking),
  };
}

/** Lets a running demonstration's clock jump `byMs` further ahead; it is seen within a blink. */
export function moveDemoClock(dataDir: string, byMs: number): void {
  const file = join(dataDir, FILE);
  writeFileSync(file, JSON.stringify({ aheadMs: aheadIn(file) + Math.max(0, byMs) }), { mode: 0o600 });
}

function aheadIn(file: string): number {
  try {
    const { aheadMs } = JSON.parse(readFileSync(file, 'utf8')) as { aheadMs?: unknown };
    return typeof aheadMs === 'number' && Number.isFinite(aheadMs) ? aheadMs : 0;
  } catch {
    return 0; // there is none, or it is just being written
  }
}

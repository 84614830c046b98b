import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { moveDemoClock, openDemoClock } from '../../src/demo-clock.ts';

const START = new Date('2026-11-23T09:30:00+08:00');
const DAY = 86_400_000;

function opened() {
  const dataDir = mkdtempSync(join(inject('runFolder'), 'clock-'));
  const begin = () => {
    const clock = openDemoClock({ start: START, dataDir });
    onTestFinished(clock.close);
    return clock;
  };
  return { dataDir, begin };
}

const daysPassed = (clock: { now(): Date }) => Math.floor((clock.now().getTime() - START.getTime()) / DAY);

it('lets days pass while the server runs, one after another', async () => {
  const { dataDir, begin } = opened();
  const clock = begin();
  expect(daysPassed(clock)).toBe(0);
  moveDemoClock(dataDir, DAY);
  await vi.waitFor(() => expect(daysPassed(clock)).toBe(1), 5_000);
  moveDemoClock(dataDir, 2 * DAY);
  await vi.waitFor(() => expect(daysPassed(clock)).toBe(3), 5_000);
});

it('never runs back, whatever the file says, and begins anew with the next start', async () => {
  const { dataDir, begin } = opened();
  const clock = begin();
  moveDemoClock(dataDir, 3 * DAY);
  await vi.waitFor(() => expect(daysPassed(clock)).toBe(3), 5_000);
  writeFileSync(join(dataDir, 'demo-clock.json'), '{ "aheadMs": "yesterday"');
  moveDemoClock(dataDir, -5 * DAY);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(daysPassed(clock)).toBe(3);
  expect(daysPassed(begin())).toBe(0);
});

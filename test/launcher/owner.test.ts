import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { take } from '../../scripts/lock.mjs';
import { identify, PLACE } from '../../scripts/processes.mjs';
import { clear, dataDirectory, kill, type Start, start } from './starts.ts';

/** A directory with this owner in it. */
function owned(record: object) {
  const directory = mkdtempSync(join(tmpdir(), 'owned-'));
  mkdirSync(join(directory, 'owner'));
  const file = join(directory, 'owner', '7.json');
  writeFileSync(file, JSON.stringify({ place: PLACE, command: 'npm start', since: 'earlier', ...record }));
  return { directory, file };
}

describe('a data directory has one owner', { timeout: 40_000 }, () => {
  let dataDir: string;
  let starts: Start[];
  const begin = (...more: [string[]?, object?]) => {
    const one = start(dataDir, ...more);
    starts.push(one);
    return one;
  };
  const WITHOUT_REDIS = [undefined, { STAND_IN_REDIS: 'no' }] as [undefined, object];

  beforeEach(() => {
    dataDir = dataDirectory();
    starts = [];
  });
  afterEach(() => clear(dataDir, starts));

  it('refuses a second start, saying who is there', async () => {
    const first = begin(...WITHOUT_REDIS);
    await first.serving;
    const second = begin(...WITHOUT_REDIS);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`in use by npm start (pid ${first.process.pid}`);
    kill(first.process.pid, 'SIGTERM');
    expect(await first.ended).toBe(0);
  });
});

describe('many that find the same dead owner in the same instant', { timeout: 60_000 }, () => {
  const contender = (directory: string, instant: number) => {
    const script = join(import.meta.dirname, 'contender.mjs');
    const child = spawn(process.execPath, [script, directory, String(instant)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const answer = new Promise<string>((told) => child.stdout.once('data', (line) => told(String(line).trim())));
    return { answer, leave: () => child.stdin.end() };
  };

  it.each([1, 2])('are let in one alone (round %i)', async () => {
    const { directory } = owned({ pid: process.pid, started: 'long ago' });
    for (let n = 0; n < 4_000; n++) writeFileSync(join(directory, 'owner', `other-${n}`), ''); // makes looking slow: the race is real
    const instant = Date.now() + 1_500;
    const all = Array.from({ length: 8 }, () => contender(directory, instant));
    const answers = await Promise.all(all.map((one) => one.answer));
    for (const one of all) one.leave();
    expect(answers.filter((answer) => answer === 'mine')).toHaveLength(1);
  });
});

describe('an owner that is written down', { timeout: 15_000 }, () => {
  const outcome = async (directory: string) => {
    const { lock, owner } = await take(directory, { command: 'test' });
    lock?.release();
    return lock ? 'taken' : owner?.command;
  };

  it('keeps the directory while it runs', async () => {
    expect(await outcome(owned(identify(process.pid)).directory)).toBe('npm start');
  });

  it('loses it when its pid belongs to a later process', async () => {
    expect(await outcome(owned({ pid: process.pid, started: 'long ago' }).directory)).toBe('taken');
  });

  it('loses it when it gave it back', async () => {
    expect(await outcome(owned({ ...identify(process.pid), released: true }).directory)).toBe('taken');
  });

  it('in another container loses it when it gives no sign of life', async () => {
    expect(await outcome(owned({ pid: 1, started: '1', place: 'elsewhere' }).directory)).toBe('taken');
  });

  it('in another container keeps it while it gives signs of life', async () => {
    const { directory, file } = owned({ pid: 1, started: '1', place: 'elsewhere' });
    const beat = setInterval(() => utimesSync(file, new Date(), new Date()), 500);
    expect(await outcome(directory)).toBe('npm start');
    clearInterval(beat);
  });
});

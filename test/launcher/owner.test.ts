import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { take } from '../../scripts/lock.mjs';
import { identify, PLACE } from '../../scripts/processes.mjs';
import { clear, dataDirectory, kill, openedTwice, type Start, start } from './starts.ts';

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

  it('lets one of eight in when all find the same dead owner', async () => {
    const before = begin(...WITHOUT_REDIS);
    await before.serving;
    kill(before.process.pid);
    await before.ended;
    const eight = Array.from({ length: 8 }, () => begin(...WITHOUT_REDIS));
    const refused: Start[] = [];
    for (const one of eight) one.ended.then(() => refused.push(one));
    await Promise.any(eight.map((one) => one.serving));
    await Promise.all(eight.map((one) => Promise.race([one.ended, one.serving])));
    expect(refused).toHaveLength(7);
    expect(openedTwice(dataDir)).toBe(false);
  });
});

describe('an owner that is written down', { timeout: 15_000 }, () => {
  const owned = (record: object) => {
    const directory = mkdtempSync(join(tmpdir(), 'owned-'));
    mkdirSync(join(directory, 'owner'));
    const file = join(directory, 'owner', '7.json');
    writeFileSync(file, JSON.stringify({ place: PLACE, command: 'npm start', since: 'earlier', ...record }));
    return { directory, file };
  };
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

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, clear, dataDirectory, kill, openedTwice, redisPid, runs, type Start, start, until } from './starts.ts';

let dataDir: string;
let starts: Start[];
const begin = (...more: [string[]?, object?]) => {
  const one = start(dataDir, ...more);
  starts.push(one);
  return one;
};

/** What every start must come to: it serves, its Redis answers and remembers, nobody else had the directory open. */
async function serves(one: Start, remembered: string | null): Promise<void> {
  const { redis } = await one.serving;
  expect(await ask(redis, (it) => it.get('said'))).toBe(remembered);
  expect(openedTwice(dataDir)).toBe(false);
}

async function begun(): Promise<{ first: Start; server: number; redis: number; url: string }> {
  const first = begin();
  const { pid: server, redis: url } = await first.serving;
  await ask(url, (it) => it.set('said', 'before'));
  return { first, server, redis: redisPid(dataDir), url };
}

describe('the next start is whole', { timeout: 40_000 }, () => {
  beforeEach(() => {
    dataDir = dataDirectory();
    starts = [];
  });
  afterEach(() => clear(dataDir, starts));

  it('after Ctrl-C, which stops the server first and Redis after it', async () => {
    const { first, server, redis } = await begun();
    kill(first.process.pid, 'SIGINT');
    expect(await first.ended).toBe(0);
    expect([runs(server), runs(redis)]).toEqual([false, false]);
    await serves(begin(), 'before');
  });

  it('after kill -9 of the launcher: the orphaned server leaves, Redis is adopted', async () => {
    const { first, server, redis } = await begun();
    kill(first.process.pid);
    await first.ended;
    await serves(begin(), 'before');
    expect(runs(server)).toBe(false);
    expect(redisPid(dataDir)).toBe(redis);
  });

  it('after kill -9 of the server alone, which ends the launcher and Redis too', async () => {
    const { first, server, redis } = await begun();
    kill(server);
    expect(await first.ended).toBe(137);
    expect(runs(redis)).toBe(false);
    await serves(begin(), 'before');
  });

  it('after kill -9 of everything', async () => {
    const { first, server, redis } = await begun();
    for (const pid of [first.process.pid, server, redis]) kill(pid);
    await first.ended;
    await serves(begin(), 'before');
  });

  it('after SIGTERM reaching all at once', async () => {
    const { first, server, redis } = await begun();
    for (const pid of [redis, server, first.process.pid]) kill(pid, 'SIGTERM');
    await first.ended;
    await serves(begin(), 'before');
  });

  it('after kill -9 of npm: what it left behind stops, the next start waits for it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'npm-'));
    const script = `${process.execPath} ${resolve(import.meta.dirname, 'stand-in.mjs')}`;
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'start', scripts: { start: script } }));
    const npm = ['npm', '--prefix', folder, 'start'];
    const first = begin(npm);
    const { pid: server, redis } = await first.serving;
    await ask(redis, (it) => it.set('said', 'before'));
    kill(first.process.pid);
    await first.ended;
    await serves(begin(npm), 'before');
    expect(runs(server)).toBe(false);
  });

  it('with a Redis that is frozen: it is ended by its pid, another takes its place', async () => {
    const { first, redis } = await begun();
    kill(redis, 'SIGSTOP');
    kill(first.process.pid);
    await first.ended;
    await serves(begin(), 'before');
    expect(runs(redis)).toBe(false);
  });

  it('with a file that Redis cannot read', async () => {
    const { first } = await begun();
    kill(first.process.pid, 'SIGTERM');
    await first.ended;
    writeFileSync(join(dataDir, 'redis', 'appendonlydir', 'appendonly.aof.manifest'), 'no manifest\n');
    await serves(begin(), null);
  });

  it('in a directory whose path is too long for a socket, with spaces and Chinese in it', async () => {
    const root = dataDir;
    dataDir = join(root, 'a b', '家里办'.repeat(12));
    mkdirSync(dataDir, { recursive: true });
    const { first, redis } = await begun();
    kill(first.process.pid);
    await first.ended;
    await serves(begin(), 'before');
    expect(redisPid(dataDir)).toBe(redis);
  });
});

describe('while it serves', { timeout: 40_000 }, () => {
  beforeEach(() => {
    dataDir = dataDirectory();
    starts = [];
  });
  afterEach(() => clear(dataDir, starts));

  it('starts a Redis that died again, under the same address and with what it knew', async () => {
    const { redis, url } = await begun();
    kill(redis);
    await until(() => redisPid(dataDir) !== redis);
    await until(() => runs(redisPid(dataDir)));
    expect(await ask(url, (it) => it.get('said'))).toBe('before');
  });
});

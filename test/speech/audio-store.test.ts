import Fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import { createAudioStore } from '../../src/speech/audio-store.ts';
import { atEnd } from '../support/releasing.ts';

async function storeAt(start: string, maxBytes?: number) {
  let now = Date.parse(start);
  const store = createAudioStore({ clock: { now: () => new Date(now) }, maxBytes });
  const app = Fastify();
  await app.register(store.routes);
  atEnd(() => app.close());
  return { store, get: (url: string) => app.inject({ url }), pass: (minutes: number) => (now += minutes * 60_000) };
}

describe('spoken answers to be fetched', () => {
  test('lie under a name nobody can guess and are never cached', async () => {
    const { store, get } = await storeAt('2026-11-23T09:30:00Z');
    const path = store.keep(Buffer.from('sound'));
    expect(path).toMatch(/^\/audio\/[0-9a-f]{32}$/);
    expect(store.keep(Buffer.from('sound'))).not.toBe(path);
    const answer = await get(path);
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control'], answer.body]).toEqual([
      200,
      'audio/wav',
      'no-store',
      'sound',
    ]);
  });

  test('are gone after ten minutes', async () => {
    const { store, get, pass } = await storeAt('2026-11-23T09:30:00Z');
    const path = store.keep(Buffer.from('sound'));
    pass(9);
    expect((await get(path)).statusCode).toBe(200);
    pass(1);
    expect((await get(path)).statusCode).toBe(404);
    store.keep(Buffer.from('new'));
    expect(store.held).toBe(3);
  });

  test('give way, oldest first, when the memory set for them is full', async () => {
    const { store, get } = await storeAt('2026-11-23T09:30:00Z', 10);
    const [first, second] = [store.keep(Buffer.alloc(6)), store.keep(Buffer.alloc(6))];
    expect((await get(first)).statusCode).toBe(404);
    expect((await get(second)).statusCode).toBe(200);
    expect(store.held).toBe(6);
  });

  test.each(['/audio/x', '/audio/__proto__', `/audio/${'0'.repeat(32)}`, '/audio/..%2f..%2fetc%2fpasswd'])(
    '%s is not there',
    async (url) => {
      const { get } = await storeAt('2026-11-23T09:30:00Z');
      const answer = await get(url);
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([404, 'no-store']);
    },
  );
});

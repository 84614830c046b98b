import { beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { effectKey, once } from '../../src/store/once.ts';
import { enqueue, markFailed, markSent, takeDue } from '../../src/store/outbox.ts';
import { installation } from '../../src/store/schema.ts';
import { atEnd, fixedClock, freshDatabase, freshLite } from '../support/stores.ts';

const source = { brand: 'dueros', device: 'd1', requestId: 'r1', effect: 'book', ordinal: 0 };

describe('the key of an effect', () => {
  it('differs in every part, and parts cannot run into one another', () => {
    const keys = [
      source,
      { ...source, brand: 'alexa' },
      { ...source, device: 'd1:r1', requestId: '' },
      { ...source, requestId: 'r2' },
      { ...source, effect: 'cancel' },
      { ...source, ordinal: 1 },
    ].map(effectKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('stays short for the longest ids', () => {
    const long = effectKey({ ...source, device: 'x'.repeat(5000) });
    expect(long.length).toBeLessThan(700);
    expect(long).not.toBe(effectKey({ ...source, device: 'x'.repeat(5001) }));
  });
});

describe.each([
  ['PostgreSQL', freshDatabase],
  ['PGlite', freshLite],
])('an effect on %s', (_engine, fresh) => {
  let database: Database;
  beforeAll(async () => {
    database = await fresh();
  });
  const rows = async (key: string) => (await database.db.select().from(installation)).filter((row) => row.key === key);
  const insert = (key: string) =>
    once(database, key, async (tx) => {
      await tx.insert(installation).values({ key, value: 1 });
      return { at: new Date(0), list: ['b', 'a'], nothing: undefined };
    });

  it('happens once for twenty who ask at once, and all are told the same', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => insert('twenty')));
    expect(await rows('twenty')).toHaveLength(1);
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set(['{"at":"1970-01-01T00:00:00.000Z","list":["b","a"]}']),
    );
  });

  it('that failed is not remembered: the next who asks does it', async () => {
    const failing = once(database, 'fails', async (tx) => {
      await tx.insert(installation).values({ key: 'fails', value: 1 });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await rows('fails')).toHaveLength(0);
    await insert('fails');
    expect(await rows('fails')).toHaveLength(1);
  });

  it('without an outcome is remembered too', async () => {
    expect(await once(database, 'nothing', async () => undefined)).toBeUndefined();
    expect(await once(database, 'nothing', async () => 'twice')).toBeUndefined();
  });

  it('has its message exactly when it has happened', async () => {
    const now = fixedClock('2026-11-23T09:30').now();
    const message = { destination: 'binhai', topic: 'sent', payload: { n: 1 } };
    await once(database, 'with message', (tx) => enqueue(tx, message));
    await once(database, 'without', async (tx) => {
      await enqueue(tx, message);
      throw new Error('no');
    }).catch(() => undefined);
    await database.transaction((tx) =>
      enqueue(tx, { ...message, topic: 'later', dueAt: new Date(now.getTime() + 1000) }),
    );
    const [due, ...none] = await database.transaction((tx) => takeDue(tx, now, 'binhai'));
    expect(due).toMatchObject({ topic: 'sent', attempts: 0, payload: { n: 1 } });
    expect(none).toEqual([]);
    const id = due?.id ?? '';
    await database.transaction((tx) =>
      markFailed(tx, id, { at: now, error: 'timeout', again: new Date(now.getTime() + 500) }),
    );
    expect(await database.transaction((tx) => takeDue(tx, now, 'binhai'))).toEqual([]);
    const again = await database.transaction((tx) => takeDue(tx, new Date(now.getTime() + 600), 'binhai'));
    expect(again).toMatchObject([{ id, attempts: 1 }]);
    await database.transaction((tx) => markSent(tx, id, now));
    expect(await database.transaction((tx) => takeDue(tx, new Date(now.getTime() + 600), 'binhai'))).toEqual([]);
  });
});

it('happens once across two instances', async () => {
  const one = await freshDatabase();
  const two = await openDatabase({ url: one.url, deadlines: { connect: 15_000 } });
  atEnd(() => two.close());
  let ran = 0;
  const attempts = Array.from({ length: 30 }, (_, n) => once(n % 2 ? one : two, 'shared', async () => ++ran));
  expect(new Set(await Promise.all(attempts))).toEqual(new Set([1]));
  expect(ran).toBe(1);
});

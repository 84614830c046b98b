import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBinhai } from '../../src/connectors/binhai.ts';
import { type Inbox, startInbox } from '../../src/connectors/stand-ins/inbox.ts';
import { deliverAll, deliverDue, type Route, rest, type Verdict } from '../../src/jobs/deliveries.ts';
import { createLog } from '../../src/log.ts';
import type { Database } from '../../src/store/database.ts';
import { enqueue, outboxCounts } from '../../src/store/outbox.ts';
import { outbox } from '../../src/store/schema.ts';
import { ENGINES, fixedClock } from '../support/stores.ts';

const clock = fixedClock('2026-11-23T09:30');
const log = createLog({ level: 'silent' });

describe.each(ENGINES)('messages on their way out (%s)', (_, fresh) => {
  let database: Database;
  let counted: string[];
  const parts = () => ({
    database,
    clock,
    log,
    count: (to: string, outcome: string) => void counted.push(`${to} ${outcome}`),
  });
  beforeEach(async () => {
    database ??= await fresh();
    await database.db.delete(outbox);
    clock.set('2026-11-23T09:30');
    counted = [];
  });

  const put = (n: number, destination = 'binhai') =>
    database.transaction(async (tx) => {
      for (let i = 0; i < n; i += 1) await enqueue(tx, { destination, topic: 'booking.booked', payload: { n: i } });
    });
  const rows = () => database.db.select().from(outbox).orderBy(outbox.createdAt);
  const only = async () => (await rows())[0];
  const saying = (...verdicts: Verdict[]) => {
    const carried: unknown[] = [];
    const deliver = async ({ payload }: { payload: Record<string, unknown> }) => {
      carried.push(payload.n);
      return verdicts.shift() ?? { outcome: 'sent' as const };
    };
    return { deliver, atOnce: 10, attempts: 4, firstMs: 30_000, longestMs: 100_000, carried } satisfies Route & {
      carried: unknown[];
    };
  };
  const LATER: Verdict = { outcome: 'later', why: 'status 503' };

  it('are sent once and never again', async () => {
    await put(3);
    const route = saying();
    await deliverAll(parts(), new Map([['binhai', route]]));
    await deliverAll(parts(), new Map([['binhai', route]]));
    expect(route.carried.sort()).toEqual([0, 1, 2]);
    expect((await rows()).every(({ sentAt }) => sentAt?.getTime() === clock.now().getTime())).toBe(true);
    expect(counted).toEqual(['binhai sent', 'binhai sent', 'binhai sent']);
  });

  it('wait longer after every failure, up to a limit, and then are kept for people', async () => {
    await put(1);
    const route = saying(LATER, LATER, LATER, LATER, LATER);
    const tried: number[] = [];
    for (let second = 0; second < 600; second += 10) {
      const before = route.carried.length;
      await deliverDue(parts(), 'binhai', route);
      if (route.carried.length > before) tried.push(second);
      clock.advance({ seconds: 10 });
    }
    expect(tried).toEqual([0, 30, 90, 190]);
    expect(await only()).toMatchObject({ attempts: 4, lastError: 'status 503', sentAt: null });
    expect((await only())?.deadAt).not.toBeNull();
    expect(counted).toEqual(['binhai later', 'binhai later', 'binhai later', 'binhai dead']);
    expect(await outboxCounts(database.db)).toEqual([{ destination: 'binhai', waiting: 0, dead: 1 }]);
  });

  it('that the receiver will never take are given up at once', async () => {
    await put(1);
    await deliverDue(parts(), 'binhai', saying({ outcome: 'refused', why: 'status 422' }));
    expect(await only()).toMatchObject({ attempts: 1, lastError: 'status 422', deadAt: clock.now() });
  });

  it('whose time has not come are put off, and that is no failure', async () => {
    await put(1);
    const until = new Date(clock.now().getTime() + 3600_000);
    const route = saying({ outcome: 'wait', until });
    await deliverDue(parts(), 'binhai', route);
    expect(await only()).toMatchObject({ attempts: 0, dueAt: until, deadAt: null, lastError: null });
    clock.advance({ hours: 1 });
    await deliverDue(parts(), 'binhai', route);
    expect(await only()).toMatchObject({ sentAt: clock.now() });
  });

  it('for somebody who is not connected lie untouched', async () => {
    await put(2, 'sms');
    const before = await rows();
    await deliverAll(parts(), new Map([['binhai', saying()]]));
    expect(await rows()).toEqual(before);
    expect(counted).toEqual([]);
    expect(await outboxCounts(database.db)).toEqual([{ destination: 'sms', waiting: 2, dead: 0 }]);
  });

  it('are carried by one of several carriers at once', async () => {
    await put(25);
    const route = saying();
    await Promise.all(Array.from({ length: 4 }, () => deliverAll(parts(), new Map([['binhai', route]]))));
    await deliverAll(parts(), new Map([['binhai', route]]));
    expect(route.carried).toHaveLength(25);
    expect(new Set(route.carried).size).toBe(25);
  });

  it('come back when their carrier died on the way', async () => {
    await put(1);
    const dies: Route = { ...saying(), deliver: () => new Promise(() => undefined) };
    void deliverDue(parts(), 'binhai', dies);
    await expect.poll(async () => (await only())?.dueAt.getTime()).toBeGreaterThan(clock.now().getTime());
    const route = saying();
    await deliverDue(parts(), 'binhai', route);
    expect(route.carried).toEqual([]);
    clock.advance({ minutes: 2 });
    await deliverDue(parts(), 'binhai', route);
    expect(route.carried).toEqual([0]);
  });

  it('are tried again when our own code fails, and one failure does not hold up the others', async () => {
    await put(2);
    const route = saying();
    const failing: Route = {
      ...route,
      deliver: async (message) => {
        if (message.payload.n === 0) throw new TypeError('broken');
        return route.deliver(message);
      },
    };
    await deliverDue(parts(), 'binhai', failing);
    expect(counted.sort()).toEqual(['binhai later', 'binhai sent']);
  });

  it('are not all knocked out on a receiver that is down', async () => {
    await put(30);
    const route = saying(...Array.from({ length: 30 }, () => LATER));
    await deliverAll(parts(), new Map([['binhai', route]]));
    expect(route.carried).toHaveLength(10);
  });

  describe('to a receiver that takes only so many', () => {
    /** The real counters, of a clock of their own: what was asked of them, and what they say. */
    const counting = (room: Record<number, number>) => {
      const asked: string[] = [];
      const allow = async (destination: string, most: number, seconds: number) => {
        asked.push(`${destination} ${most} in ${seconds}`);
        const left = room[seconds] ?? 0;
        room[seconds] = left - 1;
        return { allowed: left > 0, retryAfter: seconds / 2 };
      };
      return { asked, allow };
    };
    const limited = (limits: Route['limits'], ...verdicts: Verdict[]) => ({ ...saying(...verdicts), limits });
    const seconds = (after: number) => new Date(clock.now().getTime() + after * 1000);

    it('go so far, and all others wait without being touched or counted as failures', async () => {
      await put(30);
      const route = limited({ perMinute: 12 });
      const { allow, asked } = counting({ 60: 12 });
      await deliverAll({ ...parts(), allow }, new Map([['binhai', route]]));
      expect(route.carried).toHaveLength(12);
      expect(asked.length).toBeLessThanOrEqual(20);
      const left = (await rows()).filter(({ sentAt }) => !sentAt);
      expect(left.map(({ attempts, dueAt }) => [attempts, dueAt])).toEqual(left.map(() => [0, seconds(30)]));
      clock.advance({ seconds: 30 });
      await deliverAll(parts(), new Map([['binhai', route]]));
      expect(route.carried).toHaveLength(30);
    });

    it('wait for another day, for which only those count that the minute had room for', async () => {
      await put(3);
      const route = limited({ perMinute: 100, perDay: 2 });
      const { allow, asked } = counting({ 60: 100, 86400: 2 });
      await deliverAll({ ...parts(), allow }, new Map([['binhai', route]]));
      expect(route.carried).toHaveLength(2);
      expect(asked).toContain('binhai 2 in 86400');
      expect((await rows()).find(({ sentAt }) => !sentAt)?.dueAt).toEqual(seconds(43_200));
    });

    it('are given up where they would be of no use by then: another way is found in time', async () => {
      const payload = { n: 0, expires: seconds(20).toISOString() };
      await database.transaction((tx) => enqueue(tx, { destination: 'binhai', topic: 'x', payload }));
      const gone: unknown[] = [];
      const route = {
        ...limited({ perMinute: 1 }),
        gaveUp: async ({ payload }: { payload: object }) => void gone.push(payload),
      };
      await deliverAll({ ...parts(), allow: counting({ 60: 0 }).allow }, new Map([['binhai', route]]));
      expect([route.carried, gone]).toEqual([[], [payload]]);
      expect(await only()).toMatchObject({ lastError: 'no room before it expires', deadAt: clock.now() });
    });

    it('are not put off past their time with the others: those come up at once', async () => {
      await put(10);
      const soon = { n: 'soon', expires: seconds(20).toISOString() };
      const late = { n: 'late', expires: '2026-11-23T18:00:00+08:00' };
      await database.transaction(async (tx) => {
        for (const payload of [soon, late]) await enqueue(tx, { destination: 'binhai', topic: 'x', payload });
      });
      const route = limited({ perMinute: 1 });
      for (let round = 0; round < 2; round += 1)
        await deliverAll({ ...parts(), allow: counting({ 60: 0 }).allow }, new Map([['binhai', route]]));
      const ends = (await rows()).map(({ payload, deadAt, dueAt }) => [payload.n, deadAt !== null, dueAt.getTime()]);
      expect(ends).toContainEqual(['soon', true, expect.any(Number)]);
      expect(ends).toContainEqual(['late', false, seconds(30).getTime()]);
      expect(ends.filter(([, dead]) => dead)).toHaveLength(1);
    });

    it('rest together when the receiver itself says so', async () => {
      await put(40);
      const route = limited(undefined, rest(clock.now(), 90));
      await deliverAll(parts(), new Map([['binhai', route]]));
      expect(route.carried).toHaveLength(10);
      await deliverAll(parts(), new Map([['binhai', route]]));
      expect(route.carried).toHaveLength(10);
      clock.advance({ seconds: 90 });
      await deliverAll(parts(), new Map([['binhai', route]]));
      expect((await rows()).every(({ sentAt, attempts }) => sentAt && attempts === 1)).toBe(true);
    });
  });

  it('withdrawn on the way stay withdrawn', async () => {
    await put(1);
    const route: Route = {
      ...saying(),
      deliver: async ({ id }) => {
        await database.db.update(outbox).set({ deadAt: clock.now(), lastError: 'withdrawn' }).where(eq(outbox.id, id));
        return LATER;
      },
    };
    await deliverDue(parts(), 'binhai', route);
    expect(await only()).toMatchObject({ lastError: 'withdrawn', attempts: 0, deadAt: clock.now() });
  });

  describe('to a receiver that keeps idempotency keys', () => {
    let inbox: Inbox;
    beforeEach(async () => {
      inbox = await startInbox({ key: 'k' });
    });
    afterEach(() => inbox.close());
    const toInbox = (key = 'k'): Route => {
      const binhai = createBinhai({ url: inbox.url, key, deadlineMs: 500 });
      const booking = { id: 'b', matter: 'm', direction: 'collect', mode: 'window', state: 'booked' } as const;
      const fact = { ...booking, place: 'p', day: '2026-11-24', start: '09:00', changedAt: '2026-11-23T01:30:00.000Z' };
      return {
        ...saying(),
        attempts: 30,
        deliver: ({ id, topic }) =>
          binhai.tell(id, { topic, booking: fact }).then(({ outcome, why }) => ({ outcome, why })),
      };
    };

    it('each arrives exactly once, whatever acknowledgements are lost', async () => {
      await put(6);
      inbox.next('lost', 503, 'hangs', 'lost', 429);
      const route = toInbox();
      for (let n = 0; n < 8; n += 1) {
        await deliverDue(parts(), 'binhai', route);
        clock.advance({ minutes: 2 });
      }
      const sent = await database.db.select({ id: outbox.id }).from(outbox).where(sql`${outbox.sentAt} is not null`);
      expect(
        inbox
          .kept()
          .map(({ id }) => id)
          .sort(),
      ).toEqual(sent.map(({ id }) => id).sort());
      expect(sent).toHaveLength(6);
      expect(inbox.asked()).toBeGreaterThanOrEqual(11);
    });

    it('a wrong key is ours to mend: the message waits', async () => {
      await put(1);
      await deliverDue(parts(), 'binhai', toInbox('wrong'));
      expect(await only()).toMatchObject({ attempts: 1, lastError: 'status 401', deadAt: null });
    });
  });
});

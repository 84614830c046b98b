import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bus, createBus } from '../../src/store/bus.ts';
import { createPresence } from '../../src/store/presence.ts';
import { createRates } from '../../src/store/rates.ts';
import { connectRedis, type RedisClient, redisReady } from '../../src/store/redis.ts';
import { createSessions } from '../../src/store/sessions.ts';
import { createTickets } from '../../src/store/tickets.ts';
import { atEnd, fixedClock, freshCluster, freshRedis, freshSentinel } from '../support/stores.ts';

interface Connected {
  commands: RedisClient;
  subscriber: () => Promise<RedisClient>;
}

async function onSingle(): Promise<Connected> {
  const server = await freshRedis();
  return { commands: server.redis, subscriber: () => server.connect('subscriber') };
}

async function onCluster(): Promise<Connected> {
  const cluster = await freshCluster();
  const connect = async (role: 'commands' | 'subscriber') => {
    const client = connectRedis({ cluster }, role);
    atEnd(() => client.disconnect());
    expect(await redisReady(client, 10_000)).toBe(true);
    return client;
  };
  return { commands: await connect('commands'), subscriber: () => connect('subscriber') };
}

describe.each([
  ['one Redis', onSingle],
  ['a Redis Cluster', onCluster],
])('on %s', (_name, connected) => {
  let redis: RedisClient;
  let subscriber: () => Promise<RedisClient>;
  beforeAll(async () => {
    ({ commands: redis, subscriber } = await connected());
  });

  const anInstance = async (instance: string): Promise<Bus> => {
    const bus = createBus({ redis, subscriber: await subscriber(), instance });
    await bus.ready();
    return bus;
  };

  it('a message reaches the device on whichever instance its socket hangs', async () => {
    const [here, there] = [await anInstance('a'), await anInstance('b')];
    const heard: unknown[] = [];
    there.onDevice('d1', (message) => heard.push(message));
    expect(await here.toDevice('d1', { n: 0 })).toBe(false);
    await createPresence({ redis }).seen('d1', 'b');
    expect(await here.toDevice('d1', { n: 1 })).toBe(true);
    await expect.poll(() => heard).toEqual([{ n: 1 }]);
    expect(await there.toDevice('d1', { n: 2 })).toBe(true);
    expect(heard).toEqual([{ n: 1 }, { n: 2 }]);
    await there.close();
  });

  it('a message to an instance that is gone is not called delivered', async () => {
    const here = await anInstance('c');
    await createPresence({ redis }).seen('d2', 'crashed');
    expect(await here.toDevice('d2', {})).toBe(false);
    await here.close();
  });

  it('a channel reaches everyone who listens, until they stop', async () => {
    const [one, two] = [await anInstance('d'), await anInstance('e')];
    const channel = randomUUID();
    const heard: string[] = [];
    const stop = one.on(channel, () => heard.push('one'));
    one.on(channel, () => heard.push('one again'));
    two.on(channel, () => heard.push('two'));
    await Promise.all([one.ready(), two.ready()]);
    await one.publish(channel, 'x');
    await expect.poll(() => [...heard].sort()).toEqual(['one', 'one again', 'two']);
    stop();
    await one.publish(channel, 'x');
    await expect.poll(() => heard.length).toBe(5);
    expect(heard.filter((name) => name === 'one')).toHaveLength(1);
  });

  it('a speaker that moved to another instance is not forgotten by the first one', async () => {
    const presence = createPresence({ redis });
    await presence.seen('d3', 'a');
    await presence.seen('d3', 'b');
    await presence.gone('d3', 'a');
    expect(await presence.where('d3')).toBe('b');
    await presence.gone('d3', 'b');
    expect(await presence.where('d3')).toBeUndefined();
  });

  it('clerks are found at their place while they repeat themselves', async () => {
    const presence = createPresence({ redis, clerkSeconds: 1 });
    await presence.setClerk('s1', { state: 'available', placeId: 'p1' });
    await presence.setClerk('s2', { state: 'away', reason: 'lunch', placeId: 'p1' });
    await presence.setClerk('s3', { state: 'available', placeId: 'p2' });
    const ids = async () => (await presence.clerksAt('p1')).map((clerk) => clerk.staffId).sort();
    expect(await ids()).toEqual(['s1', 's2']);
    expect(await presence.clerk('s2')).toEqual({ state: 'away', reason: 'lunch', placeId: 'p1' });
    await presence.setClerk('s2', { state: 'available', placeId: 'p2' });
    expect(await ids()).toEqual(['s1']);
    await expect.poll(ids, { timeout: 5000 }).toEqual([]);
  });

  it('a ticket is good for one', async () => {
    const tickets = createTickets({ redis });
    const ticket = await tickets.issue('speaker 7');
    const takers = await Promise.all([tickets.take(ticket), tickets.take(ticket), tickets.take(ticket)]);
    expect(takers.filter((value) => value !== undefined)).toEqual(['speaker 7']);
    expect(await tickets.take('never issued')).toBeUndefined();
    const brief = await tickets.issue('x', 1);
    await expect.poll(() => redis.exists(brief)).toBe(0);
  });

  it('what is too often is refused until the window ends', async () => {
    const rates = createRates({ redis });
    const hits = () => rates.hit('device', { limit: 2, windowSeconds: 1 });
    const outcomes = [await hits(), await hits(), await hits()];
    expect(outcomes.map((outcome) => outcome.allowed)).toEqual([true, true, false]);
    expect(outcomes.map((outcome) => outcome.remaining)).toEqual([1, 0, 0]);
    expect(outcomes[2]?.retryAfter).toBe(1);
    await expect.poll(async () => (await hits()).allowed, { timeout: 5000, interval: 300 }).toBe(true);
  });

  it('a conversation keeps its keys together', async () => {
    const keys = { current: 'k', keys: new Map([['k', Buffer.alloc(32, 1)]]) };
    const options = { redis, keys, clock: fixedClock('2026-11-23T09:30'), ttlSeconds: 60, stateSchema: Type.Unknown() };
    const sessions = createSessions<unknown, { text: string }>(options);
    for (const conversation of ['dueros:a', 'alexa:{b}', 'xiaoai:c/d e']) {
      const opened = await sessions.begin(conversation, 'r1');
      if (!opened.reply) await sessions.finish(opened, { step: 1 }, { text: 'once' });
      expect((await sessions.begin(conversation, 'r1')).reply).toEqual({ text: 'once' });
      await sessions.drop(conversation);
      expect((await sessions.begin(conversation, 'r1')).reply).toBeUndefined();
    }
  });
});

it('the master is found through its sentinels', async () => {
  const redis = connectRedis({ sentinels: await freshSentinel(), name: 'main' }, 'commands');
  atEnd(() => redis.disconnect());
  expect(await redisReady(redis, 10_000)).toBe(true);
  const tickets = createTickets({ redis });
  expect(await tickets.take(await tickets.issue('x'))).toBe('x');
});

describe('Redis out of order', () => {
  it('down: rates go on counting alone, presence and tickets refuse, the bus says not delivered', async () => {
    const server = await freshRedis();
    const bus = createBus({ redis: server.redis, subscriber: await server.connect('subscriber'), instance: 'a' });
    await bus.ready();
    const heard: unknown[] = [];
    bus.onDevice('here', (message) => heard.push(message));
    await server.stop();
    const rates = createRates({ redis: server.redis });
    const limit = { limit: 1, windowSeconds: 60 };
    expect([(await rates.hit('k', limit)).allowed, (await rates.hit('k', limit)).allowed]).toEqual([true, false]);
    await expect(createPresence({ redis: server.redis }).where('d')).rejects.toMatchObject({
      refusal: 'StoreUnavailable',
    });
    await expect(createTickets({ redis: server.redis }).issue('x')).rejects.toMatchObject({
      refusal: 'StoreUnavailable',
    });
    expect(await bus.toDevice('elsewhere', {})).toBe(false);
    expect(await bus.toDevice('here', 'still')).toBe(true);
    expect(heard).toEqual(['still']);
  });

  it('back again: the bus hears what it listened for', async () => {
    const server = await freshRedis();
    const bus = createBus({ redis: server.redis, subscriber: await server.connect('subscriber'), instance: 'a' });
    const heard: unknown[] = [];
    bus.on('news', (message) => heard.push(message));
    await bus.ready();
    await server.stop();
    await server.start();
    const retry = async () => {
      await bus.publish('news', 'again').catch(() => undefined);
      return heard.length > 0;
    };
    await expect.poll(retry, { timeout: 10_000, interval: 100 }).toBe(true);
  });

  it('frozen: every call comes back with a refusal', async () => {
    const server = await freshRedis();
    const presence = createPresence({ redis: server.redis });
    server.freeze();
    try {
      await expect(presence.where('d')).rejects.toMatchObject({ refusal: 'StoreUnavailable' });
      await expect(presence.seen('d', 'a')).rejects.toMatchObject({ refusal: 'StoreUnavailable' });
    } finally {
      server.thaw();
    }
    await expect
      .poll(() =>
        presence.seen('d', 'a').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });
});

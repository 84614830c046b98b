import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KeyRing } from '../../src/store/keys.ts';
import { createSessions, type Lease, type SessionEvent } from '../../src/store/sessions.ts';
import { fixedClock, freshRedis, type TestRedis } from '../support/stores.ts';

interface State {
  step: number;
}
interface Reply {
  text: string;
}
const stateSchema = Type.Object({ step: Type.Integer() }, { additionalProperties: false });
const ring = (id = 'k1'): KeyRing => ({ current: id, keys: new Map([[id, randomBytes(32)]]) });

let server: TestRedis;
let conversation: string;
let events: SessionEvent[];
const clock = fixedClock('2026-11-23T09:30');
const keys = ring();

beforeAll(async () => {
  server = await freshRedis();
});
beforeEach(() => {
  conversation = `dueros:${randomBytes(4).toString('hex')}`;
  events = [];
});

function sessionsWith(over: Partial<Parameters<typeof createSessions>[0]> = {}) {
  const count = (event: SessionEvent) => void events.push(event);
  return createSessions<State, Reply>({
    redis: server.redis,
    keys,
    clock,
    ttlSeconds: 900,
    stateSchema,
    count,
    ...over,
  });
}
type Made = ReturnType<typeof sessionsWith>;

/** One whole turn; returns what was spoken. */
async function turn(sessions: Made, requestId: string, step: number, text = `step ${step}`) {
  const opened = await sessions.begin(conversation, requestId);
  return opened.reply ?? sessions.finish(opened, { step }, { text });
}
async function leased(sessions: Made, requestId: string): Promise<Lease & { state?: State }> {
  const opened = await sessions.begin(conversation, requestId);
  if (opened.reply) throw new Error('a reply was stored already');
  return opened;
}
const convKey = () => `{d:${encodeURIComponent(conversation)}}:conv`;
const field = (name: string) => server.redis.hget(convKey(), name);

describe('a conversation', () => {
  it('begins empty and is found again by the next turn', async () => {
    const sessions = sessionsWith();
    expect((await leased(sessions, 'r0')).state).toBeUndefined();
    await sessions.drop(conversation);
    await turn(sessions, 'r1', 1);
    expect((await leased(sessions, 'r2')).state).toEqual({ step: 1 });
  });

  it('tells a retry the same words and leaves the state alone', async () => {
    const sessions = sessionsWith();
    await turn(sessions, 'r1', 1, 'first');
    expect(await turn(sessions, 'r1', 7, 'second')).toEqual({ text: 'first' });
    expect((await leased(sessions, 'r2')).state).toEqual({ step: 1 });
  });

  it('tells the stored words to another body under the same id, and counts it', async () => {
    const sessions = sessionsWith();
    const opened = await sessions.begin(conversation, 'r1', 'body one');
    if (!opened.reply) await sessions.finish(opened, { step: 1 }, { text: 'first' });
    expect((await sessions.begin(conversation, 'r1', 'body one')).reply).toEqual({ text: 'first' });
    expect(events).toEqual([]);
    expect((await sessions.begin(conversation, 'r1', 'body two')).reply).toEqual({ text: 'first' });
    expect(events).toEqual(['other-body']);
  });

  it('keeps replies for a day, itself for its time to live, and nothing for ever', async () => {
    await turn(sessionsWith({ ttlSeconds: 60 }), 'r1', 1);
    const all = await server.redis.keys(`*${encodeURIComponent(conversation)}*`);
    expect(all).toHaveLength(3);
    for (const key of all) expect(await server.redis.pttl(key)).toBeGreaterThan(0);
    expect(await server.redis.pttl(convKey())).toBeLessThanOrEqual(60_000);
  });

  it('holds no readable word in Redis', async () => {
    await turn(sessionsWith(), 'r1', 1, 'secret words');
    for (const key of await server.redis.keys(`*${encodeURIComponent(conversation)}:*req:*`)) {
      expect(await server.redis.get(key)).not.toContain('secret');
    }
    expect(JSON.stringify(await server.redis.hgetall(convKey()))).not.toContain('step');
  });

  it('is forgotten when business time has passed its life, though Redis still has it', async () => {
    const own = fixedClock('2026-11-23T09:30');
    const sessions = sessionsWith({ clock: own });
    await turn(sessions, 'r1', 1);
    own.advance({ minutes: 16 });
    expect((await leased(sessions, 'r2')).state).toBeUndefined();
    expect(events).toEqual(['stale']);
  });
});

describe('two instances', () => {
  it('let one turn work and tell its reply to the same request elsewhere', async () => {
    const [one, two] = [sessionsWith(), sessionsWith({ redis: await server.connect('commands') })];
    const opened = await leased(one, 'r1');
    const waiting = two.begin(conversation, 'r1');
    await one.finish(opened, { step: 1 }, { text: 'once' });
    expect((await waiting).reply).toEqual({ text: 'once' });
  });

  it('let another request wait and then read what the first one left', async () => {
    const [one, two] = [sessionsWith(), sessionsWith({ redis: await server.connect('commands') })];
    const opened = await leased(one, 'r1');
    const waiting = two.begin(conversation, 'r2');
    await one.finish(opened, { step: 1 }, { text: 'once' });
    expect((await waiting).state).toEqual({ step: 1 });
  });

  it('answer busy when the other does not finish in time', async () => {
    const sessions = sessionsWith({ waitMs: 100 });
    await leased(sessions, 'r1');
    await expect(sessions.begin(conversation, 'r2')).rejects.toMatchObject({ refusal: 'Busy' });
    expect(events).toEqual(['busy']);
  });

  it('lose no turn of twenty that come at once', async () => {
    const both = [
      sessionsWith({ waitMs: 20_000 }),
      sessionsWith({ waitMs: 20_000, redis: await server.connect('commands') }),
    ];
    const add = async (n: number) => {
      const sessions = both[n % 2] as Made;
      const opened = await sessions.begin(conversation, `r${n}`);
      if (!opened.reply) await sessions.finish(opened, { step: (opened.state?.step ?? 0) + 1 }, { text: `${n}` });
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => add(n)));
    expect((await leased(sessionsWith(), 'last')).state).toEqual({ step: 20 });
  });

  it('do not let a turn whose lease ran out overwrite the one that came after', async () => {
    const sessions = sessionsWith({ leaseMs: 30 });
    const slow = await leased(sessions, 'r1');
    const quick = await leased(sessions, 'r2');
    expect(BigInt(quick.lease) > BigInt(slow.lease)).toBe(true);
    await sessions.finish(quick, { step: 2 }, { text: 'quick' });
    expect(await sessions.finish(slow, { step: 1 }, { text: 'slow' })).toEqual({ text: 'slow' });
    expect((await leased(sessions, 'r3')).state).toEqual({ step: 2 });
    expect(events).toEqual(['overtaken']);
  });

  it("give the winner's words to both when one request ran twice", async () => {
    const sessions = sessionsWith({ leaseMs: 30 });
    const slow = await leased(sessions, 'r1');
    const quick = await leased(sessions, 'r1');
    await sessions.finish(quick, { step: 2 }, { text: 'quick' });
    expect(await sessions.finish(slow, { step: 1 }, { text: 'slow' })).toEqual({ text: 'quick' });
  });

  it('pass the conversation on at once when a failed turn gives its lease back', async () => {
    const sessions = sessionsWith({ waitMs: 50 });
    await sessions.release(await leased(sessions, 'r1'));
    expect(await turn(sessions, 'r1', 1)).toEqual({ text: 'step 1' });
  });
});

describe('a wiped conversation', () => {
  it('is not brought back by a turn that was under way, the first turn included', async () => {
    const sessions = sessionsWith();
    const first = await leased(sessions, 'r1');
    await sessions.drop(conversation);
    expect(await sessions.finish(first, { step: 1 }, { text: 'late' })).toEqual({ text: 'late' });
    expect(await server.redis.keys(`*${encodeURIComponent(conversation)}*`)).toEqual([]);
    expect(events).toEqual(['gone']);
  });

  it('is not written to by an old turn when a new one has begun in its place', async () => {
    const sessions = sessionsWith();
    const old = await leased(sessions, 'r1');
    await sessions.drop(conversation);
    const fresh = await leased(sessions, 'r2');
    expect(fresh.version).toBe(old.version);
    await sessions.finish(old, { step: 99 }, { text: 'late' });
    await sessions.finish(fresh, { step: 1 }, { text: 'new' });
    expect((await leased(sessions, 'r3')).state).toEqual({ step: 1 });
    expect((await sessions.begin(conversation, 'r2')).reply).toEqual({ text: 'new' });
    expect(events).toEqual(['overtaken']);
  });

  it('takes its stored replies with it', async () => {
    const sessions = sessionsWith();
    await turn(sessions, 'r1', 1, 'about her');
    await sessions.drop(conversation);
    expect((await sessions.begin(conversation, 'r1')).reply).toBeUndefined();
    expect((await sessions.begin(conversation, 'r9').catch(() => undefined))?.state).toBeUndefined();
  });
});

describe('a snapshot', () => {
  const reopened = async (over = {}) => (await leased(sessionsWith(over), `r${randomBytes(3).toString('hex')}`)).state;

  it('changed in any one character is refused', async () => {
    await turn(sessionsWith(), 'r1', 1);
    const sealed = (await field('sealed')) ?? '';
    const swap = (c: string) => (c === 'A' ? 'B' : 'A');
    for (let i = 0; i < sealed.length; i += 1) {
      if (sealed[i] === ':') continue;
      await server.redis.hset(convKey(), 'sealed', sealed.slice(0, i) + swap(sealed[i] ?? '') + sealed.slice(i + 1));
      await server.redis.hdel(convKey(), 'until');
      expect(await reopened(), `character ${i}`).toBeUndefined();
    }
  });

  it('of another conversation is refused', async () => {
    await turn(sessionsWith(), 'r1', 1);
    const stolen = await server.redis.hgetall(convKey());
    conversation = `${conversation}-other`;
    await server.redis.hset(convKey(), stolen);
    expect(await reopened()).toBeUndefined();
    expect(events).toEqual(['forged']);
  });

  it('of an earlier turn, put back, is refused', async () => {
    await turn(sessionsWith(), 'r1', 1);
    const earlier = (await field('sealed')) ?? '';
    await turn(sessionsWith(), 'r2', 2);
    await server.redis.hset(convKey(), 'sealed', earlier);
    expect(await reopened()).toBeUndefined();
    expect(events).toEqual(['forged']);
  });

  it('of another build is stale', async () => {
    await turn(sessionsWith({ machine: 'v1' }), 'r1', 1);
    expect(await reopened({ machine: 'v2' })).toBeUndefined();
    expect(events).toEqual(['stale']);
  });

  it('that says it is of this build and is not is forged', async () => {
    await turn(sessionsWith({ machine: 'v1' }), 'r1', 1);
    await server.redis.hset(convKey(), 'machine', 'v2');
    expect(await reopened({ machine: 'v2' })).toBeUndefined();
    expect(events).toEqual(['forged']);
  });

  it('not of the schema is refused', async () => {
    const loose = createSessions<unknown, Reply>({
      redis: server.redis,
      keys,
      clock,
      ttlSeconds: 900,
      stateSchema: Type.Unknown(),
    });
    const opened = await loose.begin(conversation, 'r1');
    if (!opened.reply) await loose.finish(opened, { step: 1, idOk: true }, { text: '' });
    expect(await reopened()).toBeUndefined();
    expect(events).toEqual(['misshapen']);
  });

  it('opens after the keys have turned over, and not after its key is gone', async () => {
    await turn(sessionsWith(), 'r1', 1);
    const turned: KeyRing = { current: 'k2', keys: new Map([['k2', randomBytes(32)], ...keys.keys]) };
    expect(await reopened({ keys: turned })).toEqual({ step: 1 });
    await server.redis.hdel(convKey(), 'until');
    expect(await reopened({ keys: ring('k3') })).toBeUndefined();
    expect(events).toEqual(['forged']);
  });

  it('as a stored reply that was forged makes the turn run again', async () => {
    await turn(sessionsWith(), 'r1', 1);
    const [key = ''] = (await server.redis.keys(`*${encodeURIComponent(conversation)}*`)).filter((name) =>
      name.endsWith(':req:r1'),
    );
    await server.redis.set(key, 'a1:k1:AAAA:AAAA:AAAA');
    expect(await turn(sessionsWith(), 'r1', 2)).toEqual({ text: 'step 2' });
  });
});

describe('Redis out of order', () => {
  const refused = { refusal: 'StoreUnavailable' };

  it('down: a turn is refused at once and works again when Redis is back', async () => {
    const own = await freshRedis();
    const sessions = sessionsWith({ redis: own.redis });
    await own.stop();
    await expect(sessions.begin(conversation, 'r1')).rejects.toMatchObject(refused);
    await own.start();
    await expect
      .poll(() => turn(sessions, 'r1', 1).catch(() => undefined), { timeout: 10_000 })
      .toEqual({ text: 'step 1' });
  });

  it('lost between begin and finish: the reply is spoken, nothing is revived', async () => {
    const own = await freshRedis();
    const sessions = sessionsWith({ redis: own.redis });
    const opened = await leased(sessions, 'r1');
    await own.stop();
    expect(await sessions.finish(opened, { step: 1 }, { text: 'done all the same' })).toEqual({
      text: 'done all the same',
    });
    expect(events).toEqual(['unsaved']);
  });

  it('frozen: a turn is refused by its deadline, and no ghost keeps the lease when Redis wakes', async () => {
    const own = await freshRedis();
    const sessions = sessionsWith({ redis: own.redis, waitMs: 1000 });
    own.freeze();
    try {
      await expect(sessions.begin(conversation, 'r1')).rejects.toMatchObject(refused);
    } finally {
      own.thaw();
    }
    expect(await turn(sessions, 'r2', 1)).toEqual({ text: 'step 1' });
  });
});

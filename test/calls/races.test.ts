import { eq, inArray, isNull } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCalls } from '../../src/services/calls/index.ts';
import type { Database } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/database.ts';
import { call, callback, callLeg, callOffer } from '../../src/store/schema.ts';
import { atEnd, freshDatabase, freshLite } from '../support/stores.ts';
import { herself, openStreet, type Street, staffActor } from './stage.ts';

const OVER = ['ended', 'callback'];
const settled = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  );

describe('two at once', () => {
  let street: Street;
  let at: Awaited<ReturnType<Street['places']>>;
  let url: string;
  beforeAll(async () => {
    const database = await freshDatabase();
    url = database.url;
    street = await openStreet(database);
    at = await street.places();
  });

  it('of all who accept in the same moment one has the call, and nobody else rings on', async () => {
    const desks = await Promise.all(Array.from({ length: 6 }, () => street.clerk(at.centre)));
    for (const one of desks) await street.atDesk(one);
    const id = await street.ask(await street.home(at.station));
    expect(await street.ringsAt(id)).toHaveLength(6);
    const won = await Promise.all(desks.map((one) => settled(street.accept(id, one))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await street.row(id)).clerkId).toBe(desks[won.indexOf(true)]);
    expect(await street.ringsAt(id)).toEqual([]);
    const offers = await street.database.db.select().from(callOffer).where(eq(callOffer.callId, id));
    expect(offers.map((one) => one.outcome).sort()).toEqual(['accepted', ...Array(5).fill('withdrawn')]);
    for (const one of desks) await street.presence.clerkGone(one);
  });

  it('the ring that runs out while she accepts ends in one of the two, never both', async () => {
    const desk = await street.clerk(at.station, { duty: 'A' });
    for (let n = 0; n < 8; n += 1) {
      await street.atDesk(desk);
      const id = await street.ask(await street.home(at.station));
      street.clock.advance({ seconds: 20 });
      const [took] = await Promise.all([settled(street.accept(id, desk)), street.calls.sweep()]);
      expect(await street.state(id)).toBe(took ? 'connecting' : 'callback');
      if (took) await street.hangUp(id, desk);
    }
    await street.presence.clerkGone(desk);
  });

  it('two instances sweep the same second: one callback, one try, one next ring', async () => {
    const second = await openDatabase({ url });
    atEnd(() => second.close());
    const other = createCalls({ ...street.parts, database: second });
    const [a, b] = [await street.clerk(at.station, { duty: 'A' }), await street.clerk(at.station, { duty: 'B' })];
    for (const one of [a, b]) await street.atDesk(one);
    const home = await street.home(at.station);
    const id = await street.ask(home);
    for (let n = 0; n < 3; n += 1) {
      street.clock.advance({ seconds: 20 });
      await Promise.all([street.calls.sweep(), other.sweep(), street.calls.sweep(), other.sweep()]);
    }
    expect(await street.state(id)).toBe('callback');
    expect(await street.callbacksOf(home)).toHaveLength(1);
    const offers = await street.database.db.select().from(callOffer).where(eq(callOffer.callId, id));
    expect(offers.map((one) => one.staffId).sort()).toEqual([a, b].sort());
    for (const one of [a, b]) await street.presence.clerkGone(one);
  });

  it('asking ten times at once is one call', async () => {
    await street.atDesk(await street.clerk(at.station, { duty: 'A' }));
    const home = await street.home(at.station);
    const ids = await Promise.all(Array.from({ length: 10 }, () => street.ask(home)));
    expect(new Set(ids).size).toBe(1);
    await street.calls.hangUp(ids[0] ?? '', { device: true, by: herself });
  });
});

describe('an instance that dies with a speaker of a call on it', () => {
  let street: Street;
  let at: Awaited<ReturnType<Street['places']>>;
  let desk: string;
  beforeAll(async () => {
    street = await openStreet(await freshDatabase());
    at = await street.places();
    desk = await street.clerk(at.station, { duty: 'A' });
    await street.atDesk(desk);
  });

  it('is noticed at the next look, though the directory still names it; a speaker that comes back goes on', async () => {
    const home = await street.home(at.station);
    const id = await street.ask(home);
    await street.talk(id, desk);
    street.unreached.add(home.device);
    await street.after(1);
    expect((await street.row(id)).speakerLostAt).not.toBeNull();
    street.unreached.delete(home.device); // it hangs on another instance now
    await street.after(5);
    expect(await street.row(id)).toMatchObject({ state: 'talking', speakerLostAt: null });
    await street.hangUp(id, desk);
    await street.wrapUp(id, desk);
  });

  it('leaves one end to each call: a talk is wrapped up by the clerk, one that only rang becomes a callback', async () => {
    const [talks, rings] = [await street.home(at.station), await street.home(at.station)];
    const talk = await street.ask(talks);
    await street.talk(talk, desk);
    const other = await street.clerk(at.station, { duty: 'B' });
    await street.atDesk(other);
    const ring = await street.ask(rings);
    expect(await street.ringsAt(ring)).toEqual([other]);
    for (const { device } of [talks, rings]) street.unreached.add(device);
    for (let second = 0; second < 22; second += 1) await street.after(1);
    expect(await Promise.all([talk, ring].map(street.state))).toEqual(['wrapping', 'callback']);
    expect(await street.ringsAt(ring)).toEqual([]);
    expect(await street.callbacksOf(rings)).toHaveLength(1);
    await street.wrapUp(talk, desk);
    expect(await street.state(talk)).toBe('ended');
  });
});

type Deed = { do: string; n: number; who: number };
const DEEDS = [
  'ask',
  'accept',
  'decline',
  'connect',
  'hang',
  'homeHangs',
  'wrap',
  'hold',
  'transfer',
  'wait',
  'leave',
  'come',
  'vanish',
  'force',
  'watch',
];
const deeds = fc.array(
  fc.record({ do: fc.constantFrom(...DEEDS, 'accept', 'connect', 'wait'), n: fc.nat(2), who: fc.nat(3) }),
  { minLength: 10, maxLength: 40 },
);

/** Does what can be done; what is refused is refused. */
async function perform(street: Street, town: Town, { do: what, n, who }: Deed): Promise<void> {
  const [home, staff] = [town.homes[n], town.staff[who]];
  if (!home || !staff) return;
  const { calls } = street;
  const id = (await calls.atDevice(home.device)) ?? town.calls.at(-1) ?? '00000000-0000-4000-8000-000000000000';
  const by = staffActor(staff);
  const end = { staffId: staff, seat: `seat-${staff}`, by };
  const works: Record<string, () => Promise<unknown>> = {
    ask: async () => town.calls.push(await street.ask(home)),
    accept: () => street.accept(id, staff),
    decline: () => calls.decline(id, staff, by),
    connect: () => street.connect(id, staff),
    hang: () => calls.hangUp(id, end),
    homeHangs: () => calls.hangUp(id, { device: true, by: herself }),
    wrap: () => street.wrapUp(id, staff, 'callback'),
    hold: () => calls.hold(id, staff, true, by),
    transfer: () => calls.transfer(id, staff, town.staff[(who + 1) % 4] ?? '', by),
    wait: () => street.after(7),
    leave: () => street.presence.clerkGone(staff),
    come: () => street.atDesk(staff),
    vanish: () => street.presence.gone(home.device, 'here'),
    force: () => calls.force(id, 'stuck', by),
    watch: () => calls.watch(id, staff, 'listen', `seat-${staff}`),
  };
  await settled(works[what]?.() ?? Promise.resolve());
}

interface Town {
  homes: Awaited<ReturnType<Street['home']>>[];
  staff: string[];
  calls: string[];
}

async function newTown(street: Street): Promise<Town> {
  const at = await street.places();
  const staff = [
    await street.clerk(at.station, { duty: 'A' }),
    await street.clerk(at.station, { duty: 'B' }),
    await street.clerk(at.centre),
    await street.clerk(at.centre),
  ];
  for (const one of staff) await street.atDesk(one);
  const homes = [await street.home(at.station), await street.home(at.station), await street.home(at.station)];
  return { homes, staff, calls: [] };
}

async function check(street: Street, town: Town): Promise<void> {
  const { db } = street.database;
  for (let n = 0; n < 80 && (await unfinished(street, town)) > 0; n += 1) await street.after(10);
  const ids = [...new Set(town.calls)];
  if (ids.length === 0) return;
  const rows = await db.select().from(call).where(inArray(call.id, ids));
  for (const row of rows) {
    expect(OVER, JSON.stringify(row)).toContain(row.state);
    expect(row.endedAt).not.toBeNull();
    expect(row.dueAt).toBeNull();
    expect(row.outcome).not.toBeNull();
    if (row.state !== 'callback') continue;
    const [owed] = await db
      .select()
      .from(callback)
      .where(eq(callback.id, row.callbackId ?? ''));
    expect(owed?.residentId).toBe(row.residentId);
  }
  const offers = await db.select().from(callOffer).where(inArray(callOffer.callId, ids));
  expect(offers.filter((one) => one.closedAt === null)).toEqual([]);
  for (const one of offers)
    expect((one.closedAt?.getTime() ?? 0) - one.offeredAt.getTime()).toBeLessThanOrEqual(60_000);
  expect(await db.select().from(callLeg).where(isNull(callLeg.closedAt))).toEqual([]);
}

async function unfinished(street: Street, town: Town): Promise<number> {
  if (town.calls.length === 0) return 0;
  const rows = await street.database.db.select().from(call).where(inArray(call.id, town.calls));
  // A talk goes on for as long as both want it: here nobody does any more.
  for (const row of rows)
    if (['talking', 'held'].includes(row.state))
      await settled(street.calls.hangUp(row.id, { device: true, by: herself }));
  return rows.filter((row) => !OVER.includes(row.state)).length;
}

describe.each<[string, () => Promise<Database>, number]>([
  ['PostgreSQL', freshDatabase, 12],
  ['PGlite', freshLite, 3],
])('on %s, whatever is done in whatever order', (_, fresh, runs) => {
  it('each call comes to exactly one end, nothing rings on, and whoever was promised a callback has one', async () => {
    const street = await openStreet(await fresh());
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const town = await newTown(street);
        for (const deed of [{ do: 'ask', n: 0, who: 0 }, ...all]) await perform(street, town, deed);
        await check(street, town);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  }, 200_000);
});

import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createVisitDesk } from '../../../src/services/visits/desk.ts';
import { createVisits } from '../../../src/services/visits/visits.ts';
import type { Database } from '../../../src/store/database.ts';
import { outbox, type ResidentFlags, staff, visit } from '../../../src/store/schema.ts';
import { aHousehold, aResident, aStation } from '../../support/records.ts';
import { fixedClock, freshDatabase, freshLite } from '../../support/stores.ts';
import { auditOf, calendar, system } from '../sample.ts';

const NOW = '2026-11-23T09:30'; // a Monday
const clock = fixedClock(NOW);
const MATTER = '社会保障卡';

let database: Database;
let visits: ReturnType<typeof createVisits>;
let residentId: string;

async function somebody(on: Database, flags: ResidentFlags = {}): Promise<string> {
  const { station } = await aStation(on.db);
  const home = await aHousehold(on.db, station.id);
  return (await aResident(on.db, home.id, { flags })).id;
}

beforeAll(async () => {
  database = await freshDatabase();
  visits = createVisits({ database, clock, calendar });
});
beforeEach(async () => {
  clock.set(NOW);
  residentId = await somebody(database);
});

const her = () => ({ kind: 'resident' as const, id: residentId, role: 'resident' });
const wish = (day = '2026-11-25', half: 'AM' | 'PM' = 'AM') => ({ residentId, matter: MATTER, day, half });
const request = (one = wish(), key: string = randomUUID()) => visits.request(key, one, her());
const rows = () => database.db.select().from(visit).where(eq(visit.residentId, residentId));
const messages = (visitId: string) =>
  database.db
    .select({ topic: outbox.topic })
    .from(outbox)
    .where(and(eq(outbox.destination, 'binhai'), sql`${outbox.payload} ->> 'visitId' = ${visitId}`));

async function planned(visitId: string): Promise<void> {
  const username = randomUUID();
  const account = { username, name: '示例小王', badge: username, role: 'clerk' as const };
  const password = { passwordHash: 'none', passwordChangedAt: clock.now() };
  const [worker] = await database.db
    .insert(staff)
    .values({ ...account, ...password })
    .returning();
  await createVisitDesk({ database, clock }).assign(randomUUID(), visitId, { workerId: worker?.id ?? '' }, system);
}

describe('who is visited', () => {
  it.each<[string, ResidentFlags, boolean]>([
    ['on the special list', { special: { grade: 2 } }, true],
    ['cannot walk', { mobility: true }, true],
    ['severely disabled', { disability: { kind: 'limb', grade: 1 } }, true],
    ['lightly disabled', { disability: { kind: 'limb', grade: 4 } }, false],
    ['nothing of that', { alone: true }, false],
  ])('%s', async (_, flags, expected) => {
    const id = await somebody(database, flags);
    expect(await visits.listed(id)).toBe(expected);
    expect((await auditOf(database, id)).at(-1)).toMatchObject({ action: 'read', fields: ['flags'] });
  });
});

describe('when somebody can come', () => {
  it.each<[string, 'AM' | 'PM', boolean]>([
    ['2026-11-24', 'AM', true],
    ['2026-11-23', 'AM', true],
    ['2026-11-22', 'PM', false],
    ['2026-11-28', 'AM', false],
    ['2026-10-01', 'AM', false],
  ])('%s %s', (day, half, expected) => {
    expect(visits.possible(day, half)).toBe(expected);
  });

  it('is not the half day that is over', () => {
    clock.set('2026-11-23T12:00');
    expect(visits.possible('2026-11-23', 'AM')).toBe(false);
    expect(visits.possible('2026-11-23', 'PM')).toBe(true);
  });
});

describe('a wish', () => {
  it('is noted with its audit row and message', async () => {
    const { visit: made, already } = await request();
    expect(already).toBe(false);
    expect(await rows()).toMatchObject([{ ...wish(), state: 'requested', workerId: null }]);
    expect((await auditOf(database, residentId)).map(({ action }) => action)).toContain('visit.requested');
    expect(await messages(made.id)).toEqual([{ topic: 'visit.requested' }]);
  });

  it('is one per matter and day, in the same turn, in another, and five at a time', async () => {
    const first = await request(wish(), 'turn-1');
    expect(await request(wish(), 'turn-1')).toEqual(first);
    const others = await Promise.all(Array.from({ length: 5 }, () => request(wish('2026-11-25', 'PM'))));
    expect(others.every(({ already, visit: one }) => already && one.id === first.visit.id)).toBe(true);
    expect(await rows()).toHaveLength(1);
  });

  it('is one also when five come at once', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => request()));
    expect(all.filter(({ already }) => !already)).toHaveLength(1);
    expect(await rows()).toHaveLength(1);
  });

  it('for another day or matter stands beside it', async () => {
    await request();
    await request(wish('2026-11-26'));
    await request({ ...wish(), matter: '老年助餐' });
    expect(await visits.live(residentId)).toHaveLength(3);
  });

  it('for a day on which nobody comes is refused and leaves nothing', async () => {
    await expect(request(wish('2026-11-28'))).rejects.toMatchObject({ refusal: 'BadInput' });
    expect(await rows()).toEqual([]);
  });

  it('moves while nobody has planned it, and says who comes afterwards', async () => {
    const { visit: made } = await request();
    const there = { visitId: made.id, residentId, day: '2026-11-27', half: 'PM' as const };
    expect(await visits.move(randomUUID(), there, her())).toMatchObject({ day: '2026-11-27', half: 'PM' });
    await planned(made.id);
    expect(await visits.live(residentId)).toMatchObject([{ worker: '示例小王', day: '2026-11-27' }]);
    await expect(visits.move(randomUUID(), { ...there, day: '2026-11-30' }, her())).rejects.toMatchObject({
      refusal: 'NotInThisState',
    });
  });

  it('of somebody else does not move', async () => {
    const { visit: made } = await request();
    const stranger = await somebody(database);
    const there = { visitId: made.id, residentId: stranger, day: '2026-11-27', half: 'PM' as const };
    await expect(visits.move(randomUUID(), there, her())).rejects.toMatchObject({ refusal: 'NotInThisState' });
  });

  it('that is past is no longer told', async () => {
    await request();
    clock.advance({ days: 7 });
    expect(await visits.live(residentId)).toEqual([]);
  });
});

describe('on PGlite', () => {
  it('a wish is noted once', async () => {
    const lite = await freshLite();
    const own = createVisits({ database: lite, clock, calendar });
    const one = { residentId: await somebody(lite), matter: MATTER, day: '2026-11-25', half: 'AM' as const };
    expect(await own.request('l1', one, system)).toMatchObject({ already: false });
    expect(await own.request('l2', one, system)).toMatchObject({ already: true });
  });
});

describe('calling off', () => {
  it('ends hers, planned or not, once, and tells the platform; another cannot', async () => {
    const { visit: made } = await request();
    await planned(made.id);
    const other = { visitId: made.id, residentId: await somebody(database) };
    await expect(visits.cancel(randomUUID(), other, her())).rejects.toMatchObject({ refusal: 'NotInThisState' });
    const mine = { visitId: made.id, residentId };
    await visits.cancel('off-1', mine, her());
    await visits.cancel('off-1', mine, her());
    await visits.cancel('off-2', mine, her());
    expect(await rows()).toMatchObject([{ state: 'cancelled', workerId: null }]);
    expect((await messages(made.id)).map(({ topic }) => topic)).toEqual(['visit.requested', 'visit.cancelled']);
    expect(await visits.live(residentId)).toEqual([]);
  });
});

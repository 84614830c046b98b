import { and, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFleet } from '../../../src/services/fleet/fleet.ts';
import { createPairing, NEW_AN_HOUR } from '../../../src/services/fleet/pairing.ts';
import type { Database } from '../../../src/store/database.ts';
import { createRates } from '../../../src/store/rates.ts';
import { household, place, speaker } from '../../../src/store/schema.ts';
import { ENGINES, type FixedClock, fixedClock, freshRedis } from '../../support/stores.ts';
import { system } from '../sample.ts';

describe.each(ENGINES)('a speaker that nobody knows (%s)', (_, fresh) => {
  let database: Database;
  let clock: FixedClock;
  let pairing: ReturnType<typeof createPairing>;
  let householdId: string;
  beforeAll(async () => {
    database = await fresh();
    householdId = await aHousehold(database);
  });
  beforeEach(async () => {
    clock = fixedClock('2026-11-23T09:30');
    pairing = createPairing({ database, clock, rates: createRates({ redis: (await freshRedis()).redis }) });
    await database.db.delete(speaker).where(eq(speaker.status, 'new'));
  });
  const rowsOf = (device: string) => database.db.select().from(speaker).where(eq(speaker.brandDevice, device));

  it('gets a row and six digits, the same all day and another the day after', async () => {
    const one = { brand: 'dueros', device: 'd1', user: 'u1' } as const;
    const code = await pairing.codeFor(one);
    expect(code).toMatch(/^\d{6}$/);
    expect(await rowsOf('d1')).toMatchObject([{ brand: 'dueros', brandUser: 'u1', status: 'new', householdId: null }]);
    clock.advance({ hours: 23 });
    expect(await pairing.codeFor(one)).toBe(code);
    clock.advance({ hours: 1 });
    expect(await pairing.codeFor(one)).not.toBe(code);
    expect(await rowsOf('d1')).toHaveLength(1);
  });

  it('that speaks ten times at once is one row with one code', async () => {
    const one = { brand: 'xiaoai', device: 'd2' } as const;
    const codes = await Promise.all(Array.from({ length: 10 }, () => pairing.codeFor(one)));
    expect(new Set(codes).size).toBe(1);
    expect(codes[0]).toMatch(/^\d{6}$/);
    expect(await rowsOf('d2')).toHaveLength(1);
  });

  it('is bound by an operator and then hears no code any more', async () => {
    const one = { brand: 'aligenie', device: 'bound-one' } as const;
    const code = await pairing.codeFor(one);
    const waits = and(eq(speaker.pairingCode, String(code)), eq(speaker.status, 'new'));
    const [found] = await database.db.select().from(speaker).where(waits);
    await createFleet({ database, clock }).bind('k1', String(found?.id), { householdId }, system);
    expect(await pairing.codeFor(one)).toBeUndefined();
    expect(await rowsOf('bound-one')).toMatchObject([{ status: 'bound', householdId }]);
  });

  it.each(['suspended', 'wiped'] as const)('or that is %s has no code', async (status) => {
    await database.db.insert(speaker).values({ serial: status, brand: 'alexa', brandDevice: status, status });
    expect(await pairing.codeFor({ brand: 'alexa', device: status })).toBeUndefined();
    expect(await rowsOf(status)).toMatchObject([{ status, pairingCode: null }]);
  });

  it('is one of so many an hour and brand; those who have come before are not shut out', async () => {
    const first = await pairing.codeFor({ brand: 'dueros', device: 'flood-first' });
    const codes: string[] = [];
    for (let n = 0; n < NEW_AN_HOUR.limit + 5; n += 1) {
      const code = await pairing.codeFor({ brand: 'dueros', device: `flood-${n}` });
      if (code) codes.push(code);
    }
    expect(codes).toHaveLength(NEW_AN_HOUR.limit - 1);
    expect(new Set([...codes, first]).size).toBe(NEW_AN_HOUR.limit);
    expect(await pairing.codeFor({ brand: 'dueros', device: 'flood-first' })).toBe(first);
    expect(await pairing.codeFor({ brand: 'xiaoai', device: 'another brand' })).toMatch(/^\d{6}$/);
  });

  it('of our own make is registered beforehand: saying a word makes no row', async () => {
    expect(await pairing.codeFor({ brand: 'speaker', device: 'own' })).toBeUndefined();
    expect(await rowsOf('own')).toEqual([]);
  });

  it('is forgotten a week after its last word; one that an operator has touched is not', async () => {
    await pairing.codeFor({ brand: 'dueros', device: 'gone' });
    await pairing.codeFor({ brand: 'dueros', device: 'stays' });
    const fleet = createFleet({ database, clock });
    await fleet.register('k2', { serial: 'SN1', brand: 'dueros', deviceId: 'registered' }, system);
    clock.advance({ days: 6 });
    await pairing.codeFor({ brand: 'dueros', device: 'stays' });
    clock.advance({ days: 2 });
    expect(await pairing.forgetStrangers()).toBe(1);
    expect([await rowsOf('gone'), await rowsOf('stays'), await rowsOf('registered')]).toMatchObject([[], [{}], [{}]]);
    expect((await rowsOf('stays'))[0]?.pairingCode).toBeNull();
    expect((await rowsOf('registered'))[0]?.pairingCode).toMatch(/^\d{6}$/);
  });
});

async function aHousehold({ db }: Database): Promise<string> {
  const about = { status: 'operating' as const, name: '示例', address: '示例路', hours: {}, matters: [] };
  const [centre] = await db
    .insert(place)
    .values({ ...about, code: 'c', kind: 'centre' })
    .returning();
  const [station] = await db
    .insert(place)
    .values({ ...about, code: 's', kind: 'station', parentId: centre?.id })
    .returning();
  const home = { community: '示例社区', building: '1', unit: '101', stationId: station?.id ?? '' };
  const [made] = await db.insert(household).values(home).returning();
  return made?.id ?? '';
}

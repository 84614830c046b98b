import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createProxies } from '../../../src/services/residents/proxies.ts';
import type { Database } from '../../../src/store/database.ts';
import { proxy } from '../../../src/store/schema.ts';
import { aHousehold, aResident, aStation } from '../../support/records.ts';
import { ENGINES, type FixedClock, fixedClock } from '../../support/stores.ts';
import { system } from '../sample.ts';

const DAUGHTER = { name: '王芳', relation: '女儿', scope: ['老年优待证'] };
const SON = { name: '王强', relation: '儿子', scope: ['老年优待证'] };

describe.each(ENGINES)('who may act for a resident, on %s', (_, fresh) => {
  let database: Database;
  let clock: FixedClock;
  let station: { id: string };
  beforeAll(async () => {
    database = await fresh();
    station = (await aStation(database.db)).station;
  });
  beforeEach(() => {
    clock = fixedClock('2026-11-23T09:30');
  });
  const proxies = () => createProxies({ database, clock });
  const somebody = async () => (await aResident(database.db, (await aHousehold(database.db, station.id)).id)).id;
  let keys = 0;
  const key = () => {
    keys += 1;
    return `proxies.test:${keys}` as Parameters<ReturnType<typeof createProxies>['agree']>[0];
  };
  const rowsOf = (residentId: string) =>
    database.db.select().from(proxy).where(eq(proxy.residentId, residentId)).orderBy(proxy.createdAt);

  it('collects only from the next day on, and only what she was named for', async () => {
    const residentId = await somebody();
    await proxies().nameCollector(key(), { residentId, ...DAUGHTER }, system);
    expect(await proxies().mayCollect(residentId, DAUGHTER.name, '老年优待证')).toBe(false);
    clock.advance({ minutes: 24 * 60 });
    expect(await proxies().mayCollect(residentId, DAUGHTER.name, '老年优待证')).toBe(true);
    expect(await proxies().mayCollect(residentId, DAUGHTER.name, '老年乘车卡')).toBe(false);
    expect(await proxies().mayCollect(residentId, SON.name, '老年优待证')).toBe(false);
  });

  it('named again is as she stands, another in her place ends her', async () => {
    const residentId = await somebody();
    const first = await proxies().nameCollector(key(), { residentId, ...DAUGHTER }, system);
    expect(await proxies().nameCollector(key(), { residentId, ...DAUGHTER }, system)).toEqual(first);
    await proxies().nameCollector(key(), { residentId, ...SON }, system);
    const rows = await rowsOf(residentId);
    expect(rows.map(({ name, validUntil }) => [name, validUntil !== null])).toEqual([
      [DAUGHTER.name, true],
      [SON.name, false],
    ]);
  });

  it('is told to her until she has answered, and again after a quarter', async () => {
    const residentId = await somebody();
    const { id } = await proxies().nameCollector(key(), { residentId, ...DAUGHTER }, system);
    expect(await proxies().toAsk(residentId)).toMatchObject({ id, name: DAUGHTER.name, again: false });
    await proxies().asked(id);
    expect(await proxies().toAsk(residentId)).toBeUndefined();
    clock.advance({ minutes: 13 * 60 });
    expect(await proxies().toAsk(residentId)).toMatchObject({ id });
    await proxies().agree(key(), { id, residentId }, system);
    clock.advance({ minutes: 80 * 24 * 60 });
    expect(await proxies().toAsk(residentId)).toBeUndefined();
    clock.advance({ minutes: 11 * 24 * 60 });
    expect(await proxies().toAsk(residentId)).toMatchObject({ id, again: true });
  });

  it('whom she did not name ends at once, and nobody answers for another', async () => {
    const [residentId, other] = [await somebody(), await somebody()];
    const { id } = await proxies().nameCollector(key(), { residentId, ...DAUGHTER }, system);
    await expect(proxies().agree(key(), { id, residentId: other }, system)).rejects.toMatchObject({
      refusal: 'NotFound',
    });
    await expect(proxies().refuse(key(), { id, residentId: other }, system)).rejects.toMatchObject({
      refusal: 'NotFound',
    });
    await proxies().refuse(key(), { id, residentId }, system);
    clock.advance({ minutes: 25 * 60 });
    expect(await proxies().mayCollect(residentId, DAUGHTER.name, '老年优待证')).toBe(false);
    expect(await proxies().toName(residentId, id)).toBeUndefined();
  });
});

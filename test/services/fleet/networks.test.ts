import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDevices } from '../../../src/services/fleet/devices.ts';
import { createNetworks, rangesOf } from '../../../src/services/fleet/networks.ts';
import { hashOfToken } from '../../../src/services/tokens.ts';
import type { Database } from '../../../src/store/database.ts';
import { speaker } from '../../../src/store/schema.ts';
import { aHousehold, aSpeaker, aStation } from '../../support/records.ts';
import { ENGINES, fixedClock } from '../../support/stores.ts';
import { fields } from '../sample.ts';

const AT_HOME = '60.28.14.7';
const REDIALLED = '60.28.201.90';
const AT_HER_DAUGHTERS = '117.10.3.3';

describe.each(ENGINES)('from where a speaker speaks, on %s', (_name, fresh) => {
  let database: Database;
  let homes: { id: string }[];
  beforeAll(async () => {
    database = await fresh();
    const { station } = await aStation(database.db);
    homes = [await aHousehold(database.db, station.id), await aHousehold(database.db, station.id)];
  });
  const networks = () => createNetworks({ database, fields });
  const bound = (home = homes[0]?.id ?? '') => aSpeaker(database.db, home, { tokenHash: hashOfToken('t') });
  const kept = async (id: string) => (await database.db.select().from(speaker).where(eq(speaker.id, id)))[0];
  const connect = async (id: string, address?: string) => {
    const tickets = { take: async () => undefined };
    const devices = createDevices({ database, clock: fixedClock('2026-11-23T09:30'), tickets, networks: networks() });
    return (await devices.byToken((await kept(id))?.brandDevice ?? '', 't', address))?.network;
  };

  it('is learnt where it first connects, and is the same after the line was dialled anew', async () => {
    const { id } = await bound();
    const range = await connect(id, AT_HOME);
    expect(range).toBeDefined();
    expect(await connect(id, REDIALLED)).toBe(range);
    expect(rangesOf((await kept(id)) as never)).toEqual([range]);
  });

  it('is another elsewhere, and is not learnt by itself', async () => {
    const { id } = await bound();
    const range = await connect(id, AT_HOME);
    const other = await connect(id, AT_HER_DAUGHTERS);
    expect(other).not.toBe(range);
    expect(rangesOf((await kept(id)) as never)).toEqual([range]);
    await networks().learn(id, other ?? '');
    await networks().learn(id, other ?? '');
    expect(rangesOf((await kept(id)) as never)).toEqual([range, other]);
  });

  it('keeps no address, and nothing of what says nothing', async () => {
    const { id } = await bound();
    for (const local of ['127.0.0.1', '192.168.1.9', '::1', 'fe80::1', '100.64.3.2', undefined]) {
      expect(await connect(id, local)).toBeUndefined();
    }
    expect(rangesOf((await kept(id)) as never)).toEqual([]);
    await connect(id, AT_HOME);
    expect(JSON.stringify((await kept(id))?.settings)).not.toContain('60.28');
    expect(networks().rangeOf('::ffff:60.28.14.7')).toBe(networks().rangeOf(AT_HOME));
    expect(networks().rangeOf('2408:8207:1::5')).toBe(networks().rangeOf('2408:8207:ffff::9'));
  });

  it('is forgotten with the household that it was the home of', async () => {
    const { id } = await bound();
    const range = await connect(id, AT_HOME);
    await database.db.update(speaker).set({ householdId: homes[1]?.id }).where(eq(speaker.id, id));
    expect(rangesOf((await kept(id)) as never)).toEqual([]);
    const there = await connect(id, AT_HER_DAUGHTERS);
    expect(there).not.toBe(range);
    expect(rangesOf((await kept(id)) as never)).toEqual([there]);
  });

  it('holds so many and the newest', async () => {
    const { id } = await bound();
    for (let n = 1; n <= 20; n += 1) await networks().learn(id, `range-${n}`);
    expect(rangesOf((await kept(id)) as never)).toHaveLength(16);
    expect(rangesOf((await kept(id)) as never).at(-1)).toBe('range-20');
  });
});

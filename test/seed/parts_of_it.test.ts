import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { tokenMatches } from '../../src/services/tokens.ts';
import type { Database } from '../../src/store/database.ts';
import * as schema from '../../src/store/schema.ts';
import { seedCommunity, seedLoad } from '../../src/store/seed/index.ts';
import { loadFacts } from '../../src/store/seed/load-facts.ts';
import { makeSlots } from '../../src/store/seed/slots.ts';
import { calendar, catalogue, seeded } from '../services/sample.ts';
import { freshDatabase, freshLite } from '../support/stores.ts';

import { clock, countsOf, parts, TODAY } from './counts.ts';

describe('public facts', () => {
  it('without the sample have no invented place, and all guides', async () => {
    const real = await freshDatabase();
    await loadFacts({ database: real, catalogue, sample: false });
    expect(await countsOf(real)).toMatchObject({ place: 0, service_window: 0, guide: 25, resident: 0 });
  });

  it('leave alone what an officer has changed', async () => {
    const database = await freshDatabase();
    await loadFacts({ database, catalogue, sample: true });
    const title = 'changed by an officer';
    const mine = eq(schema.policy.code, 'pension-check');
    await database.db.update(schema.policy).set({ title }).where(mine);
    await loadFacts({ database, catalogue, sample: true });
    expect((await database.db.select().from(schema.policy).where(mine))[0]?.title).toBe(title);
  });

  it('of a newer version end the older one the day before', async () => {
    const real = await freshDatabase();
    await loadFacts({ database: real, catalogue, sample: false });
    const guides = catalogue.guides.map((one) =>
      one.matter === '最低生活保障' ? { ...one, version: 2, effectiveFrom: '2026-12-01' } : one,
    );
    expect(await loadFacts({ database: real, catalogue: { ...catalogue, guides }, sample: false })).toBe(1);
    const older = and(eq(schema.guide.matter, '最低生活保障'), eq(schema.guide.version, 1));
    expect((await real.db.select().from(schema.guide).where(older))[0]?.effectiveUntil).toBe('2026-11-30');
  });
});

describe('load work', () => {
  it('appends marked homes with tokens, once for a number', async () => {
    const database = await freshDatabase();
    await loadFacts({ database, catalogue, sample: true });
    const load = { database, clock, sample: catalogue.sample, households: 30, speakers: 10, seed: 7 };
    const devices = await seedLoad(load);
    expect(devices).toHaveLength(10);
    expect((await countsOf(database))?.resident).toBe(30);
    const [row] = await database.db
      .select()
      .from(schema.speaker)
      .where(eq(schema.speaker.brandDevice, devices[0]?.deviceId ?? ''));
    expect(tokenMatches(devices[0]?.token ?? '', row?.tokenHash ?? null)).toBe(true);
    expect(await seedLoad(load)).toEqual([]);
    expect(await seedLoad({ ...load, seed: 8, households: 1, speakers: 1 })).toHaveLength(1);
  });
});

describe('on PGlite', () => {
  let lite: Database;
  beforeAll(async () => {
    lite = await freshLite();
  });

  it('the whole community is made, and made once', async () => {
    const { speakers } = await seeded(lite, clock);
    expect(await seedCommunity(parts(lite))).toBeUndefined();
    expect(await makeSlots(lite, calendar, TODAY, 2)).toBe(0);
    const here = await countsOf(lite);
    expect(here?.resident).toBe(speakers.flatMap((home) => home.residents).length);
  });
});

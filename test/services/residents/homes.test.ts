import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createHomes } from '../../../src/services/residents/homes.ts';
import type { Database } from '../../../src/store/database.ts';
import { consent, resident, speaker } from '../../../src/store/schema.ts';
import type { Demo } from '../../../src/store/seed/index.ts';
import { fixedClock, freshDatabase, freshLite } from '../../support/stores.ts';
import { auditOf, fields, seeded, whoIs } from '../sample.ts';

const clock = fixedClock('2026-11-23T09:30');
let database: Database;
let demo: Demo;
let homes: ReturnType<typeof createHomes>;
beforeAll(async () => {
  database = await freshDatabase();
  demo = await seeded(database, clock);
  homes = createHomes({ database, fields, clock });
});
const atHome = (n: number) => {
  const home = demo.speakers[n];
  if (!home) throw new Error(`no home ${n}`);
  return home;
};

describe('a home', () => {
  it('is found by our own speaker, with who lives there', async () => {
    const home = await homes.at({ brand: 'speaker', device: atHome(0).deviceId });
    expect(home).toMatchObject({ status: 'bound', station: { name: '示例一号便民服务站' } });
    const [her] = home?.residents ?? [];
    expect(her).toMatchObject({
      age: 81,
      locale: 'zh-CN',
      pace: 190,
      hasPin: true,
      consents: ['data', 'push'],
      state: 'living',
    });
    expect(her?.flags).toMatchObject({ alone: true, widow: true });
  });

  it('is the same by every brand', async () => {
    const { platformIds, deviceId } = atHome(3);
    const own = await homes.at({ brand: 'speaker', device: deviceId });
    for (const [brand, ids] of Object.entries(platformIds)) {
      const home = await homes.at({ brand: brand as 'alexa', device: ids.deviceId, user: ids.userId });
      expect([brand, home?.householdId]).toEqual([brand, own?.householdId]);
      expect((await homes.at({ brand: brand as 'alexa', device: ids.userId, user: ids.userId }))?.householdId).toBe(
        own?.householdId,
      );
    }
  });

  it('is nobody’s for a device that somebody else has now, another brand, or none', async () => {
    const { alexa } = atHome(2).platformIds;
    expect(await homes.at({ brand: 'alexa', device: alexa.deviceId, user: 'amzn1.ask.account.OTHER' })).toBeUndefined();
    expect(await homes.at({ brand: 'dueros', device: alexa.deviceId })).toBeUndefined();
    expect(await homes.at({ brand: 'speaker', device: 'nothing' })).toBeUndefined();
  });

  it('is closed while the speaker is suspended or wiped', async () => {
    const { deviceId } = atHome(4);
    const set = (status: 'suspended' | 'wiped' | 'bound') =>
      database.db.update(speaker).set({ status }).where(eq(speaker.brandDevice, deviceId));
    for (const status of ['suspended', 'wiped'] as const) {
      await set(status);
      expect(await homes.at({ brand: 'speaker', device: deviceId })).toBeUndefined();
    }
    await set('bound');
    expect(await homes.at({ brand: 'speaker', device: deviceId })).toBeDefined();
  });

  it('of a couple names both, the elder first', async () => {
    const { home } = await whoIs(database, demo, ['couple']);
    const ages = (await homes.at({ brand: 'speaker', device: home.deviceId }))?.residents.map(({ age }) => age);
    expect(ages).toEqual([80, 78]);
  });

  it('knows only the consents that still stand', async () => {
    const { home, residentId } = await whoIs(database, demo, ['case:producing']);
    const now = new Date();
    await database.db
      .insert(consent)
      .values({ residentId, purpose: 'push', textVersion: '1', given: false, createdAt: now });
    const read = await homes.at({ brand: 'speaker', device: home.deviceId });
    expect(read?.residents[0]?.consents).toEqual(['data']);
    const refused = await whoIs(database, demo, ['noConsent']);
    expect((await homes.at({ brand: 'speaker', device: refused.home.deviceId }))?.residents[0]?.consents).toEqual([]);
  });

  it('is not opened unseen', async () => {
    const { home, residentId } = await whoIs(database, demo, ['case:submitted']);
    await homes.at({ brand: 'speaker', device: home.deviceId });
    expect((await auditOf(database, residentId)).at(-1)).toMatchObject({ action: 'read', actorKind: 'system' });
  });
});

describe('a resident', () => {
  it('keeps her pace, within what can be followed', async () => {
    const { residentId } = await whoIs(database, demo, ['hardOfHearing']);
    const paceOf = async () => (await database.db.select().from(resident).where(eq(resident.id, residentId)))[0]?.pace;
    await homes.setPace(residentId, 150);
    expect(await paceOf()).toBe(150);
    await homes.setPace(residentId, 20);
    expect(await paceOf()).toBe(120);
    await expect(homes.setPace('00000000-0000-4000-8000-000000000000', 150)).rejects.toMatchObject({
      refusal: 'NotFound',
    });
  });

  it('hears four digits of her phone, never more', async () => {
    const { residentId, row } = await whoIs(database, demo, ['hardOfHearing']);
    const tail = await homes.phoneTail(residentId);
    expect(fields.open(row.phoneSealed ?? '', `resident.phoneSealed:${residentId}`).endsWith(tail ?? 'x')).toBe(true);
    expect(tail).toMatch(/^\d{4}$/);
    expect((await auditOf(database, residentId)).at(-1)).toMatchObject({ action: 'read', fields: ['phoneTail'] });
  });
});

describe('on PGlite', () => {
  let lite: Database;
  let home: Demo;
  beforeAll(async () => {
    lite = await freshLite();
    home = await seeded(lite, clock);
  });

  it('the same home is found', async () => {
    const mine = createHomes({ database: lite, fields, clock });
    const { residentId, home: hers } = await whoIs(lite, home, ['couple']);
    expect((await mine.at({ brand: 'speaker', device: hers.deviceId }))?.residents).toHaveLength(2);
    await mine.setPace(residentId, 160);
    expect(await mine.phoneTail(residentId)).toMatch(/^\d{4}$/);
  });
});

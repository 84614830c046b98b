import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { audit, callback, speaker } from '../../src/store/schema.ts';
import { vendorsOfOurOwn } from '../app/support/vendors.ts';
import { createWebhook, WEBHOOK_BRANDS, type WebhookBrand } from '../app/support/webhooks.ts';
import { type BuiltApp, buildApp } from '../support/app.ts';

let app: BuiltApp;
const vendors = vendorsOfOurOwn();
beforeAll(async () => {
  app = await buildApp({ env: vendors.env });
});
const by = { kind: 'system' as const, id: 'test', role: 'test' };
const speaks = (brand: WebhookBrand, ids: { deviceId: string; userId: string }) => {
  const webhook = createWebhook(brand, { url: app.url, vendors, ids });
  return async (words: string) => (await webhook.send(webhook.letter({ words }))).spoken;
};
const rowOf = async (deviceId: string) => {
  const [row] = await app.core.database.db.select().from(speaker).where(eq(speaker.brandDevice, deviceId));
  return row;
};

describe.each(WEBHOOK_BRANDS)('a %s speaker that has just been unpacked', (brand) => {
  const ids = { deviceId: `${brand}-unpacked`, userId: `${brand}-somebody` };

  it('reads out its pairing code and whom to tell', async () => {
    const heard = await speaks(brand, ids)('你好');
    const code = (await rowOf(ids.deviceId))?.pairingCode ?? '';
    expect(code).toMatch(/^\d{6}$/);
    const digits = [...code].map((digit) => (brand === 'alexa' ? digit : '零一二三四五六七八九'[Number(digit)]));
    const spoken = heard.replace(/[^\d零一二三四五六七八九幺]/g, '').replaceAll('幺', '一');
    expect([code, digits.join('')].some((one) => spoken.includes(one))).toBe(true);
  });

  it('is found by that code, bound, and then knows its people', async () => {
    const { db } = app.core.database;
    const row = await rowOf(ids.deviceId);
    const [home] = await db
      .select()
      .from(speaker)
      .where(eq(speaker.brandDevice, app.demo.speakers[0]?.deviceId ?? ''));
    await app.core.services.fleet.bind(randomUUID(), row?.id ?? '', { householdId: home?.householdId ?? '' }, by);
    expect(await speaks(brand, ids)('你好')).not.toMatch(/没登记|not registered/);
  });

  it('of another account hears no code and nothing of the home', async () => {
    const heard = await speaks(brand, { ...ids, userId: 'a-buyer' })('我的证好了吗');
    expect(heard).toMatch(/没登记|not registered/);
    expect(heard).not.toMatch(/配对码|pairing code/);
    for (const { residents } of app.demo.speakers) for (const { name } of residents) expect(heard).not.toContain(name);
  });

  it.each(['suspend', 'wipe'] as const)('answers neutrally after %s', async (what) => {
    const row = await rowOf(ids.deviceId);
    await app.core.services.fleet[what](randomUUID(), row?.id ?? '', {}, by);
    const reads = await app.core.database.db.$count(audit);
    const heard = await speaks(brand, ids)('我的证好了吗');
    expect(heard).toMatch(/没登记|not registered/);
    expect(heard).not.toMatch(/配对码|pairing code/);
    expect(await app.core.database.db.$count(audit)).toBe(reads);
  });
});

it('an emergency at a speaker that nobody knows is answered first, and nothing is promised', async () => {
  const before = await app.core.database.db.$count(callback);
  const heard = await speaks('dueros', { deviceId: 'nobody', userId: 'nobody' })('我摔倒了起不来');
  expect(heard).not.toContain('没登记');
  expect(heard).toMatch(/幺二零|120/);
  expect(await app.core.database.db.$count(callback)).toBe(before);
});

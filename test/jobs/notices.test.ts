import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPolicies } from '../../src/services/policies/policies.ts';
import { audit, policy, resident, speaker } from '../../src/store/schema.ts';
import { fixedClock, freshLite } from '../support/stores.ts';
import { openStreet, type Street } from './support/homes.ts';

const clock = fixedClock('2026-11-23T09:30');
let street: Street;
beforeAll(async () => {
  street = await openStreet(clock);
});
beforeEach(() => {
  clock.set('2026-11-23T09:30');
  street.rung.length = 0;
  street.online.clear();
});
const frames = (device: string) => street.rung.filter(([at]) => at === device).map(([, frame]) => frame);

describe('a policy', () => {
  it('chimes once at a speaker that listens, and its delivery says how far it came', async () => {
    const { her, device } = await street.home();
    street.online.add(device);
    const policyId = await street.publish([her]);
    await street.run();
    const [planned] = await street.of(her);
    expect(frames(device)).toEqual([
      { type: 'notice', id: planned?.chimeId, kind: 'policy', expires: planned?.expiresAt.toISOString() },
    ]);
    expect(JSON.stringify(street.rung)).not.toContain(policyId);
    expect(await street.deliveryOf(her, policyId)).toMatchObject({
      state: 'sent',
      channel: 'speaker',
      sentAt: clock.now(),
    });

    await street.notices.acknowledged(device, planned?.chimeId ?? '', 'announced');
    expect(await street.deliveryOf(her, policyId)).toMatchObject({ state: 'announced', announcedAt: clock.now() });
    await createPolicies({ database: street.database, clock }).heard(
      `test:${policyId}`,
      { policyId, residentId: her.id, state: 'heard' },
      { kind: 'resident', id: her.id, role: 'resident' },
    );
    await street.notices.acknowledged(device, planned?.chimeId ?? '', 'announced');
    expect([(await street.of(her))[0]?.state, (await street.deliveryOf(her, policyId))?.state]).toEqual([
      'heard',
      'heard',
    ]);
    expect(await street.notices.waitingAt(device)).toEqual([]);
  });

  it('that is paused lies, one that is recalled is not told any more', async () => {
    const { her, device } = await street.home();
    const policyId = await street.publish([her]);
    await street.run();
    street.online.add(device);
    await street.database.db.update(policy).set({ state: 'paused' }).where(eq(policy.id, policyId));
    clock.advance({ minutes: 15 });
    await street.run();
    expect([street.rung, (await street.of(her))[0]?.state]).toEqual([[], 'planned']);
    await street.database.db.update(policy).set({ state: 'recalled' }).where(eq(policy.id, policyId));
    clock.advance({ minutes: 2 });
    await street.run();
    expect([street.rung, (await street.of(her))[0]?.state]).toEqual([[], 'expired']);
    expect((await street.deliveryOf(her, policyId))?.state).toBe('expired');
  });

  it('is told by nobody unasked to whoever did not agree, died or moved away', async () => {
    const [silent, gone] = [await street.home({ push: false }), await street.home({ people: [{ state: 'deceased' }] })];
    for (const { device } of [silent, gone]) street.online.add(device);
    await street.publish([silent.her, gone.her]);
    await street.run();
    expect(street.rung).toEqual([]);
    expect(await street.of(silent.her)).toMatchObject([{ state: 'planned', channel: 'opening' }]);
    expect(await street.of(gone.her)).toMatchObject([{ state: 'expired' }]);
  });
});

describe('a home', () => {
  it('hears one chime for all that is due, and no more than two a day', async () => {
    const { people, device } = await street.home({ people: [{}, {}] });
    street.online.add(device);
    await street.publish(people);
    await street.plan({ residentId: people[1]?.id ?? '' });
    await street.run();
    expect(frames(device)).toMatchObject([{ kind: 'progress' }]);
    expect(new Set((await street.of(...people)).map(({ chimeId }) => chimeId)).size).toBe(1);

    for (let n = 0; n < 3; n += 1) {
      clock.advance({ minutes: 60 });
      await street.plan({ residentId: people[0]?.id ?? '' });
      await street.run();
    }
    expect(frames(device)).toHaveLength(2);
    clock.set('2026-11-24T08:00');
    await street.run();
    expect(frames(device)).toHaveLength(3); // what waited comes as one
    expect((await street.of(...people)).filter(({ state }) => state !== 'sent')).toEqual([]);
  });

  it('is left in peace from nine in the evening until eight, and longer where one of them sleeps longer', async () => {
    const { her, device } = await street.home({ people: [{}, { quietUntil: '09:30' }] });
    street.online.add(device);
    clock.set('2026-11-23T21:00');
    await street.plan({ residentId: her.id });
    await street.run();
    clock.set('2026-11-24T08:00');
    await street.run();
    expect(street.rung).toEqual([]);
    clock.set('2026-11-24T09:30');
    await street.run();
    expect(frames(device)).toHaveLength(1);
  });

  it('whose speaker was away hears of it when it comes back, once, and not after its time', async () => {
    const { her, device } = await street.home();
    await street.plan({ residentId: her.id, expiresAt: new Date('2026-11-23T10:30:00+08:00') });
    await street.run();
    expect([street.rung, (await street.of(her))[0]?.channel]).toEqual([[], 'away']);
    clock.advance({ minutes: 1 });
    street.online.add(device);
    expect(await street.notices.waitingAt(device)).toEqual([]); // looked at anew at once
    await street.run();
    expect(frames(device)).toHaveLength(1);
    // The line broke before it could say so: the same chime, under the same id.
    expect(await street.notices.waitingAt(device)).toEqual(frames(device));
    clock.set('2026-11-23T10:30');
    expect(await street.notices.waitingAt(device)).toEqual([]);
    await street.run();
    expect((await street.of(her))[0]?.state).toBe('expired');
  });

  it('does not hear of another home’s chime, and cannot take it away', async () => {
    const [here, there] = [await street.home(), await street.home()];
    street.online.add(here.device);
    await street.plan({ residentId: here.her.id });
    await street.run();
    const chimeId = (await street.of(here.her))[0]?.chimeId ?? '';
    await street.notices.acknowledged(there.device, chimeId, 'refused');
    await street.notices.acknowledged(here.device, 'no uuid at all', 'refused');
    expect((await street.of(here.her))[0]?.state).toBe('sent');
    await street.notices.acknowledged(here.device, chimeId, 'refused');
    expect((await street.of(here.her))[0]?.state).toBe('refused');
    const written = await street.database.db.select().from(audit).where(eq(audit.residentId, here.her.id));
    expect(written.map(({ action }) => action)).toContain('notice.refused');
  });
});

describe('by a brand', () => {
  it('Alexa’s proactive event and AliGenie’s notification reach the right one, once', async () => {
    for (const brand of ['alexa', 'aligenie'] as const) {
      const { her, speakers } = await street.home({ brands: [brand] });
      await street.plan({ residentId: her.id });
      await street.run();
      await street.run();
      expect(await street.of(her)).toMatchObject([{ state: 'sent', channel: brand }]);
      const told = brand === 'alexa' ? street.vendors.alexa.events() : street.vendors.aligenie.notifications();
      const mine = told.filter((one) =>
        JSON.stringify(one).includes(`"${brand === 'alexa' ? 'user-alexa' : speakers[0]?.brandDevice}"`),
      );
      expect(mine).toHaveLength(1);
    }
  });

  it('that refuses gives the notice to the next way: here the next opening', async () => {
    const { her } = await street.home({ brands: ['aligenie', 'dueros'] });
    street.vendors.aligenie.next(403);
    await street.plan({ residentId: her.id });
    await street.run();
    expect(await street.of(her)).toMatchObject([
      { state: 'planned', channel: 'opening', chimeId: null, failed: ['aligenie'] },
    ]);
    expect((await street.messages('push:aligenie')).filter(({ deadAt }) => deadAt)).toMatchObject([
      { lastError: 'aligenie: refused' },
    ]);
  });

  it('that is down for a while is asked again, and hears it once although its first answer was lost', async () => {
    const { her } = await street.home({ brands: ['alexa'] });
    const before = street.vendors.alexa.events().length;
    street.vendors.alexa.next('lost', 503);
    await street.plan({ residentId: her.id });
    for (let n = 0; n < 4; n += 1) {
      await street.run();
      clock.advance({ minutes: 5 });
    }
    expect(await street.of(her)).toMatchObject([{ state: 'sent', channel: 'alexa' }]);
    expect(street.vendors.alexa.events()).toHaveLength(before + 1);
  });
});

describe('a text message', () => {
  it('goes instead of a chime to whoever wants it so, with her consent', async () => {
    const { her, device } = await street.home({ people: [{ channel: 'sms' }], sms: true, phone: '12000001234' });
    street.online.add(device);
    await street.plan({ residentId: her.id });
    await street.run();
    expect(street.vendors.sms.kept().at(-1)?.body).toEqual({
      to: '12000001234',
      template: 'notice_progress',
      values: {},
    });
    expect([street.rung, await street.of(her)]).toMatchObject([[], [{ state: 'sent', channel: 'sms' }]]);
  });

  it('that may not go leaves the chime', async () => {
    const { her, device } = await street.home({ people: [{ channel: 'sms' }], phone: '12000001235' });
    street.online.add(device);
    await street.plan({ residentId: her.id });
    await street.run();
    expect(await street.of(her)).toMatchObject([{ state: 'sent', channel: 'speaker', failed: ['sms'] }]);
    expect(JSON.stringify(street.vendors.sms.kept())).not.toContain('12000001235');
  });

  it('tells of what presses when her speaker has been away for two hours; a policy can wait', async () => {
    const { her } = await street.home({ sms: true, phone: '12000001236' });
    await street.publish([her]);
    await street.plan({ residentId: her.id, kind: 'reminder' });
    for (let n = 0; n < 14; n += 1) {
      await street.run();
      clock.advance({ minutes: 10 });
    }
    const sent = street.vendors.sms.kept().filter(({ body }) => body.to === '12000001236');
    expect(sent.map(({ body }) => body.template)).toEqual(['notice_reminder']);
  });
});

it('two instances at once ring once', async () => {
  const homes = await Promise.all(Array.from({ length: 20 }, () => street.home()));
  for (const { device } of homes) street.online.add(device);
  await street.publish(homes.map(({ her }) => her));
  await Promise.all([street.run(), street.run(), street.run()]);
  for (const { device } of homes) expect(frames(device)).toHaveLength(1);
});

it('a speaker that has left the home rings no more', async () => {
  const { her, device, speakers } = await street.home();
  street.online.add(device);
  await street.database.db
    .update(speaker)
    .set({ status: 'suspended' })
    .where(eq(speaker.id, speakers[0]?.id ?? ''));
  await street.plan({ residentId: her.id });
  await street.run();
  expect([street.rung, (await street.of(her))[0]?.state]).toEqual([[], 'planned']);
});

it('holds on the embedded database too', async () => {
  const lite = await openStreet(clock, await freshLite());
  const { her, device } = await lite.home();
  lite.online.add(device);
  const policyId = await lite.publish([her]);
  await lite.run();
  expect([lite.rung.length, (await lite.deliveryOf(her, policyId))?.state]).toEqual([1, 'sent']);
  await lite.database.db.update(resident).set({ state: 'moved' }).where(eq(resident.id, her.id));
  await lite.plan({ residentId: her.id });
  await lite.run();
  expect(lite.rung).toHaveLength(1);
});

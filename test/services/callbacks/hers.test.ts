import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCallbacks } from '../../../src/services/callbacks/callbacks.ts';
import { createHerCallbacks } from '../../../src/services/callbacks/hers.ts';
import type { Database } from '../../../src/store/database.ts';
import { createPresence } from '../../../src/store/presence.ts';
import { callback } from '../../../src/store/schema.ts';
import type { Demo } from '../../../src/store/seed/index.ts';
import { ENGINES, fixedClock, freshRedis } from '../../support/stores.ts';
import { calendar, fields, seeded, system, whoIs } from '../sample.ts';

const clock = fixedClock('2026-11-23T09:30');

describe.each(ENGINES)('her callbacks (%s)', (_, fresh) => {
  let database: Database;
  let demo: Demo;
  let callbacks: ReturnType<typeof createCallbacks>;
  let hers: ReturnType<typeof createHerCallbacks>;
  beforeAll(async () => {
    database = await fresh();
    demo = await seeded(database, clock);
    const presence = createPresence({ redis: (await freshRedis()).redis });
    callbacks = createCallbacks({ database, fields, presence, clock, calendar });
    hers = createHerCallbacks({ database, clock, calendar, callbacks });
  }, 120_000);
  const her = async (trait: string) => {
    const { residentId, speakerId } = await whoIs(database, demo, [trait], ['openCallback']);
    return { residentId, speakerId };
  };
  const row = async (id: string) => (await database.db.select().from(callback).where(eq(callback.id, id)))[0];

  it('are told as they stand, moved, late ones promised anew, and given up once and for all', async () => {
    clock.set('2026-11-23T09:30');
    const whose = await her('overdue');
    expect(await hers.live(whose, system)).toBeUndefined();
    const { id } = await callbacks.request('k1', { ...whose, reason: 'agent.call' }, system);
    expect(await hers.live(whose, system)).toMatchObject({ id, late: false, before: { time: '11:30' } });
    const moved = await hers.move('k2', { ...whose, callbackId: id, day: '2026-11-25', wanted: 'AM' }, system);
    expect(moved.before.day).toBe('2026-11-25');
    expect(await hers.move('k2', { ...whose, callbackId: id, day: '2026-11-26' }, system)).toEqual(moved);
    clock.set('2026-11-25T15:00');
    expect(await hers.live(whose, system)).toMatchObject({ id, late: true });
    expect((await hers.move('k3', { ...whose, callbackId: id }, system)).dueAt > clock.now()).toBe(true);
    await hers.giveUp('k4', { ...whose, callbackId: id }, system);
    await hers.giveUp('k5', { ...whose, callbackId: id }, system);
    expect(await row(id)).toMatchObject({ state: 'closed', outcome: 'not_wanted' });
    expect(await hers.live(whose, system)).toBeUndefined();
    await expect(hers.move('k6', { ...whose, callbackId: id }, system)).rejects.toMatchObject({
      refusal: 'NotInThisState',
    });
  });

  it('of another are not hers to touch', async () => {
    clock.set('2026-11-23T09:30');
    const [one, other] = [await her('case:producing'), await her('overdue')];
    const { id } = await callbacks.request('k7', { ...one, reason: 'agent.call' }, system);
    await expect(hers.giveUp('k8', { ...other, callbackId: id }, system)).rejects.toMatchObject({
      refusal: 'NotFound',
    });
    expect(await row(id)).toMatchObject({ state: 'open' });
  });

  it('for somebody, and then for something, are one and the same; an emergency never is', async () => {
    clock.set('2026-11-23T09:30');
    const whose = await her('case:withdrawn');
    const { id } = await callbacks.request('k9', { ...whose, reason: 'agent.call' }, system);
    const named = await callbacks.request('k10', { ...whose, reason: 'apply', matter: '老年优待证' }, system);
    expect(named).toMatchObject({ id, already: true });
    expect(await row(id)).toMatchObject({ reason: 'apply', matter: '老年优待证', state: 'open' });
    const alarm = await callbacks.request('k11', { ...whose, reason: 'emergency' }, system);
    expect(alarm.id).not.toBe(id);
  });
});

import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { shanghaiDay, shanghaiTime } from '../../../src/clock.ts';
import { createCallbacks } from '../../../src/services/callbacks/callbacks.ts';
import type { Database } from '../../../src/store/database.ts';
import { createPresence, type Presence } from '../../../src/store/presence.ts';
import { callback, speaker, staff } from '../../../src/store/schema.ts';
import type { Demo } from '../../../src/store/seed/index.ts';
import { fixedClock, freshDatabase, freshLite, freshRedis } from '../../support/stores.ts';
import { auditOf, calendar, fields, seeded, system, whoIs } from '../sample.ts';

const clock = fixedClock('2026-11-23T09:30');
let database: Database;
let demo: Demo;
let presence: Presence;
let callbacks: ReturnType<typeof createCallbacks>;
beforeAll(async () => {
  database = await freshDatabase();
  demo = await seeded(database, clock);
  presence = createPresence({ redis: (await freshRedis()).redis });
  callbacks = createCallbacks({ database, fields, presence, clock, calendar });
});
const her = async (traits: string[]) => {
  const { residentId, speakerId } = await whoIs(database, demo, traits, ['openCallback']);
  return { residentId, speakerId };
};
const openOf = async (residentId: string) =>
  (await database.db.select().from(callback).where(eq(callback.residentId, residentId))).filter(
    ({ state }) => state === 'open',
  );

describe('asking for a call', () => {
  it('promises a time within opening hours, a place in the queue, and the tail of her phone only', async () => {
    const made = await callbacks.request('r1', { ...(await her(['case:producing'])), reason: 'agent.call' }, system);
    expect(made.before).toEqual({ day: '2026-11-23', time: '11:30' });
    expect(made.place).toBeGreaterThan(0);
    expect(made.phoneTail).toMatch(/^\d{4}$/);
    expect(made.already).toBeUndefined();
  });

  it('again with the same request is one callback', async () => {
    const wish = { ...(await her(['overdue'])), reason: 'agent.call' };
    const [one, two] = [await callbacks.request('r2', wish, system), await callbacks.request('r2', wish, system)];
    expect(two).toEqual(one);
    expect(await openOf(wish.residentId)).toHaveLength(1);
  });

  it('again with another request finds the standing one', async () => {
    const wish = { ...(await her(['case:withdrawn'])), reason: 'agent.call' };
    const one = await callbacks.request('r3', wish, system);
    clock.advance({ minutes: 20 });
    const two = await callbacks.request('r4', { ...wish, wanted: 'PM' }, system);
    clock.set('2026-11-23T09:30');
    expect([two.id, two.already, two.before]).toEqual([one.id, true, one.before]);
  });

  it('a telephone named for the standing one is the one that is rung', async () => {
    const wish = { ...(await her(['case:correction'])), reason: 'agent.call' };
    const one = await callbacks.request('p1', wish, system);
    const two = await callbacks.request('p2', { ...wish, phone: '13912345678' }, system);
    expect([two.id, two.already, two.phoneTail]).toEqual([one.id, true, '5678']);
  });

  it('ten times at once makes one', async () => {
    const wish = { ...(await her(['english', 'liveBooking'])), reason: 'agent.call' };
    const made = await Promise.all(Array.from({ length: 10 }, (_, n) => callbacks.request(`many${n}`, wish, system)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await openOf(wish.residentId)).toHaveLength(1);
  });

  it('at once from two speakers of the same home makes one', async () => {
    const { residentId, row } = await whoIs(database, demo, ['english'], ['liveBooking', 'openCallback']);
    const speakers = await database.db.select().from(speaker).where(eq(speaker.householdId, row.householdId));
    const wishes = speakers.map(({ id: speakerId }) => ({ residentId, speakerId, reason: 'agent.call' }));
    const made = await Promise.all(wishes.map((wish, n) => callbacks.request(`both${n}`, wish, system)));
    expect(made).toHaveLength(5);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  it('for another reason, or without saying who she is, is another one', async () => {
    const { residentId, speakerId } = await her(['turns65']);
    const ids = [
      await callbacks.request('r5', { residentId, speakerId, reason: 'apply' }, system),
      await callbacks.request('r6', { residentId, speakerId, reason: 'visit' }, system),
      await callbacks.request('r7', { speakerId, reason: 'agent.call' }, system),
      await callbacks.request('r8', { speakerId, reason: 'agent.call' }, system),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(ids[3]).toBe(ids[2]);
  });

  it('keeps a phone number sealed', async () => {
    const wish = { ...(await her(['draft'])), reason: 'agent.call', phone: '12000987654' };
    const made = await callbacks.request('r9', wish, system);
    const [row] = await database.db.select().from(callback).where(eq(callback.id, made.id));
    expect(made.phoneTail).toBe('7654');
    expect(JSON.stringify(row)).not.toContain('12000987654');
    expect((await auditOf(database, wish.residentId)).map(({ action }) => action)).toContain('callback.requested');
  });

  it('late on the eve of a holiday is answered after it', async () => {
    clock.set('2026-09-30T17:20');
    const made = await callbacks.request(
      'r10',
      { ...(await her(['widow', 'liveBooking'])), reason: 'agent.call' },
      system,
    );
    clock.set('2026-11-23T09:30');
    expect([shanghaiDay(made.dueAt), shanghaiTime(made.dueAt)]).toEqual(['2026-10-08', '10:50']);
  });

  it('from a speaker that is at nobody’s home is refused by name', async () => {
    const nowhere = { speakerId: '00000000-0000-4000-8000-000000000000', reason: 'agent.call' };
    await expect(callbacks.request('r11', nowhere, system)).rejects.toMatchObject({ refusal: 'SpeakerUnknown' });
  });

  it('keeps the place of the call that it came from', async () => {
    const { residentId, speakerId } = await her(['special', 'case:correction']);
    const since = new Date(clock.now().getTime() - 24 * 3_600_000);
    const first = await callbacks.request('r12', { residentId, speakerId, reason: 'apply', since }, system);
    const later = await callbacks.request('r13', { residentId, speakerId, reason: 'visit' }, system);
    expect([first.place, later.place > first.place]).toEqual([1, true]);
  });
});

describe('the desk', () => {
  it('is on duty with whoever is there, A before B, and with nobody when that is unknown', async () => {
    const [a, b] = await database.db.select().from(staff).where(eq(staff.role, 'clerk')).orderBy(staff.username);
    const placeId = a?.placeId ?? '';
    expect(await callbacks.onDuty(placeId)).toEqual([]);
    await presence.setClerk(b?.id ?? '', { state: 'available', placeId });
    await presence.setClerk(a?.id ?? '', { state: 'busy', reason: 'call', placeId });
    expect((await callbacks.onDuty(placeId)).map(({ id }) => id)).toEqual([a?.id, b?.id]);
    await presence.setClerk(a?.id ?? '', { state: 'away', reason: 'lunch', placeId });
    expect((await callbacks.onDuty(placeId)).map(({ id }) => id)).toEqual([b?.id]);
    const blind = createCallbacks({
      database,
      fields,
      clock,
      calendar,
      presence: { clerk: () => Promise.reject(new Error('down')) },
    });
    expect(await blind.onDuty(placeId)).toEqual([]);
  });

  it('tries, keeps it, closes it once', async () => {
    const wish = { ...(await her(['case:rejected'])), reason: 'agent.call' };
    const made = await callbacks.request('d1', wish, system);
    const [a] = await database.db.select().from(staff).where(eq(staff.username, 'clerk-a'));
    const clerk = { kind: 'staff' as const, id: a?.id ?? '', role: 'clerk' };
    await callbacks.tried('d2', made.id, { notes: 'no answer' }, clerk);
    await callbacks.tried('d2', made.id, { notes: 'no answer' }, clerk);
    const [row] = await openOf(wish.residentId);
    expect(row).toMatchObject({ tries: 1, clerkId: clerk.id });
    expect(await callbacks.close('d3', made.id, { outcome: 'solved' }, clerk)).toEqual({
      id: made.id,
      outcome: 'solved',
    });
    await expect(callbacks.close('d4', made.id, { outcome: 'other' }, clerk)).rejects.toMatchObject({
      refusal: 'NotInThisState',
    });
    const next = await callbacks.request('d5', wish, system);
    expect(next.id).not.toBe(made.id);
  });
});

describe('on PGlite', () => {
  let lite: Database;
  let home: Demo;
  beforeAll(async () => {
    lite = await freshLite();
    home = await seeded(lite, clock);
  });

  it('the same promise is made once', async () => {
    const mine = createCallbacks({ database: lite, fields, presence, clock, calendar });
    const { residentId, speakerId } = await whoIs(lite, home, ['case:producing']);
    const wish = { residentId, speakerId, reason: 'agent.call' };
    const [one, two] = await Promise.all([mine.request('p1', wish, system), mine.request('p2', wish, system)]);
    expect(one.id).toBe(two.id);
    await mine.tried('p3', one.id, {}, system);
    expect(await mine.close('p4', one.id, { outcome: 'solved' }, system)).toMatchObject({ outcome: 'solved' });
  });
});

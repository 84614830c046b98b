import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { application, audit, booking, call, consent, guide, outbox, seat } from '../../src/store/schema.ts';
import { ENGINES } from '../support/stores.ts';
import { type Client, openStage, type Stage } from './stage.ts';

const MATTER = '老年优待证';

describe.each(ENGINES)('what a clerk does for a resident on the line, on %s', (_name, fresh) => {
  let stage: Stage;
  let clerk: Client;
  beforeAll(async () => {
    stage = await openStage({ fresh });
    clerk = await stage.signIn('clerk');
    await stage.database.db
      .update(guide)
      .set({ elements: { ...(await elements()), byVoice: true, materials: [{ name: '身份证' }, { name: '户口本' }] } });
  });

  const elements = async () => {
    const [row] = await stage.database.db.select().from(guide);
    if (!row) throw new Error('the world has a guide');
    return row.elements;
  };
  const id = (noun: string, where: 'near' | 'far' = 'near') => stage.world.rows[noun]?.[where] ?? '';
  const actors = (action: string) =>
    stage.database.db.select({ who: audit.actorId }).from(audit).where(eq(audit.action, action));

  it('finds free times and books one, once, whatever is pressed twice', async () => {
    const resident = id('residents');
    await clerk.post(`/api/bookings/${id('bookings')}/cancel`);
    const wish = `matter=${encodeURIComponent(MATTER)}&direction=collect`;
    const times = await clerk.get(`/api/residents/${resident}/offers?${wish}`);
    expect(times.body.items.length).toBeGreaterThan(0);
    const key = { 'idempotency-key': randomUUID() };
    const body = { residentId: resident, matter: MATTER, direction: 'collect', slotId: times.body.items[0].slotId };
    const [first, second] = [
      await clerk.post('/api/bookings', body, key),
      await clerk.post('/api/bookings', body, key),
    ];
    expect([first.status, first.body.state, first.body.matter]).toEqual([200, 'booked', MATTER]);
    expect(second.body.id).toBe(first.body.id);
    const live = and(eq(booking.residentId, resident), eq(booking.state, 'booked'));
    expect(await stage.database.db.select().from(booking).where(live)).toHaveLength(1);
    expect(await stage.database.db.select().from(seat).where(eq(seat.state, 'held'))).toEqual([]);
    expect(await actors('pickup.booked')).toEqual([{ who: stage.world.staff.clerk }]);
  });

  it('goes on with the draft that she began at the speaker, and hands it in', async () => {
    const residentId = id('residents');
    await stage.database.db
      .delete(application)
      .where(eq(application.residentId, residentId))
      .catch(() => undefined);
    await stage.database.db.update(application).set({ state: 'withdrawn' });
    expect((await clerk.get('/api/applications/matters')).body.items).toEqual([MATTER]);
    const begun = await clerk.post('/api/applications', { residentId, matter: MATTER });
    expect([begun.status, begun.body.state]).toEqual([200, 'draft']);
    const again = await clerk.post('/api/applications', { residentId, matter: MATTER });
    expect(again.body.id).toBe(begun.body.id);

    const draft = `/api/applications/${begun.body.id}`;
    await clerk.post(`${draft}/keep`, { kind: 'renewal', promise: 'yes' });
    await clerk.post(`${draft}/keep`, { materials: 'home', promise: null });
    expect((await clerk.get(`${draft}/draft`)).body).toEqual({
      kind: 'renewal',
      materials: 'home',
      promise: 'yes',
      phone: null,
    });
    const handedIn = await clerk.post(`${draft}/submit`);
    expect([handedIn.status, handedIn.body.state]).toEqual([200, 'submitted']);
    expect((await clerk.post(`${draft}/keep`, { kind: 'first' })).status).toBe(409);
  });

  it('asks for a visit on a workday and for none on a day that is over', async () => {
    const wish = { residentId: id('residents'), matter: MATTER, half: 'AM' };
    const asked = await clerk.post('/api/visits', { ...wish, day: '2026-11-25' });
    expect([asked.status, asked.body.state, asked.body.day]).toEqual([200, 'requested', '2026-11-25']);
    expect((await clerk.post('/api/visits', { ...wish, day: '2026-11-20' })).status).toBe(400);
  });

  it('sends the list to her phone only after she has said yes to messages, and keeps the receipt', async () => {
    const residentId = id('residents');
    const url = `/api/guides/${id('guides')}/send`;
    const refused = await clerk.post(url, { residentId });
    expect([refused.status, refused.body.code]).toEqual([409, 'NOT_AGREED']);
    await stage.database.db.insert(consent).values({ residentId, purpose: 'sms', given: true, textVersion: '1' });
    const { db } = stage.database;
    const [held] = await db
      .select()
      .from(guide)
      .where(eq(guide.id, id('guides')));
    const next = { ...held, id: randomUUID(), version: 2, state: 'draft' as const };
    const [draft] = await db
      .insert(guide)
      .values(next as typeof guide.$inferInsert)
      .returning();
    const unsigned = await clerk.post(`/api/guides/${draft?.id}/send`, { residentId });
    expect([unsigned.status, unsigned.body.code]).toEqual([409, 'NOT_IN_THIS_STATE']);
    expect((await clerk.post(url, { residentId })).status).toBe(200);
    const [sent] = await stage.database.db.select().from(outbox).where(eq(outbox.topic, 'guide.sent'));
    expect(sent?.payload).toMatchObject({ residentId, template: 'guide', values: { materials: '身份证；户口本' } });
    expect(await actors('guide.told')).toEqual([{ who: stage.world.staff.clerk }]);
  });

  it('does nothing for somebody beyond her stations', async () => {
    const residentId = id('residents', 'far');
    const visit = { residentId, matter: MATTER, day: '2026-11-25', half: 'AM' };
    expect((await clerk.post('/api/visits', visit)).status).toBe(404);
    expect((await clerk.get(`/api/residents/${residentId}/offers`)).status).toBe(404);
    expect((await clerk.post('/api/applications', { residentId, matter: MATTER })).status).toBe(404);
  });
});

describe.each(ENGINES)('whoever is on the line, on %s', (_name, fresh) => {
  it('is helped by the clerk who has the call, wherever she belongs, as long as it lasts', async () => {
    const stage = await openStage({ fresh });
    const clerk = await stage.signIn('clerk');
    const resident = `/api/residents/${stage.world.rows.residents?.far}`;
    const booking = `/api/bookings/${stage.world.rows.bookings?.far}`;
    expect([(await clerk.get(resident)).status, (await clerk.get(booking)).status]).toEqual([404, 404]);
    const far = eq(call.id, stage.world.rows.calls?.far ?? '');
    await stage.database.db.update(call).set({ state: 'talking', clerkId: stage.world.staff.clerk }).where(far);
    expect([(await clerk.get(resident)).status, (await clerk.get(booking)).status]).toEqual([200, 200]);
    expect((await clerk.get(`/api/residents/${stage.world.rows.residents?.sister}`)).status).toBe(404);
    await stage.database.db.update(call).set({ state: 'ended' }).where(far);
    expect([(await clerk.get(resident)).status, (await clerk.get(booking)).status]).toEqual([404, 404]);
  });
});

describe.each(ENGINES)('the figures of the telephone, on %s', (_name, fresh) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ fresh });
    await stage.database.db.delete(call);
    const [resident] = [stage.world.rows.residents?.near ?? ''];
    const speakerId = stage.world.rows.speakers?.near ?? '';
    const at = (time: string) => new Date(`2026-11-23T${time}+08:00`);
    const one = { residentId: resident, speakerId, reason: 'agent', matter: MATTER, direction: 'in' as const };
    await stage.database.db.insert(call).values([
      {
        ...one,
        state: 'ended',
        createdAt: at('09:00:00'),
        talkingAt: at('09:00:10'),
        endedAt: at('09:02:10'),
        outcome: 'continued',
      },
      {
        ...one,
        state: 'ended',
        createdAt: at('09:10:00'),
        talkingAt: at('09:10:30'),
        endedAt: at('09:14:30'),
        outcome: 'solved',
      },
      {
        ...one,
        matter: '乘车卡',
        state: 'ended',
        createdAt: at('10:00:00'),
        talkingAt: at('10:00:20'),
        endedAt: at('10:03:20'),
        outcome: 'solved',
      },
      { ...one, state: 'ended', createdAt: at('10:20:00'), endedAt: at('10:21:00'), outcome: 'no_contact' },
      { ...one, state: 'callback', createdAt: at('10:30:00'), endedAt: at('10:31:00'), outcome: 'callback' },
      {
        ...one,
        direction: 'out',
        state: 'ended',
        createdAt: at('10:40:00'),
        talkingAt: at('10:40:05'),
        endedAt: at('10:41:00'),
        outcome: 'solved',
      },
    ]);
  });

  it('counts what residents asked for: load, waiting, who gave up, length, and what once was enough for', async () => {
    const supervisor = await stage.signIn('supervisor');
    const { status, body } = await supervisor.get('/api/calls/figures?from=2026-11-23');
    expect(status).toBe(200);
    expect(body.total).toMatchObject({
      asked: 5,
      answered: 3,
      abandoned: 1,
      callbacks: 1,
      waitMedian: 20,
      talkMedian: 180,
    });
    expect(body.total.firstContact).toBeCloseTo(1 / 3); // the second call about the same matter was not the first contact
    expect(body.parts.map(({ at, asked }: { at: string; asked: number }) => [at, asked])).toEqual([
      ['2026-11-23 09', 2],
      ['2026-11-23 10', 3],
    ]);
  });

  it('is the supervisor’s, and empty on a day without calls', async () => {
    const clerk = await stage.signIn('clerk');
    expect((await clerk.get('/api/calls/figures')).status).toBe(403);
    const supervisor = await stage.signIn('supervisor');
    const { body } = await supervisor.get('/api/calls/figures?from=2026-11-01&until=2026-11-02');
    expect(body).toMatchObject({ parts: [], total: { asked: 0, waitMedian: null, firstContact: null } });
  });
});

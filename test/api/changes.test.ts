import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { audit, booking, outbox, seat, speaker } from '../../src/store/schema.ts';
import { ENGINES } from '../support/stores.ts';
import { type Client, openStage, type Stage } from './stage.ts';

describe.each(ENGINES)('what the desk changes, on %s', (_name, fresh) => {
  let stage: Stage;
  let clerk: Client;
  let supervisor: Client;
  let operator: Client;
  beforeAll(async () => {
    stage = await openStage({ fresh });
    await everybodySignsIn();
  });

  async function everybodySignsIn() {
    clerk = await stage.signIn('clerk');
    supervisor = await stage.signIn('supervisor');
    operator = await stage.signIn('operator');
  }

  const id = (noun: string, where: 'near' | 'sister' | 'far' = 'near') => stage.world.rows[noun]?.[where] ?? '';
  const rowsOf = (action: string) => stage.database.db.select().from(audit).where(eq(audit.action, action));

  it('moves a booking to another time, once, whatever is pressed twice', async () => {
    const url = `/api/bookings/${id('bookings')}/change`;
    const offers = await clerk.get(`/api/bookings/${id('bookings')}/offers?day=2026-11-23`);
    expect(offers.body.items.map((offer: { start: string }) => offer.start)).toEqual(['15:00']);
    const key = { 'idempotency-key': randomUUID() };
    const moved = await clerk.post(url, { slotId: offers.body.items[0].slotId }, key);
    expect([moved.status, moved.body.start]).toEqual([200, '2026-11-23T15:00:00+08:00']);
    const held = await stage.database.db.select().from(seat).where(eq(seat.state, 'held'));
    expect(held).toEqual([]);
    const back = await clerk.post(url, { day: '2026-11-23', time: '14:00' });
    expect([back.status, back.body.start]).toEqual([200, '2026-11-23T14:00:00+08:00']);
  });

  it('says that a time is gone rather than moving it elsewhere', async () => {
    const answer = await clerk.post(`/api/bookings/${id('bookings')}/change`, { day: '2026-11-23', time: '16:45' });
    expect([answer.status, answer.body.code]).toEqual([409, 'PICKUP_SEAT_TAKEN']);
  });

  it('answers in the language of the console that asks, and in Chinese otherwise', async () => {
    const url = `/api/bookings/${id('bookings')}/change`;
    const wish = { day: '2026-11-23', time: '16:45' };
    const refused = async (headers: Record<string, string>) => (await clerk.post(url, wish, headers)).body.title;
    expect(await refused({ 'x-language': 'en' })).toBe('This time has just been taken; please choose another.');
    expect(await refused({ 'accept-language': 'en-US' })).toBe('这个时间刚被约走了，请另选一个。');
    const english = await stage.app.inject({
      url: '/api/bookings',
      headers: { cookie: clerk.cookie, 'x-language': 'en' },
    });
    expect(english.json().items[0].directionText).toMatch(/^(collect|hand in)$/);
  });

  it('cancels a booking, and is told again what it was when the answer was lost', async () => {
    const key = { 'idempotency-key': 'the-same-click' };
    const url = `/api/bookings/${id('bookings', 'sister')}/cancel`;
    const first = await supervisor.post(url, {}, key);
    expect([first.status, first.body.state, first.body.stateText]).toEqual([200, 'cancelled', '已取消']);
    const again = await supervisor.post(url, {}, key);
    expect([again.status, again.body.state]).toEqual([200, 'cancelled']);
    const live = await stage.database.db
      .select()
      .from(booking)
      .where(and(eq(booking.id, id('bookings', 'sister')), eq(booking.state, 'booked')));
    expect(live).toEqual([]);
  });

  it('notes who came and who did not', async () => {
    stage.clock.set('2026-11-23T15:40');
    await everybodySignsIn();
    expect((await clerk.post(`/api/bookings/${id('bookings')}/attended`)).body.state).toBe('attended');
    expect((await supervisor.post(`/api/bookings/${id('bookings', 'far')}/missed`)).body.state).toBe('missed');
  });

  it('takes a case a step further, and not backwards', async () => {
    const url = `/api/cases/${id('cases')}/steps`;
    const done = await clerk.post(url, { status: 'concluded', note: '证已制好', delivery: 'ready' });
    expect(done.body).toMatchObject({ status: 'concluded', delivery: 'ready', overdueDays: 0 });
    expect(done.body.steps.at(-1)).toMatchObject({
      status: 'concluded',
      note: '证已制好',
      by: { id: stage.world.staff.clerk },
    });
    const back = await clerk.post(url, { status: 'submitted' });
    expect([back.status, back.body.code]).toEqual([409, 'NOT_IN_THIS_STATE']);
    expect((await clerk.post(url, { status: 'nonsense' })).status).toBe(400);
  });

  it('counts tries of a callback and closes it with an outcome', async () => {
    const url = `/api/callbacks/${id('callbacks')}`;
    expect((await clerk.post(`${url}/try`, { notes: '没人接' })).body).toMatchObject({
      tries: 1,
      state: 'open',
      notes: '没人接',
    });
    const closed = await clerk.post(`${url}/close`, { outcome: 'solved' });
    expect(closed.body).toMatchObject({
      state: 'closed',
      outcome: 'solved',
      outcomeText: '已解决',
      clerk: { id: stage.world.staff.clerk },
    });
    expect((await clerk.post(`${url}/close`, { outcome: 'solved' })).status).toBe(409);
  });

  it('sends a worker, never two ways at once', async () => {
    const assign = (where: 'near' | 'sister', workerId = stage.world.staff.clerkB) =>
      supervisor.post(`/api/visits/${id('visits', where)}/assign`, { workerId });
    expect((await assign('near')).body).toMatchObject({ state: 'planned', worker: { id: stage.world.staff.clerkB } });
    expect((await assign('sister')).body.code).toBe('WORKER_NOT_FREE');
    expect((await assign('sister', stage.world.staff.officer)).status).toBe(400);
    const other = { workerId: stage.world.staff.clerkB, half: 'AM', day: '2026-11-24' };
    expect((await supervisor.post(`/api/visits/${id('visits', 'sister')}/assign`, other)).body).toMatchObject({
      day: '2026-11-24',
      half: 'AM',
    });
    expect((await clerk.post(`/api/visits/${id('visits')}/done`, { notes: '材料已收' })).body).toMatchObject({
      state: 'done',
      notes: '材料已收',
    });
    expect((await clerk.post(`/api/visits/${id('visits')}/done`)).status).toBe(409);
  });

  it('answers a ticket before closing it', async () => {
    const url = `/api/tickets/${id('tickets')}`;
    expect((await clerk.post(`${url}/close`)).body.code).toBe('NOT_IN_THIS_STATE');
    expect((await clerk.post(`${url}/answer`, { answer: '已经同她谈过' })).body).toMatchObject({
      state: 'answered',
      answer: '已经同她谈过',
    });
    expect((await clerk.post(`${url}/close`)).body.state).toBe('closed');
    expect((await rowsOf('ticket.close'))[0]).toMatchObject({ residentId: id('residents'), result: 'done' });
  });

  it('registers, binds, suspends, moves, unbinds and wipes a speaker, each step in its history', async () => {
    const made = await operator.post('/api/speakers', { serial: 'SN-7', brand: 'speaker', deviceId: 'device-7' });
    expect([made.status, made.body.token]).toEqual([201, expect.stringMatching(/^[\w-]{43}$/)]);
    const taken = await operator.post('/api/speakers', { serial: 'SN-7', brand: 'speaker', deviceId: 'device-8' });
    expect([taken.status, taken.body.code]).toEqual([409, 'DEVICE_TAKEN']);
    const url = `/api/speakers/${made.body.id}`;
    const householdId = id('households');
    expect((await operator.post(`${url}/suspend`)).status).toBe(409);
    expect((await operator.post(`${url}/bind`, { householdId, room: '客厅' })).body).toMatchObject({
      status: 'bound',
      room: '客厅',
      household: { id: householdId },
    });
    expect((await operator.post(`${url}/bind`, { householdId })).status).toBe(409);
    expect((await operator.post(`${url}/suspend`, { reason: '丢了' })).body.status).toBe('suspended');
    expect((await operator.post(`${url}/move`, { householdId: id('households', 'sister') })).body.status).toBe('bound');
    expect((await operator.post(`${url}/unbind`)).body).toMatchObject({ status: 'new', household: null });
    const wiped = await operator.post(`${url}/wipe`);
    expect(wiped.body.history.map((event: { what: string }) => event.what)).toEqual([
      'wiped',
      'unbound',
      'moved',
      'suspended',
      'bound',
      'registered',
    ]);
    const [row] = await stage.database.db.select().from(speaker).where(eq(speaker.id, made.body.id));
    expect(row).toMatchObject({ status: 'wiped', tokenHash: null, pairingCode: null });
    expect((await operator.post(`${url}/bind`, { householdId })).status).toBe(409);
    expect((await operator.post(`/api/speakers/${id('speakers')}/move`, { householdId: randomUUID() })).status).toBe(
      400,
    );
  });

  it('hands out a ticket for a bound speaker of ours, good for one use', async () => {
    const { body } = await operator.post(`/api/speakers/${id('speakers')}/ticket`);
    const { take } = stage.parts.tickets as unknown as { take(ticket: string): Promise<string | undefined> };
    expect([await take(body.ticket), await take(body.ticket)]).toEqual(['device-near', undefined]);
  });

  it('shows an operator what was given up, without what is in it, and sends it again once', async () => {
    const { db } = stage.database;
    const payload = { residentId: id('residents'), secret: 'canary' };
    const message = { destination: 'push:aligenie', topic: 'chime', payload, dueAt: stage.clock.now() };
    const dead = { attempts: 6, lastError: 'aligenie: refused', deadAt: stage.clock.now() };
    const values = [{ ...message, ...dead }, message, { ...message, ...dead, lastError: 'withdrawn' }];
    const [given, waiting, taken] = (await db.insert(outbox).values(values).returning()).map((row) => row.id);

    const list = await operator.get('/api/messages?state=dead&destination=push:aligenie');
    expect(list.body).toMatchObject({ total: 2 });
    expect(list.body.items).toContainEqual(
      expect.objectContaining({ id: given, stateText: '没送成', attempts: 6, why: 'aligenie: refused' }),
    );
    expect(JSON.stringify(list.body)).not.toContain('canary');
    const missed = await operator.get('/api/messages?missed=true');
    expect(missed.body.items).toEqual([
      expect.objectContaining({
        id: given,
        again: true,
        destinationText: '天猫精灵',
        topicText: '响铃',
        whyText: '品牌不收。看看推送权限和模板，再重发',
      }),
    ]);
    const others = await operator.get('/api/messages?missed=false&destination=push:aligenie');
    expect(
      others.body.items.map((one: { again: boolean; whyText: string | null }) => [one.again, one.whyText]),
    ).toEqual(
      expect.arrayContaining([
        [false, null],
        [false, '事情变了，我们自己撤回的'],
      ]),
    );

    const key = { 'idempotency-key': 'pressed-twice' };
    for (let press = 0; press < 2; press += 1) {
      const sent = await operator.post(`/api/messages/${given}/again`, {}, key);
      expect([sent.status, sent.body.state, sent.body.attempts]).toEqual([200, 'waiting', 0]);
    }
    expect(await rowsOf('message.again')).toHaveLength(1);
    for (const other of [given, waiting, taken])
      expect((await operator.post(`/api/messages/${other}/again`)).body.code).toBe('NOT_IN_THIS_STATE');
    await db.delete(outbox).where(eq(outbox.destination, 'push:aligenie'));
  });

  it('ignores a body left out, refuses members that mean nothing', async () => {
    expect((await clerk.post(`/api/tickets/${id('tickets')}/close`, { force: true })).status).toBe(400);
  });
});

describe('the sample community’s speakers', () => {
  it('are there for anybody to try, with ages and how they are called, and no more', async () => {
    const stage = await openStage();
    const list = await (await stage.signIn('officer')).get('/api/demo/speakers');
    expect(list.body).toHaveLength(3);
    expect(list.body[0]).toEqual({
      deviceId: 'device-far',
      household: '季景峰阁3号楼far-101',
      residents: [{ called: '欧阳奶奶', age: 88 }],
    });
    const given = await stage.app.inject({ method: 'POST', url: '/api/demo/speakers/device-near/ticket' });
    expect([given.statusCode, given.json()]).toEqual([200, { ticket: expect.any(String), seconds: 60 }]);
    expect((await stage.app.inject({ method: 'POST', url: '/api/demo/speakers/device-x/ticket' })).statusCode).toBe(
      404,
    );
  });

  it('are not there elsewhere, and a desk gets no ticket to speak as a household', async () => {
    const stage = await openStage({ sampleData: false });
    expect((await stage.app.inject({ method: 'GET', url: '/api/demo/speakers' })).statusCode).toBe(404);
    expect((await stage.app.inject({ method: 'POST', url: '/api/demo/speakers/device-near/ticket' })).statusCode).toBe(
      404,
    );
    const clerk = await stage.signIn('clerk');
    expect((await clerk.post(`/api/speakers/${stage.world.rows.speakers?.near}/ticket`)).status).toBe(403);
  });
});

import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { audit, callback, callOffer } from '../../src/store/schema.ts';
import { freshDatabase } from '../support/stores.ts';
import { type Home, herself, openStreet, type Street, staffActor } from './stage.ts';

let street: Street;
let at: Awaited<ReturnType<Street['places']>>;
let her: Home;
let a: string;
let b: string;
let id: string;

beforeEach(async () => {
  street = await openStreet(await freshDatabase());
  at = await street.places();
  her = await street.home(at.station);
  a = await street.clerk(at.station, { duty: 'A' });
  b = await street.clerk(at.station, { duty: 'B' });
  for (const one of [a, b]) await street.atDesk(one);
  id = await street.ask(her);
});
const legs = async () => (await street.calls.view(id))?.legs.map(({ staffId, role }) => ({ staffId, role }));
const far = (what: Promise<unknown>) => what;

describe('sound', () => {
  it('that does not come in eight seconds makes it a callback', async () => {
    await street.accept(id, a);
    await street.after(7);
    expect(await street.state(id)).toBe('connecting');
    await street.after(1);
    expect(await street.state(id)).toBe('callback');
    expect(await street.callbacksOf(her)).toHaveLength(1);
  });

  it('is believed of two ends that do not report once the answer has passed, and of one that does only by its word', async () => {
    await street.accept(id, a);
    const leg = (await street.calls.view(id))?.legs[0]?.id ?? '';
    const seat = `seat-${a}`;
    expect(await street.calls.pathOf(id, leg, 'speaker', 'offer')).toEqual({ staffId: a, seat });
    expect(await street.state(id)).toBe('connecting');
    expect(await street.calls.pathOf(id, leg, { staffId: a, seat }, 'answer')).toEqual({ device: her.device });
    expect(await street.state(id)).toBe('talking');
  });

  it('of an end that reports counts when it says so', async () => {
    await street.accept(id, a);
    const leg = (await street.calls.view(id))?.legs[0]?.id ?? '';
    const desk = { staffId: a, seat: `seat-${a}` };
    await street.calls.report(id, leg, desk, { state: 'checking' });
    await street.calls.pathOf(id, leg, 'speaker', 'offer');
    await street.calls.pathOf(id, leg, desk, 'answer');
    expect(await street.state(id)).toBe('connecting');
    await street.calls.report(id, leg, 'speaker', { state: 'connected' });
    expect(await street.state(id)).toBe('talking');
  });

  it('goes to nobody but the two ends of a leg', async () => {
    await street.accept(id, a);
    const leg = (await street.calls.view(id))?.legs[0]?.id ?? '';
    await expect(far(street.calls.pathOf(id, leg, { staffId: b, seat: 'x' }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(far(street.calls.pathOf(id, leg, { staffId: a, seat: 'another tab' }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a transfer', () => {
  it('rings at the colleague while the first leg stays, and drops it when the second stands', async () => {
    await street.talk(id, a);
    await street.calls.transfer(id, a, b, staffActor(a));
    expect(await street.ringsAt(id)).toEqual([b]);
    await street.accept(id, b);
    expect(await legs()).toEqual([
      { staffId: a, role: 'clerk' },
      { staffId: b, role: 'transfer' },
    ]);
    expect(await street.row(id)).toMatchObject({ state: 'transferring', clerkId: a });
    await street.connect(id, b);
    expect(await street.row(id)).toMatchObject({ state: 'talking', clerkId: b });
    expect(await legs()).toEqual([{ staffId: b, role: 'clerk' }]);
    expect((await street.row(id)).route.map((one) => one.outcome)).toEqual(['accepted', 'handed_over', 'accepted']);
    await expect(street.hangUp(id, a)).rejects.toMatchObject({ code: 'NOT_IN_THIS_STATE' });
  });

  it.each([
    ['declines', async () => street.calls.decline(id, b, staffActor(b))],
    ['lets it ring', () => street.after(20)],
    [
      'accepts and does not come through',
      async () => {
        await street.accept(id, b);
        await street.after(8);
      },
    ],
  ])('leaves it with the first when the colleague %s', async (_, deed) => {
    await street.talk(id, a);
    await street.calls.transfer(id, a, b, staffActor(a));
    await deed();
    expect(await street.row(id)).toMatchObject({ state: 'talking', clerkId: a });
    expect(await legs()).toEqual([{ staffId: a, role: 'clerk' }]);
  });

  it('to somebody at whom it rings already is refused, and nothing has changed', async () => {
    await street.talk(id, a);
    await street.ask(await street.home(at.station));
    await expect(street.calls.transfer(id, a, b, staffActor(a))).rejects.toMatchObject({ code: 'CALL_COLLEAGUE_BUSY' });
    expect(await street.state(id)).toBe('talking');
  });
});

describe('whoever is gone', () => {
  it('at the desk: after twenty seconds the call is over and she is owed a callback', async () => {
    await street.talk(id, a);
    await street.presence.clerkGone(a);
    await street.calls.sweep();
    expect(await street.row(id)).toMatchObject({ state: 'talking', clerkLostAt: expect.any(Date) });
    await street.after(20);
    expect(await street.row(id)).toMatchObject({ state: 'ended', outcome: 'callback' });
    expect(await street.callbacksOf(her)).toMatchObject([{ state: 'open', callId: id }]);
  });

  it('and comes back in time has lost nothing', async () => {
    await street.talk(id, a);
    await street.presence.clerkGone(a);
    await street.calls.sweep();
    await street.atDesk(a);
    await street.calls.resume(id, a, 'a new tab');
    await street.after(30);
    expect(await street.row(id)).toMatchObject({ state: 'talking', clerkLostAt: null });
    await street.connect(id, a, 'a new tab');
    expect((await street.calls.view(id))?.legs.map((leg) => leg.seat)).toEqual(['a new tab']);
  });

  it('at home: the clerk still says what came of it', async () => {
    await street.talk(id, a);
    await street.presence.gone(her.device, 'here');
    await street.calls.sweep();
    await street.after(20);
    expect(await street.state(id)).toBe('wrapping');
    await street.wrapUp(id, a, 'continued');
    expect(await street.row(id)).toMatchObject({ state: 'ended', outcome: 'continued' });
  });

  it('does not ring on at a desk that nobody sits at', async () => {
    await street.presence.clerkGone(a);
    await street.calls.sweep();
    expect(await street.ringsAt(id)).toEqual([b]);
    const offers = await street.database.db.select().from(callOffer).where(eq(callOffer.staffId, a));
    expect(offers.map((one) => one.outcome)).toEqual(['gone']);
  });
});

describe('the outcome', () => {
  it('is asked for two minutes; what the timer closed may still be told, once', async () => {
    await street.talk(id, a);
    await street.hangUp(id, a);
    await street.after(119);
    expect(await street.state(id)).toBe('wrapping');
    await street.after(1);
    expect(await street.row(id)).toMatchObject({ state: 'ended', outcome: 'other', wrappedAt: null });
    await street.wrapUp(id, a, 'callback');
    expect(await street.row(id)).toMatchObject({ outcome: 'callback' });
    expect(await street.callbacksOf(her)).toHaveLength(1);
    await expect(street.wrapUp(id, a)).rejects.toMatchObject({ code: 'NOT_IN_THIS_STATE' });
  });

  it("is nobody else's to give", async () => {
    await street.talk(id, a);
    await street.hangUp(id, a);
    await expect(street.wrapUp(id, b)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a supervisor', () => {
  it('who listens has a leg to the clerk, is shown, and it is written down', async () => {
    const boss = await street.clerk(at.centre, { role: 'supervisor' });
    await expect(street.calls.watch(id, boss, 'listen', 'desk')).rejects.toMatchObject({ code: 'NOT_IN_THIS_STATE' });
    await street.talk(id, a);
    await street.calls.watch(id, boss, 'listen', 'desk');
    expect(await legs()).toContainEqual({ staffId: boss, role: 'listen' });
    const leg = (await street.calls.view(id))?.legs.find((one) => one.staffId === boss)?.id ?? '';
    expect(await street.calls.pathOf(id, leg, { staffId: boss, seat: 'desk' })).toEqual({
      staffId: a,
      seat: `seat-${a}`,
    });
    await street.calls.watch(id, boss, 'barge', 'desk');
    expect((await street.calls.view(id))?.legs.find((one) => one.staffId === boss)).toMatchObject({
      id: leg,
      role: 'barge',
    });
    const written = await street.database.db.select().from(audit).where(eq(audit.actorId, boss));
    expect(written.map((one) => one.action).sort()).toEqual(['call.barge', 'call.listen']);
    await street.calls.force(id, '卡住了', staffActor(boss));
    expect(await street.row(id)).toMatchObject({ state: 'ended', outcome: 'other', notes: '卡住了' });
    expect(await legs()).toEqual([]);
  });
});

describe('a clerk who calls out', () => {
  const owed = async () => {
    await street.calls.hangUp(id, { device: true, by: herself });
    const made = await street.callbacks.request('owed', street.wish(her), herself);
    const scope = { stations: [at.station], staffId: a };
    return { callback: made.id, dialler: { staffId: a, seat: `seat-${a}`, scope, by: staffActor(a) } };
  };

  it('rings for 45 seconds; no answer is one of three tries', async () => {
    const { callback: about, dialler } = await owed();
    const out = await street.calls.dial({ callback: about }, dialler);
    expect(await street.row(out)).toMatchObject({ direction: 'out', state: 'offered', clerkId: a });
    await street.after(45);
    expect(await street.row(out)).toMatchObject({ state: 'ended', outcome: 'unanswered' });
    expect(await street.callbacksOf(her)).toMatchObject([{ tries: 1, state: 'open' }]);
  });

  it('is heard once she has said yes', async () => {
    const { callback: about, dialler } = await owed();
    const out = await street.calls.dial({ callback: about }, dialler);
    await street.calls.answer(out, herself);
    expect(await street.state(out)).toBe('connecting');
    await street.connect(out, a);
    expect(await street.state(out)).toBe('talking');
  });

  it('without an open callback or case of that home is refused, rings nowhere, and is written down', async () => {
    const { callback: about, dialler } = await owed();
    const { db } = street.database;
    await db.update(callback).set({ state: 'closed' }).where(eq(callback.id, about));
    await expect(street.calls.dial({ callback: about }, dialler)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(street.calls.dial({}, dialler)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const denied = and(eq(audit.actorId, a), eq(audit.result, 'denied'));
    expect(await db.select().from(audit).where(denied)).toHaveLength(2);
    expect(await street.calls.atDevice(her.device)).toBeUndefined();
  });
});

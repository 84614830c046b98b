import { beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/stores.ts';
import { type Home, openStreet, type Street } from './stage.ts';

let street: Street;
let at: Awaited<ReturnType<Street['places']>>;
let her: Home;
let a: string;
let b: string;
let window1: string;
let window2: string;
let far: string;

beforeEach(async () => {
  street = await openStreet(await freshDatabase());
  at = await street.places();
  her = await street.home(at.station);
  a = await street.clerk(at.station, { duty: 'A' });
  b = await street.clerk(at.station, { duty: 'B' });
  window1 = await street.clerk(at.centre);
  window2 = await street.clerk(at.centre);
  far = await street.clerk(at.farCentre);
});

describe('a call goes', () => {
  it('to A, after twenty seconds to B, then to all who are left at once; after a minute it is a callback', async () => {
    for (const one of [a, b, window1, window2, far]) await street.atDesk(one);
    const id = await street.ask(her);
    expect(await street.ringsAt(id)).toEqual([a]);
    await street.after(19);
    expect(await street.ringsAt(id)).toEqual([a]);
    await street.after(1);
    expect(await street.ringsAt(id)).toEqual([b]);
    await street.after(20);
    expect(await street.ringsAt(id)).toEqual([window1, window2, far].sort());
    await street.after(20);
    expect(await street.state(id)).toBe('callback');
    const [owed, ...more] = await street.callbacksOf(her);
    expect(more).toEqual([]);
    expect(owed).toMatchObject({ state: 'open', callId: id, residentId: her.residentId });
    expect(owed?.createdAt).toEqual((await street.row(id)).createdAt);
    expect((await street.row(id)).route.map((one) => one.outcome)).toEqual(Array(5).fill('rang_out'));
  });

  it('to B at once when A is on a call', async () => {
    await street.atDesk(a);
    await street.talk(await street.ask(await street.home(at.station)), a);
    await street.atDesk(b);
    expect(await street.ringsAt(await street.ask(her))).toEqual([b]);
  });

  it('to the next as soon as somebody declines', async () => {
    for (const one of [a, window1]) await street.atDesk(one);
    const id = await street.ask(her);
    await street.calls.decline(id, a, { kind: 'staff', id: a, role: 'clerk' });
    expect(await street.ringsAt(id)).toEqual([window1]);
  });

  it('to her own centre before any other', async () => {
    for (const one of [window2, far]) await street.atDesk(one);
    expect(await street.ringsAt(await street.ask(her))).toEqual([window2]);
  });

  it('to nobody who is away, does not speak her language, or lacks the matter', async () => {
    await street.atDesk(a, 'away');
    const english = await street.home(at.station, { locale: 'en-US' });
    await street.atDesk(b);
    const speaks = await street.clerk(at.farCentre, { languages: ['zh-CN', 'en-US'], skills: ['bus card'] });
    await street.atDesk(speaks);
    expect(await street.ringsAt(await street.ask(english, { matter: 'bus card' }))).toEqual([speaks]);
    const other = await street.home(at.station, { locale: 'en-US' });
    expect(await street.calls.prospect(street.wish(other, { matter: 'something else' }))).toEqual({
      live: false,
      why: 'nobody',
    });
  });

  it('back to whom she spoke with last, unless she rated her badly', async () => {
    for (const one of [a, far]) await street.atDesk(one);
    await street.atDesk(a, 'busy');
    const first = await street.ask(her);
    await street.talk(first, far);
    await street.hangUp(first, far);
    await street.wrapUp(first, far);
    await street.atDesk(a);
    const second = await street.ask(her);
    expect(await street.ringsAt(second)).toEqual([far]);
    await street.calls.hangUp(second, { device: true, by: { kind: 'resident', id: 'x', role: 'speaker' } });
    const { rating } = await import('../../src/store/schema.ts');
    const bad = { residentId: her.residentId, service: 'call' as const, serviceId: first, level: 5 };
    await street.database.db.insert(rating).values(bad);
    expect(await street.ringsAt(await street.ask(her))).toEqual([a]);
  });

  it('first for an emergency, then for the special list, then for who came first', async () => {
    await street.atDesk(a);
    const busy = await street.ask(await street.home(at.station));
    await street.talk(busy, a);
    const usual = await street.ask(her);
    const special = await street.ask(await street.home(at.station, { flags: { special: { grade: 1 } } }));
    const urgent = await street.ask(await street.home(at.station), { urgent: true });
    expect(await Promise.all([usual, special, urgent].map(street.state))).toEqual(['queued', 'queued', 'queued']);
    const rung = [];
    for (let n = 0; n < 3; n += 1) {
      const current = n === 0 ? busy : (rung.at(-1) as string);
      if (n > 0) await street.talk(current, a);
      await street.hangUp(current, a);
      await street.wrapUp(current, a);
      await street.calls.dispatch();
      const ringing = await Promise.all([usual, special, urgent].map(async (id) => [id, await street.state(id)]));
      rung.push(ringing.find(([, state]) => state === 'offered')?.[0]);
    }
    expect(rung).toEqual([urgent, special, usual]);
  });
});

describe('hours', () => {
  it('close the desk that somebody forgot, for the lunch break too; who says it after closing is there', async () => {
    await street.atDesk(a);
    street.clock.set('2026-11-23T12:30');
    expect(await street.calls.prospect(street.wish(her))).toEqual({ live: false, why: 'nobody' });
    await street.atDesk(a);
    expect(await street.calls.prospect(street.wish(her))).toMatchObject({ live: true, free: 1 });
    street.clock.set('2026-11-24T12:30');
    expect(await street.calls.prospect(street.wish(her))).toMatchObject({ live: false });
  });
});

describe('how long it takes', () => {
  it('is nothing where somebody is free, and a range from who is on duty and what talks have lasted', async () => {
    await street.atDesk(a);
    expect(await street.calls.prospect(street.wish(her))).toMatchObject({ live: true, position: 1, wait: [0, 0] });
    await street.talk(await street.ask(await street.home(at.station)), a);
    expect(await street.calls.prospect(street.wish(her))).toMatchObject({ position: 1, wait: [30, 480], onDuty: 1 });
    await street.ask(await street.home(at.station));
    expect(await street.calls.prospect(street.wish(her))).toMatchObject({ position: 2, wait: [180, 960] });
    await street.atDesk(b, 'busy');
    expect(await street.calls.prospect(street.wish(her))).toMatchObject({ position: 2, wait: [90, 480], onDuty: 2 });
  });

  it('does not exist for a speaker that cannot carry sound, or is not there', async () => {
    await street.atDesk(a);
    const mute = await street.home(at.station, {}, false);
    expect(await street.calls.prospect(street.wish(mute))).toEqual({ live: false, why: 'speaker' });
    await street.presence.gone(her.device, 'here');
    expect(await street.calls.prospect(street.wish(her))).toEqual({ live: false, why: 'speaker' });
  });
});

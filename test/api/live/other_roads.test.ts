import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { call, callback } from '../../../src/store/schema.ts';
import { type BuiltApp, buildApp } from '../../support/app.ts';
import { type DeskClient, deskOf, openDesk, speakerOf } from './sockets.ts';

let app: BuiltApp;
let second: Awaited<ReturnType<BuiltApp['another']>>;
let clerk: Awaited<ReturnType<typeof deskOf>>;
beforeAll(async () => {
  app = await buildApp({ env: { TURN_URLS: 'turn:relay.example:3478', TURN_SECRET: 'between-us' } });
  second = await app.another();
  clerk = await deskOf(app, 'clerk', 'A');
});

const homeOf = (n: number) => {
  const home = app.demo.speakers[n];
  if (!home) throw new Error('no such home');
  return home;
};
const speakerAt = (n: number, at: { url: string } = app) => {
  const { deviceId, token } = homeOf(n);
  return speakerOf({ ...app, url: at.url }, deviceId, token);
};
async function finish(desk: DeskClient, call: string): Promise<void> {
  await desk.ask({ type: 'hangup', call });
  await desk.ask({ type: 'wrapup', call, outcome: 'solved' });
}
/** She asks, and it rings there: not a ring of before. */
async function offerTo(desk: DeskClient, home: { say(text: string): Promise<unknown> }) {
  const from = desk.frames.length;
  await home.say('我要找人');
  return desk.next<Awaited<ReturnType<DeskClient['offer']>>>((frame) => frame.type === 'offer', from);
}
/** The clerk's console says that sound has come. */
function connected(desk: DeskClient, call: string, leg: string): void {
  desk.send({ type: 'leg', call, leg, state: 'checking' });
  desk.send({ type: 'leg', call, leg, state: 'connected' });
}

it('reaches over two instances: her speaker on the one, the desk on the other', async () => {
  const home = await speakerAt(1, second);
  const { call } = await offerTo(clerk, home);
  await clerk.ask({ type: 'accept', call });
  const { leg = '', ice } = await home.state('connecting');
  expect(ice?.iceServers[0]).toMatchObject({ urls: ['turn:relay.example:3478'], credential: expect.any(String) });
  expect(ice?.iceServers[0]?.username).toMatch(new RegExp(`^\\d+:${leg}$`));
  home.tell({ type: 'rtc', call, leg, description: { type: 'offer', sdp: 'from home' } });
  expect(await clerk.next((frame) => frame.type === 'rtc' && frame.call === call)).toMatchObject({ leg });
  connected(clerk, call, leg);
  await home.state('talking');
  const supervisor = await deskOf(app, 'supervisor');
  await supervisor.ask({ type: 'listen', call });
  const listening = await supervisor.call('talking');
  expect(listening).toMatchObject({ role: 'listen', leg: expect.any(String) });
  const seen = await clerk.next((frame) => frame.type === 'call' && (frame.watchers?.length ?? 0) > 0);
  expect(seen).toMatchObject({ watchers: [{ role: 'listen' }], legs: [{ leg: listening.leg, role: 'listen' }] });
  supervisor.send({ type: 'rtc', call, leg: listening.leg ?? '', description: { type: 'offer', sdp: 'to listen' } });
  await clerk.next((frame) => frame.type === 'rtc' && frame.leg === listening.leg);
  await clerk.ask({ type: 'hangup', call });
  await home.ended();
  const over = await supervisor.next((frame) => frame.type === 'call' && frame.state === 'wrapping');
  expect(over).toMatchObject({ call, elsewhere: true }); // whoever listened is told, not left to find out
  await clerk.ask({ type: 'wrapup', call, outcome: 'solved' });
  supervisor.close();
  home.close();
});

it('a page that lost its line comes back to its leg; one that was loaded anew gets a leg of its own', async () => {
  const home = await speakerAt(2);
  const { call } = await offerTo(clerk, home);
  const seat = 'the-same-page-1';
  const page = await openDesk(app.url, clerk.cookie, seat);
  await page.ask({ type: 'accept', call });
  const { leg = '' } = await page.call('connecting');
  connected(page, call, leg);
  await home.state('talking');
  page.cut();
  const back = await openDesk(app.url, clerk.cookie, seat);
  expect(await back.call('talking')).toMatchObject({
    leg,
    renew: { iceServers: [expect.anything()] },
    brief: expect.anything(),
  });
  back.cut();
  const anew = await openDesk(app.url, clerk.cookie, 'another-page-1');
  const greeted = await anew.call('talking');
  expect(greeted.leg).toBeUndefined();
  expect(greeted.elsewhere).toBeUndefined();
  const before = home.frames.length;
  await anew.ask({ type: 'resume', call });
  const replaced = await home.state('talking', before);
  expect(replaced).toMatchObject({ leg: expect.not.stringMatching(leg), replaces: leg, ice: expect.anything() });
  await finish(clerk, call);
  anew.close();
  home.close();
});

it('a clerk calls back: who and about what is said, nothing is opened before she says yes', async () => {
  const home = await speakerAt(3);
  await home.say('让人给我回个电话');
  await home.say('对');
  const { db } = app.core.database;
  const owed = (await db.select().from(callback)).filter((one) => one.state === 'open' && !one.sample).at(-1);
  const made = await clerk.ask({ type: 'dial', callback: owed?.id ?? '' });
  expect(made).toMatchObject({ type: 'done', call: expect.any(String) });
  const call = 'call' in made ? (made.call ?? '') : '';
  const ringing = await home.next<{ type: 'call.offer'; call: string; text?: string; listen?: boolean }>(
    (frame) => frame.type === 'call.offer',
  );
  expect(ringing).toMatchObject({ call, who: expect.any(String), listen: true, rings: 45 });
  expect(ringing.text).toContain('接');
  expect(home.frames.filter((frame) => frame.type === 'call.state')).toEqual([]);
  await home.say('接');
  expect(await home.state('connecting')).toMatchObject({ leg: expect.any(String) });
  const mine = await clerk.next(
    (frame) => frame.type === 'call' && frame.call === call && frame.state === 'connecting',
  );
  connected(clerk, call, 'leg' in mine ? (mine.leg ?? '') : '');
  await home.state('talking');
  await finish(clerk, call);
  home.close();
});

it('a call in doubt is ended, and rung back from the office', async () => {
  const home = await speakerAt(4);
  await home.say('让人给我回个电话');
  await home.say('对');
  const { db } = app.core.database;
  const owed = (await db.select().from(callback)).filter((one) => one.state === 'open' && !one.sample).at(-1);
  await clerk.ask({ type: 'dial', callback: owed?.id ?? '' });
  await home.next((frame) => frame.type === 'call.offer');
  const reply = await home.say('真的假的');
  expect(reply.text).toContain('打回来');
  expect((await home.ended()).outcome).toBe('no_contact');
  expect(await home.say('我的事办到哪了')).toMatchObject({ errand: expect.not.stringMatching('agent') });
  home.close();
});

it('what the clerk did in the call is not asked about again when it is over', async () => {
  const home = await speakerAt(0);
  const begun = await home.say('我想约个时间去拿老年证');
  expect(begun).toMatchObject({ errand: 'pickup' });
  const { call } = await offerTo(clerk, home);
  await clerk.ask({ type: 'accept', call });
  const mine = await clerk.next(
    (frame) => frame.type === 'call' && frame.call === call && frame.state === 'connecting',
  );
  connected(clerk, call, 'leg' in mine ? (mine.leg ?? '') : '');
  await home.state('talking');
  await bookFor(call);
  await finish(clerk, call);
  const ended = await home.ended();
  expect(ended.text).toContain('帮您定了');
  expect(ended.errand).not.toBe('pickup');
  const after = await home.say('算了');
  expect(after).toMatchObject({ errand: expect.not.stringMatching('pickup') });
  expect(after.text).not.toContain('哪天');
  home.close();
});

/** For the resident of this call, by the clerk who has it. */
async function bookFor(callId: string): Promise<void> {
  const { services, database } = app.core;
  const [row] = await database.db.select().from(call).where(eq(call.id, callId));
  const wish = { residentId: row?.residentId ?? '', matter: '老年优待证', direction: 'collect' } as const;
  const [free] = await services.helping.times(wish);
  const by = { kind: 'staff', id: row?.clerkId ?? '', role: 'clerk' } as const;
  await services.helping.book(randomUUID(), { ...wish, slotId: free?.slotId ?? '' }, by);
}

it('the desks hear which of their speakers come and go', async () => {
  const from = clerk.frames.length; // those of the talks before may still be told
  const home = await speakerAt(6);
  const came = await clerk.next<{ type: 'speaker'; id: string; online: boolean }>(
    (frame) => frame.type === 'speaker' && frame.online,
    from,
  );
  home.close();
  await clerk.next((frame) => frame.type === 'speaker' && !frame.online && frame.id === came.id, from);
});

it('whoever waits is told where she stands, with a chime, and is called back when nobody comes', async () => {
  const [busy, home] = [await speakerAt(5), await speakerAt(0)];
  const { call } = await offerTo(clerk, busy);
  await clerk.ask({ type: 'accept', call });
  const mine = await clerk.next(
    (frame) => frame.type === 'call' && frame.call === call && frame.state === 'connecting',
  );
  connected(clerk, call, 'leg' in mine ? (mine.leg ?? '') : '');
  await busy.state('talking');
  expect(await home.say('我要找人')).toMatchObject({ phrase: 'agent.waiting', asking: 'yesno' });
  app.clock.advance({ seconds: 30 });
  await app.core.services.calls.sweep();
  const told = await home.next((frame) => frame.type === 'call.state' && 'wait' in frame);
  expect(told).toMatchObject({ position: 1, chime: true, music: true, text: expect.stringContaining('第一个') });
  expect(await home.say('那给我回电话吧')).toMatchObject({ phrase: 'agent.callbackNoted' });
  expect((await home.ended()).outcome).toBe('callback');
  await finish(clerk, call);
  busy.close();
  home.close();
});

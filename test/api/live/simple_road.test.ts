import { beforeAll, expect, it } from 'vitest';
import { call } from '../../../src/store/schema.ts';
import { type BuiltApp, buildApp } from '../../support/app.ts';
import { deskOf, openDesk, speakerOf } from './sockets.ts';

let app: BuiltApp;
beforeAll(async () => {
  app = await buildApp();
});

const homeOf = (n: number) => {
  const home = app.demo.speakers[n];
  if (!home) throw new Error('no such home');
  return home;
};

it('she asks for a person, the clerk knows why, they talk, and the dialogue goes on from the result', async () => {
  const clerk = await deskOf(app, 'clerk', 'A');
  const { deviceId, token } = homeOf(0);
  const home = await speakerOf(app, deviceId, token);
  await home.say('老年优待证怎么办');
  const reply = await home.say('我要找人');
  expect(reply).toMatchObject({ type: 'reply', phrase: 'agent.calling' });
  const name = clerk.frames.flatMap((frame) => (frame.type === 'hello' ? [frame.me.name] : []))[0] ?? '';
  expect(reply.text).toContain(`的${name}`); // who it rings at, and her window, while it rings
  expect(reply.text).toContain('说老年优待证的事');

  const offer = await clerk.offer();
  const ringing = await home.state('offered');
  expect(ringing).toMatchObject({ prepare: { iceServers: [] } });
  expect(ringing).not.toHaveProperty('text'); // her answer has said it
  expect(ringing).not.toHaveProperty('ahead');
  expect(offer.rings).toBeGreaterThan(10);
  expect(offer.brief.turns.map((one) => one.heard)).toContain('老年优待证怎么办');
  expect(offer.resident?.name).toMatch(/^.\*$/);
  expect(offer.brief).toMatchObject({ matter: '老年优待证', errand: { name: 'guide' } });

  expect(await clerk.ask({ type: 'accept', call: offer.call })).toMatchObject({ type: 'done' });
  const through = await home.state('connecting');
  expect(through).toMatchObject({
    leg: expect.any(String),
    ice: { iceServers: [] },
    text: `${name}接了。`,
  });
  const mine = await clerk.call('connecting');
  expect(mine).toMatchObject({ leg: through.leg, ice: { iceServers: [] }, role: 'clerk' });

  const leg = through.leg ?? '';
  home.tell({ type: 'rtc', call: offer.call, leg, description: { type: 'offer', sdp: 'x' } });
  expect(await clerk.next((frame) => frame.type === 'rtc')).toMatchObject({
    leg,
    description: { type: 'offer', sdp: 'x' },
  });
  clerk.send({ type: 'leg', call: offer.call, leg, state: 'checking' });
  clerk.send({ type: 'rtc', call: offer.call, leg, description: { type: 'answer', sdp: 'y' } });
  expect(await home.next((frame) => frame.type === 'rtc')).toMatchObject({ description: { type: 'answer', sdp: 'y' } });
  clerk.send({ type: 'leg', call: offer.call, leg, state: 'connected' });
  await home.state('talking');
  await clerk.call('talking');

  await clerk.ask({ type: 'hold', call: offer.call, on: true });
  expect(await home.state('held')).toMatchObject({ music: true });
  await clerk.ask({ type: 'hold', call: offer.call, on: false });

  await clerk.ask({ type: 'hangup', call: offer.call });
  const ended = await home.ended();
  expect(ended.phrase).toMatch(/^rate\.|^agent\.result/);
  expect(ended.text).toContain('说完了');
  expect(await clerk.call('wrapping')).toMatchObject({ wrapBy: expect.any(String) });
  await clerk.ask({ type: 'wrapup', call: offer.call, outcome: 'solved', notes: '讲清了' });
  expect(await clerk.call('ended')).toMatchObject({ outcome: 'solved' });
  const [row] = await app.core.database.db
    .select()
    .from(call)
    .orderBy(call.createdAt)
    .limit(50)
    .then((rows) => rows.filter((one) => one.id === offer.call));
  expect(row).toMatchObject({ state: 'ended', outcome: 'solved', notes: '讲清了', version: expect.any(Number) });
  clerk.close();
  home.close();
});

it('she was in the midst of an application: the clerk has its matter and her answers', async () => {
  const clerk = await deskOf(app, 'clerk', 'A');
  const { deviceId, token } = homeOf(1);
  const home = await speakerOf(app, deviceId, token);
  for (const words of ['我想办老年优待证', '头一回办', '对']) await home.say(words);
  await home.say('我要找人');
  const { brief } = await clerk.offer();
  expect(brief).toMatchObject({
    matter: '老年优待证',
    errand: { name: 'apply', slots: { item: '老年优待证', kind: 'first', phone: 'file' } },
    drafts: { applications: [{ matter: '老年优待证', state: 'draft' }] },
  });
  clerk.close();
  home.close();
});

it('nobody of another origin opens the socket, and nobody who is not signed in', async () => {
  const clerk = await deskOf(app, 'clerk', 'B', 'away');
  await expect(openDesk(app.url, clerk.cookie, 'seat-0001', 'http://evil.example')).rejects.toThrow('403');
  await expect(openDesk(app.url, 'jialiban=nonsense')).rejects.toThrow('401');
  clerk.close();
});

it('a frame that is none of ours ends the socket; one that is not hers to send is refused', async () => {
  const clerk = await deskOf(app, 'clerk', 'B', 'away');
  const id = '00000000-0000-4000-8000-000000000000';
  expect(await clerk.ask({ type: 'accept', call: id })).toMatchObject({ type: 'error', code: 'NOT_FOUND' });
  expect(await clerk.ask({ type: 'listen', call: id })).toMatchObject({ type: 'error', code: 'FORBIDDEN' });
  clerk.send({ type: 'accept' } as never);
  expect(await clerk.closed).toBe(1008);
});

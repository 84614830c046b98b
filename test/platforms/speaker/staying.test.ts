import { expect, it } from 'vitest';
import { withdraw } from '../../../src/platforms/speaker/registry.ts';
import { freshRedis } from '../../support/stores.ts';
import { openedSocket, rawSocket, startSpeakers, TOKEN } from '../support/speakers.ts';
import { recordingTurn } from '../support/turns.ts';

const redis = await freshRedis();
const here = await startSpeakers(recordingTurn().turn, {}, redis);
const there = await startSpeakers(recordingTurn().turn, {}, redis);

it('a newer connection of a device closes the older with 4001, here and on another instance', async () => {
  const first = await openedSocket(here.url, 'device-a');
  const second = await openedSocket(here.url, 'device-a');
  expect(await first.closed).toBe(4001);
  const third = await openedSocket(there.url, 'device-a');
  expect(await second.closed).toBe(4001);
  const fourth = await openedSocket(here.url, 'device-a');
  expect(await third.closed).toBe(4001);
  fourth.send({ type: 'say', id: 'still-here', text: '喂' });
  expect(await fourth.frame('reply')).toMatchObject({ id: 'still-here' });
});

it('of many connections at once on two instances exactly one stays', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, (_, i) => rawSocket(i % 2 ? here.url : there.url)));
  for (const raw of all) raw.send({ type: 'hello', deviceId: 'device-race', token: TOKEN });
  await expect
    .poll(() => all.filter((raw) => raw.socket.readyState === raw.socket.OPEN).length, { timeout: 5000 })
    .toBe(1);
  const codes = await Promise.all(
    all.filter((raw) => raw.socket.readyState !== raw.socket.OPEN).map((raw) => raw.closed),
  );
  expect(new Set(codes)).toEqual(new Set([4001]));
});

it('a device whose token was withdrawn is cut off on either instance', async () => {
  const [one, two] = [await openedSocket(here.url, 'device-w1'), await openedSocket(there.url, 'device-w2')];
  await withdraw(here.bus, 'device-w1');
  await withdraw(here.bus, 'device-w2');
  expect(await one.closed).toBe(1008);
  expect(await two.closed).toBe(1008);
});

it('a notice reaches a device on another instance, without its content; an expired one does not; nobody there is told', async () => {
  const raw = await openedSocket(there.url, 'device-n');
  const notice = { type: 'notice', id: 'n-1', kind: 'policy', expires: '2026-11-24T08:00:00+08:00' } as const;
  await expect
    .poll(() => here.bus.toDevice('device-n', { ...notice, id: 'old', expires: '2026-11-22T08:00:00+08:00' }))
    .toBe(true);
  expect(await here.bus.toDevice('device-n', notice)).toBe(true);
  expect(await raw.frame('notice')).toEqual(notice);
  expect(raw.heard.filter((frame) => frame.type === 'notice')).toHaveLength(1);
  expect(await here.bus.toDevice('device-nowhere', notice)).toBe(false);
});

it('frames of a call pass through, others do not', async () => {
  const raw = await openedSocket(there.url, 'device-c');
  await expect.poll(() => here.bus.toDevice('device-c', { type: 'reply', text: 'forged' })).toBe(true);
  await here.bus.toDevice('device-c', { type: 'call.offer', call: 'c-1', who: '王', station: '站', topic: '老年证' });
  expect(await raw.frame('call.offer')).toMatchObject({ call: 'c-1', topic: '老年证' });
  expect(raw.heard.some((frame) => frame.type === 'reply')).toBe(false);
});

it('a device that does not answer two pings is let go; one that does stays', async () => {
  const quick = await startSpeakers(recordingTurn().turn, { limits: { heartbeat: 0.1 } });
  const deaf = await openedSocket(quick.url, 'device-deaf');
  const alive = quick.connect('device-alive');
  await alive.ready;
  expect(await deaf.closed).toBe(1006);
  expect(deaf.heard.filter((frame) => frame.type === 'ping').length).toBeGreaterThanOrEqual(2);
  expect(await alive.say('喂')).toMatchObject({ type: 'reply' });
});

it('a server that goes down says so with 1012, and a device that lost its line finds its reply', async () => {
  const { turn, heard } = recordingTurn();
  const first = await startSpeakers(turn);
  const raw = await openedSocket(first.url, 'device-a');
  raw.send({ type: 'say', id: 'kept', text: '喂' });
  const reply = await raw.frame('reply');
  await first.app.close();
  expect(await raw.closed).toBe(1012);
  const second = await startSpeakers(turn);
  const again = await openedSocket(second.url, 'device-a');
  again.send({ type: 'say', id: 'kept', text: '喂' });
  expect(await again.frame('reply')).toEqual(reply);
  expect(heard).toHaveLength(1);
});

it('Redis down: those who talk go on talking, and a new device may still come in', async () => {
  const own = await freshRedis();
  const lonely = await startSpeakers(recordingTurn().turn, {}, own);
  const before = await openedSocket(lonely.url, 'device-a');
  await own.stop();
  before.send({ type: 'say', id: '1', text: '喂' });
  await before.frame('reply');
  const after = await openedSocket(lonely.url, 'device-b');
  after.send({ type: 'say', id: '2', text: '喂' });
  expect(await after.frame('reply')).toMatchObject({ id: '2' });
});

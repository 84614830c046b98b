import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { chimeRoutes } from '../../src/jobs/chimes.ts';
import { deliverAll } from '../../src/jobs/deliveries.ts';
import { dispatchNotices } from '../../src/jobs/notices.ts';
import { planNotice } from '../../src/services/notices/notices.ts';
import { booking, delivery, notice } from '../../src/store/schema.ts';
import { connectSpeaker } from '../../src/tools/speaker-client.ts';
import { rawSocket } from '../platforms/support/speakers.ts';
import { type BuiltApp, buildApp } from '../support/app.ts';
import { atEnd } from '../support/releasing.ts';
import { wrongWith } from '../support/speaker-document.ts';

type Json = Record<string, unknown>;

let app: BuiltApp;
let home: BuiltApp['demo']['speakers'][number];
let url: string;
beforeAll(async () => {
  app = await buildApp();
  home = app.demo.speakers.find((one) => one.residents[0]?.traits.includes('ready:老年优待证')) as typeof home;
  url = `${app.url.replace('http', 'ws')}/speaker`;
});

async function opened() {
  const raw = await rawSocket(url);
  raw.send({ type: 'hello', deviceId: home.deviceId, token: home.token, caps: { audio: true, screen: true } });
  await raw.frame('ready');
  const ask = async (frame: Json) => {
    const id = randomUUID();
    raw.send({ id, ...frame });
    for (;;) {
      const found = raw.heard.find((one) => one.id === (frame.id ?? id));
      if (found) return found;
      await new Promise((resolve) => raw.socket.once('message', resolve));
    }
  };
  return { ...raw, ask };
}

/** Plans a notice for her and lets the jobs chime. */
async function chimed(): Promise<void> {
  const { database, bus, presence, clock, log } = app.core;
  const { id } = (await app.core.services.homes.at({ brand: 'speaker', device: home.deviceId }))?.residents[0] ?? {
    id: '',
  };
  const expiresAt = new Date(clock.now().getTime() + 3600_000);
  const planned = { residentId: id, kind: 'progress' as const, subject: `case:${randomUUID()}:accepted`, expiresAt };
  await database.transaction((tx) => planNotice(tx, planned, clock.now()));
  await dispatchNotices({ database, presence, clock, pushes: [], texts: false });
  await deliverAll({ database, clock, log }, new Map(chimeRoutes({ database, clock, bus, pushes: [] })));
}

test('every frame that a speaker is sent is, to the last member, as the document says', async () => {
  const { heard, ask, send, frame } = await opened();
  await ask({ type: 'wake' });
  for (const text of ['约后天上午去取老年证', '第一个', '算了', '停']) await ask({ type: 'say', text });
  await ask({ type: 'say' }); // no text: an error with its id
  send({ type: 'nothing we know' });
  send({ type: 'status', firmware: '1.2.3', volume: 40 });
  await chimed();
  const told = await frame('notice');
  send({ type: 'notice.ack', id: told.id, state: 'announced' });
  const { bus } = app.core;
  await bus.toDevice(home.deviceId, { type: 'settings', pace: 170, volume: 70, quiet: '21:00-08:00' });
  await bus.toDevice(home.deviceId, { type: 'call.state', call: 'c1', state: 'queued', position: 2, wait: [60, 180] });
  await bus.toDevice(home.deviceId, { type: 'call.end', call: 'c1', outcome: 'callback' });
  await frame('call.end');
  await frame('ping');
  const types = new Set(heard.map(({ type }) => type));
  for (const type of ['ready', 'reply', 'error', 'notice', 'settings', 'call.state', 'call.end', 'ping'])
    expect(types).toContain(type);
  expect(heard.flatMap(wrongWith)).toEqual([]);
});

test('what the device says of a chime reaches the record, and it is not chimed for again', async () => {
  const { send, frame, socket } = await opened();
  await chimed();
  const told = await frame('notice');
  send({ type: 'notice.ack', id: told.id, state: 'announced' });
  send({ type: 'notice.ack', id: told.id, state: 'announced' });
  await expect
    .poll(async () => (await app.core.database.db.select().from(notice)).filter(({ chimeId }) => chimeId === told.id))
    .toMatchObject([{ state: 'announced', channel: 'speaker' }]);
  socket.terminate();
  const again = await opened();
  await again.ask({ type: 'silence' });
  expect(again.heard.filter(({ type }) => type === 'notice')).toEqual([]);
  expect(await app.core.database.db.$count(delivery)).toBeGreaterThan(0);
});

test('a line that breaks while she is answered loses no answer: the same id after it, the same words, one booking', async () => {
  const talk = await opened();
  for (const text of ['约后天上午去取老年证', '第一个']) await talk.ask({ type: 'say', text });
  const before = await app.core.database.db.$count(booking);
  const id = randomUUID();
  talk.send({ type: 'say', id, text: '对' });
  talk.socket.terminate(); // not one byte of the answer is read
  const client = connectSpeaker({ url, credentials: home, reconnectWithin: 50, resendAfter: 300 });
  atEnd(() => client.close());
  await client.ready;
  const answer = await client.say('对', id);
  expect(answer).toMatchObject({ type: 'reply', id, phrase: 'pickup.booked' });
  expect(await client.say('对', id)).toMatchObject({ text: answer.text, phrase: 'pickup.booked' });
  expect(await app.core.database.db.$count(booking)).toBe(before + 1);
});

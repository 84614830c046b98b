import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { call, callback, callOffer } from '../../src/store/schema.ts';
import { connectHome, type DeskClient, knownToAll, openDesk, signInAt } from '../api/live/sockets.ts';
import { startInstances } from './instances.ts';

/** The long form waits until what is lost is given up. */
const LONG = process.env.FAULTS === 'long';
const RINGS_AT_MOST_MS = 60_000;

let stores: Awaited<ReturnType<typeof startInstances>>;
beforeAll(async () => {
  stores = await startInstances(2);
});

async function homeAt(url: string, n: number) {
  const { deviceId = '', token = '' } = stores.demo.speakers[n] ?? {};
  const home = await connectHome(url, deviceId, token);
  await knownToAll(stores.presence, deviceId);
  return home;
}

async function deskAt(url: string, duty: 'A' | 'B'): Promise<DeskClient> {
  const account = stores.demo.accounts.find((one) => one.role === 'clerk' && one.duty === duty);
  const desk = await openDesk(url, await signInAt(url, account?.username ?? '', account?.password ?? ''));
  await desk.ask({ type: 'presence', state: 'available' });
  return desk;
}

const rowOf = async (id: string) => (await stores.database.db.select().from(call).where(eq(call.id, id)))[0];
const openOffers = async (id: string) =>
  (await stores.database.db.select().from(callOffer).where(eq(callOffer.callId, id))).filter((one) => !one.closedAt);

/** She asks on the one instance, the clerk sits at the other, and they talk. */
async function talk(home: Awaited<ReturnType<typeof homeAt>>, desk: DeskClient): Promise<string> {
  await home.say('我要找人');
  const { call: id } = await desk.offer();
  await desk.ask({ type: 'accept', call: id });
  const { leg = '' } = await desk.call('connecting');
  desk.send({ type: 'leg', call: id, leg, state: 'checking' });
  desk.send({ type: 'leg', call: id, leg, state: 'connected' });
  await home.state('talking');
  return id;
}

/** Her speaker was on the instance that is killed, and never comes back. */
async function ring(url: string, desk: DeskClient): Promise<string> {
  const home = await homeAt(url, 1);
  await home.say('我要找人');
  return (await desk.offer()).call;
}

async function comesToOneEnd(id: string, killed: number): Promise<void> {
  const state = async () => (await rowOf(id))?.state;
  await expect.poll(state, { timeout: RINGS_AT_MOST_MS, interval: 500 }).toBe('callback');
  expect(await openOffers(id)).toEqual([]);
  const { db } = stores.database;
  expect(await db.select().from(callback).where(eq(callback.callId, id))).toHaveLength(1);
  console.log(`nothing rings ${((Date.now() - killed) / 1000).toFixed(1)} s after the kill`);
}

test('kill -9 of an instance: a talk goes on at the other, and what only rang comes to one end', async () => {
  const [first, second] = stores.instances;
  if (!first || !second) throw new Error('two instances were started');
  const [a, b] = [await deskAt(second.url, 'A'), await deskAt(second.url, 'B')];
  const her = await homeAt(first.url, 0);
  const talking = await talk(her, a);
  const ringing = LONG ? await ring(first.url, b) : undefined;

  const from = a.frames.length;
  const killed = Date.now();
  await first.kill();
  // Nobody waits for a directory that forgets after a minute: the clerk is told that the speaker has lost its line.
  const lost = await a.next((frame) => frame.type === 'call' && frame.lost === 'speaker', from);
  expect(lost).toMatchObject({ call: talking, state: 'talking' });

  const back = await homeAt(second.url, 0);
  const standing = await back.state('talking');
  expect(standing).toMatchObject({ call: talking, leg: expect.any(String), renew: { iceServers: [] } });
  const found = await a.next((frame) => frame.type === 'call' && frame.lost === null, a.frames.indexOf(lost));
  expect(found).toMatchObject({ call: talking, state: 'talking' });
  await a.ask({ type: 'hangup', call: talking });
  expect((await back.ended()).text).not.toBe('');
  await a.ask({ type: 'wrapup', call: talking, outcome: 'solved' });
  expect(await rowOf(talking)).toMatchObject({ state: 'ended', outcome: 'solved' });

  if (ringing) await comesToOneEnd(ringing, killed);
});

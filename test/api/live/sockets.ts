/** The two ends of a call as programs: a desk over its socket, a speaker over its own. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import type { CallFrame, InFrame, OfferFrame, OutFrame, SpeakerEnd, SpeakerState } from '../../../src/calls/wire.ts';
import type { OutFrame as HomeFrame } from '../../../src/platforms/speaker/protocol.ts';
import type { Presence } from '../../../src/store/presence.ts';
import { connectSpeaker } from '../../../src/tools/speaker-client.ts';
import type { BuiltApp } from '../../support/app.ts';
import { wrongWith } from '../../support/speaker-document.ts';
import { atEnd } from '../../support/stores.ts';

const PATIENCE_MS = 15_000;
type Out = OutFrame & { type: string };

/** Frames as they come, and a way to wait for one. */
function createHearing<F extends { type: string }>() {
  const frames: F[] = [];
  const waits = new Set<() => void>();
  return {
    frames,
    hear(frame: F) {
      frames.push(frame);
      for (const wait of waits) wait();
    },
    /** The first frame from `from` on that pleases; also one that is there already. */
    next<T extends F>(pleases: (frame: F) => boolean, from = 0): Promise<T> {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = frames.slice(from).find(pleases);
          if (!found) return;
          waits.delete(look);
          clearTimeout(late);
          resolve(found as T);
        };
        const told = () => frames.map((one) => `${one.type}:${(one as { state?: string }).state ?? ''}`).join(' ');
        const late = setTimeout(() => reject(new Error(`no such frame among ${told()}`)), PATIENCE_MS);
        waits.add(look);
        look();
      });
    },
  };
}

/** Signs in over HTTP: the cookie opens the socket. */
export async function signInAt(url: string, username: string, password: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`${username} was not let in: ${response.status}`);
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

export interface DeskClient {
  frames: Out[];
  next<T extends Out>(pleases: (frame: Out) => boolean, from?: number): Promise<T>;
  send(frame: InFrame): void;
  /** Binary, as the page sends what is said. */
  sound(frame: Uint8Array): void;
  /** Resolves with `done` or `error`. */
  ask(frame: InFrame & { id?: string }): Promise<Out>;
  offer(): Promise<OfferFrame>;
  call(state: string, from?: number): Promise<CallFrame>;
  closed: Promise<number>;
  close(): void;
  cut(): void;
}

export async function openDesk(
  url: string,
  cookie: string,
  seat: string = randomUUID(),
  origin = url,
): Promise<DeskClient> {
  const hearing = createHearing<Out>();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live?seat=${seat}`, { headers: { cookie }, origin });
  socket.on('message', (data) => hearing.hear(JSON.parse(String(data)) as Out));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve());
    socket.on('error', reject);
  });
  atEnd(() => socket.terminate());
  const send = (frame: InFrame) => socket.send(JSON.stringify(frame));
  await hearing.next((frame) => frame.type === 'hello');
  return {
    ...hearing,
    send,
    sound: (frame) => socket.send(frame),
    ask(frame) {
      const id = randomUUID();
      send({ ...frame, id } as InFrame);
      return hearing.next((one) => (one.type === 'done' || one.type === 'error') && one.id === id);
    },
    offer: () => hearing.next((frame) => frame.type === 'offer'),
    call: (state, from) => hearing.next((frame) => frame.type === 'call' && frame.state === state, from),
    closed,
    close: () => socket.close(),
    cut: () => socket.terminate(),
  };
}

/** A demo clerk at her desk, who has said that she is there. */
export async function deskOf(app: BuiltApp, role: string, duty?: 'A' | 'B', state: 'available' | 'away' = 'available') {
  const account = app.demo.accounts.find((one) => one.role === role && (duty === undefined || one.duty === duty));
  if (!account) throw new Error(`no account of a ${role}`);
  const cookie = await signInAt(app.url, account.username, account.password);
  const desk = await openDesk(app.url, cookie);
  if (role === 'clerk') await desk.ask({ type: 'presence', state });
  return { ...desk, cookie, account };
}

/** A speaker of the first homes, whose station is the demo clerks'. */
export async function speakerOf(app: BuiltApp, deviceId: string, token: string, rtc = true) {
  const speaker = await connectHome(app.url, deviceId, token, rtc);
  await knownToAll(app.core.presence, deviceId);
  return speaker;
}

/** A speaker at the instance of this address. */
export async function connectHome(url: string, deviceId: string, token: string, rtc = true) {
  const hearing = createHearing<HomeFrame>();
  const undescribed: string[] = [];
  const client = connectSpeaker({
    url: `${url.replace('http', 'ws')}/speaker`,
    credentials: { deviceId, token },
    caps: { rtc },
    reconnectWithin: 0,
    heard: (frame) => {
      undescribed.push(...wrongWith(frame));
      hearing.hear(frame);
    },
  });
  atEnd(() => {
    client.close();
    expect(undescribed).toEqual([]); // whatever is sent in a call stands in the protocol's papers
  });
  await client.ready;
  return {
    ...client,
    ...hearing,
    state: (state: string, from?: number) =>
      hearing.next<HomeFrame & SpeakerState>(
        (frame) => frame.type === 'call.state' && (frame as { state?: string }).state === state,
        from,
      ),
    ended: () => hearing.next<HomeFrame & SpeakerEnd>((frame) => frame.type === 'call.end'),
  };
}

/** What it can do is kept just after it was greeted. */
export async function knownToAll(presence: Pick<Presence, 'caps' | 'where'>, deviceId: string): Promise<void> {
  for (let n = 0; n < 100; n += 1) {
    if ((await presence.caps(deviceId)).rtc !== undefined && (await presence.where(deviceId))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the speaker did not become known');
}

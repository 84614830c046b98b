/** The socket on a real server at port 0, with a real Redis behind its bus, presence and tickets. */
import type { AddressInfo } from 'node:net';
import websocket from '@fastify/websocket';
import Fastify from 'fastify';
import { WebSocket } from 'ws';
import type { Turn } from '../../../src/platforms/platform.ts';
import { speaker } from '../../../src/platforms/speaker/index.ts';
import type { SpeakerIdentity, SpeakerOptions } from '../../../src/platforms/speaker/parts.ts';
import { speakerSockets } from '../../../src/platforms/speaker/sockets.ts';
import { createBus } from '../../../src/store/bus.ts';
import { createPresence } from '../../../src/store/presence.ts';
import { createTickets } from '../../../src/store/tickets.ts';
import { connectSpeaker, type SpeakerClientOptions } from '../../../src/tools/speaker-client.ts';
import { atEnd, freshRedis, type TestRedis } from '../../support/stores.ts';
import { NOW } from './brands.ts';
import { FALLBACK } from './turns.ts';

export const TOKEN = 'token-of-the-device';
/** `real-…` are devices of a household, all others belong to the sample community; `gone-…` are unknown. */
export function identityOf(deviceId: string): SpeakerIdentity | undefined {
  if (deviceId.startsWith('gone')) return undefined;
  return {
    deviceId,
    locale: 'zh-CN',
    settings: { pace: 190, volume: 60, quiet: '21:00-08:00' },
    conversation: `speaker:${deviceId}`,
    resume: false,
    sample: !deviceId.startsWith('real'),
  };
}

let instances = 0;

export async function startSpeakers(turn: Turn, options: Partial<SpeakerOptions> = {}, store?: TestRedis) {
  const redis = store ?? (await freshRedis());
  const instance = `instance-${++instances}`;
  const bus = createBus({ redis: redis.redis, subscriber: await redis.connect('subscriber'), instance });
  const tickets = createTickets({ redis: redis.redis });
  const seen: string[] = [];
  const statuses: unknown[] = [];
  const app = Fastify();
  await app.register(websocket, speakerSockets);
  await app.register(speaker, {
    turn,
    fallback: FALLBACK,
    devices: {
      byToken: async (deviceId, token) => (token === TOKEN ? identityOf(deviceId) : undefined),
      byTicket: async (ticket) => {
        const deviceId = await tickets.take(ticket);
        return deviceId === undefined ? undefined : identityOf(deviceId);
      },
      seen: async (deviceId) => void seen.push(deviceId),
      status: async (deviceId, status) => void statuses.push({ deviceId, ...status }),
    },
    bus,
    presence: createPresence({ redis: redis.redis }),
    instance,
    words: (code) => `我这儿：${code}`,
    clock: { now: () => NOW },
    ...options,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  atEnd(() => app.close());
  await bus.ready();
  const { port } = app.server.address() as AddressInfo;
  const url = `ws://127.0.0.1:${port}/speaker`;
  const connect = (deviceId: string, more: Partial<SpeakerClientOptions> = {}) => {
    const client = connectSpeaker({ url, credentials: { deviceId, token: TOKEN }, reconnectWithin: 0, ...more });
    atEnd(() => client.close());
    return client;
  };
  return { app, redis, bus, tickets, seen, statuses, url, port, connect };
}

/** A bare socket that keeps what it hears: for what a well-behaved client would not do. */
export async function rawSocket(url: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(url, { headers });
  atEnd(() => socket.terminate());
  const heard: Record<string, unknown>[] = [];
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Record<string, unknown>));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => undefined);
  const send = (frame: unknown) => socket.send(JSON.stringify(frame));
  const frame = async (type: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const found = heard.find((one) => one.type === type);
      if (found) return found;
      await Promise.race([
        new Promise((resolve) => socket.once('message', resolve)),
        closed.then(() => Promise.reject(new Error(`closed before ${type}`))),
      ]);
    }
  };
  return { socket, heard, closed, send, frame };
}

/** A page's or a device's opening frame, sent and answered. */
export async function openedSocket(url: string, deviceId: string) {
  const raw = await rawSocket(url);
  raw.send({ type: 'hello', deviceId, token: TOKEN });
  await raw.frame('ready');
  return raw;
}

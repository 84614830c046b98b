/**
 * Messages between instances: to a device, wherever its socket hangs, and to everyone who listens on a channel.
 * Nothing is kept: who was not there did not hear it; what must arrive lies in PostgreSQL.
 * Sharded publish/subscribe (Redis 7) on a cluster, plain on a single server of any version.
 */
import { Cluster } from 'ioredis';
import { presenceKey } from './presence.ts';
import { inTime, type RedisClient } from './redis.ts';

export type Handler = (message: unknown) => void;

export interface Bus {
  /** To every instance that listens on the channel. The message passes through JSON. */
  publish(channel: string, message: unknown): Promise<void>;
  /** @returns whether an instance that has the device took it. False too when Redis is out of reach. */
  toDevice(device: string, message: unknown): Promise<boolean>;
  /** Listens on a channel until the returned function is called. */
  on(channel: string, fn: Handler): () => void;
  /** Listens for what is sent to a device whose socket is here. */
  onDevice(device: string, fn: Handler): () => void;
  /** Resolves once everything asked for so far is subscribed. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

export interface BusOptions {
  /** For publishing; a commands connection. */
  redis: RedisClient;
  /** A subscriber connection, used by this bus alone; the bus does not close it. */
  subscriber: RedisClient;
  /** This process's name in the directory. */
  instance: string;
}

interface ToDevice {
  device: string;
  message: unknown;
}

const instanceChannel = (instance: string) => `bus:i:${instance}`;
const topicChannel = (channel: string) => `bus:c:${channel}`;

/** Listens for this instance at once. Handlers are called one after the other where the message arrives, and must not throw. */
export function createBus({ redis, subscriber, instance }: BusOptions): Bus {
  const wire = createWire(redis, subscriber);
  const devices = createHandlers();
  const unlisten = wire.listen(instanceChannel(instance), (text) => {
    const { device, message } = JSON.parse(text) as ToDevice;
    devices.tell(device, message);
  });
  return {
    async publish(channel, message) {
      await wire.send(topicChannel(channel), JSON.stringify(message));
    },
    async toDevice(device, message) {
      if (devices.tell(device, message)) return true; // here: no way round, and it works without Redis
      try {
        const where = await inTime(redis.get(presenceKey(device)));
        if (where === null || where === instance) return false;
        return (await wire.send(instanceChannel(where), JSON.stringify({ device, message }))) > 0;
      } catch {
        return false;
      }
    },
    on: (channel, fn) => wire.listen(topicChannel(channel), (text) => fn(JSON.parse(text))),
    onDevice: (device, fn) => devices.add(device, fn),
    ready: wire.settled,
    async close() {
      unlisten();
      await wire.settled();
    },
  };
}

/** Handlers by key; the first makes, the last ends an entry. */
function createHandlers(first: (key: string) => void = () => undefined, last: (key: string) => void = () => undefined) {
  const byKey = new Map<string, Set<Handler>>();
  return {
    add(key: string, fn: Handler): () => void {
      const own: Handler = (message) => fn(message); // the same function twice is two listeners
      const set = byKey.get(key) ?? new Set();
      if (set.size === 0) first(key);
      byKey.set(key, set.add(own));
      return () => {
        if (!set.delete(own) || set.size > 0) return;
        byKey.delete(key);
        last(key);
      };
    },
    tell(key: string, message: unknown): boolean {
      const set = byKey.get(key);
      for (const handler of set ?? []) handler(message);
      return set !== undefined;
    },
  };
}

/** Plain or sharded, behind one face. Subscriptions survive a lost connection: the library repeats them. */
function createWire(redis: RedisClient, subscriber: RedisClient) {
  const sharded = redis instanceof Cluster;
  let pending: Promise<unknown> = Promise.resolve();
  const queue = (step: () => Promise<unknown>) => {
    pending = pending.then(step).catch(() => undefined);
  };
  const handlers = createHandlers(
    (channel) => queue(() => (sharded ? subscriber.ssubscribe(channel) : subscriber.subscribe(channel))),
    (channel) => queue(() => (sharded ? subscriber.sunsubscribe(channel) : subscriber.unsubscribe(channel))),
  );
  subscriber.on(sharded ? 'smessage' : 'message', (channel: string, text: string) => void handlers.tell(channel, text));
  return {
    listen: (channel: string, fn: (text: string) => void) => handlers.add(channel, (text) => fn(String(text))),
    send: (channel: string, text: string) =>
      inTime(sharded ? redis.spublish(channel, text) : redis.publish(channel, text)).then(Number),
    settled: async () => {
      await pending;
    },
  };
}

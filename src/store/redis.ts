/** Connections to Redis that answer in time: the library's own defaults wait for ever. */
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { Refusal } from '../errors.ts';

export type RedisClient = Redis | Cluster;

export type RedisTarget =
  /** `redis://`, `rediss://`, or `unix:///path/to.sock`; a password may stand in the address or beside it. */
  | { url: string; password?: string }
  /** `redis://` addresses of some of the nodes. */
  | { cluster: string[]; password?: string }
  /** `host:port` of the sentinels and the master's name. */
  | { sentinels: string[]; name: string; password?: string };

/** `commands` gives up after 200 ms (`inTime`); `subscriber` waits for messages and has no command deadline. */
export type RedisRole = 'commands' | 'subscriber';

export const COMMAND_DEADLINE_MS = 200;

/**
 * The library's own deadline, which also counts while other work holds the loop (the embedded database may for seconds on a busy
 * machine): the bound for what is left behind, never the end that anybody waits for.
 */
const LONGEST_COMMAND_MS = 10_000;

/** A deadline is waited for in so many slices. */
const SLICES = 8;

/** Connects in the background and keeps trying; until it is connected every command rejects at once. Close with `disconnect()`. */
export function connectRedis(target: RedisTarget | string, role: RedisRole): RedisClient {
  const client = connect(typeof target === 'string' ? { url: target } : target, role);
  client.on('error', () => undefined); // each command rejects by itself; readiness is asked with ping
  return client;
}

/** Waits until the connection can be used. @returns false when it could not within `ms`. */
export async function redisReady(client: RedisClient, ms = 5000): Promise<boolean> {
  if (client.status === 'ready') return true;
  return new Promise((resolve) => {
    const settle = (ready: boolean) => {
      clearTimeout(timer);
      client.off('ready', onReady);
      resolve(ready);
    };
    const onReady = () => settle(true);
    const timer = setTimeout(() => settle(false), ms);
    client.once('ready', onReady);
  });
}

function connect(target: RedisTarget, role: RedisRole): RedisClient {
  const tuned = tuning(role);
  if ('cluster' in target) return connectCluster(target, tuned, role);
  if ('sentinels' in target) {
    const sentinels = target.sentinels.map(hostAndPort);
    return new Redis({ ...tuned, sentinels, name: target.name, ...password(target), sentinelRetryStrategy: backOff });
  }
  const { protocol, pathname, searchParams, password: inUrl } = new URL(target.url);
  if (protocol !== 'unix:') return new Redis(target.url, { ...tuned, ...password(target) });
  const secret = target.password ?? searchParams.get('password') ?? decodeURIComponent(inUrl);
  return new Redis({ ...tuned, path: decodeURIComponent(pathname), ...password({ password: secret || undefined }) });
}

function connectCluster(
  target: { cluster: string[]; password?: string },
  tuned: RedisOptions,
  role: RedisRole,
): Cluster {
  const secure = target.cluster.some((address) => address.startsWith('rediss:'));
  return new Cluster(target.cluster.map(hostAndPort), {
    enableOfflineQueue: role === 'subscriber',
    clusterRetryStrategy: backOff,
    maxRedirections: 4,
    retryDelayOnFailover: 50,
    retryDelayOnClusterDown: 50,
    slotsRefreshTimeout: 1000,
    shardedSubscribers: role === 'subscriber',
    redisOptions: { ...tuned, ...password(target), ...(secure ? { tls: {} } : {}) },
  });
}

const backOff = (attempt: number) => Math.min(50 * attempt, 1000);

function tuning(role: RedisRole): RedisOptions {
  const shared: RedisOptions = { connectTimeout: 1000, retryStrategy: backOff, keepAlive: 10_000 };
  return role === 'commands'
    ? { ...shared, enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: LONGEST_COMMAND_MS }
    : { ...shared, enableOfflineQueue: true, maxRetriesPerRequest: null, autoResubscribe: true };
}

const password = ({ password: secret }: { password?: string }) => (secret === undefined ? {} : { password: secret });

function hostAndPort(address: string): { host: string; port: number } {
  const { hostname, port } = new URL(address.includes('://') ? address : `redis://${address}`);
  return { host: hostname, port: Number(port || 6379) };
}

/**
 * The promise, or StoreUnavailable once `ms` have passed in which this process could have read the answer:
 * where other work holds the loop (the embedded database in a long query), one slice is gone, and what came meanwhile is read.
 * It also covers the redirections of a cluster, which the library's deadline does not.
 */
export async function inTime<T>(work: Promise<T>, ms = COMMAND_DEADLINE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const wait = (slices: number) => {
      timer = setTimeout(() => (slices > 1 ? wait(slices - 1) : reject(new Error('no answer in time'))), ms / SLICES);
    };
    wait(SLICES);
  });
  try {
    return await Promise.race([work, late]);
  } catch (cause) {
    throw new Refusal('StoreUnavailable', {}, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** A Lua script as a function. @throws Refusal StoreUnavailable when Redis is down, frozen or refuses. */
export function scripted(client: RedisClient, name: string, numberOfKeys: number, lua: string) {
  client.defineCommand(name, { numberOfKeys, lua });
  const commands = client as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>;
  return (keys: string[], args: (string | number)[] = []): Promise<unknown> =>
    inTime(Promise.resolve(commands[name]?.(...keys, ...args)));
}

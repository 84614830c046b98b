/** A private Redis on a unix socket: starting one takes some 30 ms, so each caller gets its own and may freeze or stop it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import { connectRedis, type RedisClient, type RedisRole, redisReady } from '../../src/store/redis.ts';
import { atEnd } from './releasing.ts';

export interface TestRedis {
  /** Address for connectRedis. */
  url: string;
  /** A connection for commands, ready. */
  redis: RedisClient;
  /** A further connection, ready, closed after the file. */
  connect(role: RedisRole): Promise<RedisClient>;
  /** SIGSTOP and SIGCONT. */
  freeze(): void;
  thaw(): void;
  /** Ends the server; what it held is lost. `start` brings an empty one back on the same socket. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function freshRedis(): Promise<TestRedis> {
  const folder = join(inject('runFolder'), `redis-${randomBytes(4).toString('hex')}`);
  await mkdir(folder, { recursive: true });
  const url = `unix://${join(folder, 'redis.sock')}`;
  let server: ChildProcess | undefined;
  const start = async () => {
    server = await startServer(folder);
  };
  const stop = async () => {
    if (server?.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  await start();
  atEnd(stop);
  const connected = async (role: RedisRole) => {
    const client = connectRedis(url, role);
    atEnd(() => client.disconnect());
    if (!(await redisReady(client, 10_000))) throw new Error('the private Redis did not answer');
    return client;
  };
  return {
    url,
    redis: await connected('commands'),
    connect: connected,
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
    stop,
    start,
  };
}

async function startServer(folder: string): Promise<ChildProcess> {
  const socket = join(folder, 'redis.sock');
  const files = ['--unixsocket', socket, '--dir', folder, '--pidfile', join(folder, 'redis.pid')];
  const settings = ['--port', '0', '--save', '', '--appendonly', 'no', '--daemonize', 'no'];
  const server = spawn('redis-server', [...settings, ...files], { stdio: 'ignore' });
  while (!(await accepts(socket))) await pause(10);
  return server;
}

function accepts(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const attempt = connect(socket);
    attempt.once('connect', () => resolve(true)).once('error', () => resolve(false));
    attempt.once('connect', () => attempt.destroy());
  });
}

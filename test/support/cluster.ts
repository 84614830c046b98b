/** Private Redis Cluster and Redis Sentinel on loopback ports; about a second to start. */
import { execFile, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { atEnd } from './releasing.ts';

const run = promisify(execFile);

/** Addresses of the nodes, for connectRedis({ cluster }). */
export async function freshCluster(): Promise<string[]> {
  const ports = [await freePort(), await freePort(), await freePort()];
  for (const port of ports) await startNode(port);
  const nodes = ports.map((port) => `127.0.0.1:${port}`);
  await run('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-yes']);
  while (!(await ok(ports))) await pause(50);
  return nodes.map((node) => `redis://${node}`);
}

/** Addresses of the sentinels that watch one master called `main`, for connectRedis({ sentinels, name }). */
export async function freshSentinel(): Promise<string[]> {
  const [master, sentinel] = [await freePort(), await freePort()];
  await startServer(master, ['--save', '']);
  const conf = join(await folderOf(sentinel), 'sentinel.conf');
  await writeFile(conf, `sentinel monitor main 127.0.0.1 ${master} 1\n`);
  await startServer(sentinel, ['--sentinel'], conf);
  return [`127.0.0.1:${sentinel}`];
}

const startNode = async (port: number) =>
  startServer(port, ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort()), '--save', '']);

async function folderOf(port: number): Promise<string> {
  const folder = join(inject('runFolder'), `node-${port}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

async function startServer(port: number, own: string[], conf?: string): Promise<void> {
  const folder = await folderOf(port);
  const files = ['--dir', folder, '--pidfile', join(folder, 'redis.pid')];
  const settings = ['--port', String(port), '--bind', '127.0.0.1', ...files, ...own];
  const server = spawn('redis-server', conf ? [conf, ...settings] : settings, { stdio: 'ignore' });
  atEnd(() => void server.kill('SIGKILL'));
  while (!(await answers(port))) await pause(20);
}

const answers = (port: number) =>
  run('redis-cli', ['-p', String(port), 'ping']).then(
    ({ stdout }) => stdout.startsWith('PONG'),
    () => false,
  );

async function ok(ports: number[]): Promise<boolean> {
  const states = await Promise.all(ports.map((port) => run('redis-cli', ['-p', String(port), 'cluster', 'info'])));
  return states.every(({ stdout }) => stdout.includes('cluster_state:ok') && stdout.includes('cluster_known_nodes:3'));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

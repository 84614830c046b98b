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
  const ports = [await startNode(), await startNode(), await startNode()];
  const nodes = ports.map((port) => `127.0.0.1:${port}`);
  await run('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-yes']);
  while (!(await ok(ports))) await pause(50);
  return nodes.map((node) => `redis://${node}`);
}

/** Addresses of the sentinels that watch one master called `main`, for connectRedis({ sentinels, name }). */
export async function freshSentinel(): Promise<string[]> {
  const master = await onFreePort((port) => startServer(port, ['--save', '']));
  const sentinel = await onFreePort(async (port) => {
    const conf = join(await folderOf(port), 'sentinel.conf');
    await writeFile(conf, `sentinel monitor main 127.0.0.1 ${master} 1\n`);
    return startServer(port, ['--sentinel'], conf);
  });
  return [`127.0.0.1:${sentinel}`];
}

const startNode = () =>
  onFreePort(async (port) =>
    startServer(port, ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort()), '--save', '']),
  );

const TRIES = 5;
/** A port that was free may be another's a moment later: then it is another port. @returns the one it runs on */
async function onFreePort(start: (port: number) => Promise<boolean>): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = await freePort();
    if (await start(port)) return port;
  }
  throw new Error(`no server of Redis came up in ${TRIES} tries`);
}

async function folderOf(port: number): Promise<string> {
  const folder = join(inject('runFolder'), `node-${port}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Whether it answers; false where it has ended instead. */
async function startServer(port: number, own: string[], conf?: string): Promise<boolean> {
  const folder = await folderOf(port);
  const files = ['--dir', folder, '--pidfile', join(folder, 'redis.pid')];
  const settings = ['--port', String(port), '--bind', '127.0.0.1', ...files, ...own];
  const server = spawn('redis-server', conf ? [conf, ...settings] : settings, { stdio: 'ignore' });
  atEnd(() => void server.kill('SIGKILL'));
  while (server.exitCode === null) {
    if (await answers(port, server.pid)) return true;
    await pause(20);
  }
  return false;
}

const ANSWER_MS = 1000;
/** It is this very server that answers there. */
const answers = (port: number, pid: number | undefined) =>
  run('redis-cli', ['-p', String(port), 'info', 'server'], { timeout: ANSWER_MS }).then(
    ({ stdout }) => stdout.includes(`process_id:${pid}\r`),
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

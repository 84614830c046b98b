/** A private Redis Cluster of three masters on loopback ports, about a second to start. */
import { execFile, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
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

async function startNode(port: number): Promise<void> {
  const folder = join(inject('runFolder'), `node-${port}`);
  await mkdir(folder, { recursive: true });
  const files = ['--dir', folder, '--pidfile', join(folder, 'redis.pid')];
  const cluster = ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort()), '--save', ''];
  const settings = ['--port', String(port), '--bind', '127.0.0.1', ...cluster];
  const server = spawn('redis-server', [...settings, ...files], { stdio: 'ignore' });
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

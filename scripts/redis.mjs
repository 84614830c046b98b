// The private Redis: on a unix socket, with a password and an append-only file. It outlives a launcher that was killed and is adopted by
// the next; one that does not answer is ended by its recorded pid.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { find, sleep } from './commands.mjs';
import { alive, end, identify } from './processes.mjs';
import { look, socketPath } from './redis-socket.mjs';
import { Stop, say } from './say.mjs';

const LOADING_MS = 120_000;
const STARTING_MS = 15_000;
const STOPPING_MS = 10_000;

function stored(file, make) {
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

function recorded(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const quoted = (text) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** Everything that is known of the Redis of one data directory. */
function placeOf(dataDir) {
  const folder = join(dataDir, 'redis');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    folder,
    socket: socketPath(folder),
    password: stored(join(folder, 'password'), () => randomBytes(24).toString('hex')),
    record: join(folder, 'process.json'),
  };
}

function settings({ folder, socket, password }) {
  return [
    'port 0',
    `unixsocket ${quoted(socket)}`,
    'unixsocketperm 700',
    `dir ${quoted(folder)}`,
    `requirepass ${password}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    '',
  ].join('\n');
}

/** Waits until it is ready; false when its process ended or it said nothing for `ms` (loading a large file may take longer). */
async function ready({ socket, password }, process, ms) {
  let until = Date.now() + ms;
  for (let loading = false; Date.now() < until && alive(process); await sleep(30)) {
    const { state } = await look(socket, password);
    if (state === 'ready') return true;
    if (state === 'loading' && !loading) until = Date.now() + LOADING_MS;
    loading ||= state === 'loading';
  }
  return false;
}

/** Starts it in a group of its own, so that what ends this process does not end it too. */
async function start(place) {
  const program = find('redis-server');
  if (!program) throw new Stop('redis-server is not installed.');
  const file = join(place.folder, 'redis.conf');
  writeFileSync(file, settings(place), { mode: 0o600 });
  const log = openSync(join(place.folder, 'redis.log'), 'w', 0o600);
  const child = spawn(program, [file], { cwd: place.folder, detached: true, stdio: ['ignore', log, log] });
  child.on('error', () => {}); // seen below: it never gets ready
  child.unref();
  if (!child.pid) return undefined;
  const process = identify(child.pid);
  writeFileSync(place.record, JSON.stringify(process), { mode: 0o600 });
  if (await ready(place, process, STARTING_MS)) return process;
  await end(process, 1_000);
  return undefined;
}

/** A Redis that refuses its own file starts with an empty one: it holds conversations, never a promise. */
async function startAfresh(place) {
  const spoiled = join(place.folder, 'appendonlydir');
  if (!existsSync(spoiled)) return undefined;
  renameSync(spoiled, `${spoiled}.unreadable-${Date.now()}`);
  say('The private Redis could not read its file; it was set aside. Open conversations begin anew.');
  return start(place);
}

/** The one that answers, or undefined. */
async function adopt(place) {
  const seen = await look(place.socket, place.password);
  if (seen.state === 'silent') return undefined;
  const process = identify(seen.pid);
  if (!(await ready(place, process, STARTING_MS))) return undefined;
  writeFileSync(place.record, JSON.stringify(process), { mode: 0o600 });
  return process;
}

async function have(place) {
  const adopted = await adopt(place);
  if (adopted) return adopted;
  const before = recorded(place.record);
  if (alive(before)) await end(before, 2_000);
  const process = (await start(place)) ?? (await startAfresh(place));
  if (!process) throw new Stop(`The private Redis does not start: see ${join(place.folder, 'redis.log')}`);
  return process;
}

/**
 * Has a private Redis running for this data directory, and starts it again should it die. Only the directory's owner may call this.
 * @returns `{ url, process, stop }`; the URL is what src/config.ts reads as REDIS_URL
 */
export async function keepRedis(dataDir) {
  const place = placeOf(dataDir);
  const kept = { process: await have(place) };
  let busy = false;
  const watch = setInterval(async () => {
    if (busy || alive(kept.process)) return;
    busy = true;
    say('The private Redis is gone: starting it again.');
    await have(place).then(
      (process) => {
        kept.process = process;
      },
      (error) => say(error.message),
    );
    busy = false;
  }, 500);
  const path = place.socket.split('/').map(encodeURIComponent).join('/');
  return {
    url: `unix://${path}?password=${place.password}`,
    get process() {
      return kept.process;
    },
    async stop() {
      clearInterval(watch);
      while (busy) await sleep(50);
      await end(kept.process, STOPPING_MS);
    },
  };
}

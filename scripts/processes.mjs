// Who a process is. A pid alone says little: it is given to another process after a while. A pid with its start time says it all.
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { sleep } from './commands.mjs';

const SHELLS = new Set(['sh', 'dash', 'bash', 'ash', 'zsh', 'busybox']);

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

const BOOT = read('/proc/sys/kernel/random/boot_id')?.trim() ?? hostname();

/** The fields of /proc/<pid>/stat that we need; undefined for a process that is gone or only waits to be buried (a zombie). */
function stat(pid) {
  const line = read(`/proc/${pid}/stat`);
  if (!line) return undefined;
  const [state, parent, ...rest] = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const name = line.slice(line.indexOf('(') + 1, line.lastIndexOf(')'));
  return 'ZX'.includes(state) ? undefined : { name, parent: Number(parent), start: `${BOOT} ${rest[17]}` };
}

/** Where pids are counted: another machine, another boot or another container counts them anew. */
export const PLACE = (() => {
  try {
    return `${BOOT} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return BOOT;
  }
})();

/** When a process began, in the system's own words; undefined when it is gone. */
export function startOf(pid) {
  if (process.platform === 'linux') return stat(pid)?.start;
  try {
    const [state, ...start] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    return state.startsWith('Z') ? undefined : start.join(' ');
  } catch {
    return undefined;
  }
}

/** A process as it is written down: `{ pid, started }`. */
export function identify(pid) {
  return { pid, started: startOf(pid) };
}

/** Whether that very process still runs. */
export function alive(who) {
  return Boolean(who?.pid && who.started) && startOf(who.pid) === who.started;
}

/** The npm that runs this script, past the shell it may have put in between; undefined without npm. */
export function npmAbove(env = process.env) {
  if (!env.npm_lifecycle_event) return undefined;
  let pid = process.ppid;
  for (let above = stat(pid); above && SHELLS.has(above.name); above = stat(pid)) pid = above.parent;
  return pid > 1 ? identify(pid) : undefined;
}

function signal(who, name) {
  try {
    if (alive(who)) process.kill(who.pid, name);
  } catch {
    // it went in between
  }
}

/** Resolves with true once that process is gone, with false when it is still there after `ms`. */
export async function gone(who, ms) {
  for (const end = Date.now() + ms; alive(who); await sleep(50)) if (Date.now() > end) return false;
  return true;
}

/** Ends that very process: politely, and after `ms` by force. */
export async function end(who, ms) {
  signal(who, 'SIGTERM');
  if (await gone(who, ms)) return;
  signal(who, 'SIGKILL');
  await gone(who, 5_000);
}

// The data directory has one owner (PGlite has no lock of its own: two processes in one directory destroy it).
//
// The owner is written in owner/<number>.json; the highest number counts. Nobody deletes the highest: whoever finds its owner gone makes
// the next number with link(2), which exists completely or not at all and which only one of two can make. So two that start at once, or
// that both find the same dead owner, cannot both win.
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sleep } from './commands.mjs';
import { alive, end, gone, identify, npmAbove, PLACE } from './processes.mjs';

const BEAT_MS = 1_500; // how often an owner touches its file: seen where its pid cannot be, in another container or machine
const WATCH_MS = 5_000;
const LEAVING_MS = 30_000;

const numbers = (folder) =>
  readdirSync(folder)
    .map((name) => Number(/^(\d+)\.json$/.exec(name)?.[1] ?? 0))
    .sort((a, b) => a - b);
const fileOf = (folder, number) => join(folder, `${number}.json`);

function read(folder, number) {
  try {
    return JSON.parse(readFileSync(fileOf(folder, number), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Written beside and put in place at once, so that a reader never sees half of it. */
function write(folder, record, place) {
  const beside = join(folder, `.${process.pid}.${Math.random().toString(36).slice(2)}`);
  writeFileSync(beside, JSON.stringify(record), { mode: 0o600 });
  place(beside);
  rmSync(beside, { force: true });
}

/** True when this process made that number and none is higher. */
function make(folder, number, record) {
  try {
    write(folder, record, (beside) => linkSync(beside, fileOf(folder, number)));
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  const all = numbers(folder);
  if (all.at(-1) !== number) {
    rmSync(fileOf(folder, number), { force: true });
    return false;
  }
  for (const old of all) if (old > 0 && old < number) rmSync(fileOf(folder, old), { force: true });
  return true;
}

/** An owner that counts pids elsewhere shows that it lives by touching its file. */
async function beats(file) {
  const seen = () => {
    try {
      return statSync(file).mtimeMs;
    } catch {
      return 0;
    }
  };
  const before = seen();
  for (const until = Date.now() + WATCH_MS; Date.now() < until; await sleep(250)) if (seen() !== before) return true;
  return false;
}

/** Whether nobody is there any more. One that is on its way out (told to stop, or left behind by a dead npm) is waited for. */
async function isFree(folder, number, say) {
  const owner = read(folder, number);
  if (!owner || owner.released) return true;
  if (owner.place !== PLACE) return !(await beats(fileOf(folder, number)));
  if (!alive(owner)) return true;
  const orphaned = owner.npm && !alive(owner.npm);
  if (!owner.stopping && !orphaned) return false;
  say(`Waiting for pid ${owner.pid} to leave the data directory …`);
  if (await gone(owner, LEAVING_MS)) return true;
  if (!orphaned) return false;
  await end(owner, 0);
  return true;
}

function held(folder, number, first, lost) {
  let record = first;
  const file = fileOf(folder, number);
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      lost();
    }
  }, BEAT_MS);
  beat.unref();
  const note = (more) => {
    record = { ...record, ...more };
    write(folder, record, (beside) => renameSync(beside, file));
  };
  return {
    /** Whoever was started by the owner before and may still be there. */
    left: first.server,
    /** Adds to what is written of the owner. */
    note,
    release() {
      clearInterval(beat);
      note({ released: true, server: undefined });
    },
  };
}

/**
 * Takes a directory for this process, or tells who has it. `lost` is called when the directory was taken away under its owner.
 * @returns `{ lock }` or `{ owner: { pid, command, since } }`
 */
export async function take(directory, { command, say = () => {}, lost = () => process.exit(1) }) {
  const folder = join(directory, 'owner');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    const newest = numbers(folder).at(-1) ?? 0;
    if (newest > 0 && !(await isFree(folder, newest, say))) return { owner: read(folder, newest) ?? {} };
    const { server } = read(folder, newest) ?? {}; // read after its owner was found gone: it changes no more
    const me = identify(process.pid);
    const record = { ...me, place: PLACE, command, since: new Date().toISOString(), npm: npmAbove(), server };
    if (make(folder, newest + 1, record)) return { lock: held(folder, newest + 1, record, lost) };
  }
}

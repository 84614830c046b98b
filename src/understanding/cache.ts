/** Keeps what was built in one file, named by a digest of the intent files and of the code that builds. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { build, type Compiled } from './build.ts';
import { digestOf } from './grammar/source.ts';

const FOLDER = ['node_modules', '.cache', 'jialiban'];
const KEPT = 4; // the sources and what was built of them have different digests: neither may push the other out
const LONGEST_BUILD_MS = 90_000;
const LOOK_AGAIN_MS = 250;

function fromFile(path: string): Compiled | undefined {
  try {
    return deserialize(readFileSync(path)) as Compiled;
  } catch {
    return undefined; // none yet, or torn: built again
  }
}

function forgetOld(folder: string): void {
  const files = readdirSync(folder).filter((name) => name.startsWith('understanding-') && name.endsWith('.bin'));
  const byAge = files.map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs })).sort((a, b) => b.at - a.at);
  for (const { name } of byAge.slice(KEPT)) rmSync(join(folder, name), { force: true });
}

/** Tries to be the one process that builds: several that start at once would each take the machine for it. */
function claim(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code !== 'EEXIST'; // a folder that cannot be written is nobody's claim
  }
}

function isOpen(lock: string): boolean {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0); // the age of a file, no rule of business
  return age < LONGEST_BUILD_MS;
}

/** Waits for the process that builds; undefined when it ended without a file. */
function fromAnother(lock: string, path: string): Compiled | undefined {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (isOpen(lock)) Atomics.wait(pause, 0, 0, LOOK_AGAIN_MS);
  return fromFile(path);
}

function keep(folder: string, path: string, compiled: Compiled): void {
  try {
    const partial = join(folder, `.${process.pid}.partial`);
    writeFileSync(partial, serialize(compiled));
    renameSync(partial, path);
    forgetOld(folder);
  } catch {
    // a read-only installation builds at each start
  }
}

function buildAndKeep(root: string, folder: string, path: string, lock: string): Compiled {
  process.stderr.write('understanding: the intent files changed, building (some seconds)\n');
  try {
    const compiled = build(root);
    keep(folder, path, compiled);
    return compiled;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function writable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // read-only: nothing is kept
  }
}

/** What was built from these files, from the cache where it is there. */
export function loadCompiled(root: string): Compiled {
  const folder = join(root, ...FOLDER);
  const path = join(folder, `understanding-${digestOf(root)}.bin`);
  const kept = fromFile(path);
  if (kept) return kept;
  writable(folder);
  const lock = `${path}.building`;
  const other = claim(lock) ? undefined : fromAnother(lock, path);
  return other ?? buildAndKeep(root, folder, path, lock);
}

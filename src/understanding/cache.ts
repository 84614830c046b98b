/** Keeps what was built in one file, named by a digest of the intent files and of the code that builds. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { build, type Compiled } from './build.ts';
import { digestOf } from './grammar/source.ts';

const FOLDER = ['node_modules', '.cache', 'jialiban'];

function fromFile(path: string): Compiled | undefined {
  try {
    return deserialize(readFileSync(path)) as Compiled;
  } catch {
    return undefined; // none yet, or torn: built again
  }
}

function keep(folder: string, name: string, compiled: Compiled): void {
  try {
    mkdirSync(folder, { recursive: true });
    const partial = join(folder, `.${process.pid}.${name}`);
    writeFileSync(partial, serialize(compiled));
    renameSync(partial, join(folder, name));
    for (const old of readdirSync(folder))
      if (old.startsWith('understanding-') && old !== name) rmSync(join(folder, old), { force: true });
  } catch {
    // a read-only installation builds at each start
  }
}

/** What was built from these files, from the cache where it is there. */
export function loadCompiled(root: string): Compiled {
  const folder = join(root, ...FOLDER);
  const name = `understanding-${digestOf(root)}.bin`;
  const kept = fromFile(join(folder, name));
  if (kept) return kept;
  process.stderr.write('understanding: the intent files changed, building (some seconds)\n');
  const compiled = build(root);
  keep(folder, name, compiled);
  return compiled;
}

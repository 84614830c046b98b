// node_modules as the lockfile says, installed where it is missing or stale.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { find, show, sleep } from './commands.mjs';
import { take } from './lock.mjs';
import { Stop, say } from './say.mjs';

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return undefined;
  }
}

/**
 * Whether every package of the lockfile is there in its version. npm writes what it installed into node_modules/.package-lock.json as its
 * last act, so an installation that was cut off, or one without dev dependencies, is seen. Optional packages (other systems' builds) may be
 * absent, though some versions of npm write them down all the same.
 */
export function isFresh(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const there = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !there) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const installed = there[path] && existsSync(join(root, path, 'package.json'));
    if (!installed) return Boolean(entry.optional || entry.devOptional || entry.peer);
    return there[path].version === entry.version;
  });
}

/** The npm that started us, else the one on the path. */
function npm() {
  const started = process.env.npm_execpath;
  if (started && basename(started) === 'npm-cli.js') return [process.execPath, started];
  const found = find('npm');
  if (!found) throw new Stop('npm is not installed: it comes with Node.');
  return [found];
}

/** Only one process of this tree prepares it at a time; a second waits and finds the work done. */
export async function alone(root, work) {
  const command = process.argv.slice(1).join(' ');
  for (let told = false; ; await sleep(500)) {
    const { lock, owner } = await take(join(root, 'dist', 'preparing'), { command });
    if (!lock) {
      if (!told) say(`Waiting for pid ${owner.pid} to finish preparing this directory …`);
      told = true;
      continue;
    }
    try {
      return await work();
    } finally {
      lock.release();
    }
  }
}

/** Installs with the committed lockfile; development packages too, whatever NODE_ENV says. */
export async function installPackages(root) {
  if (isFresh(root)) return;
  await alone(root, async () => {
    if (isFresh(root)) return;
    say('Installing packages (npm ci) …');
    const [command, ...before] = npm();
    const code = await show(
      command,
      [...before, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: root },
    );
    if (code !== 0) throw new Stop('npm ci failed: its message is above.');
  });
}

// The pages in the browser, built when their sources are newer than what was built.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quietly } from './commands.mjs';
import { alone } from './packages.mjs';
import { Stop, say } from './say.mjs';

const CONFIG = 'src/consoles/vite.config.ts';

function fingerprint(root) {
  const hash = createHash('sha256');
  const files = readdirSync(join(root, 'src/consoles'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  for (const file of [...files.sort(), join(root, 'package-lock.json')]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function builtFrom(stamp) {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
}

/** The command line of Vite for our pages. */
export const viteBuild = (root) => [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', CONFIG];

/** Builds dist/consoles unless it was built from exactly these sources. */
export async function buildConsoles(root, { force = false } = {}) {
  if (!existsSync(join(root, CONFIG))) return;
  const stamp = join(root, 'dist', 'consoles.built-from');
  const wanted = fingerprint(root);
  const page = join(root, 'dist/consoles/index.html');
  const fresh = () => !force && existsSync(page) && builtFrom(stamp) === wanted;
  if (fresh()) return;
  await alone(root, async () => {
    if (fresh()) return;
    say('Building the pages …');
    mkdirSync(join(root, 'dist'), { recursive: true });
    const env = { ...process.env, NODE_ENV: 'production' };
    const { code, output } = await quietly(process.execPath, viteBuild(root), { cwd: root, env });
    if (code !== 0) throw new Stop(`${output}\nThe pages could not be built.`);
    writeFileSync(stamp, wanted);
  });
}

// npm run dev: as npm start, and again whenever a source, a word or a page changes.
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { viteBuild } from './consoles.mjs';
import { run, say } from './say.mjs';
import { serve } from './service.mjs';
import { ROOT } from './tree.mjs';

const WATCHED = ['src', 'intents', 'locales', 'catalogue'];
const QUIET_MS = 150; // an editor writes a file in several steps

/** Calls `restart` after a change below the watched folders; the pages have Vite's own watcher. */
function onChange(restart) {
  let pending;
  for (const folder of WATCHED.filter((name) => existsSync(join(ROOT, name)))) {
    watch(join(ROOT, folder), { recursive: true }, (_, file) => {
      if (folder === 'src' && file?.startsWith('consoles')) return;
      clearTimeout(pending);
      pending = setTimeout(() => {
        say(`${folder}/${file} changed: starting again.`);
        restart();
      }, QUIET_MS);
    });
  }
}

function watchEverything(restart) {
  onChange(restart);
  const pages = spawn(process.execPath, [...viteBuild(ROOT), '--watch'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.on('exit', () => pages.kill());
}

run(async () => process.exit(await serve('npm run dev', { watch: watchEverything })));

// npm run build: the pages, whether stale or not. The server itself is run from its TypeScript sources.
import './node-version.mjs';
import { buildConsoles } from './consoles.mjs';
import { installPackages } from './packages.mjs';
import { run } from './say.mjs';
import { ROOT } from './tree.mjs';

run(async () => {
  await installPackages(ROOT);
  await buildConsoles(ROOT, { force: true });
});

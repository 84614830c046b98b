// npm run <tool>: src/tools/<tool>.ts with what it needs. Standard output is the tool's alone.
import './node-version.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { become } from './commands.mjs';
import { launch, own } from './launch.mjs';
import { installPackages } from './packages.mjs';
import { run, Stop } from './say.mjs';
import { dataDirOf, ROOT, readDotEnv } from './tree.mjs';

/** Tools that open the embedded database, which has one owner at a time; with DATABASE_URL they run beside the service. */
const OPENS_DATA = new Set(['account', 'audit-verify', 'backup', 'rekey', 'restore', 'seed']);

run(async () => {
  const [name, ...rest] = process.argv.slice(2);
  const file = join('src', 'tools', `${name}.ts`);
  if (!name || !existsSync(join(ROOT, file))) throw new Stop(`There is no tool called ${name ?? '(nothing)'}.`);
  readDotEnv();
  await installPackages(ROOT);
  const args = ['--import', 'tsx', file, ...rest];
  const dataDir = dataDirOf(process.env);
  const env = { ...process.env, DATA_DIR: dataDir };
  if (!OPENS_DATA.has(name) || env.DATABASE_URL) return become(args, { cwd: ROOT, env });
  const lock = await own(dataDir, `npm run ${name}`);
  return launch({ lock, dataDir, program: { args, cwd: ROOT, env, terminal: true } });
});

// What npm start and npm run dev have in common: the owner's lock first, so that a second start changes nothing under the first.
import { buildConsoles } from './consoles.mjs';
import { launch, own } from './launch.mjs';
import { installPackages } from './packages.mjs';
import { forStart, havePrograms } from './programs.mjs';
import { dataDirOf, hasRedis, ROOT, readDotEnv } from './tree.mjs';

/** Brings everything that is missing and runs the service until it ends; resolves with its exit code. */
export async function serve(command, { watch } = {}) {
  readDotEnv();
  const dataDir = dataDirOf(process.env);
  const redis = !hasRedis(process.env);
  const lock = await own(dataDir, command);
  await installPackages(ROOT);
  await havePrograms(forStart(process.env, { privateRedis: redis }));
  await buildConsoles(ROOT);
  const env = { ...process.env, DATA_DIR: dataDir };
  const program = { args: ['--import', 'tsx', 'src/server.ts'], cwd: ROOT, env };
  return launch({ lock, dataDir, program, redis, watch });
}

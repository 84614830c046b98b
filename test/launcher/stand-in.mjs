// The launcher as npm start runs it, with a small server of the test's in place of the product.
import { launch, own } from '../../scripts/launch.mjs';
import { run } from '../../scripts/say.mjs';
import { dataDirOf, ROOT } from '../../scripts/tree.mjs';

run(async () => {
  const dataDir = dataDirOf(process.env);
  const lock = await own(dataDir, 'npm start');
  const program = {
    args: ['--import', 'tsx', 'test/launcher/stand-in-server.ts'],
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dataDir },
  };
  return launch({ lock, dataDir, program, redis: process.env.STAND_IN_REDIS !== 'no' });
});

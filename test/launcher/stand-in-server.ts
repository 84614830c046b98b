/** Stands for the product's server: opens the data directory alone, says so, and stops when told or when its launcher is gone. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from '../../scripts/processes.mjs';
import { readConfig } from '../../src/config.ts';
import { watchLauncher } from '../../src/parent.ts';

const config = readConfig();
const opened = join(config.dataDir, 'opened-by');

function stop(): void {
  clearInterval(work);
  rmSync(opened, { force: true });
}
const work = setInterval(() => {}, 1000);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
watchLauncher({ launcherPid: config.launcherPid, stop });

// What PGlite would not notice and not survive: another process with the same directory open.
if (existsSync(opened) && startOf(Number(readFileSync(opened, 'utf8')))) {
  writeFileSync(join(config.dataDir, 'opened-twice'), '');
}
writeFileSync(opened, String(process.pid));
const serving = { pid: process.pid, redis: process.env.REDIS_URL };
writeFileSync(join(config.dataDir, 'serving.json'), JSON.stringify(serving));
console.log('serving');

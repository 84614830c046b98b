/** npm run bench [-- --quick] [-- scenario …]: the measurements of bench/, in a process of their own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findRoot } from '../understanding/grammar/source.ts';

const bench = join(findRoot(), 'bench', 'index.ts');
const child = spawn(process.execPath, ['--import', 'tsx', bench, ...process.argv.slice(2)], { stdio: 'inherit' });
process.on('SIGINT', () => undefined); // the keyboard reaches it too: it tidies up first
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});

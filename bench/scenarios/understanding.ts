/** Understanding alone is measured by bench/understanding.ts, which keeps its own results. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Runs it where it is there. @throws Error when it fails */
export async function understanding(quick: boolean): Promise<void> {
  const file = join(import.meta.dirname, '..', 'understanding.ts');
  if (!existsSync(file)) return void process.stdout.write('\nunderstanding: bench/understanding.ts is not there\n');
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...(quick ? ['--quick'] : [])], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`bench/understanding.ts ended with ${code}`);
}

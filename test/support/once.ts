/** Work that several test files, in several processes, need done one time per run. */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Does `work` unless `done` exists; a folder beside it is the lock, the others wait. */
export async function oncePerRun(done: string, work: () => Promise<void>): Promise<void> {
  while (!existsSync(done)) {
    if (
      await mkdir(`${done}.lock`).then(
        () => true,
        () => false,
      )
    ) {
      try {
        if (existsSync(done)) return;
        await work();
        await writeFile(done, '');
        return;
      } finally {
        await rm(`${done}.lock`, { recursive: true, force: true });
      }
    }
    await pause(50);
  }
}

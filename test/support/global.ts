/**
 * One private folder per run: the servers that tests start lazily put their sockets and pids there.
 * At the end of the run, and at the start of the next one if this one was killed, what is left is ended.
 */
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createUnderstanding } from '../../src/understanding/index.ts';

const PREFIX = 'jialiban-test-';

declare module 'vitest' {
  interface ProvidedContext {
    runFolder: string;
  }
}

export default async function setup({ provide }: { provide: (key: 'runFolder', value: string) => void }) {
  for (const stale of leftByOthers()) await sweep(stale, (pid) => belongsTo(pid, stale));
  createUnderstanding(); // built once where the intent files changed, not by every worker at the same time
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  await chmod(folder, 0o711); // the database's own user passes through
  provide('runFolder', folder);
  return () => sweep(folder, () => true);
}

function leftByOthers(): string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith(PREFIX) && !alive(Number(name.slice(PREFIX.length).split('-')[0])))
    .map((name) => join(tmpdir(), name))
    .filter((path) => statSync(path).uid === process.getuid?.());
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ends the servers whose pid files lie in the folder, where they are still `ours`, then removes the folder. */
async function sweep(folder: string, ours: (pid: number) => boolean): Promise<void> {
  const pids = pidsIn(folder).filter(ours);
  for (const pid of pids) {
    process.kill(pid, 'SIGCONT');
    process.kill(pid, 'SIGQUIT');
  }
  for (let i = 0; i < 100 && pids.some(alive); i++) await pause(50);
  for (const pid of pids.filter(alive)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function pidsIn(folder: string): number[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.pid'))
    .map((name) => Number.parseInt(readFileSync(join(folder, name), 'utf8'), 10))
    .filter((pid) => pid > 0 && alive(pid));
}

/** A pid may have gone to another process since: ours names the folder or works in it. */
function belongsTo(pid: number, folder: string): boolean {
  try {
    const cwd = readlinkSync(`/proc/${pid}/cwd`);
    return cwd.startsWith(folder) || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
  } catch {
    return false;
  }
}

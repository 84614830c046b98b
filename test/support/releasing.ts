/** Whatever a test file opens is closed when the file is done: newest first. Runs as a set-up file of every project. */
import { afterAll } from 'vitest';

type Release = () => Promise<void> | void;
/** One list a worker: this file is read anew for each test file, those that register here are not. */
const kept = globalThis as typeof globalThis & { releases?: Release[] };
kept.releases ??= [];

/** Registers what has to be closed at the end of the test file. */
export function atEnd(release: Release): void {
  kept.releases?.push(release);
}

afterAll(async () => {
  for (const release of kept.releases?.splice(0).reverse() ?? []) await release();
});

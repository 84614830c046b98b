/** Whatever a test file opens is closed when the file is done: newest first. Runs as a set-up file of every project. */
import { afterAll } from 'vitest';

type Release = () => Promise<void> | void;
const releases: Release[] = [];

/** Registers what has to be closed at the end of the test file. */
export function atEnd(release: Release): void {
  releases.push(release);
}

afterAll(async () => {
  for (const release of releases.splice(0).reverse()) await release();
});

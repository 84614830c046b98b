/** Files with secrets: for the owner's eyes only, whole or not at all. */
import { open, readFile, rename } from 'node:fs/promises';

/** Replaces the file in one step (0600): a kill in the middle leaves the old one. */
export async function writePrivate(path: string, content: string): Promise<void> {
  const fresh = `${path}.${process.pid}.new`;
  const file = await open(fresh, 'w', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

/** Its content, or undefined where there is none. */
export function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** `DATA_DIR/demo.json`: how to get in as whom. Only where this installation made the sample community itself. */
import { randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import type { DemoAccount } from './accounts.ts';
import type { PlatformIds } from './speakers.ts';

export interface DemoSpeaker {
  deviceId: string;
  token: string;
  household: string;
  residents: { name: string; age: number; pin: string | null; traits: string[] }[];
  platformIds: PlatformIds;
}

export interface Demo {
  accounts: DemoAccount[];
  speakers: DemoSpeaker[];
}

/** Writes it whole or not at all, for the owner's eyes only (0600). Instances that share the directory write at the same time, each its own. */
export async function writeDemo(path: string, baseUrl: string, demo: Demo): Promise<void> {
  const fresh = `${path}.${randomUUID()}.new`;
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ baseUrl, ...demo }, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

/** Names the address of this start in the demo.json that this installation made; undefined where it made none. */
export async function announceDemo(path: string, baseUrl: string): Promise<Demo | undefined> {
  const written = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (written === undefined) return undefined;
  const { baseUrl: _before, ...demo } = JSON.parse(written) as Demo & { baseUrl: string };
  await writeDemo(path, baseUrl, demo);
  return demo;
}

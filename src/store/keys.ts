/** Keys of this installation: several may open, one seals. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** `current` seals; every one of `keys` opens. */
export interface KeyRing {
  current: string;
  keys: Map<string, Buffer>;
}

export interface Secrets {
  /** `id:base64`, comma-separated, as in the environment. */
  secretKeys: string;
  fieldKeys: string;
  /** base64 of 32 bytes. */
  indexKey: string;
}

const KEY_BYTES = 32;

/** Reads `id:base64,id:base64`; the first is current. @throws Error naming the entry, never its value. */
export function parseKeyRing(text: string): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const [position, entry] of text.split(',').entries()) {
    const [id, encoded, ...rest] = entry.trim().split(':');
    if (!id || !/^[\w.-]{1,64}$/.test(id) || encoded === undefined || rest.length > 0) {
      throw new Error(`key ${position + 1} is not id:base64`);
    }
    if (keys.has(id)) throw new Error(`key id ${id} occurs twice`);
    keys.set(id, parseKey(encoded, `key ${id}`));
  }
  const [current] = keys.keys();
  if (current === undefined) throw new Error('a key ring needs one key at least');
  return { current, keys };
}

/** Reads base64 of 32 bytes. @throws Error naming `what`, never the value. */
export function parseKey(encoded: string, what: string): Buffer {
  const key = Buffer.from(encoded, 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`${what} must be base64 of ${KEY_BYTES} bytes`);
  return key;
}

/**
 * The secrets of an installation that was given none: made once into `dataDir/secrets.json` (0600), read ever after.
 * Complete or absent, also after a kill in the middle; of two that make it at once both read the first one's.
 */
export async function openSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, 'secrets.json');
  const kept = await readSecrets(path);
  if (kept) return kept;
  await mkdir(dataDir, { recursive: true });
  const fresh = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(makeSecrets(), null, 2));
    await file.sync();
  } finally {
    await file.close();
  }
  await link(fresh, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(fresh);
  const made = await readSecrets(path);
  if (!made) throw new Error('secrets.json could not be made');
  return made;
}

async function readSecrets(path: string): Promise<Secrets | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const { secretKeys, fieldKeys, indexKey } = JSON.parse(text) as Partial<Secrets>;
  if (!secretKeys || !fieldKeys || !indexKey) throw new Error('secrets.json lacks a key: restore it from a backup');
  return { secretKeys, fieldKeys, indexKey };
}

function makeSecrets(): Secrets {
  const key = () => randomBytes(KEY_BYTES).toString('base64');
  return { secretKeys: `k1:${key()}`, fieldKeys: `k1:${key()}`, indexKey: key() };
}

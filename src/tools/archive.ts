/**
 * A backup in one file (0600): a line with a digest of all that follows, a line of JSON about the content, then the dump as its engine
 * writes it. The file holds keys: whoever has it can read everything.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { Mistake } from './opened.ts';

const ArchiveHeader = Type.Object({
  /** ISO instant. */
  made: Type.String(),
  engine: Type.Enum(['pglite', 'postgres']),
  /** Rows by `schema.table`. */
  rows: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
  /** Private files of the data directory, by name. */
  files: Type.Record(Type.String({ pattern: '^[a-z]+\\.json$' }), Type.String()),
});
export type ArchiveHeader = Static<typeof ArchiveHeader>;

const FIRST = 'jialiban-backup 1 sha256:';
const firstLine = (digest: string) => `${FIRST}${digest}\n`;
const FIRST_LENGTH = firstLine('0'.repeat(64)).length;
const LONGEST_HEADER = 64 * 1024 * 1024; // demo.json and seed.json of a large load are some megabytes

/** Of two backups neither is worth the other. */
export const alreadyThere = (path: string) => new Mistake(`${path} is there already: choose another name.`);

/** Writes it whole or not at all. @throws Mistake where there is a file of that name */
export async function writeArchive(
  path: string,
  header: ArchiveHeader,
  dump: AsyncIterable<Uint8Array>,
): Promise<void> {
  if (existsSync(path)) throw alreadyThere(path);
  const part = `${path}.part`;
  try {
    const digest = await writePart(part, header, dump);
    await signPart(part, digest);
    await rename(part, path);
  } catch (thrown) {
    await rm(part, { force: true });
    throw thrown;
  }
}

async function writePart(part: string, header: ArchiveHeader, dump: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  const out = createWriteStream(part, { mode: 0o600 });
  async function* content() {
    yield `${JSON.stringify(header)}\n`;
    yield* dump;
  }
  async function* hashed() {
    yield firstLine('0'.repeat(64));
    for await (const chunk of content()) {
      hash.update(chunk);
      yield chunk;
    }
  }
  await pipeline(hashed, out);
  return hash.digest('hex');
}

async function signPart(part: string, digest: string): Promise<void> {
  const file = await open(part, 'r+');
  try {
    await file.chmod(0o600);
    await file.write(firstLine(digest), 0);
    await file.sync();
  } finally {
    await file.close();
  }
}

export interface Archive {
  header: ArchiveHeader;
  /** The engine's dump. */
  dump(): Readable;
}

/** Opens a backup after its digest was found right. @throws Mistake for anything that is not a whole backup of ours */
export async function openArchive(path: string): Promise<Archive> {
  if (!existsSync(path)) throw new Mistake(`There is no file ${path}.`);
  const first = await bytesOf(path, 0, FIRST_LENGTH);
  const digest = /^jialiban-backup 1 sha256:([0-9a-f]{64})\n$/.exec(first.toString('latin1'))?.[1];
  if (!digest) throw new Mistake(`${path} is no backup of this product, or of a newer version of it.`);
  if ((await digestAfter(path, FIRST_LENGTH)) !== digest)
    throw new Mistake(`${path} is damaged: its digest is not the one that it was written with.`);
  const line = await lineAt(path, FIRST_LENGTH);
  const header: unknown = JSON.parse(line);
  if (!Value.Check(ArchiveHeader, header)) throw new Mistake(`${path} has a header that this version cannot read.`);
  const start = FIRST_LENGTH + Buffer.byteLength(line) + 1;
  return { header, dump: () => createReadStream(path, { start }) };
}

async function bytesOf(path: string, start: number, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { start, end: start + length - 1 })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function digestAfter(path: string, start: number): Promise<string> {
  const hash = createHash('sha256');
  const stream = createReadStream(path, { start });
  stream.on('data', (chunk) => hash.update(chunk));
  await once(stream, 'end');
  return hash.digest('hex');
}

async function lineAt(path: string, start: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of createReadStream(path, { start })) {
    const end = (chunk as Buffer).indexOf(0x0a);
    chunks.push(end < 0 ? (chunk as Buffer) : (chunk as Buffer).subarray(0, end));
    length += (chunk as Buffer).length;
    if (end >= 0 || length > LONGEST_HEADER) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** PGlite for tests: a migrated directory is made once and kept until migrations change; each caller gets a copy. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { type Database, migrate, openDatabase } from '../../src/store/database.ts';
import { oncePerRun } from './once.ts';
import { atEnd } from './releasing.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A migrated PGlite of its own, about half a second; closed and removed after the file. */
export async function freshLite(): Promise<Database> {
  const template = await templateFolder();
  const dataDir = join(inject('runFolder'), `lite-${randomBytes(6).toString('hex')}`);
  await cp(template, dataDir, { recursive: true });
  const database = await openDatabase({ dataDir });
  atEnd(async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  return database;
}

async function templateFolder(): Promise<string> {
  const cache = join(root, 'node_modules', '.cache', 'jialiban');
  const template = join(cache, `lite-${fingerprint()}`);
  await oncePerRun(join(inject('runFolder'), 'lite.ready'), async () => {
    if (existsSync(template)) return;
    const making = `${template}.${process.pid}`;
    await mkdir(cache, { recursive: true });
    const database = await openDatabase({ dataDir: making });
    await migrate(database);
    await database.close();
    await rename(making, template).catch(() => rm(making, { recursive: true, force: true }));
  });
  return template;
}

/** Of the migrations and the engine's version: another one needs another directory. */
function fingerprint(): string {
  const folder = join(root, 'src/store/migrations');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()) {
    hash.update(name).update(readFileSync(join(folder, name)));
  }
  const engine = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  hash.update(readFileSync(join(engine, '../../package.json'), 'utf8'));
  return hash.digest('hex').slice(0, 16);
}

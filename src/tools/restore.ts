/** npm run restore -- FILE [--force]: puts a backup in the place of what is here. Refuses to replace data unless it is told to. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import type { Config } from '../config.ts';
import { writeAudit } from '../store/audit.ts';
import { type Db, rowsOf } from '../store/database.ts';
import { type Archive, openArchive } from './archive.ts';
import {
  actor,
  hasLite,
  liteFolder,
  Mistake,
  type Opened,
  openFolder,
  openPatiently,
  ownedConfig,
  runTool,
  say,
  withStores,
} from './opened.ts';
import { restorePostgres } from './postgres-programs.ts';
import { writePrivate } from './private-file.ts';
import { survey } from './resealing.ts';
import { countRows, differences, holdsRows, totalOf } from './row-counts.ts';

async function restore(path: string, force: boolean): Promise<number> {
  const config = ownedConfig('restore');
  const archive = await openArchive(path);
  const engine = config.databaseUrl ? 'postgres' : 'pglite';
  if (archive.header.engine !== engine) {
    throw new Mistake(`This backup was taken from ${archive.header.engine}; this installation runs on ${engine}.`);
  }
  await (engine === 'pglite' ? restoreLite(archive, config, force) : restorePostgresql(archive, config, force));
  say(`${totalOf(archive.header.rows)} rows of ${archive.header.made} are back; the counts agree.`);
  return withStores('restore', finish);
}

/** Brought to this build's schema by now; whether the keys fit shows in opening everything once. */
async function finish({ database, fields, clock }: Opened): Promise<number> {
  await database.transaction((tx) =>
    writeAudit(tx, { at: clock.now(), actor: actor('restore'), action: 'backup.restored', result: 'done' }),
  );
  const { values, broken } = await survey({ database, fields, clock });
  if (broken === 0) return 0;
  say(
    `${broken} of ${values} sealed values do not open with the keys of this installation: give FIELD_KEYS as they were.`,
  );
  return 1;
}

/** Filled beside the old one, compared, then put in its place. */
async function restoreLite({ header, dump }: Archive, config: Config, force: boolean): Promise<void> {
  const folder = liteFolder(config) ?? '';
  if (!force) await refuseLite(folder);
  const coming = `${folder}.restoring`;
  await rm(coming, { recursive: true, force: true });
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const database = await openFolder(coming, new Blob([new Uint8Array(await buffer(dump()))]));
  const found = await countRows(database.db).finally(() => database.close());
  const wrong = differences(header.rows, found);
  if (wrong.length > 0) {
    await rm(coming, { recursive: true, force: true });
    throw new Mistake(`The backup does not hold what it says. Nothing was changed.\n${wrong.join('\n')}`);
  }
  await swap(folder, coming, header.files, config.dataDir);
}

/** Until the last step the old database lies beside: should this be cut off, the same command again finishes it. */
async function swap(folder: string, coming: string, files: Record<string, string>, dataDir: string): Promise<void> {
  const aside = `${folder}.before-restore`;
  if (existsSync(folder)) {
    await rm(aside, { recursive: true, force: true });
    await rename(folder, aside);
  }
  for (const [name, content] of Object.entries(files)) await writePrivate(join(dataDir, name), content);
  await rename(coming, folder);
  await rm(aside, { recursive: true, force: true });
}

async function refuseLite(folder: string): Promise<void> {
  if (!hasLite(folder)) return;
  const database = await openFolder(folder);
  const counts = await countRows(database.db).finally(() => database.close());
  if (holdsRows(counts)) throw notEmpty(folder, counts);
}

const notEmpty = (where: string, counts: Record<string, number>) =>
  new Mistake(
    `${where} holds ${totalOf(counts)} rows. Nothing was changed; with --force they are replaced by the backup.`,
  );

/** Only connections outside the pool are used before the end: the pool's are how a running service is told. */
async function restorePostgresql({ header, dump }: Archive, config: Config, force: boolean): Promise<void> {
  const database = await openPatiently(config);
  try {
    await database.exclusively('jialiban:migrate', async (own) => {
      await refuseService(own);
      const counts = await countRows(own);
      if (!force && holdsRows(counts)) throw notEmpty('The database', counts);
      const schemas = new Set([
        'public',
        ...Object.keys({ ...header.rows }).map((table) => table.split('.')[0] ?? 'public'),
      ]);
      await restorePostgres(config.databaseUrl ?? '', dump(), [...schemas]);
      const wrong = differences(header.rows, await countRows(own));
      if (wrong.length > 0)
        throw new Mistake(`The rows that are back are not those of the backup:\n${wrong.join('\n')}`);
    });
  } finally {
    await database.close();
  }
  for (const [name, content] of Object.entries(header.files)) await writePrivate(join(config.dataDir, name), content);
}

async function refuseService(own: Db): Promise<void> {
  const others = sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'jialiban'`;
  const [row] = await rowsOf<{ n: number }>(own, others);
  if (row && row.n > 0) throw new Mistake('A service is connected to this database: stop it first.');
}

await runTool(() => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { force: { type: 'boolean' } } });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Mistake('npm run restore -- FILE [--force]');
  return restore(resolve(file), values.force ?? false);
});

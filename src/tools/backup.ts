/** npm run backup -- FILE: the whole installation in one file. With DATABASE_URL beside the running service, embedded while it is stopped. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { writeAudit } from '../store/audit.ts';
import { type Db, rowsOf } from '../store/database.ts';
import type { LiteDatabase } from '../store/lite.ts';
import { type ArchiveHeader, alreadyThere, writeArchive } from './archive.ts';
import { actor, Mistake, type Opened, runTool, say, sealPending, withStores } from './opened.ts';
import { dumpPostgres } from './postgres-programs.ts';
import { readIfThere } from './private-file.ts';
import { countRows, totalOf } from './row-counts.ts';

/** What lies beside the database and belongs to it; keys of the environment stay there. */
const FILES = ['secrets.json', 'demo.json', 'seed.json'];

async function backup(path: string, opened: Opened): Promise<void> {
  const { database, clock } = opened;
  await database.transaction((tx) =>
    writeAudit(tx, { at: clock.now(), actor: actor('backup'), action: 'backup.made', result: 'done' }),
  );
  await sealPending(opened);
  const rows = database.engine === 'pglite' ? await backupLite(path, opened) : await backupPostgres(path, opened);
  say(
    `${path}: ${totalOf(rows)} rows of ${Object.keys(rows).length} tables. It holds personal data${database.engine === 'pglite' ? ' and the keys' : ''}: keep it like the data itself.`,
  );
  if (database.engine === 'postgres')
    say('SECRET_KEYS, FIELD_KEYS and INDEX_KEY are not in it: without them it opens nothing. Keep them elsewhere.');
}

async function backupLite(path: string, opened: Opened): Promise<ArchiveHeader['rows']> {
  const database = opened.database as LiteDatabase;
  const rows = await countRows(database.db);
  const dump = await database.dump();
  await writeArchive(path, await headerOf(opened, rows), dump.stream());
  return rows;
}

/** The rows are counted in the very snapshot that pg_dump takes down: the service may go on writing. */
function backupPostgres(path: string, opened: Opened): Promise<ArchiveHeader['rows']> {
  const url = opened.config.databaseUrl ?? '';
  return opened.database.exclusively('jialiban:backup', (own) =>
    own.transaction(async (tx) => {
      await tx.execute(sql`set transaction isolation level repeatable read, read only`);
      const [snapshot] = await rowsOf<{ id: string }>(tx as unknown as Db, sql`select pg_export_snapshot() as id`);
      const rows = await countRows(tx as unknown as Db);
      await writeArchive(path, await headerOf(opened, rows), dumpPostgres(url, snapshot?.id ?? ''));
      return rows;
    }),
  );
}

async function headerOf({ config, clock, database }: Opened, rows: ArchiveHeader['rows']): Promise<ArchiveHeader> {
  const files: Record<string, string> = {};
  for (const name of FILES) {
    const content = await readIfThere(join(config.dataDir, name));
    if (content !== undefined && (name !== 'secrets.json' || database.engine === 'pglite')) files[name] = content;
  }
  return { made: clock.now().toISOString(), engine: database.engine, rows, files };
}

await runTool(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Mistake('npm run backup -- FILE');
  if (existsSync(file)) throw alreadyThere(file);
  await withStores('backup', (opened) => backup(resolve(file), opened));
  return 0;
});

/** Brings a database to the schema of this build. */
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import { migrate as migrateLite } from 'drizzle-orm/pglite/migrator';
import { type Database, type Db, rowsOf, sqlFault } from './db.ts';

const config = { migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) };

/**
 * Applies what is missing, in one transaction, under one lock: of several processes one works, the others find it done.
 * Where nothing is missing it only reads, so that a process whose role may not alter tables can start.
 */
export async function migrate(database: Database): Promise<void> {
  await database.exclusively('jialiban:migrate', async (own) => {
    if (!(await isUpToDate(own))) await apply(database.engine, own);
  });
}

async function isUpToDate(own: Db): Promise<boolean> {
  const newest = Math.max(...readMigrationFiles(config).map((migration) => migration.folderMillis));
  const applied = sql`select max(created_at)::text as newest from drizzle.__drizzle_migrations`;
  const rows = await rowsOf<{ newest: string | null }>(own, applied).catch((error: unknown) => {
    if (sqlFault(error).code === '42P01' || sqlFault(error).code === '3F000') return []; // no such table or schema yet
    throw error;
  });
  return Number(rows[0]?.newest ?? 0) >= newest;
}

function apply(engine: Database['engine'], own: Db): Promise<void> {
  // Both migrators take only what every drizzle database has; their parameter types name their own driver.
  return engine === 'postgres'
    ? migratePostgres(own as unknown as Parameters<typeof migratePostgres>[0], config)
    : migrateLite(own as unknown as Parameters<typeof migrateLite>[0], config);
}

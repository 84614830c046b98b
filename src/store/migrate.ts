/** Brings a database to the schema of this build. */
import { fileURLToPath } from 'node:url';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import { migrate as migrateLite } from 'drizzle-orm/pglite/migrator';
import type { Database, Db } from './db.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/** Applies what is missing, in one transaction, under one lock: of several processes one works, the others find it done. */
export async function migrate(database: Database): Promise<void> {
  await database.exclusively('jialiban:migrate', (own) => apply(database.engine, own));
}

function apply(engine: Database['engine'], own: Db): Promise<void> {
  const config = { migrationsFolder: MIGRATIONS };
  // Both migrators take only what every drizzle database has; their parameter types name their own driver.
  return engine === 'postgres'
    ? migratePostgres(own as unknown as Parameters<typeof migratePostgres>[0], config)
    : migrateLite(own as unknown as Parameters<typeof migrateLite>[0], config);
}

/** How many rows lie in each table: what tells after a restore that everything is there. */
import { sql } from 'drizzle-orm';
import { type Db, rowsOf } from '../store/database.ts';

/** Rows by `schema.table`, the system's own tables left out. */
export async function countRows(db: Db): Promise<Record<string, number>> {
  const tables = await rowsOf<{ schema: string; name: string }>(
    db,
    sql`select schemaname as schema, tablename as name from pg_tables
        where schemaname <> 'information_schema' and schemaname not like 'pg\\_%' order by 1, 2`,
  );
  const counts: Record<string, number> = {};
  for (const { schema, name } of tables) {
    const from = sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
    const [row] = await rowsOf<{ n: number }>(db, sql`select count(*)::int as n from ${from}`);
    counts[`${schema}.${name}`] = row?.n ?? 0;
  }
  return counts;
}

/** Whether anything but the list of migrations is there. */
export const holdsRows = (counts: Record<string, number>): boolean =>
  Object.entries(counts).some(([table, rows]) => rows > 0 && !table.startsWith('drizzle.'));

/** Tables that hold another number of rows than wanted, as `table: found instead of wanted`. */
export function differences(wanted: Record<string, number>, found: Record<string, number>): string[] {
  const tables = new Set([...Object.keys(wanted), ...Object.keys(found)]);
  return [...tables]
    .filter((table) => (wanted[table] ?? 0) !== (found[table] ?? 0))
    .map((table) => `${table}: ${found[table] ?? 0} instead of ${wanted[table] ?? 0}`);
}

/** All rows together: the one figure that is printed. */
export const totalOf = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, rows) => sum + rows, 0);

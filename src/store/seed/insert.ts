import type { PgInsertValue, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../database.ts';

const ROWS_AT_ONCE = 500; // 30 columns of 500 rows stay far below PostgreSQL's 65,535 values of a statement

/** Inserts any number of rows; none at all is fine. */
export async function insertAll<T extends PgTable>(tx: Db, table: T, rows: PgInsertValue<T>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await tx.insert(table).values(rows.slice(at, at + ROWS_AT_ONCE));
  }
}

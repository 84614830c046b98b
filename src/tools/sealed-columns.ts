/** Every sealed column of the schema, found by its name, and the blind index that belongs to it. */
import { and, asc, eq, getTableColumns, getTableName, gt, is, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import { type PgColumn, PgTable, type PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Db } from '../store/database.ts';
import * as schema from '../store/schema.ts';

export interface SealedTable {
  name: string;
  table: PgTable;
  columns: Record<string, PgColumn>;
  /** `phoneSealed`, with `phoneIndex` where there is one. */
  sealed: { column: string; index?: string }[];
}

const SUFFIX = 'Sealed';

/** The tables that hold something sealed; a column added to the schema is found by itself. */
export function sealedTables(): SealedTable[] {
  return Object.values(schema).flatMap((member: unknown) => {
    if (!is(member, PgTable)) return [];
    const columns: Record<string, PgColumn> = getTableColumns(member);
    const sealed = Object.keys(columns)
      .filter((column) => column.endsWith(SUFFIX))
      .map((column) => ({ column, index: indexOf(column, columns) }));
    return sealed.length > 0 ? [{ name: getTableName(member), table: member, columns, sealed }] : [];
  });
}

function indexOf(column: string, columns: Record<string, PgColumn>): string | undefined {
  const name = `${column.slice(0, -SUFFIX.length)}Index`;
  return name in columns ? name : undefined;
}

/** What a value was bound to when it was sealed: copied to another row it does not open. */
export const aboutOf = (table: SealedTable, column: string, id: string) => `${table.name}.${column}:${id}`;

export type SealedRow = { id: string } & Record<string, string | null>;

/** The next rows after `after`, in the order of their ids, that hold anything sealed. */
export async function sealedRows(db: Db, table: SealedTable, after: string, limit: number): Promise<SealedRow[]> {
  const { columns, sealed } = table;
  const names = ['id', ...sealed.flatMap(({ column, index }) => (index ? [column, index] : [column]))];
  const wanted = Object.fromEntries(names.map((name) => [name, columnOf(table, name)]));
  const held = or(...sealed.map(({ column }) => isNotNull(columnOf(table, column))));
  const id = columns.id as PgColumn;
  const rows = await db
    .select(wanted)
    .from(table.table)
    .where(and(gt(id, after), held))
    .orderBy(asc(id))
    .limit(limit);
  return rows as SealedRow[];
}

/** Below every id. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Writes the values where the row still holds what was read; `updatedAt` stays, since nobody changed anything that one can see. */
export async function writeSealed(
  db: Db,
  table: SealedTable,
  read: SealedRow,
  values: Record<string, string>,
): Promise<void> {
  const same = table.sealed
    .filter(({ column }) => column in values)
    .map(({ column }): SQL => eq(columnOf(table, column), read[column] ?? ''));
  const kept = table.columns.updatedAt ? { updatedAt: sql`${table.columns.updatedAt}` } : {};
  await db
    .update(table.table)
    .set({ ...values, ...kept } as PgUpdateSetSource<PgTable>)
    .where(and(eq(columnOf(table, 'id'), read.id), ...same));
}

const columnOf = ({ columns }: SealedTable, name: string) => columns[name] as PgColumn;

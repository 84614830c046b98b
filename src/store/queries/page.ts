/** What every list has in common: who may see which rows, one page of them, and how many there are. */
import { type AnyColumn, eq, getTableName, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { household, place } from '../schema.ts';

/** Which rows a reader may see. `stations`: the responsible stations of her households; `all` for whoever serves everybody. */
export interface Scope {
  stations: 'all' | readonly string[];
  staffId: string;
  /** Households of those she is on the line with: they are helped wherever they belong. */
  households?: readonly string[];
}

export interface Asked<Filter> {
  scope: Scope;
  filter: Filter & { id?: string };
  limit: number;
  offset: number;
}

export interface Found<Row> {
  rows: Row[];
  total: number;
}

/** How many rows the whole list has, told with each row: one statement instead of two that may disagree. */
export const totalOfAll = () => sql<number>`(count(*) over ())::int`;

/** The rows whose station is in scope; undefined (no condition) where everything is. */
export function within(scope: Scope, station: AnyColumn): SQL | undefined {
  if (scope.stations === 'all') return undefined;
  const own = scope.stations.length > 0 ? inArray(station, [...scope.stations]) : sql`false`;
  if (!scope.households?.length || getTableName(station.table) !== getTableName(household)) return own;
  return or(own, inArray(household.id, [...scope.households]));
}

/** A condition only where a value was given. */
export function given<T>(value: T | undefined, condition: (value: T) => SQL | undefined): SQL | undefined {
  return value === undefined ? undefined : condition(value);
}

/** Equality only where a value was given. */
export function same(column: AnyColumn, value: unknown): SQL | undefined {
  return value === undefined ? undefined : eq(column, value);
}

/** Runs a page; where it lies beyond the end, asks once more for the total alone. */
export async function page<Row extends { total: number }>(
  asked: Pick<Asked<unknown>, 'limit' | 'offset'>,
  run: (limit: number, offset: number) => Promise<Row[]>,
): Promise<Found<Omit<Row, 'total'>>> {
  const rows = await run(asked.limit, asked.offset);
  const counted = rows[0] ?? (asked.offset > 0 ? (await run(1, 0))[0] : undefined);
  return { rows, total: counted?.total ?? 0 };
}

/** A clerk's stations: her own place, and where it is a centre, the stations that belong to it. */
export async function stationsOf(db: Db, placeId: string): Promise<string[]> {
  const rows = await db
    .select({ id: place.id })
    .from(place)
    .where(or(eq(place.id, placeId), eq(place.parentId, placeId)));
  return rows.map((row) => row.id);
}

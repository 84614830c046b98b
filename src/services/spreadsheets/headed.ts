/** Rows of a table under their headings, in whatever words people name them: for every file that is brought in. */
import type { Table } from './spreadsheet.ts';

export type Cells<C extends string> = Partial<Record<C, string>>;

export interface Line<C extends string> {
  /** As the spreadsheet counts: the heading is row 1. */
  row: number;
  cells: Cells<C>;
}

/** What is wrong with a file as a whole. */
export type FileFault = 'no_header' | 'empty' | 'too_many';

export interface Heading<C extends string> {
  /** The column that a heading means. */
  column(heading: string): C | undefined;
  /** Without these the first line is no heading. */
  needed(columns: ReadonlySet<C>): boolean;
  most: number;
}

/** The filled rows below the heading, each with its number; or why there are none. */
export function linesUnder<C extends string>(
  table: Table,
  { column, needed, most }: Heading<C>,
): { lines: Line<C>[]; fault?: FileFault } {
  const [head, ...body] = filledRows(table);
  const columns = (head?.cells ?? []).map(column);
  if (!needed(new Set(columns.filter((one) => one !== undefined)))) return { lines: [], fault: 'no_header' };
  const fault = body.length === 0 ? 'empty' : body.length > most ? 'too_many' : undefined;
  if (fault) return { lines: [], fault };
  return { lines: body.map(({ row, cells }) => ({ row, cells: cellsOf(columns, cells) })) };
}

/** Empty rows do not count, but keep their numbers. */
export const filledRows = (table: Table) =>
  table.map((cells, n) => ({ cells, row: n + 1 })).filter(({ cells }) => cells.some(Boolean));

/** A column that stands twice is read once, from the left. */
function cellsOf<C extends string>(columns: (C | undefined)[], row: string[]): Cells<C> {
  const cells: Cells<C> = {};
  for (const [n, column] of columns.entries()) if (column && cells[column] === undefined) cells[column] = row[n] ?? '';
  return cells;
}

/** Finds what people mean by a name: full-width letters, case, spaces and the stars that mark needed columns do not count. */
export function namesOf<K extends string>(names: Record<string, string[]>, known: readonly K[]) {
  const found = new Map(known.flatMap((key) => (names[key] ?? [key]).map((name): [string, K] => [plain(name), key])));
  return (name: string): K | undefined => found.get(plain(name));
}

const plain = (name: string) => name.normalize('NFKC').replace(/[\s*]/g, '').toLowerCase();

const ASKED_AT_ONCE = 500;

/** In as many parts as the database is asked at once. */
export function inParts<T>(all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / ASKED_AT_ONCE) }, (_, n) =>
    all.slice(n * ASKED_AT_ONCE, (n + 1) * ASKED_AT_ONCE),
  );
}

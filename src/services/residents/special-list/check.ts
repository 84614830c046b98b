/** Lines of a table as people of the list, and what is wrong with each. */
import { inArray, or, type SQL } from 'drizzle-orm';
import type { Db } from '../../../store/database.ts';
import type { Fields } from '../../../store/fields.ts';
import { resident } from '../../../store/schema.ts';
import { type FileFault, filledRows, inParts, type Line, linesUnder } from '../../spreadsheets/headed.ts';
import type { Table } from '../../spreadsheets/spreadsheet.ts';
import type { Column, ListWords } from './words.ts';

export interface Fault {
  field: 'file' | Column;
  code: FaultCode;
}
export type FaultCode =
  | FileFault
  | 'number'
  | 'rounded'
  | 'grade'
  | 'nobody'
  | 'several'
  | 'gone'
  | 'other_name'
  | 'twice';

export interface CheckedLine {
  row: number;
  /** Who was found; never what stood in the table. */
  who: { id: string; name: string } | null;
  grade: number | null;
  /** Her grade so far. */
  was: number | null;
  faults: Fault[];
}

export interface Checked {
  lines: CheckedLine[];
  /** What is wrong with the file as a whole. */
  faults: Fault[];
}

const MOST_ROWS = 2000;
const PHONE = /^\d{11}$/;
const ID_NUMBER = /^\d{17}[\dX]$/;
/** A spreadsheet took it for an amount: the last digits are gone. */
const AMOUNT = /^\d(\.\d+)?E\+?\d+$/i;
/** As an amount of eighteen digits is written out; some people's numbers end like this too. */
const PERHAPS_AMOUNT = /^\d{15}000$/;

interface Asked {
  line: CheckedLine;
  number: string;
  index: string;
  name: string;
}
type Found = Pick<typeof resident.$inferSelect, 'id' | 'name' | 'state' | 'flags' | 'idNumberIndex' | 'phoneIndex'>;

/** Everything that can be said about the file without writing anything. */
export async function check(
  db: Db,
  table: Table,
  { words, fields }: { words: ListWords; fields: Pick<Fields, 'index'> },
): Promise<Checked> {
  const { lines: read, fault } = linesOf(table, words);
  if (fault) return { lines: [], faults: [{ field: 'file', code: fault }] };
  const asked: Asked[] = [];
  const lines = read.map(({ row, cells }) => {
    const line: CheckedLine = { row, who: null, grade: words.grade(cells.grade ?? '') ?? null, was: null, faults: [] };
    const number = numberOf(cells.number || cells.phone || '');
    const broken = faultOf(number);
    if (broken) line.faults.push(broken);
    else asked.push({ line, number, index: fields.index(number), name: cells.name ?? '' });
    if (line.grade === null) line.faults.push({ field: 'grade', code: 'grade' });
    return line;
  });
  await find(db, asked);
  faultRepeats(lines);
  return { lines, faults: [] };
}

/** With a heading, or two columns without one: number and grade. */
function linesOf(table: Table, words: ListWords): { lines: Line<Column>[]; fault?: FileFault } {
  const needed = (of: ReadonlySet<Column>) => of.has('grade') && (of.has('number') || of.has('phone'));
  const under = linesUnder(table, { column: words.column, needed, most: MOST_ROWS });
  if (under.fault !== 'no_header') return under;
  const bare = filledRows(table);
  if (!/\d{5}/.test(bare[0]?.cells[0] ?? '')) return under;
  if (bare.length > MOST_ROWS) return { lines: [], fault: 'too_many' };
  return { lines: bare.map(({ row, cells: [number = '', grade = ''] }) => ({ row, cells: { number, grade } })) };
}

/** As it is indexed; a telephone that a spreadsheet wrote as a power of ten is still whole. */
function numberOf(cell: string): string {
  const plain = cell
    .normalize('NFKC')
    .replace(/[\s'’-]/g, '')
    .toUpperCase();
  const amount = /E\+?10$/.test(plain) ? String(Number(plain)) : plain;
  return PHONE.test(amount) ? amount : plain;
}

function faultOf(number: string): Fault | undefined {
  if (AMOUNT.test(number)) return { field: 'number', code: 'rounded' };
  return PHONE.test(number) || ID_NUMBER.test(number) ? undefined : { field: 'number', code: 'number' };
}

async function find(db: Db, asked: Asked[]): Promise<void> {
  const { id, name, state, flags, idNumberIndex, phoneIndex } = resident;
  for (const some of inParts(asked)) {
    const indexes = some.map(({ index }) => index);
    const found = await db
      .select({ id, name, state, flags, idNumberIndex, phoneIndex })
      .from(resident)
      .where(byIndex(indexes));
    for (const one of some) settle(one, found);
  }
}

const byIndex = (indexes: string[]): SQL | undefined =>
  or(inArray(resident.idNumberIndex, indexes), inArray(resident.phoneIndex, indexes));

/** A couple may share a telephone: then her name decides, or nobody is taken; a number of somebody gone is the other's alone. */
function settle({ line, number, index, name }: Asked, found: Found[]): void {
  const all = found.filter((one) => one.idNumberIndex === index || one.phoneIndex === index);
  const named = name === '' ? all : all.filter((one) => one.name === name);
  const [her, another] = named.filter(({ state }) => state === 'living' || state === 'hospital');
  const unknown = PERHAPS_AMOUNT.test(number) ? 'rounded' : 'nobody';
  if (all.length === 0) line.faults.push({ field: 'number', code: unknown });
  else if (named.length === 0) line.faults.push({ field: 'name', code: 'other_name' });
  else if (!her) line.faults.push({ field: 'number', code: 'gone' });
  else if (another) line.faults.push({ field: 'number', code: 'several' });
  else {
    line.who = { id: her.id, name: her.name };
    line.was = her.flags.special?.grade ?? null;
  }
}

function faultRepeats(lines: CheckedLine[]): void {
  const seen = new Set<string>();
  for (const { who, faults } of lines) {
    if (who && seen.has(who.id)) faults.push({ field: 'number', code: 'twice' });
    if (who) seen.add(who.id);
  }
}

/** 特殊困难人员名单: brought in from a table, matched by ID number or telephone, all or none. */
import { parse } from 'csv-parse/sync';
import { eq, sql } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { resident } from '../../store/schema.ts';

const MOST_ROWS = 2000;
const GRADES = new Set([1, 2, 3]);

export interface ListReport {
  ok: boolean;
  changed: number;
  /** By their line in the table; never what stood there. */
  rows: { row: number; problem: 'columns' | 'grade' | 'number' | 'nobody' | 'twice' }[];
}

interface Parts {
  database: Database;
  fields: Pick<Fields, 'index'>;
  clock: Clock;
}

interface Line {
  row: number;
  number: string;
  grade: number;
}

export type SpecialList = ReturnType<typeof createSpecialList>;

export function createSpecialList({ database, fields, clock }: Parts) {
  /**
   * A table of two columns, number and grade; a first line without figures is its head. `dryRun` only looks. Whoever stood on
   * the list and is not in the table leaves it when `whole`.
   * @throws Refusal BadInput when it is no table, or a longer one than a community has
   */
  function bringIn(csv: string, how: { dryRun: boolean; whole: boolean }, by: Actor): Promise<ListReport> {
    const lines = linesOf(csv);
    return database.transaction(async (tx) => {
      const found = await match(tx, lines);
      const rows = [...shapeFaults(lines), ...found.faults];
      if (rows.length > 0 || how.dryRun) return { ok: rows.length === 0, changed: 0, rows };
      if (how.whole) await tx.update(resident).set({ flags: sql`${resident.flags} - 'special'` });
      for (const [id, grade] of found.people) await setGrade(tx, id, grade, by);
      return { ok: true, changed: found.people.size, rows };
    });
  }

  async function match(tx: Db, lines: Line[]) {
    const people = new Map<string, number>();
    const faults: ListReport['rows'] = [];
    for (const { row, number, grade } of lines.filter(isWhole)) {
      const index = fields.index(number.toUpperCase());
      const column = number.length >= 15 ? resident.idNumberIndex : resident.phoneIndex;
      const [her] = await tx.select({ id: resident.id }).from(resident).where(eq(column, index)).limit(1);
      if (!her) faults.push({ row, problem: 'nobody' });
      else if (people.has(her.id)) faults.push({ row, problem: 'twice' });
      else people.set(her.id, grade);
    }
    return { people, faults };
  }

  async function setGrade(tx: Db, residentId: string, grade: number, actor: Actor): Promise<void> {
    const special = JSON.stringify({ special: { grade } });
    await tx
      .update(resident)
      .set({ flags: sql`${resident.flags} || ${special}::jsonb` })
      .where(eq(resident.id, residentId));
    const entry = { at: clock.now(), actor, action: 'special.listed', residentId, fields: ['flags'] };
    await writeAudit(tx, { ...entry, result: 'done' });
  }

  return { bringIn };
}

const isWhole = ({ number, grade }: Line) => /^(\d{11}|\d{17}[\dXx])$/.test(number) && GRADES.has(grade);

function shapeFaults(lines: Line[]): ListReport['rows'] {
  return lines.flatMap(({ row, number, grade }): ListReport['rows'] => {
    if (!/^(\d{11}|\d{17}[\dXx])$/.test(number)) return [{ row, problem: 'number' }];
    return GRADES.has(grade) ? [] : [{ row, problem: 'grade' }];
  });
}

function linesOf(csv: string): Line[] {
  let table: string[][];
  try {
    table = parse(csv, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true }) as string[][];
  } catch (cause) {
    throw new Refusal('BadInput', { field: 'csv' }, { cause });
  }
  if (table.length > MOST_ROWS) throw new Refusal('BadInput', { field: 'csv' });
  const [first] = table;
  const head = first && !/\d/.test(first.join('')) ? 1 : 0;
  return table.slice(head).map(([number = '', grade = ''], n) => ({ row: n + 1 + head, number, grade: Number(grade) }));
}

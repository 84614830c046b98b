/** 特殊困难人员名单: brought in from a table, found by ID number or telephone, all or none. */
import { and, eq, isNotNull, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Clock } from '../../../clock.ts';
import { Refusal } from '../../../errors.ts';
import { type Actor, writeAudit } from '../../../store/audit.ts';
import type { Database, Db } from '../../../store/database.ts';
import type { Fields } from '../../../store/fields.ts';
import { type EffectKey, once } from '../../../store/once.ts';
import { resident } from '../../../store/schema.ts';
import { readTable, type Table, writeCsv, writeExcel } from '../../spreadsheets/spreadsheet.ts';
import { type Checked, type CheckedLine, check } from './check.ts';
import { readListWords } from './words.ts';

export interface ListReport {
  /** Written; false for a trial and where anything was wrong. */
  applied: boolean;
  total: number;
  wrong: number;
  /** People who come onto the list or change their grade. */
  changed: number;
  /** People who leave it: only where the table is the whole list. */
  leaving: number;
  faults: Checked['faults'];
  rows: CheckedLine[];
}

interface Parts {
  database: Database;
  fields: Pick<Fields, 'index'>;
  clock: Clock;
}

interface How {
  /** Whoever stands on the list and not in the table leaves it. */
  whole: boolean;
}

/** For supervisors. Grades are spoken by nobody: the list decides who is visited, not how she is addressed. */
export function createSpecialList({ database, fields, clock }: Parts) {
  const words = readListWords();

  /** What would happen, and nothing does; that names were found is noted. @throws Refusal FileUnreadable */
  async function tryOut(bytes: Buffer, how: How, by: Actor): Promise<ListReport> {
    return tried(await readTable(bytes), how, by);
  }

  function tried(table: Table, how: How, by: Actor): Promise<ListReport> {
    return database.transaction(async (tx) => {
      const report = await reportOf(tx, await check(tx, table, { words, fields }), how);
      const entry = { at: clock.now(), actor: by, action: 'special.tried', subject: 'residents' };
      await writeAudit(tx, { ...entry, fields: [`count:${report.total}`], result: 'done' });
      return report;
    });
  }

  /**
   * All of them or none, once per key; whoever stood there already is left alone. @throws Refusal FileUnreadable ·
   * NotInThisState when somebody of the table has moved away since it was looked at
   */
  async function apply(key: EffectKey, bytes: Buffer, how: How, by: Actor): Promise<ListReport> {
    const table = await readTable(bytes);
    const trial = await tried(table, how, by);
    if (trial.wrong > 0 || trial.faults.length > 0) return trial;
    const written = await once(database, key, async (tx) => {
      const { lines } = await check(tx, table, { words, fields });
      if (lines.some(({ faults }) => faults.length > 0)) throw new Refusal('NotInThisState');
      return { changed: await list(tx, lines, by), leaving: how.whole ? await unlist(tx, lines, by) : 0 };
    });
    return { ...trial, ...written, applied: true };
  }

  async function reportOf(tx: Db, { lines, faults }: Checked, { whole }: How): Promise<ListReport> {
    const wrong = lines.filter((one) => one.faults.length > 0).length;
    const changed = lines.filter(isChange).length;
    const leaving = whole && lines.length > 0 ? await tx.$count(resident, standsBeside(lines)) : 0;
    return { applied: false, total: lines.length, wrong, changed, leaving, faults, rows: lines };
  }

  async function list(tx: Db, lines: CheckedLine[], by: Actor): Promise<number> {
    const changes = lines.filter(isChange);
    for (const { who, grade } of changes) {
      const special = JSON.stringify({ special: { grade } });
      const flags = sql`${resident.flags} || ${special}::jsonb`;
      await tx
        .update(resident)
        .set({ flags })
        .where(eq(resident.id, who?.id ?? ''));
      await note(tx, 'special.listed', who?.id ?? '', by);
    }
    return changes.length;
  }

  async function unlist(tx: Db, lines: CheckedLine[], by: Actor): Promise<number> {
    const flags = sql`${resident.flags} - 'special'`;
    const left = await tx.update(resident).set({ flags }).where(standsBeside(lines)).returning({ id: resident.id });
    for (const { id } of left) await note(tx, 'special.unlisted', id, by);
    return left.length;
  }

  function note(tx: Db, action: string, residentId: string, actor: Actor): Promise<void> {
    return writeAudit(tx, { at: clock.now(), actor, action, residentId, fields: ['flags'], result: 'done' });
  }

  /** An empty table to fill in, with two examples. */
  function template(format: 'csv' | 'xlsx'): Buffer | Promise<Buffer> {
    return format === 'csv' ? writeCsv(words.template) : writeExcel(words.template, words.sheet);
  }

  return { tryOut, apply, template };
}

const isChange = ({ who, grade, was, faults }: CheckedLine) => who !== null && faults.length === 0 && grade !== was;

/** On the list, and not in the table. */
function standsBeside(lines: CheckedLine[]): SQL | undefined {
  const ids = lines.flatMap(({ who }) => (who ? [who.id] : []));
  const listed = isNotNull(sql`${resident.flags} -> 'special'`);
  return ids.length > 0 ? and(listed, notInArray(resident.id, ids)) : listed;
}

/** Many speakers from one file: read, checked row by row, and then all of them or none. */
import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Clock } from '../../../clock.ts';
import type { Actor } from '../../../store/audit.ts';
import { type Database, type Db, isUniqueViolation } from '../../../store/database.ts';
import { type EffectKey, once } from '../../../store/once.ts';
import { effect, speaker } from '../../../store/schema.ts';
import { readTable, type Table, writeCsv, writeExcel } from '../../spreadsheets/spreadsheet.ts';
import { hashOfToken } from '../../tokens.ts';
import { type Happening, recordMany } from '../record.ts';
import { type Checked, type CheckedRow, check } from './check.ts';
import { COLUMNS, type FleetWords, readFleetWords } from './words.ts';

/** A row of the report. */
export interface ReportRow {
  row: number;
  serial: string;
  deviceId: string;
  brand: string;
  address: string;
  faults: Checked['faults'];
  /** Our own speakers, once, when they were written. */
  token: string | null;
}

export interface Report {
  /** Written; false for a trial and where anything was wrong. */
  applied: boolean;
  total: number;
  wrong: number;
  faults: Checked['faults'];
  rows: ReportRow[];
}

interface Parts {
  database: Database;
  clock: Clock;
}

const ROWS_AT_ONCE = 500;

/** CSV or Excel, told apart by its bytes; columns are found by their headings, which have several names each. */
export function createSpeakerImport({ database, clock }: Parts) {
  const words = readFleetWords();

  /** What would happen, and nothing does. @throws Refusal FileUnreadable */
  async function tryOut(bytes: Buffer): Promise<Report> {
    return reportOf(await check(database.db, await readTable(bytes), words));
  }

  /**
   * Registers every row, and binds those with an address, in one transaction; with one fault nothing is written.
   * The same key again: the same report without tokens. @throws Refusal FileUnreadable
   */
  async function apply(key: EffectKey, bytes: Buffer, by: Actor): Promise<Report> {
    const before = await toldBefore(key);
    if (before) return before;
    const table = await readTable(bytes);
    const checked = await check(database.db, table, words);
    const trial = reportOf(checked);
    if (trial.wrong > 0 || trial.faults.length > 0) return trial;
    return write(key, table, checked, by);
  }

  /** Somebody may have registered one of them in between: then the report says which. */
  async function write(key: EffectKey, table: Table, checked: Checked, by: Actor): Promise<Report> {
    const tokens = new Map(checked.rows.map(({ row }) => [row, randomBytes(32).toString('base64url')]));
    const mine = randomUUID();
    const work = once(database, key, async (tx) => {
      await insertAll(tx, checked.rows, tokens, by);
      return { ...reportOf(checked), applied: true, attempt: mine };
    });
    const written = await work.catch(async (thrown: unknown) => {
      if (!isUniqueViolation(thrown)) throw thrown;
      return { ...reportOf(await check(database.db, table, words)), attempt: '' };
    });
    const { attempt, ...report } = written;
    return attempt === mine ? withTokens(report, tokens) : report;
  }

  /** A lost answer to a large file must not be met with "registered already". */
  async function toldBefore(key: EffectKey): Promise<Report | undefined> {
    const [row] = await database.db.select({ outcome: effect.outcome }).from(effect).where(eq(effect.key, key));
    const value = (row?.outcome as { value?: Report & { attempt: string } } | undefined)?.value;
    if (!value) return undefined;
    const { attempt: _, ...report } = value;
    return report;
  }

  async function insertAll(tx: Db, rows: CheckedRow[], tokens: Map<number, string>, by: Actor): Promise<void> {
    const now = clock.now();
    const happened: Happening[] = [];
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const some = rows.slice(from, from + ROWS_AT_ONCE);
      const values = some.map((one) => speakerOf(one, tokens, now));
      const made = await tx
        .insert(speaker)
        .values(values)
        .returning({ id: speaker.id, householdId: speaker.householdId });
      for (const { id, householdId } of made) {
        happened.push({ speakerId: id, what: 'registered', householdId: null });
        if (householdId) happened.push({ speakerId: id, what: 'bound', householdId });
      }
    }
    await recordMany(tx, happened, { at: now, by });
  }

  /** An empty table to fill in, with two examples. */
  function template(format: 'csv' | 'xlsx'): Buffer | Promise<Buffer> {
    const heading = COLUMNS.map((column) => words.heading(column));
    const rows = [heading, ...words.example.map((one) => COLUMNS.map((column) => one[column] ?? ''))];
    return format === 'csv' ? writeCsv(rows) : writeExcel(rows, words.sheet);
  }

  return { tryOut, apply, template, words: words as Pick<FleetWords, 'export' | 'sheet'> };
}

function speakerOf(one: CheckedRow, tokens: Map<number, string>, now: Date): typeof speaker.$inferInsert {
  const token = one.brand === 'speaker' ? tokens.get(one.row) : undefined;
  return {
    serial: one.serial,
    brand: one.brand,
    brandDevice: one.deviceId,
    tokenHash: token ? hashOfToken(token) : null,
    status: one.householdId ? 'bound' : 'new',
    householdId: one.householdId,
    room: one.room,
    createdAt: now,
  };
}

function reportOf({ rows, faults }: Checked): Report {
  const shown = rows.map(({ row, serial, deviceId, brand, noBrand, address, faults: own }) => ({
    row,
    serial,
    deviceId,
    brand: noBrand ?? brand,
    address,
    faults: own,
    token: null,
  }));
  const wrong = rows.filter((one) => one.faults.length > 0).length;
  return { applied: false, total: rows.length, wrong, faults, rows: shown };
}

function withTokens(report: Report, tokens: Map<number, string>): Report {
  const rows = report.rows.map((one) => ({
    ...one,
    token: one.brand === 'speaker' ? (tokens.get(one.row) ?? null) : null,
  }));
  return { ...report, rows };
}

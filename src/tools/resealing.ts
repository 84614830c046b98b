/** Opens every sealed value, and seals it anew where it is not under the current key, or its index was made with another. */
import type { Clock } from '../clock.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database, Db } from '../store/database.ts';
import type { Fields } from '../store/fields.ts';
import { actor } from './opened.ts';
import {
  aboutOf,
  FIRST_ID,
  type SealedRow,
  type SealedTable,
  sealedRows,
  sealedTables,
  writeSealed,
} from './sealed-columns.ts';

export interface Survey {
  values: number;
  /** Under another key or cipher than the current. */
  outdated: number;
  /** Indexes made with another INDEX_KEY. */
  strange: number;
  /** What no key of the ring opens. */
  broken: number;
  /** The first of them, as `table.column id`. */
  brokenAt: string[];
}

export interface ResealParts {
  database: Database;
  fields: Fields;
  clock: Clock;
}

const BATCH = 200;
const BROKEN_NAMED = 100;

/** Looks at everything and changes nothing. */
export async function survey({ database, fields }: ResealParts): Promise<Survey> {
  const found: Survey = { values: 0, outdated: 0, strange: 0, broken: 0, brokenAt: [] };
  for (const table of sealedTables()) {
    for await (const rows of batches(database, table)) for (const row of rows) judge(found, fields, table, row);
  }
  return found;
}

function judge(found: Survey, fields: Fields, table: SealedTable, row: SealedRow): void {
  for (const { column, index } of table.sealed) {
    const sealed = row[column];
    if (!sealed) continue;
    found.values += 1;
    const plain = opened(fields, sealed, aboutOf(table, column, row.id));
    if (plain === undefined) noteBroken(found, `${table.name}.${column} ${row.id}`);
    else if (index && row[index] !== fields.index(plain)) found.strange += 1;
    if (!isCurrent(fields, sealed)) found.outdated += 1;
  }
}

function noteBroken(found: Survey, place: string): void {
  found.broken += 1;
  if (found.brokenAt.length < BROKEN_NAMED) found.brokenAt.push(place);
}

/**
 * Seals what is outdated under the current key, and with `indexes` makes strange indexes anew; a batch is one transaction with its audit
 * row, so that it may be cut off anywhere and run again. @returns how many values were written
 */
export async function reseal(
  { database, fields, clock }: ResealParts,
  { indexes }: { indexes: boolean },
): Promise<number> {
  let written = 0;
  for (const table of sealedTables()) {
    for await (const rows of batches(database, table)) {
      const changes = rows.flatMap((row) => {
        const values = renewed(fields, table, row, indexes);
        return Object.keys(values).length > 0 ? [{ row, values }] : [];
      });
      if (changes.length === 0) continue;
      await database.transaction(async (tx) => {
        for (const { row, values } of changes) await writeSealed(tx, table, row, values);
        await tell(tx, clock, table, changes.length);
      });
      written += changes.length;
    }
  }
  return written;
}

function renewed(fields: Fields, table: SealedTable, row: SealedRow, indexes: boolean): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { column, index } of table.sealed) {
    const sealed = row[column];
    const about = aboutOf(table, column, row.id);
    const plain = sealed ? opened(fields, sealed, about) : undefined;
    if (!sealed || plain === undefined) continue;
    if (!isCurrent(fields, sealed)) values[column] = fields.seal(plain, about);
    if (indexes && index && row[index] !== fields.index(plain)) values[index] = fields.index(plain);
  }
  return values;
}

const tell = (tx: Db, clock: Clock, table: SealedTable, rows: number) =>
  writeAudit(tx, {
    at: clock.now(),
    actor: actor('rekey'),
    action: 'keys.resealed',
    subject: table.name,
    fields: table.sealed.map(({ column }) => column),
    reason: `${rows} rows`,
    result: 'done',
  });

async function* batches({ db }: Database, table: SealedTable): AsyncGenerator<SealedRow[]> {
  let after = FIRST_ID;
  for (;;) {
    const rows = await sealedRows(db, table, after, BATCH);
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    after = rows.at(-1)?.id ?? after;
  }
}

function opened(fields: Fields, sealed: string, about: string): string | undefined {
  try {
    return fields.open(sealed, about);
  } catch {
    return undefined;
  }
}

/** Under the current key and by the configured cipher: both stand in the first two parts of what is sealed. */
function isCurrent(fields: Fields, sealed: string): boolean {
  const mark = (value: string) => value.split(':', 2).join(':');
  return mark(sealed) === mark(fields.seal('', ''));
}

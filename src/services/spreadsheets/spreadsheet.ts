/** Tables as people exchange them: CSV of any Chinese office (UTF-8, GBK, UTF-16) and Excel. The packages are loaded when first needed. */
import { Refusal } from '../../errors.ts';
import { unpackedSize } from './zip-size.ts';

/** Rows of cells, as text, without spaces around them. */
export type Table = string[][];

const LARGEST_UNPACKED = 64 * 1024 * 1024;
const PATIENCE_MS = 10_000;
const LONGEST_RECORD = 64 * 1024;

/** Reads either kind, told apart by its first bytes. Empty rows stay, so that rows keep their numbers. @throws Refusal FileUnreadable */
export async function readTable(bytes: Buffer): Promise<Table> {
  return isZip(bytes) ? readExcel(bytes) : readCsv(bytes);
}

const isZip = (bytes: Buffer) => bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));
const unreadable = (cause?: unknown) => new Refusal('FileUnreadable', {}, { cause });

async function readExcel(bytes: Buffer): Promise<Table> {
  if (unpackedSize(bytes) > LARGEST_UNPACKED) throw unreadable();
  const { readSheet } = await import('read-excel-file/node');
  // Numbers as they stand: a serial of fifteen digits is no amount.
  const reading = readSheet<string>(bytes, { parseNumber: (text) => text });
  const rows = await inTime(reading).catch((cause: unknown) => Promise.reject(unreadable(cause)));
  return rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell).trim())));
}

/** A broken archive may never end. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const late = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  return Promise.race([work, late]);
}

async function readCsv(bytes: Buffer): Promise<Table> {
  const text = textOf(bytes);
  if (text.includes('\u0000')) throw unreadable();
  const { parse } = await import('csv-parse/sync');
  const options = { relax_column_count: true, trim: true, max_record_size: LONGEST_RECORD };
  try {
    return parse(text, { ...options, delimiter: delimiterOf(text) }) as Table;
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** By its mark, else UTF-8 where it is that without a fault, else what Chinese Excel writes. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030') ?? refuse();
}

function decoded(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function refuse(): never {
  throw unreadable();
}

/** The one that the first line has most of. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const counted = [',', '\t', ';'].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).sign;
}

/** What a spreadsheet would take for a formula when the file is opened; a quote in front makes it text (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const harmless = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

/** With the mark that lets Excel see that it is UTF-8. */
export function writeCsv(rows: Table): Buffer {
  const line = (row: string[]) => row.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(',');
  return Buffer.from(`\uFEFF${rows.map(line).join('\r\n')}\r\n`, 'utf8');
}

/** Every cell is text, the first row bold and standing still. */
export async function writeExcel(rows: Table, sheet: string): Promise<Buffer> {
  const { default: write } = await import('write-excel-file/node');
  const cells = rows.map((row, n) =>
    row.map((cell) => ({ value: harmless(cell), type: String, ...(n === 0 ? { fontWeight: 'bold' as const } : {}) })),
  );
  const columns = (rows[0] ?? []).map((_, n) => ({ width: Math.min(40, 4 + 2 * widest(rows, n)) }));
  return write(cells, { columns, sheet, stickyRowsCount: 1 }).toBuffer();
}

const widest = (rows: Table, column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));

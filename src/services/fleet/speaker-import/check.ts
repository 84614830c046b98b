/** Rows of a table as speakers, and what is wrong with each. */
import { and, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../../store/database.ts';
import { household, speaker } from '../../../store/schema.ts';
import { type Cells, type FileFault, inParts, linesUnder } from '../../spreadsheets/headed.ts';
import type { Table } from '../../spreadsheets/spreadsheet.ts';
import type { Column, FleetWords, ImportBrand } from './words.ts';

export interface Fault {
  field: 'file' | 'serial' | 'brand' | 'deviceId' | 'address' | 'room';
  code: FaultCode;
}
export type FaultCode =
  | 'missing'
  | 'too_long'
  | 'strange'
  | 'unknown'
  | 'twice'
  | 'taken'
  | 'incomplete'
  | 'no_such_home'
  | 'ambiguous'
  | FileFault;

export interface CheckedRow {
  /** As the spreadsheet counts: the heading is row 1. */
  row: number;
  serial: string;
  brand: ImportBrand;
  /** As it was written, where that is no brand. */
  noBrand?: string;
  deviceId: string;
  room: string | null;
  householdId: string | null;
  /** The address as it was written. */
  address: string;
  faults: Fault[];
}

export interface Checked {
  rows: CheckedRow[];
  /** What is wrong with the file as a whole. */
  faults: Fault[];
}

const MOST_ROWS = 5000;
const LONGEST = { serial: 80, deviceId: 200, room: 40, address: 80 };

/** Everything that can be said about the file without writing anything. Homes and standing speakers are asked of the database. */
export async function check(db: Db, table: Table, words: FleetWords): Promise<Checked> {
  const { lines, fault } = linesUnder(table, {
    column: words.column,
    needed: (of) => of.has('serial'),
    most: MOST_ROWS,
  });
  if (fault) return { rows: [], faults: [{ field: 'file', code: fault }] };
  const rows = lines.map(({ row, cells }) => read(cells, row, words));
  faultRepeats(rows);
  await faultTaken(db, rows);
  await findHomes(
    db,
    rows,
    lines.map(({ cells }) => cells),
  );
  return { rows, faults: [] };
}

function read(cells: Cells<Column>, row: number, words: FleetWords): CheckedRow {
  const serial = cells.serial ?? '';
  const brand = cells.brand ? words.brand(cells.brand) : 'speaker';
  const deviceId = cells.deviceId || (brand === 'speaker' ? serial.toLowerCase() : '');
  const address = [cells.community, cells.building, cells.unit].filter(Boolean).join('');
  const faults: Fault[] = [];
  const fault = (field: Fault['field'], code: FaultCode) => faults.push({ field, code });
  if (!brand) fault('brand', 'unknown');
  if (!serial) fault('serial', 'missing');
  if (!deviceId && serial) fault('deviceId', 'missing');
  const texts = { serial, deviceId, room: cells.room ?? '', address };
  for (const [field, longest] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][]) {
    if (texts[field].length > longest) fault(field, 'too_long');
    if (STRANGE.test(texts[field])) fault(field, 'strange');
  }
  const room = cells.room || null;
  const known = brand ? { brand } : { brand: 'speaker' as const, noBrand: cells.brand?.slice(0, LONGEST.serial) };
  return { row, serial, ...known, deviceId, room, householdId: null, address, faults };
}

/** Control characters, halves of characters, and marks that turn the writing direction. */
const STRANGE = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const deviceOf = ({ brand, deviceId }: CheckedRow) => `${brand} ${deviceId}`;

function faultRepeats(rows: CheckedRow[]): void {
  const serials = new Set<string>();
  const devices = new Set<string>();
  for (const one of rows) {
    if (one.serial && serials.has(one.serial)) one.faults.push({ field: 'serial', code: 'twice' });
    if (one.deviceId && devices.has(deviceOf(one))) one.faults.push({ field: 'deviceId', code: 'twice' });
    serials.add(one.serial);
    devices.add(deviceOf(one));
  }
}

/** Rows that could not even be asked for are left out: the database holds no such texts. */
const askable = ({ faults }: CheckedRow) => !faults.some(({ code }) => code === 'strange' || code === 'too_long');

async function faultTaken(db: Db, rows: CheckedRow[]): Promise<void> {
  for (const some of inParts(rows.filter(askable))) {
    const serials = some.map(({ serial }) => serial);
    const devices = some.map(({ deviceId }) => deviceId);
    const standing = await db
      .select({ serial: speaker.serial, brand: speaker.brand, deviceId: speaker.brandDevice })
      .from(speaker)
      .where(or(inArray(speaker.serial, serials), inArray(speaker.brandDevice, devices)));
    const takenSerials = new Set(standing.map(({ serial }) => serial));
    const takenDevices = new Set(standing.map(({ brand, deviceId }) => `${brand} ${deviceId}`));
    for (const one of some) {
      if (takenSerials.has(one.serial)) one.faults.push({ field: 'serial', code: 'taken' });
      else if (takenDevices.has(deviceOf(one))) one.faults.push({ field: 'deviceId', code: 'taken' });
    }
  }
}

async function findHomes(db: Db, rows: CheckedRow[], cells: Cells<Column>[]): Promise<void> {
  const addressed = rows.flatMap((row, n) => {
    const { community = '', building = '', unit = '' } = cells[n] ?? {};
    if (!community && !building && !unit) return [];
    if (community && building && unit)
      return askable(row)
        ? [{ row, key: keyOf({ community, building, unit }), home: { community, building, unit } }]
        : [];
    row.faults.push({ field: 'address', code: 'incomplete' });
    return [];
  });
  for (const some of inParts(addressed)) {
    const found = await db
      .select()
      .from(household)
      .where(or(...some.map(({ home }) => sameHome(home))));
    for (const { row, key } of some) {
      const ids = found.filter((one) => keyOf(one) === key).map(({ id }) => id);
      if (ids.length === 1) row.householdId = ids[0] ?? null;
      else row.faults.push({ field: 'address', code: ids.length === 0 ? 'no_such_home' : 'ambiguous' });
    }
  }
}

interface Address {
  community: string;
  building: string;
  unit: string;
}
const keyOf = ({ community, building, unit }: Address) => JSON.stringify([community, building, unit]);
const sameHome = ({ community, building, unit }: Address): SQL | undefined =>
  and(
    sql`${household.community} = ${community}`,
    sql`${household.building} = ${building}`,
    sql`${household.unit} = ${unit}`,
  );

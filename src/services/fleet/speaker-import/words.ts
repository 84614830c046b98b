/** How people name the columns and the brands: data of locales/<locale>/_fleet.yaml. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';

export const COLUMNS = ['serial', 'brand', 'deviceId', 'community', 'building', 'unit', 'room'] as const;
export type Column = (typeof COLUMNS)[number];
export const BRANDS = ['speaker', 'dueros', 'aligenie', 'xiaoai', 'alexa'] as const;
export type ImportBrand = (typeof BRANDS)[number];

const Names = Type.Array(Type.String(), { minItems: 1 });
const FleetWords = Type.Object({
  sheet: Type.String(),
  columns: Type.Record(Type.String(), Names),
  brands: Type.Record(Type.String(), Names),
  example: Type.Array(Type.Record(Type.String(), Type.String())),
  export: Type.Record(Type.String(), Type.String()),
  tokens: Type.Record(Type.String(), Type.String()),
});

export interface FleetWords {
  sheet: string;
  /** The column that a heading means. */
  column(heading: string): Column | undefined;
  brand(name: string): ImportBrand | undefined;
  /** Heading of the template. */
  heading(column: Column): string;
  example: Record<string, string>[];
  export: Record<string, string>;
}

/** Reads the words once. @throws when the file is missing or not of its shape */
export function readFleetWords(locale = 'zh-CN'): FleetWords {
  const path = join(localesRoot(), locale, '_fleet.yaml');
  const read: unknown = parse(readFileSync(path, 'utf8'));
  if (!Value.Check(FleetWords, read)) throw new Error(`${locale}/_fleet.yaml is not of its shape`);
  const columns = lookup<Column>(read.columns, COLUMNS);
  const brands = lookup<ImportBrand>(read.brands, BRANDS);
  return {
    sheet: read.sheet,
    column: (heading) => columns.get(plain(heading)),
    brand: (name) => brands.get(plain(name)),
    heading: (column) => read.columns[column]?.[0] ?? column,
    example: read.example,
    export: read.export,
  };
}

function lookup<K extends string>(names: Record<string, string[]>, known: readonly K[]): Map<string, K> {
  return new Map(known.flatMap((key) => (names[key] ?? [key]).map((name): [string, K] => [plain(name), key])));
}

/** Full-width letters, case, spaces and the stars that mark needed columns do not count. */
const plain = (name: string) => name.normalize('NFKC').replace(/[\s*]/g, '').toLowerCase();

/** The nearest folder locales/ above this file, in source and when built. */
function localesRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'locales')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'locales');
}

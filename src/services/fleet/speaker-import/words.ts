/** How people name the columns and the brands: data of locales/<locale>/_fleet.yaml. */
import { Type } from 'typebox';
import { readLocaleFile } from '../../locale-file.ts';
import { namesOf } from '../../spreadsheets/headed.ts';

export const COLUMNS = ['serial', 'brand', 'deviceId', 'community', 'building', 'unit', 'room'] as const;
export type Column = (typeof COLUMNS)[number];
const BRANDS = ['speaker', 'dueros', 'aligenie', 'xiaoai', 'alexa'] as const;
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
  const read = readLocaleFile(locale, '_fleet.yaml', FleetWords);
  return {
    sheet: read.sheet,
    column: namesOf<Column>(read.columns, COLUMNS),
    brand: namesOf<ImportBrand>(read.brands, BRANDS),
    heading: (column) => read.columns[column]?.[0] ?? column,
    example: read.example,
    export: read.export,
  };
}

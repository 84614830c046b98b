/** How offices name the columns and the grades: data of locales/<locale>/_special.yaml. */
import { readFileSync } from 'node:fs';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { localePath, namesOf } from '../../spreadsheets/headed.ts';

export const COLUMNS = ['name', 'number', 'phone', 'grade'] as const;
export type Column = (typeof COLUMNS)[number];
const GRADES = ['1', '2', '3'] as const;

const Names = Type.Array(Type.String(), { minItems: 1 });
const ListWords = Type.Object({
  sheet: Type.String(),
  columns: Type.Record(Type.String(), Names),
  grades: Type.Record(Type.String(), Names),
  example: Type.Array(Type.Record(Type.String(), Type.String())),
});

export interface ListWords {
  sheet: string;
  column(heading: string): Column | undefined;
  /** 1, 2 or 3. */
  grade(name: string): number | undefined;
  /** The table to fill in. */
  template: string[][];
}

/** Reads the words once. @throws when the file is missing or not of its shape */
export function readListWords(locale = 'zh-CN'): ListWords {
  const read: unknown = parse(readFileSync(localePath(locale, '_special.yaml'), 'utf8'));
  if (!Value.Check(ListWords, read)) throw new Error(`${locale}/_special.yaml is not of its shape`);
  const grade = namesOf(read.grades, GRADES);
  const heading = COLUMNS.map((column) => read.columns[column]?.[0] ?? column);
  return {
    sheet: read.sheet,
    column: namesOf(read.columns, COLUMNS),
    grade: (name) => {
      const known = grade(name);
      return known === undefined ? undefined : Number(known);
    },
    template: [heading, ...read.example.map((one) => COLUMNS.map((column) => one[column] ?? ''))],
  };
}

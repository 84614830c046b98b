/** How offices name the columns and the grades: data of locales/<locale>/_special.yaml. */
import { Type } from 'typebox';
import { readLocaleFile } from '../../locale-file.ts';
import { namesOf } from '../../spreadsheets/headed.ts';

const COLUMNS = ['name', 'number', 'phone', 'grade'] as const;
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
  const read = readLocaleFile(locale, '_special.yaml', ListWords);
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

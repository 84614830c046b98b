import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import Value from 'typebox/value';
import { parse } from 'yaml';

const Tables = Type.Record(Type.String(), Type.Record(Type.String(), Type.String()));
const Band = Type.Object({ from: Type.Integer({ minimum: 0, maximum: 23 }), word: Type.String() });
const Reading = Type.Object({ text: Type.String({ minLength: 1 }), alias: Type.String(), pinyin: Type.String() });
const InContext = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 1 }),
  after: Type.Optional(Type.String()),
  before: Type.Optional(Type.String()),
  pinyin: Type.String({ pattern: '^[a-zü]+[1-5]$' }),
});
const Words = (length: number) => Type.Array(Type.String(), { minItems: length, maxItems: length });
const OneAndMany = Words(2);
const Shared = {
  halves: Type.Object({ AM: Type.String(), PM: Type.String() }),
  list: Type.Object({ comma: Type.String(), last: Type.String() }),
  choice: Type.Object({ after: Type.String(), end: Type.String() }),
  pauseMark: Type.String(),
  sentenceEnd: Type.String(),
  words: Tables,
  readings: Type.Array(Reading),
  names: Type.Record(Type.String(), Type.String()),
};

const ChineseWords = Type.Object({
  ...Shared,
  numbers: Type.Object({
    digits: Words(10),
    two: Type.String(),
    telephoneOne: Type.String(),
    ten: Type.String(),
    hundred: Type.String(),
    thousand: Type.String(),
    myriad: Type.String(),
    hundredMillion: Type.String(),
    point: Type.String(),
    minus: Type.String(),
    percent: Type.String(),
  }),
  ordinal: Type.String(),
  money: Type.Object({ yuan: Type.String(), jiao: Type.String(), fen: Type.String() }),
  date: Type.Object({
    year: Type.String(),
    month: Type.String(),
    day: Type.String(),
    between: Type.String(),
    weekdays: Words(7),
    near: Type.Record(Type.String(), Type.String()),
  }),
  time: Type.Object({
    hour: Type.String(),
    minute: Type.String(),
    quarter: Type.String(),
    half: Type.String(),
    threeQuarters: Type.String(),
    bands: Type.Array(Band, { minItems: 1 }),
  }),
  duration: Type.Object({
    minutes: Type.String(),
    hours: Type.String(),
    halfHour: Type.String(),
    days: Type.String(),
    workdays: Type.String(),
    weeks: Type.String(),
    months: Type.String(),
    years: Type.String(),
  }),
  measures: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
  plainUnits: Type.Array(Type.String({ minLength: 1 })),
  hotlines: Type.Array(Type.String()),
  spelledAfter: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
  spelled: Type.Record(Type.String({ minLength: 1 }), Type.String({ pattern: '^[a-zü1-5 ]+$' })),
  inContext: Type.Array(InContext),
  to: Type.String(),
  letters: Type.Record(Type.String(), Type.String()),
  surnames: Type.Record(Type.String(), Type.String({ pattern: '^[a-zü]+[1-5]$' })),
  address: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
});
/** locales/zh-CN/_format.yaml. */
export type ChineseWords = Type.Static<typeof ChineseWords>;

const EnglishWords = Type.Object({
  ...Shared,
  list: Type.Object({ comma: Type.String(), last: Type.String(), or: Type.String() }),
  numbers: Type.Object({
    ones: Words(20),
    tens: Words(10),
    hundred: Type.String(),
    and: Type.String(),
    thousand: Type.String(),
    million: Type.String(),
    point: Type.String(),
    minus: Type.String(),
    percent: Type.String(),
    oh: Type.String(),
  }),
  ordinals: Type.Object({ irregular: Type.Record(Type.String(), Type.String()), ending: Type.String() }),
  money: Type.Object({ yuan: OneAndMany, jiao: OneAndMany, fen: OneAndMany }),
  date: Type.Object({
    between: Type.String(),
    months: Words(12),
    weekdays: Words(7),
    near: Type.Record(Type.String(), Type.String()),
  }),
  time: Type.Object({
    noon: Type.String(),
    midnight: Type.String(),
    half: Type.String(),
    quarter: Type.String(),
    bands: Type.Array(Band, { minItems: 1 }),
  }),
  duration: Type.Object({
    minutes: OneAndMany,
    hours: OneAndMany,
    halfHour: Type.String(),
    days: OneAndMany,
    workdays: OneAndMany,
    weeks: OneAndMany,
    months: OneAndMany,
    years: OneAndMany,
  }),
});
/** locales/en-US/_format.yaml. */
export type EnglishWords = Type.Static<typeof EnglishWords>;

/** Reads locales/zh-CN/_format.yaml. @throws Error naming what is missing. */
export const loadChineseWords = (root: string): ChineseWords => load(root, 'zh-CN', ChineseWords);

/** Reads locales/en-US/_format.yaml. @throws Error naming what is missing. */
export const loadEnglishWords = (root: string): EnglishWords => load(root, 'en-US', EnglishWords);

function load<T extends Type.TSchema>(root: string, locale: string, schema: T): Type.Static<T> {
  const read: unknown = parse(readFileSync(join(root, locale, '_format.yaml'), 'utf8'));
  if (Value.Check(schema, read)) return read;
  const faults = [...Value.Errors(schema, read)].map((error) => `${error.instancePath} ${error.message}`);
  throw new Error(`locales/${locale}/_format.yaml: ${faults.join('; ')}`);
}

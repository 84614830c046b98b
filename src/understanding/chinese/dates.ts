/** Days as they are spoken in Tianjin: 大后儿, 下下周二, 腊月初一, 过俩礼拜, 三号到五号. Words are in intents/zh-CN/_dates.yaml. */
import { type Table, tableOf, wordsOf } from '../words.ts';
import type { LunarTable } from './calendar.ts';
import type { NumberWords } from './numbers.ts';

/** Lunar or solar month and day; `doubtful`: the name is also a date of the other calendar (八月十五). */
export interface Festival {
  lunar?: [number, number];
  solar?: [number, number];
  doubtful?: boolean;
}

export interface DateSource {
  relative: Record<string, number>;
  vague: string[];
  week: string[];
  weekCounted: string[];
  weekday: Record<string, number>;
  thisOne: string[];
  nextOne: string[];
  coming: { word: string; behind: string[] };
  lastOne: string[];
  month: string[];
  dayMark: string[];
  notDay: string[];
  monthEnd: string[];
  third: Record<string, [number, number]>;
  year: Record<string, number>;
  days: string[];
  after: string[];
  before: string[];
  pass: string[];
  halfMonth: string[];
  solar: string[];
  lunar: string[];
  lunarMonth: Record<string, number>;
  firstTen: string;
  score: string;
  to: string[];
  shiftLater: string[];
  shiftEarlier: string[];
  festivals: Record<string, Festival>;
  terms: string[];
  shyTerms: string[];
  termMarks: string[];
  dayOf: Record<string, number>;
}

export interface DateWords {
  source: DateSource;
  relative: Table<number>;
  vague: Table<true>;
  week: Table<true>;
  weekCounted: Table<true>;
  month: Table<true>;
  dayMark: Table<true>;
  third: Table<[number, number]>;
  year: Table<number>;
  days: Table<true>;
  after: Table<true>;
  before: Table<true>;
  pass: Table<true>;
  to: Table<true>;
  monthEnd: Table<true>;
  dayOf: Table<number>;
  festivals: Table<Festival>;
  later: Table<true>;
  earlier: Table<true>;
  triggers: Set<string>;
}

/** What a rule finds: a day, a range, or a phrase that names no day (`day` absent). */
export interface FoundDay {
  end: number;
  day?: number;
  last?: number;
  doubtful?: boolean;
  /** Start of the week that a weekday was counted from, so that 下周三到周五 stays in one week. */
  week?: number;
  month?: { year: number; month: number };
}

export interface DayContext {
  words: DateWords;
  numbers: NumberWords;
  lunar: LunarTable;
  today: number;
  /** The later week that she has named before in this sentence: 下礼拜三，不，礼拜五. */
  week?: number;
  /** The day of the booking that stands, for 往后推一天. */
  booked?: number;
}

export type DayRule = (c: DayContext, text: string, at: number) => FoundDay | undefined;

const firsts = (words: Iterable<string>): string[] => [...words].map((word) => word[0] as string);

/** Prepares the word tables. */
export function dateWords(source: DateSource): DateWords {
  const s = source;
  return {
    source,
    relative: tableOf(Object.entries(s.relative)),
    vague: wordsOf(s.vague),
    week: wordsOf(s.week),
    weekCounted: wordsOf(s.weekCounted),
    month: wordsOf(s.month),
    dayMark: wordsOf(s.dayMark),
    third: tableOf(Object.entries(s.third)),
    year: tableOf(Object.entries(s.year)),
    days: wordsOf(s.days),
    after: wordsOf(s.after),
    before: wordsOf(s.before),
    pass: wordsOf(s.pass),
    to: wordsOf(s.to),
    monthEnd: wordsOf(s.monthEnd),
    dayOf: tableOf(Object.entries(s.dayOf)),
    festivals: tableOf(Object.entries(s.festivals)),
    later: wordsOf(s.shiftLater),
    earlier: wordsOf(s.shiftEarlier),
    triggers: new Set([
      ...firsts([
        ...Object.keys(s.relative),
        ...s.vague,
        ...s.week,
        ...s.thisOne,
        ...s.nextOne,
        ...s.lastOne,
        ...s.month,
      ]),
      ...firsts([
        ...Object.keys(s.year),
        ...s.pass,
        ...s.halfMonth,
        ...s.solar,
        ...s.lunar,
        ...Object.keys(s.lunarMonth),
      ]),
      ...firsts([...Object.keys(s.festivals), ...s.terms, ...s.shiftLater, ...s.shiftEarlier, s.firstTen, s.score]),
    ]),
  };
}

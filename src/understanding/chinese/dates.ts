/** Days as they are spoken in Tianjin: 大后儿, 下下周二, 腊月初一, 过俩礼拜, 三号到五号. Words are in intents/zh-CN/_dates.yaml. */
import type { Span } from '../spans.ts';
import { endsWith, longestAt, type Table, tableOf, wordsOf } from '../words.ts';
import { dayNumber, daysIn, isoDay, type LunarTable, partsOf } from './calendar.ts';
import { lunarRules } from './lunar.ts';
import { type NumberWords, readDigits, readNumber } from './numbers.ts';

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

const mondayOf = (day: number): number => day - (partsOf(day).weekday - 1);

/** How many weeks or months 这, 下, 下下, 上 point away; 0 steps without such a word. */
function pointed(s: DateSource, text: string, at: number): { by: number; said: boolean; end: number } {
  let end = at;
  let by = 0;
  for (let found = true; found; ) {
    found = false;
    for (const [words, step] of [
      [s.nextOne, 1],
      [s.lastOne, -1],
      [s.thisOne, 0],
    ] as const) {
      const word = [...words].filter((w) => text.startsWith(w, end)).sort((a, b) => b.length - a.length)[0];
      if (!word) continue;
      end += word.length;
      by += step;
      found = step !== 0;
      if (!found) return { by, said: true, end };
      break;
    }
  }
  return { by, said: end > at, end };
}

const weekdayRule: DayRule = (c, text, at) => {
  const { source, week, weekCounted } = c.words;
  const point = pointed(source, text, at);
  const unit = longestAt(week, text, point.end);
  if (!unit) return undefined;
  const before = text[at - 1] ?? '';
  const which = text.length >= unit.end + 2 && source.weekday[text.slice(unit.end, unit.end + 2)] ? 2 : 1;
  const weekday = source.weekday[text.slice(unit.end, unit.end + which)];
  if (weekday === undefined) {
    if (!point.said || point.by < 0 || !longestAt(weekCounted, text, point.end)) return undefined;
    const monday = mondayOf(c.today) + 7 * point.by;
    return { end: unit.end, day: Math.max(monday, c.today), last: monday + 6, week: monday };
  }
  if (
    !point.said &&
    (c.numbers.digits.has(before) || before === '几' || before === '每') &&
    '次回天'.includes(text[unit.end + 1] ?? ' ')
  )
    return undefined;
  const end = unit.end + which;
  let monday = mondayOf(c.today) + 7 * point.by;
  const wanted = weekday === 67 ? 6 : weekday;
  if (!point.said && monday + wanted - 1 < c.today && !(weekday === 67 && monday + 6 === c.today)) monday += 7;
  const day = monday + wanted - 1;
  if (weekday === 67) return { end, day: Math.max(day, Math.min(c.today, day + 1)), last: day + 1, week: monday };
  const next = source.weekday[text[end] ?? ''];
  if (next !== undefined && next <= 7 && next === weekday + 1 && !'点号日月'.includes(text[end + 1] ?? ' '))
    return { end: end + 1, day, last: day + 1, week: monday };
  return { end, day, week: monday };
};

const relativeRule: DayRule = (c, text, at) => {
  const vague = longestAt(c.words.vague, text, at);
  const hit = longestAt(c.words.relative, text, at);
  if (vague && vague.end >= (hit?.end ?? 0)) return { end: vague.end };
  return hit ? { end: hit.end, day: c.today + hit.value } : undefined;
};

function addMonths(day: number, months: number): number {
  const p = partsOf(day);
  const index = p.year * 12 + p.month - 1 + months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  return dayNumber(year, month, Math.min(p.day, daysIn(year, month))) as number;
}

/** 过俩礼拜, 三天后, 半个月以后, 两周之后; 过两天 and 过几天 were taken as vague before. */
const spanRule: DayRule = (c, text, at) => {
  const { source } = c.words;
  const pass = longestAt(c.words.pass, text, at);
  const from = pass?.end ?? at;
  const half = source.halfMonth.find((word) => text.startsWith(word, from));
  const count = half ? { value: 15, end: from + half.length } : readNumber(c.numbers, text, from);
  if (!count) return undefined;
  const measured = text.startsWith('个', count.end) ? count.end + 1 : count.end;
  const unit = half
    ? 'day'
    : longestAt(c.words.days, text, count.end)
      ? 'day'
      : longestAt(c.words.weekCounted, text, measured)
        ? 'week'
        : longestAt(c.words.month, text, measured) &&
            (measured > count.end || '俩仨'.includes(text[count.end - 1] ?? ' '))
          ? 'month'
          : undefined;
  if (!unit) return undefined;
  const end = half
    ? count.end
    : unit === 'day'
      ? count.end + 1
      : (longestAt(unit === 'week' ? c.words.weekCounted : c.words.month, text, measured)?.end ?? count.end);
  const after = longestAt(c.words.after, text, end);
  const before = longestAt(c.words.before, text, end);
  if (!pass && !after && !before) return undefined;
  if (before && before.end >= (after?.end ?? 0) && !pass) return { end: before.end };
  const day = unit === 'month' ? addMonths(c.today, count.value) : c.today + count.value * (unit === 'week' ? 7 : 1);
  return { end: after?.end ?? end, day };
};

const notADay = (c: DayContext, text: string, end: number): boolean =>
  c.words.source.notDay.some((word) => text.startsWith(word, end));

function inMonth(year: number, month: number, day: number, end: number): FoundDay {
  return { end, day: dayNumber(year, month, day), month: { year, month } };
}

/** Day of a month that was named: 十二月五号, 下月三号, 十二月底, 下个月中旬, 月底, 明年一月五号. */
const monthRule: DayRule = (c, text, at) => {
  const { source } = c.words;
  const today = partsOf(c.today);
  const solar = source.solar.find((word) => text.startsWith(word, at));
  let i = at + (solar?.length ?? 0);
  let year: number | undefined;
  const yearWord = longestAt(c.words.year, text, i);
  if (yearWord) {
    year = today.year + yearWord.value;
    i = yearWord.end;
  } else {
    const digits = readDigits(c.numbers, text, i, 4);
    if (digits?.digits.length === 4 && '年-/.'.includes(text[digits.end] ?? ' ')) {
      year = Number(digits.digits);
      i = digits.end + 1;
    }
  }
  const point = pointed(source, text, i);
  const named = point.said ? undefined : readNumber(c.numbers, text, i);
  const mark =
    named && '-/.'.includes(text[named.end] ?? ' ')
      ? { end: named.end + 1 }
      : longestAt(c.words.month, text, named?.end ?? point.end);
  if (!mark || (named && (named.value < 1 || named.value > 12))) return undefined;
  if (!named && !point.said && !longestAt(c.words.monthEnd, text, mark.end)) return undefined;
  const index = today.year * 12 + today.month - 1 + point.by;
  const month = named?.value ?? (index % 12) + 1;
  const sayYear = year ?? (named ? undefined : Math.floor(index / 12));
  return afterMonth(c, text, mark.end, sayYear, month, today, named !== undefined);
};

function afterMonth(
  c: DayContext,
  text: string,
  at: number,
  said: number | undefined,
  month: number,
  today: { year: number; month: number; day: number },
  named: boolean,
): FoundDay | undefined {
  const yearFor = (day: number): number =>
    said ?? (month < today.month || (month === today.month && day < today.day) ? today.year + 1 : today.year);
  const third = longestAt(c.words.third, text, at);
  const range = (from: number, to: number, end: number): FoundDay => {
    const year = yearFor(to);
    return {
      end,
      day: dayNumber(year, month, from),
      last: dayNumber(year, month, Math.min(to, daysIn(year, month))),
      month: { year, month },
    };
  };
  if (third) return range(third.value[0], third.value[1], third.end);
  const end = longestAt(c.words.monthEnd, text, at);
  if (end) return inMonth(yearFor(31), month, daysIn(yearFor(31), month), end.end);
  const day = text[at] === c.words.source.firstTen ? undefined : readNumber(c.numbers, text, at);
  if (!day) return said === undefined || named ? undefined : { end: at, month: { year: said, month } };
  const marked = longestAt(c.words.dayMark, text, day.end);
  if (marked && notADay(c, text, marked.end)) return undefined;
  if (
    !marked &&
    !(text[at - 1] === '-' || text[at - 1] === '/' || text[at - 1] === '.') &&
    '点个人'.includes(text[day.end] ?? ' ')
  )
    return undefined;
  return {
    ...inMonth(yearFor(day.value), month, day.value, marked?.end ?? day.end),
    doubtful: !marked && named && !'-/.'.includes(text[at - 1] ?? ' ') && month !== 10,
  };
}

/** 28号 alone: this month, or the next when it is past. A day that the month has not is refused, never rolled over. */
const dayRule: DayRule = (c, text, at) => {
  const first = readNumber(c.numbers, text, at);
  if (!first || first.value < 1 || first.value > 31) return undefined;
  const mark = longestAt(c.words.dayMark, text, first.end);
  if (
    !mark ||
    notADay(c, text, mark.end) ||
    '第'.includes(text[at - 1] ?? ' ') ||
    c.numbers.digits.has(text[at - 1] ?? '')
  )
    return undefined;
  const today = partsOf(c.today);
  const index = today.year * 12 + today.month - 1 + (first.value < today.day ? 1 : 0);
  return inMonth(Math.floor(index / 12), (index % 12) + 1, first.value, mark.end);
};

/** 往后推一天, 提前两天, 晚一个礼拜: counted from the booking that stands. */
const shiftRule: DayRule = (c, text, at) => {
  const later = longestAt(c.words.later, text, at);
  const earlier = longestAt(c.words.earlier, text, at);
  const word = later ?? earlier;
  if (!word) return undefined;
  const count = readNumber(c.numbers, text, text[word.end] === '个' ? word.end + 1 : word.end);
  if (!count) return undefined;
  const measured = text.startsWith('个', count.end) ? count.end + 1 : count.end;
  const days = longestAt(c.words.days, text, count.end);
  const weeks = longestAt(c.words.weekCounted, text, measured);
  if (!days && !weeks) return undefined;
  const by = count.value * (weeks ? 7 : 1) * (later ? 1 : -1);
  return { end: (days ?? weeks)?.end ?? count.end, day: c.booked === undefined ? undefined : c.booked + by };
};

// Of two rules that reach as far the first wins: what is vague stays vague.
const RULES: DayRule[] = [relativeRule, shiftRule, weekdayRule, ...lunarRules, spanRule, monthRule, dayRule];

function longestRule(c: DayContext, text: string, at: number): FoundDay | undefined {
  let best: FoundDay | undefined;
  for (const rule of RULES) {
    const found = rule(c, text, at);
    if (found && found.end > (best?.end ?? at)) best = found;
  }
  return best;
}

/** 除夕前一天, 冬至那天, 立春第二天. */
function besideIt(c: DayContext, text: string, found: FoundDay): FoundDay {
  const beside = longestAt(c.words.dayOf, text, found.end);
  if (!beside || found.day === undefined || found.last !== undefined) return found;
  return { ...found, end: beside.end, day: found.day + beside.value };
}

const DASHES = new Set(['-', '、']);
const dashAt = (text: string, at: number): { end: number } | undefined =>
  DASHES.has(text[at] ?? '') ? { end: at + 1 } : undefined;

/** The second end of a range is read in the frame of the first: 下周三到周五, 三号到五号, 26、27号. */
function rangeFrom(c: DayContext, text: string, first: FoundDay): FoundDay {
  const to = longestAt(c.words.to, text, first.end) ?? dashAt(text, first.end);
  if (!to || first.day === undefined || first.last !== undefined) return first;
  const plain = longestRule(c, text, to.end);
  const second =
    plain?.day !== undefined && plain.day > first.day ? plain : longestRule({ ...c, today: first.day }, text, to.end);
  if (
    !second ||
    second.day === undefined ||
    second.last !== undefined ||
    second.day <= first.day ||
    second.day - first.day > 92
  )
    return first;
  return { ...second, day: first.day, last: second.day };
}

/** 三到五号, 26、27号: the first number has no mark of its own. */
function shortRange(c: DayContext, text: string, at: number): FoundDay | undefined {
  const first = readNumber(c.numbers, text, at);
  if (!first || first.value > 31 || first.value < 1 || c.numbers.digits.has(text[at - 1] ?? '')) return undefined;
  const to = longestAt(c.words.to, text, first.end) ?? dashAt(text, first.end) ?? { end: first.end };
  if (to.end === first.end && text[at] !== '1' && text[at] !== '2' && text[at] !== '3') return undefined;
  const second = dayRule(c, text, to.end);
  if (second?.day === undefined) return undefined;
  const day = second.day - (partsOf(second.day).day - first.value);
  return first.value < partsOf(second.day).day ? { ...second, day, last: second.day } : undefined;
}

function spanOf(start: number, found: FoundDay): Span {
  const value =
    found.day === undefined
      ? undefined
      : found.last === undefined || found.last === found.day
        ? isoDay(found.day)
        : `${isoDay(found.day)}/${isoDay(found.last)}`;
  return { slot: 'date', start, end: found.end, value, doubtful: found.doubtful };
}

/** All days in a text, longest first, without overlaps. Ranges are `A/B`. */
export function findDates(c: DayContext, text: string): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < text.length; ) {
    const char = text[i] as string;
    const able =
      c.words.triggers.has(char) || c.numbers.digits.has(char) || c.numbers.units.has(char) || c.numbers.tens.has(char);
    const found = able ? (shortRange(c, text, i) ?? longestRule(c, text, i)) : undefined;
    if (!found) {
      i += 1;
      continue;
    }
    const whole = rangeFrom(c, text, besideIt(c, text, found));
    spans.push(spanOf(i, whole));
    i = whole.end;
  }
  return spans;
}

/** Whether one of the words ends right before `at`. */
export function precededBy(words: readonly string[], text: string, at: number): boolean {
  return endsWith(words, text, at) !== undefined;
}

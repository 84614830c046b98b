/** Days of a month. What the month has not is refused, never rolled over. */
import { longestAt } from '../words.ts';
import { dayNumber, daysIn, partsOf } from './calendar.ts';
import type { DayContext, DayRule, FoundDay } from './dates.ts';
import { readDigits, readNumber } from './numbers.ts';
import { pointed } from './weeks.ts';

const notADay = (c: DayContext, text: string, end: number): boolean =>
  c.words.source.notDay.some((word) => text.startsWith(word, end));

function inMonth(year: number, month: number, day: number, end: number): FoundDay {
  return { end, day: dayNumber(year, month, day), month: { year, month } };
}

/** Day of a month that was named: 十二月五号, 下月三号, 十二月底, 下个月中旬, 月底, 明年一月五号. */
export const monthRule: DayRule = (c, text, at) => {
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
export const dayRule: DayRule = (c, text, at) => {
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

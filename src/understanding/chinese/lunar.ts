/** Lunar days, festivals and solar terms. */
import { longestAt } from '../words.ts';
import { dayNumber, lunarYearOf, nextLunar, nextLunarDay, partsOf } from './calendar.ts';
import type { DayContext, DayRule, FoundDay } from './dates.ts';
import { readNumber } from './numbers.ts';

interface LunarDay {
  day: number;
  end: number;
  /** Said as only a lunar day is said: 初三, 廿三. */
  plain: boolean;
}

function lunarDay(c: DayContext, text: string, at: number): LunarDay | undefined {
  const { firstTen, score } = c.words.source;
  if (text[at] === firstTen) {
    const n = readNumber(c.numbers, text, at + 1);
    return n && n.value >= 1 && n.value <= 10 ? { day: n.value, end: n.end, plain: true } : undefined;
  }
  const n = readNumber(c.numbers, text, at);
  if (!n || n.value < 1 || n.value > 30) return undefined;
  return { day: n.value, end: n.end, plain: text[at] === score };
}

function at(day: number | undefined, end: number, doubtful = false): FoundDay {
  return { end, day, doubtful };
}

/** 正月十五, 腊月初一, 农历八月十五, 十二月初一 (may be solar or lunar: doubtful), 八月十五 said without 号 (doubtful). */
const lunarMonthRule: DayRule = (c, text, start) => {
  const { source } = c.words;
  const yearWord = longestAt(c.words.year, text, start);
  let i = yearWord?.end ?? start;
  const said = source.lunar.find((word) => text.startsWith(word, i));
  i += said?.length ?? 0;
  const own = Object.keys(source.lunarMonth)
    .filter((name) => text.startsWith(name, i))
    .sort((a, b) => b.length - a.length)[0];
  const named = own ? undefined : readNumber(c.numbers, text, i);
  const month = own ? source.lunarMonth[own] : named?.value;
  const mark = own ? { end: i + own.length } : named && longestAt(c.words.month, text, named.end);
  if (!mark || month === undefined || month < 1 || month > 12) return undefined;
  const day = lunarDay(c, text, mark.end);
  if (!day) return undefined;
  const dayMarked = longestAt(c.words.dayMark, text, day.end);
  if (!said && !own && !day.plain) return undefined;
  if (dayMarked && !said && !own) return undefined;
  const year = yearWord
    ? lunarYearOf(c.lunar, c.today) + yearWord.value - (yearWord.value > 0 && partsOf(c.today).month <= 2 ? 1 : 0)
    : undefined;
  return at(nextLunar(c.lunar, c.today, month, day.day, year), dayMarked?.end ?? day.end, !said && !own);
};

/** 初五 alone: the next one. */
const firstTenRule: DayRule = (c, text, start) => {
  if (text[start] !== c.words.source.firstTen) return undefined;
  const day = lunarDay(c, text, start);
  return day ? at(nextLunarDay(c.lunar, c.today, day.day), day.end, true) : undefined;
};

/** 春节, 腊八, 五一; 八月十五 without 号 is most likely lunar, and is read back. */
const festivalRule: DayRule = (c, text, start) => {
  const name = longestAt(c.words.festivals, text, start);
  if (!name) return undefined;
  const { lunar, solar, doubtful } = name.value;
  if (doubtful && (longestAt(c.words.dayMark, text, name.end) || readNumber(c.numbers, text, name.end)))
    return undefined;
  if (lunar) return at(nextLunar(c.lunar, c.today, lunar[0], lunar[1]), name.end, doubtful);
  if (!solar) return undefined;
  const { year } = partsOf(c.today);
  const now = dayNumber(year, solar[0], solar[1]) as number;
  return at(now >= c.today ? now : dayNumber(year + 1, solar[0], solar[1]), name.end);
};

const termRule: DayRule = (c, text, start) => {
  const { terms, shyTerms, termMarks } = c.words.source;
  const name = terms.find((term) => text.startsWith(term, start));
  if (!name) return undefined;
  const end = start + name.length;
  const alone = start === 0 && end === text.length;
  if (shyTerms.includes(name) && !alone && !termMarks.some((mark) => text.startsWith(mark, end))) return undefined;
  return at(
    c.lunar.terms[name]?.find((day) => day >= c.today),
    end,
  );
};

export const lunarRules: DayRule[] = [lunarMonthRule, firstTenRule, festivalRule, termRule];

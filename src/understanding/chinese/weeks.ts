/** Days of the week, counted in weeks that begin on Monday. */
import { longestAt } from '../words.ts';
import { partsOf } from './calendar.ts';
import type { DateSource, DayRule } from './dates.ts';

const mondayOf = (day: number): number => day - (partsOf(day).weekday - 1);

/** How many weeks or months 这, 下, 下下, 上 point away; 0 steps without such a word. */
export function pointed(s: DateSource, text: string, at: number): { by: number; said: boolean; end: number } {
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
      if (!word || isVerb(s, word, text, end)) continue;
      end += word.length;
      by += step;
      found = step !== 0;
      if (!found) return { by, said: true, end };
      break;
    }
  }
  return { by, said: end > at, end };
}

/** 我孙子来，礼拜四吧: he comes. 改一下礼拜五: a moment. */
function isVerb({ coming }: DateSource, word: string, text: string, at: number): boolean {
  if ('一'.includes(text[at - 1] ?? ' ') && '下'.includes(text[at] ?? ' ')) return true;
  return word === coming.word && at > 0 && !coming.behind.includes(text[at - 1] ?? '');
}

/** 礼拜三, 下下周二, 周末, 礼拜三四; a week by itself is its days. */
export const weekdayRule: DayRule = (c, text, at) => {
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
  let monday = point.said ? mondayOf(c.today) + 7 * point.by : (c.week ?? mondayOf(c.today));
  const wanted = weekday === 67 ? 6 : weekday;
  if (!point.said && monday + wanted - 1 < c.today && !(weekday === 67 && monday + 6 === c.today)) monday += 7;
  const day = monday + wanted - 1;
  if (weekday === 67) return { end, day: Math.max(day, Math.min(c.today, day + 1)), last: day + 1, week: monday };
  const next = source.weekday[text[end] ?? ''];
  if (next !== undefined && next <= 7 && next === weekday + 1 && !'点号日月'.includes(text[end + 1] ?? ' '))
    return { end: end + 1, day, last: day + 1, week: monday };
  return { end, day, week: monday };
};

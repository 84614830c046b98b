/** Days by their distance from today, or from the booking that stands. */
import { longestAt } from '../words.ts';
import { dayNumber, daysIn, partsOf } from './calendar.ts';
import type { DayRule } from './dates.ts';
import { readNumber } from './numbers.ts';

/** 明儿, 大后天; 过两天 is meant too loosely for a day. */
export const relativeRule: DayRule = (c, text, at) => {
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
export const spanRule: DayRule = (c, text, at) => {
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

/** 往后推一天, 提前两天, 晚一个礼拜: counted from the booking that stands. */
export const shiftRule: DayRule = (c, text, at) => {
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

/** Days in English. */
import { dayNumber, daysIn, isoDay, nextLunar, partsOf } from '../chinese/calendar.ts';
import type { Span } from '../spans.ts';
import type { HearingContext } from '../tongue.ts';
import { type EnglishTables, type EnglishValues, numberAt } from './tables.ts';
import { phraseAt } from './units.ts';

interface Day {
  end: number;
  day?: number;
  last?: number;
}

/** A day of a month: 28th, the twenty fifth, 25. */
function ordinalNumberAt(
  v: EnglishValues,
  words: readonly string[],
  at: number,
): { value: number; end: number } | undefined {
  const marked = /^(\d{1,2})(st|nd|rd|th)$/.exec(words[at] ?? '');
  if (marked) return { value: Number(marked[1]), end: at + 1 };
  const one = v.ordinals[words[at] ?? ''];
  if (one !== undefined) return { value: one, end: at + 1 };
  const ten = v.numbers[words[at] ?? ''];
  const unit = v.ordinals[words[at + 1] ?? ''];
  return ten !== undefined && ten >= 20 && unit !== undefined && unit < 10
    ? { value: ten + unit, end: at + 2 }
    : undefined;
}

function inYear(today: number, month: number, day: number): number | undefined {
  const now = partsOf(today);
  const past = month < now.month || (month === now.month && day < now.day);
  return dayNumber(now.year + (past ? 1 : 0), month, day);
}

function monthDay(t: EnglishTables, words: readonly string[], at: number, today: number): Day | undefined {
  const month = t.values.months[words[at] ?? ''];
  if (month === undefined) return undefined;
  const from = words[at + 1] === 'the' ? at + 2 : at + 1;
  const day = ordinalNumberAt(t.values, words, from) ?? numberAt(t.values, words, from);
  return day && day.value <= 31 ? { end: day.end, day: inYear(today, month, day.value) } : undefined;
}

function dayOfMonth(t: EnglishTables, words: readonly string[], at: number, today: number): Day | undefined {
  const day = ordinalNumberAt(t.values, words, words[at] === 'the' ? at + 1 : at);
  if (!day) return undefined;
  const from = words[day.end] === 'of' ? day.end + 1 : day.end;
  const month = t.values.months[words[from] ?? ''];
  if (month !== undefined) return { end: from + 1, day: inYear(today, month, day.value) };
  if (
    words[at] !== 'the' ||
    ['one', 'item', 'option', 'choice', 'time', 'slot'].includes(words[day.end] ?? '') ||
    !/\d|teenth|tieth|th$/.test(words[day.end - 1] ?? '')
  )
    return undefined;
  const now = partsOf(today);
  const index = now.year * 12 + now.month - 1 + (day.value < now.day ? 1 : 0);
  return { end: day.end, day: dayNumber(Math.floor(index / 12), (index % 12) + 1, day.value) };
}

function weekday(t: EnglishTables, words: readonly string[], at: number, today: number): Day | undefined {
  const monday = today - (partsOf(today).weekday - 1);
  const week = words[at] === 'next' ? 1 : words[at] === 'this' || words[at] === 'coming' ? 0 : undefined;
  const from = week === undefined ? at : at + 1;
  if (week !== undefined && words[from] === 'week')
    return { end: from + 1, day: Math.max(today, monday + 7 * week), last: monday + 7 * week + 6 };
  if (words[from] === 'weekend')
    return { end: from + 1, day: monday + 7 * (week ?? 0) + 5, last: monday + 7 * (week ?? 0) + 6 };
  const wanted = t.values.weekdays[words[from] ?? ''];
  if (wanted === undefined) return undefined;
  const after =
    ['after', 'next'].includes(words[from + 1] ?? '') && words[from + 2] === 'next'
      ? 2
      : words[from + 1] === 'next' && words[from + 2] === 'week'
        ? 1
        : undefined;
  const day = monday + wanted - 1;
  if (after !== undefined) return { end: from + 3, day: day + 7 * after };
  return { end: from + 1, day: week === undefined && day < today ? day + 7 : day + 7 * (week ?? 0) };
}

function spanOfDays(t: EnglishTables, words: readonly string[], at: number, today: number): Day | undefined {
  const opened = words[at] === 'in' ? at + 1 : at;
  const count = words[opened] === 'a' ? { value: 1, end: opened + 1 } : numberAt(t.values, words, opened);
  const unit = /^(day|week)s?$/.exec(words[count?.end ?? -1] ?? '');
  if (!count || !unit) return undefined;
  const end = count.end + 1;
  const days = count.value * (unit[1] === 'week' ? 7 : 1);
  if (words[at] === 'in') return { end, day: today + days };
  if (words[end] === 'from' && (words[end + 1] === 'now' || words[end + 1] === 'today'))
    return { end: end + 2, day: today + days };
  return undefined;
}

function named(t: EnglishTables, words: readonly string[], at: number, today: number): Day | undefined {
  const relative = phraseAt(t.relative, words, at);
  if (relative) return { end: relative.end, day: today + relative.value };
  const vague = phraseAt(t.vague, words, at);
  if (vague) return { end: vague.end };
  const festival = phraseAt(t.festivals, words, at);
  if (festival) {
    const { lunar, solar } = festival.value;
    return {
      end: festival.end,
      day: lunar ? nextLunar(t.lunar, today, lunar[0], lunar[1]) : solar && inYear(today, solar[0], solar[1]),
    };
  }
  const term = phraseAt(t.terms, words, at);
  if (term) return { end: term.end, day: t.lunar.terms[term.value]?.find((day) => day >= today) };
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words[at] ?? '');
  if (iso) return { end: at + 1, day: dayNumber(Number(iso[1]), Number(iso[2]), Number(iso[3])) };
  return undefined;
}

function monthEnd(words: readonly string[], at: number, today: number): Day | undefined {
  const from = words[at] === 'the' ? at + 1 : at;
  if (words[from] !== 'end' || words[from + 1] !== 'of') return undefined;
  const rest = words.slice(from + 2, from + 4).join(' ');
  const next = rest.startsWith('next month') ? 1 : 0;
  if (!next && rest !== 'the month' && rest !== 'this month') return undefined;
  const now = partsOf(today);
  const index = now.year * 12 + now.month - 1 + next;
  return {
    end: from + 4,
    day: dayNumber(Math.floor(index / 12), (index % 12) + 1, daysIn(Math.floor(index / 12), (index % 12) + 1)),
  };
}

function dayAt(t: EnglishTables, words: readonly string[], at: number, c: HearingContext): Day | undefined {
  return (
    named(t, words, at, c.today) ??
    monthEnd(words, at, c.today) ??
    spanOfDays(t, words, at, c.today) ??
    weekday(t, words, at, c.today) ??
    monthDay(t, words, at, c.today) ??
    dayOfMonth(t, words, at, c.today)
  );
}

/** All days of a sentence; `from A to B` is a range. */
export function englishDates(t: EnglishTables, words: readonly string[], c: HearingContext): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < words.length; ) {
    const found = dayAt(t, words, i, c);
    if (!found) {
      i += 1;
      continue;
    }
    const linked =
      ['to', 'through', 'until', 'till'].includes(words[found.end] ?? '') &&
      found.day !== undefined &&
      found.last === undefined;
    const second = linked ? dayAt(t, words, found.end + 1, { ...c, today: found.day as number }) : undefined;
    const whole =
      second?.day !== undefined && second.day > (found.day as number)
        ? { end: second.end, day: found.day, last: second.day }
        : found;
    const value =
      whole.day === undefined
        ? undefined
        : whole.last === undefined
          ? isoDay(whole.day)
          : `${isoDay(whole.day)}/${isoDay(whole.last)}`;
    spans.push({ slot: 'date', start: i, end: whole.end, value });
    i = whole.end;
  }
  return spans;
}

/** Finds the days of a sentence: the rule that reaches farthest, then what stands beside it, then ranges. */
import type { Span } from '../spans.ts';
import { longestAt } from '../words.ts';
import { isoDay, partsOf } from './calendar.ts';
import type { DayContext, DayRule, FoundDay } from './dates.ts';
import { relativeRule, shiftRule, spanRule } from './later.ts';
import { lunarRules } from './lunar.ts';
import { dayRule, monthRule } from './months.ts';
import { readNumber } from './numbers.ts';
import { weekdayRule } from './weeks.ts';

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
  let week: number | undefined;
  for (let i = 0; i < text.length; ) {
    const char = text[i] as string;
    const able =
      c.words.triggers.has(char) || c.numbers.digits.has(char) || c.numbers.units.has(char) || c.numbers.tens.has(char);
    const found = able ? (shortRange(c, text, i) ?? longestRule({ ...c, week }, text, i)) : undefined;
    if (!found) {
      i += 1;
      continue;
    }
    const whole = rangeFrom(c, text, besideIt(c, text, found));
    spans.push(spanOf(i, whole));
    if (whole.week !== undefined && whole.week > c.today) week = whole.week;
    i = whole.end;
  }
  return spans;
}

/** Times of day: 三点一刻, 差五分三点, 头晌九点半, 后晌. Words are in intents/zh-CN/_times.yaml. */
import type { Span } from '../spans.ts';
import { endsWith, longestAt, type Table, tableOf, wordsOf } from '../words.ts';
import { type NumberWords, readNumber } from './numbers.ts';

export interface TimeSource {
  halfDay: Record<'AM' | 'PM' | 'NOON', string[]>;
  shortHalfDay: string[];
  hour: string[];
  notHourAfter: string[];
  moreThanOne: string;
  aLittle: string[];
  half: string[];
  quarters: Record<string, number>;
  exact: string[];
  minute: string[];
  past: string[];
  lacking: string;
}

export interface TimeWords {
  source: TimeSource;
  halfDay: Table<'AM' | 'PM' | 'NOON'>;
  hour: Table<true>;
  half: Table<true>;
  quarters: Table<number>;
  exact: Table<true>;
  minute: Table<true>;
  past: Table<true>;
}

/** Prepares the word tables. */
export function timeWords(source: TimeSource): TimeWords {
  const halves = (Object.keys(source.halfDay) as ('AM' | 'PM' | 'NOON')[]).flatMap((half) =>
    source.halfDay[half].map((word) => [word, half] as const),
  );
  return {
    source,
    halfDay: tableOf(halves),
    hour: wordsOf(source.hour),
    half: wordsOf(source.half),
    quarters: tableOf(Object.entries(source.quarters)),
    exact: wordsOf(source.exact),
    minute: wordsOf(source.minute),
    past: wordsOf(source.past),
  };
}

interface Clock {
  hour: number;
  minute: number;
  end: number;
}

function minutesAfter(w: TimeWords, numbers: NumberWords, text: string, at: number): { minute: number; end: number } {
  const exact = longestAt(w.exact, text, at);
  if (exact) return { minute: 0, end: exact.end };
  const from = longestAt(w.past, text, at)?.end ?? at;
  const half = longestAt(w.half, text, from);
  if (half) return { minute: 30, end: half.end };
  const quarter = longestAt(w.quarters, text, from);
  if (quarter) return { minute: quarter.value, end: quarter.end };
  if (text[from] === w.source.lacking) return lacking(w, numbers, text, from + 1, at);
  const n = readNumber(numbers, text, from);
  const marked = n && longestAt(w.minute, text, n.end);
  if (!n || n.value > 59 || (!marked && n.end - from < 2)) return { minute: 0, end: at };
  return { minute: n.value, end: marked?.end ?? n.end };
}

/** 三点差五分. */
function lacking(
  w: TimeWords,
  numbers: NumberWords,
  text: string,
  from: number,
  at: number,
): { minute: number; end: number } {
  const missing = missingMinutes(w, numbers, text, from);
  return missing ? { minute: -missing.minutes, end: missing.end } : { minute: 0, end: at };
}

function missingMinutes(
  w: TimeWords,
  numbers: NumberWords,
  text: string,
  at: number,
): { minutes: number; end: number } | undefined {
  const quarter = longestAt(w.quarters, text, at);
  if (quarter) return { minutes: quarter.value, end: quarter.end };
  const n = readNumber(numbers, text, at);
  if (!n || n.value > 59) return undefined;
  return { minutes: n.value, end: longestAt(w.minute, text, n.end)?.end ?? n.end };
}

function aLittle(w: TimeWords, text: string, at: number, end: number): boolean {
  const { source } = w;
  if (text[at] !== source.moreThanOne || end - at !== 2) return false;
  return (
    endsWith(source.aLittle, text, at) !== undefined || source.notHourAfter.some((word) => text.startsWith(word, end))
  );
}

function clockAt(w: TimeWords, numbers: NumberWords, text: string, at: number): Clock | undefined {
  const before = text[at] === w.source.lacking ? missingMinutes(w, numbers, text, at + 1) : undefined;
  const start = before?.end ?? at;
  const hour = readNumber(numbers, text, start);
  if (!hour || hour.value > 24) return undefined;
  if (text[hour.end] === ':') {
    const minute = readNumber(numbers, text, hour.end + 1);
    return minute && minute.value < 60 ? { hour: hour.value, minute: minute.value, end: minute.end } : undefined;
  }
  const mark = longestAt(w.hour, text, hour.end);
  if (!mark) return undefined;
  if (!before && aLittle(w, text, start, mark.end)) return undefined;
  if (countsPoints(w, text, mark.end)) return undefined;
  if (before) return { hour: hour.value, minute: -before.minutes, end: mark.end };
  const after = minutesAfter(w, numbers, text, mark.end);
  return { hour: hour.value, minute: after.minute, end: after.end };
}

/** 两点意见, 三点建议: points, not hours. */
function countsPoints(w: TimeWords, text: string, end: number): boolean {
  return w.source.notHourAfter.some((word) => word.length > 1 && text.startsWith(word, end));
}

const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** Bare 1 to 7 o'clock is the afternoon: offices are closed at three in the morning. */
function toValue(clock: Clock, half: 'AM' | 'PM' | 'NOON' | undefined): string {
  let hour = clock.hour === 24 ? 0 : clock.hour;
  if (half === 'PM' && hour < 12) hour += 12;
  else if (half === 'NOON' && hour < 4) hour += 12;
  else if (half === undefined && hour >= 1 && hour <= 7) hour += 12;
  const minutes = (hour * 60 + clock.minute + 1440) % 1440;
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function timeAt(w: TimeWords, numbers: NumberWords, text: string, at: number): Span | undefined {
  const half = longestAt(w.halfDay, text, at);
  const short = half && w.source.shortHalfDay.includes(half.word);
  const clock = clockAt(w, numbers, text, half?.end ?? at);
  if (clock) return { slot: 'time', start: at, end: clock.end, value: toValue(clock, half?.value) };
  if (!half || short) return undefined;
  return { slot: 'time', start: at, end: half.end, value: half.value === 'NOON' ? '12:00' : half.value };
}

/** All times in a text. A half day said just before an hour belongs to it. */
export function findTimes(w: TimeWords, numbers: NumberWords, text: string): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < text.length; ) {
    const char = text[i] as string;
    const able =
      w.halfDay.byFirst.has(char) || numbers.digits.has(char) || numbers.units.has(char) || char === w.source.lacking;
    const span = able ? timeAt(w, numbers, text, i) : undefined;
    if (span) spans.push(span);
    i = span?.end ?? i + 1;
  }
  return spans;
}

/** Which one of a list, and ages. */
import type { Span } from '../spans.ts';
import { longestAt, type Table, tableOf, wordsOf } from '../words.ts';
import { type NumberWords, readNumber } from './numbers.ts';

export interface OrdinalSource {
  ordinalMark: string;
  ordinalCounters: string[];
  fromEnd: string[];
  ordinals: Record<string, string[]>;
  age: string[];
}

export interface OrdinalWords {
  source: OrdinalSource;
  named: Table<string>;
  counters: Table<true>;
  fromEnd: Table<true>;
  age: Table<true>;
}

/** The words for numbers in a row, ready to be found. */
export function ordinalWords(source: OrdinalSource): OrdinalWords {
  return {
    source,
    named: tableOf(
      Object.entries(source.ordinals).flatMap(([value, words]) => words.map((word) => [word, value] as const)),
    ),
    counters: wordsOf(source.ordinalCounters),
    fromEnd: wordsOf(source.fromEnd),
    age: wordsOf(source.age),
  };
}

/** 第二个, 倒数第二, 末了儿那个, 都不要; a bare 二 only where a choice was asked. */
export function findOrdinals(w: OrdinalWords, numbers: NumberWords, text: string): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < text.length; ) {
    const named = longestAt(w.named, text, i);
    const back = longestAt(w.fromEnd, text, i);
    const marked = back?.end ?? (text[i] === w.source.ordinalMark ? i + 1 : undefined);
    const n = marked === undefined ? undefined : readNumber(numbers, text, marked);
    if (n && n.value > 0 && n.value < 100) {
      const end = longestAt(w.counters, text, n.end)?.end ?? n.end;
      spans.push({ slot: 'ordinal', start: i, end, value: String(back ? -n.value : n.value) });
      i = end;
    } else if (named) {
      spans.push({ slot: 'ordinal', start: i, end: named.end, value: named.value });
      i = named.end;
    } else i += 1;
  }
  return spans;
}

/** A number on its own while a list is open: 二, 就二号. */
export function findBareOrdinals(numbers: NumberWords, text: string, counters: Table<true>, most: number): Span[] {
  for (let i = 0; i < text.length; i++) {
    const n = readNumber(numbers, text, i);
    if (!n) continue;
    const end = longestAt(counters, text, n.end)?.end ?? n.end;
    const rest = text.length - (end - i);
    return n.value >= 1 && n.value <= most && rest <= 4
      ? [{ slot: 'ordinal', start: i, end, value: String(n.value), weak: true }]
      : [];
  }
  return [];
}

/** 八十岁, 六十五了. */
export function findAges(w: OrdinalWords, numbers: NumberWords, text: string): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < text.length; ) {
    const able = numbers.digits.has(text[i] as string) || numbers.units.has(text[i] as string);
    const n = able ? readNumber(numbers, text, i) : undefined;
    const mark = n && longestAt(w.age, text, n.end);
    if (n && n.value >= 40 && n.value <= 115 && mark) spans.push({ slot: 'age', start: i, end: mark.end });
    else if (n && n.value >= 50 && n.value <= 115 && n.end - i >= 2 && !'号点块元月日'.includes(text[n.end] ?? ' '))
      spans.push({ slot: 'age', start: i, end: n.end });
    i = mark?.end ?? n?.end ?? i + 1;
  }
  return spans;
}

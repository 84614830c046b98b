/** Slots that are told by a word: ordinals, ratings, people, places. Tables are in intents/zh-CN. */
import type { Span } from '../spans.ts';
import { allIn, endsWith, longestAt, type Table, tableOf, wordsOf } from '../words.ts';
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

export interface RatingSource {
  strong: Record<string, string[]>;
  weak: Record<string, string[]>;
}
export type RatingWords = Table<{ value: string; weak: boolean }>;

export function ratingWords(source: RatingSource): RatingWords {
  const entries = (rows: Record<string, string[]>, weak: boolean) =>
    Object.entries(rows).flatMap(([value, words]) => words.map((word) => [word, { value, weak }] as const));
  return tableOf([...entries(source.weak, true), ...entries(source.strong, false)]);
}

export function findRatings(w: RatingWords, text: string): Span[] {
  const hits = allIn(w, text).filter(({ value }) => value.value !== '');
  return hits.map(({ value, start, end }) => ({ slot: 'rating', start, end, value: value.value, weak: value.weak }));
}

export interface PeopleSource {
  kin: string[];
  same: Record<string, string>;
  plainOnlyAfterMine: string[];
  surnames: string;
  compoundSurnames: string[];
  smallOld: string[];
  titles: string[];
  introduces: string[];
  nameStops: string[];
  parts: Record<string, string>;
  partOf: string;
}
export interface PeopleWords {
  source: PeopleSource;
  kin: Table<true>;
  surnames: Set<string>;
  compound: Table<true>;
  titles: Table<true>;
  introduces: Table<true>;
  stops: Set<string>;
  parts: Table<string>;
}

export function peopleWords(source: PeopleSource): PeopleWords {
  return {
    source,
    kin: wordsOf(source.kin),
    surnames: new Set(source.surnames),
    compound: wordsOf(source.compoundSurnames),
    titles: wordsOf(source.titles),
    introduces: wordsOf(source.introduces),
    stops: new Set(source.nameStops),
    parts: tableOf(Object.entries(source.parts)),
  };
}

const isHanChar = (char: string | undefined): boolean => char !== undefined && char >= '\u4e00' && char <= '\u9fff';

/** 弓长张 says 张; 弓长的张 too. */
function spelled(w: PeopleWords, text: string, at: number): { value: string; end: number } | undefined {
  const part = longestAt(w.parts, text, at);
  return part ? { value: part.value, end: part.end } : undefined;
}

function fullName(
  w: PeopleWords,
  text: string,
  pause: Uint8Array,
  at: number,
): { value: string; end: number } | undefined {
  const spelt = spelled(w, text, at);
  const compound = longestAt(w.compound, text, at);
  const surname = spelt?.value ?? compound?.word ?? (w.surnames.has(text[at] ?? '') ? (text[at] as string) : undefined);
  if (!surname) return undefined;
  let end = spelt?.end ?? compound?.end ?? at + 1;
  if ((spelt ?? compound) === undefined && text[end] === surname) return undefined; // 姓赵，赵德海: the name begins at the second
  if (spelt && text[end] === spelt.value) end += 1; // she spells it, then says it
  let given = '';
  while (
    given.length < 2 &&
    isHanChar(text[end]) &&
    !(pause[end] === 1 && !spelt) &&
    !w.stops.has(text[end] as string) &&
    !longestAt(w.titles, text, end)
  ) {
    given += text[end];
    end += 1;
  }
  const title = longestAt(w.titles, text, end);
  if (title) return { value: surname + given + title.word, end: title.end };
  return given || spelt ? { value: surname + given, end } : undefined;
}

function nickname(w: PeopleWords, text: string, at: number): { value: string; end: number } | undefined {
  if (!w.source.smallOld.includes(text[at] ?? '')) return undefined;
  const spelt = spelled(w, text, at + 1);
  if (spelt) return { value: (text[at] as string) + spelt.value, end: spelt.end };
  if (!w.surnames.has(text[at + 1] ?? '') || '年时候'.includes(text[at + 2] ?? ' ')) return undefined;
  return { value: text.slice(at, at + 2), end: at + 2 };
}

/** Kin, 小张, 李主任, and names after 我叫 or 找; a bare name only where a name was asked. */
export function findNames(w: PeopleWords, text: string, pause: Uint8Array, asked: boolean): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < text.length; ) {
    const kin = longestAt(w.kin, text, i);
    const nick = nickname(w, text, i);
    const introduced =
      endsWith(w.source.introduces, text, i) !== undefined ||
      (text[i] === text[i - 1] && endsWith(w.source.introduces, text, i - 1) !== undefined);
    const full =
      w.surnames.has(text[i] ?? '') || w.compound.byFirst.has(text[i] ?? '') || w.parts.byFirst.has(text[i] ?? '')
        ? fullName(w, text, pause, i)
        : undefined;
    const titled = full && w.source.titles.some((title) => full.value.endsWith(title));
    if (kin && !(w.source.plainOnlyAfterMine.includes(kin.word) && i === 0 && text.length > kin.end + 2)) {
      spans.push({ slot: 'name', start: i, end: kin.end, value: w.source.same[kin.word] ?? kin.word, kind: 'kin' });
      i = kin.end;
    } else if (nick) {
      const title = longestAt(w.titles, text, nick.end);
      spans.push({
        slot: 'name',
        start: i,
        end: title?.end ?? nick.end,
        value: nick.value + (title?.word ?? ''),
        kind: 'staff',
      });
      i = title?.end ?? nick.end;
    } else if (full && (titled || introduced || asked)) {
      spans.push({
        slot: 'name',
        start: i,
        end: full.end,
        value: full.value,
        weak: !titled && !introduced,
        kind: 'staff',
      });
      i = full.end;
    } else i += 1;
  }
  return spans;
}

export interface PlaceSource {
  /** May stand between head and tail. */
  of: string;
  heads: string[];
  tails: string[];
  alone: string[];
  same: Record<string, string>;
}
export interface PlaceWords {
  source: PlaceSource;
  heads: Table<true>;
  tails: Table<true>;
  alone: Table<true>;
}

export function placeWords(source: PlaceSource): PlaceWords {
  return { source, heads: wordsOf(source.heads), tails: wordsOf(source.tails), alone: wordsOf(source.alone) };
}

/** 第三社区, 季景峰阁便民服务站; a name out of the list just read wins. */
export function findPlaces(w: PlaceWords, text: string, options: readonly string[]): Span[] {
  const spans: Span[] = [];
  const listed = wordsOf(options.filter((option) => option.length > 1));
  for (let i = 0; i < text.length; ) {
    const option = longestAt(listed, text, i);
    const head = longestAt(w.heads, text, i);
    const joined = head && text[head.end] === w.source.of ? head.end + 1 : head?.end;
    const tail = joined === undefined ? undefined : longestAt(w.tails, text, joined);
    const alone = longestAt(w.alone, text, i);
    const end = Math.max(
      option?.end ?? 0,
      tail?.end ?? 0,
      head && head.word.length > 2 ? head.end : 0,
      alone?.end ?? 0,
    );
    if (end > i) {
      const said = text.slice(i, end);
      const name = head
        ? (w.source.same[head.word] ?? head.word) + (tail ? tail.word : said.slice(head.word.length))
        : (w.source.same[said] ?? said);
      spans.push({
        slot: 'place',
        start: i,
        end,
        value: options.find((o) => o.startsWith(name)) ?? name,
        weak: !head && !option,
      });
    }
    i = Math.max(end, i + 1);
  }
  return spans;
}

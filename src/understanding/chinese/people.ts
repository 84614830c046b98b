/** People: relatives, workers, and names said with their characters explained. */
import type { Span } from '../spans.ts';
import { endsWith, longestAt, type Table, tableOf, wordsOf } from '../words.ts';

export interface PeopleSource {
  kin: string[];
  same: Record<string, string>;
  plainOnlyAfterMine: string[];
  surnames: string;
  shySurnames: string;
  givenNames: string;
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
  given: Set<string>;
  parts: Table<string>;
}

/** The words for people, ready to be found. */
export function peopleWords(source: PeopleSource): PeopleWords {
  return {
    source,
    kin: wordsOf(source.kin),
    surnames: new Set(source.surnames),
    compound: wordsOf(source.compoundSurnames),
    titles: wordsOf(source.titles),
    introduces: wordsOf(source.introduces),
    stops: new Set(source.nameStops),
    given: new Set(source.givenNames),
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
  asked: boolean,
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
    (!w.stops.has(text[end] as string) || (asked && end === text.length - 1 && w.given.has(text[end] as string))) &&
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
  const shy = w.source.shySurnames.includes(text[at + 1] as string);
  if (shy && text[at] !== '小' && !longestAt(w.titles, text, at + 2)) return undefined;
  return { value: text.slice(at, at + 2), end: at + 2 };
}

const TAIL_CHECKED = 2;

/** A name stands here because she introduces it: 我叫王秀英, 叫叫王秀英. */
function isIntroduced(w: PeopleWords, text: string, at: number): boolean {
  if (endsWith(w.source.introduces, text, at) !== undefined) return true;
  return text[at] === text[at - 1] && endsWith(w.source.introduces, text, at - 1) !== undefined;
}

function kinAt(w: PeopleWords, text: string, at: number): Span | undefined {
  const kin = longestAt(w.kin, text, at);
  if (!kin) return undefined;
  const calling = w.source.plainOnlyAfterMine.includes(kin.word) && at === 0 && text.length > kin.end + TAIL_CHECKED;
  if (calling) return undefined; // 姑娘，… speaks to somebody
  return { slot: 'name', start: at, end: kin.end, value: w.source.same[kin.word] ?? kin.word, kind: 'kin' };
}

function staffAt(w: PeopleWords, text: string, at: number): Span | undefined {
  const nick = nickname(w, text, at);
  if (!nick) return undefined;
  const title = longestAt(w.titles, text, nick.end);
  const value = nick.value + (title?.word ?? '');
  return { slot: 'name', start: at, end: title?.end ?? nick.end, value, kind: 'staff' };
}

function namedAt(w: PeopleWords, text: string, pause: Uint8Array, at: number, asked: boolean): Span | undefined {
  const char = text[at] as string;
  if (!w.surnames.has(char) && !w.compound.byFirst.has(char) && !w.parts.byFirst.has(char)) return undefined;
  const full = fullName(w, text, pause, at, asked);
  if (!full) return undefined;
  const introduced = isIntroduced(w, text, at);
  const sure = introduced || w.source.titles.some((title) => full.value.endsWith(title));
  return sure || asked
    ? { slot: 'name', start: at, end: full.end, value: full.value, weak: !sure, introduced, kind: 'staff' }
    : undefined;
}

/** Kin, 小张, 李主任, and names after 我叫 or 找; a bare name only where a name was asked. */
export function findNames(w: PeopleWords, text: string, pause: Uint8Array, asked: boolean): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < text.length; ) {
    const span = kinAt(w, text, i) ?? staffAt(w, text, i) ?? namedAt(w, text, pause, i, asked);
    if (span) spans.push(span);
    i = span?.end ?? i + 1;
  }
  return spans;
}

/** 王秀英, 欧阳海 without any word around it: a surname and one or two characters of given names. */
function bareNameAt(w: PeopleWords, text: string, at: number): { start: number; end: number } | undefined {
  const compound = longestAt(w.compound, text, at);
  if (!compound && !w.surnames.has(text[at] as string)) return undefined;
  let end = compound?.end ?? at + 1;
  const from = end;
  while (end - from < 2 && w.given.has(text[end] ?? '')) end += 1;
  end = longestAt(w.titles, text, end)?.end ?? end; // 孙女士 is no 孙女
  return end > from ? { start: at, end } : undefined;
}

/** Every stretch that may be somebody's name, kinship apart: what must not be kept. Rather one too many. */
export function findPersons(w: PeopleWords, text: string, pause: Uint8Array): { start: number; end: number }[] {
  const named = findNames(w, text, pause, false).filter((span) => span.kind !== 'kin');
  const bare = Array.from(text, (_, at) => bareNameAt(w, text, at)).filter((found) => found !== undefined);
  return [...named, ...bare];
}

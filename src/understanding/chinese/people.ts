/** People: relatives, workers, and names said with their characters explained. */
import type { Span } from '../spans.ts';
import { endsWith, longestAt, type Table, tableOf, wordsOf } from '../words.ts';

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

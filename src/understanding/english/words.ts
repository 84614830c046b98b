/** English values that are told by a word: ordinals, ratings, people, places, matters, ages. */
import { kindOf } from '../chinese/items.ts';
import type { Span } from '../spans.ts';
import type { HearingContext } from '../tongue.ts';
import { type EnglishTables, numberAt } from './tables.ts';
import { phraseAt, phrasesOf, stem } from './units.ts';

/** first, the second one, number two, the last, second to last, neither. */
export function englishOrdinals(t: EnglishTables, words: readonly string[], c: HearingContext): Span[] {
  const spans: Span[] = [];
  const push = (start: number, end: number, value: number, weak = false): void => {
    spans.push({
      slot: 'ordinal',
      start,
      end: ['one', 'option', 'choice', 'time', 'slot', 'item'].includes(words[end] ?? '') ? end + 1 : end,
      value: String(value),
      weak,
    });
  };
  for (let i = 0; i < words.length; i++) {
    if (i < (spans.at(-1)?.end ?? 0)) continue; // the `one` of `the second one` is no number
    const word = words[i] as string;
    const ordinal = t.values.ordinals[word];
    const number = word === 'number' || word === 'option' ? numberAt(t.values, words, i + 1) : undefined;
    if (ordinal !== undefined && words[i + 1] === 'to' && words[i + 2] === 'last') push(i, i + 3, -ordinal);
    else if (word === 'last' && !['year', 'week', 'month', 'four', 'time'].includes(words[i + 1] ?? ''))
      push(i, i + 1, -1);
    else if (ordinal !== undefined && ordinal <= 10 && words[i - 2] !== 'last') push(i, i + 1, ordinal);
    else if (['neither', 'none'].includes(word)) push(i, words[i + 1] === 'of' ? i + 3 : i + 1, 0);
    else if (number) push(i, number.end, number.value);
    else if (c.asking === 'choice' && words.length <= 3) {
      const bare = numberAt(t.values, words, i);
      if (bare && bare.value <= (c.options?.length || 9)) push(i, bare.end, bare.value, true);
    }
  }
  return spans;
}

/** `not very good`, `not at all happy`: whether the rating that begins there is denied. */
function isDenied({ values }: EnglishTables, words: readonly string[], at: number): boolean {
  let before = at - 1;
  while (values.ratingSoftens.includes(words[before] ?? '')) before -= 1;
  return words[before] === 'not' || words[before] === 'hardly' || words[before] === 'never';
}

/** Ratings, longest phrase first. */
export function englishRatings(t: EnglishTables, words: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < words.length; ) {
    const hit = phraseAt(t.ratings, words, i);
    if (hit) {
      const { value, weak } = hit.value;
      const meant = isDenied(t, words, i) ? (t.values.ratingDenied[value] ?? value) : value;
      spans.push({ slot: 'rating', start: i, end: hit.end, value: meant, weak });
    }
    i = hit?.end ?? i + 1;
  }
  return spans;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Kin, Mr Li, and names after `my name is` or `ask for`. */
export function englishNames(t: EnglishTables, words: readonly string[], c: HearingContext): Span[] {
  const spans: Span[] = [];
  const stops = new Set(t.values.nameStops);
  for (let i = 0; i < words.length; ) {
    const kin = phraseAt(t.kin, words, i);
    const introduced = phraseAt(t.introduces, words, i);
    const titled = t.values.titles.includes(words[i] as string) && words[i + 1] && !stops.has(words[i + 1] as string);
    const bare =
      (c.asking === 'name' || c.asking === 'identity') &&
      words.length <= 3 &&
      i === 0 &&
      !stops.has(words[0] as string);
    const from = introduced?.end ?? i;
    if (kin) {
      spans.push({ slot: 'name', start: i, end: kin.end, value: kin.value, kind: 'kin' });
      i = kin.end;
    } else if (titled) {
      spans.push({
        slot: 'name',
        start: i,
        end: i + 2,
        value: `${capital(words[i] as string)} ${capital(words[i + 1] as string)}`,
        kind: 'staff',
      });
      i += 2;
    } else if (
      (introduced &&
        words[from] &&
        !stops.has(words[from] as string) &&
        !t.values.titles.includes(words[from] as string) &&
        !t.kin.byFirst.has(words[from] as string) &&
        !/\d/.test(words[from] as string)) ||
      bare
    ) {
      let end = from;
      while (
        end < words.length &&
        end - from < 3 &&
        !stops.has(words[end] as string) &&
        !/\d/.test(words[end] as string)
      )
        end += 1;
      if (end > from)
        spans.push({
          slot: 'name',
          start: from,
          end,
          value: words.slice(from, end).map(capital).join(' '),
          weak: bare && !introduced,
          kind: 'staff',
        });
      i = Math.max(end, i + 1);
    } else i += 1;
  }
  return spans;
}

/** Service points. */
export function englishPlaces(t: EnglishTables, words: readonly string[], c: HearingContext): Span[] {
  const spans: Span[] = [];
  const listed = phrasesOf((c.options ?? []).map((option) => [option, option] as const));
  for (let i = 0; i < words.length; ) {
    const option = phraseAt(listed, words, i);
    const head = phraseAt(t.heads, words, i);
    const tail = head && phraseAt(t.tails, words, head.end);
    const alone = phraseAt(t.alone, words, i);
    const end = option?.end ?? tail?.end ?? head?.end ?? alone?.end;
    if (end)
      spans.push({
        slot: 'place',
        start: i,
        end,
        value: option?.value ?? words.slice(i, end).map(capital).join(' '),
        weak: !option && !head,
      });
    i = end ?? i + 1;
  }
  return spans;
}

/** Matters by their English names, endings ignored. */
export function englishItems(t: EnglishTables, words: readonly string[]): Span[] {
  const stems = words.map(stem);
  const spans: Span[] = [];
  for (let i = 0; i < stems.length; ) {
    const hit = phraseAt(t.items, stems, i);
    if (hit) spans.push({ slot: 'item', start: i, end: hit.end, value: hit.value.name, kind: kindOf(hit.value) });
    i = hit?.end ?? i + 1;
  }
  return spans;
}

/** sixty five, 65: an age. */
export function englishAges(t: EnglishTables, words: readonly string[], taken: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < words.length; ) {
    const n = taken.some((s) => s.start <= i && i < s.end) ? undefined : numberAt(t.values, words, i);
    if (n && n.value >= 50 && n.value <= 115) spans.push({ slot: 'age', start: i, end: n.end });
    i = n?.end ?? i + 1;
  }
  return spans;
}

/** The words of English values, from intents/en-US/_values.yaml, as tables. */
import type { LunarTable } from '../chinese/calendar.ts';
import type { ItemSource } from '../chinese/items.ts';
import { type Phrases, phrasesOf, stem } from './units.ts';

export interface EnglishValues {
  digits: Record<string, number>;
  numbers: Record<string, number>;
  ordinals: Record<string, number>;
  several: Record<string, number>;
  months: Record<string, number>;
  weekdays: Record<string, number>;
  relative: Record<string, number>;
  vague: string[];
  festivals: Record<string, { lunar?: [number, number]; solar?: [number, number] }>;
  terms: Record<string, string>;
  halves: Record<'AM' | 'PM' | 'NOON', string[]>;
  rating: Record<string, string[]>;
  weakRating: string[];
  /** What a rating becomes behind a `not`, and what may stand between the two. */
  ratingDenied: Record<string, string>;
  ratingSoftens: string[];
  kin: string[];
  titles: string[];
  introduces: string[];
  nameStops: string[];
  direction: Record<string, string[]>;
  mode: Record<string, string[]>;
  kind: Record<string, string[]>;
  publicNumbers: string[];
  callCue: string[];
  caseCue: string[];
  tailCue: string[];
  placeHeads: string[];
  placeTails: string[];
  placesAlone: string[];
  samples: Record<string, string[]>;
}

export interface EnglishTables {
  values: EnglishValues;
  lunar: LunarTable;
  relative: Phrases<number>;
  vague: Phrases<true>;
  festivals: Phrases<{ lunar?: [number, number]; solar?: [number, number] }>;
  terms: Phrases<string>;
  halves: Phrases<'AM' | 'PM' | 'NOON'>;
  ratings: Phrases<{ value: string; weak: boolean }>;
  kin: Phrases<string>;
  introduces: Phrases<true>;
  items: Phrases<ItemSource>;
  heads: Phrases<string>;
  tails: Phrases<true>;
  alone: Phrases<true>;
}

const plain = (words: string[]): Phrases<true> => phrasesOf(words.map((word) => [word, true] as const));

/** Prepares the tables. */
export function englishTables(values: EnglishValues, items: ItemSource[], lunar: LunarTable): EnglishTables {
  const weak = new Set(values.weakRating);
  return {
    values,
    lunar,
    relative: phrasesOf(Object.entries(values.relative)),
    vague: plain(values.vague),
    festivals: phrasesOf(Object.entries(values.festivals)),
    terms: phrasesOf(Object.entries(values.terms)),
    halves: phrasesOf(
      Object.entries(values.halves).flatMap(([half, words]) =>
        words.map((word) => [word, half as 'AM' | 'PM' | 'NOON'] as const),
      ),
    ),
    ratings: phrasesOf(
      Object.entries(values.rating).flatMap(([value, words]) =>
        words.map((word) => [word, { value, weak: weak.has(word) }] as const),
      ),
    ),
    kin: phrasesOf(values.kin.map((word) => [word, word] as const)),
    introduces: plain(values.introduces),
    items: phrasesOf(
      items.flatMap((item) => (item.en ?? []).map((name) => [name.split(' ').map(stem).join(' '), item] as const)),
    ),
    heads: phrasesOf(values.placeHeads.map((word) => [word, word] as const)),
    tails: plain(values.placeTails),
    alone: plain(values.placesAlone),
  };
}

/** A whole number: 28, twenty five, sixty-five. */
export function numberAt(
  v: EnglishValues,
  words: readonly string[],
  at: number,
): { value: number; end: number } | undefined {
  const word = words[at] ?? '';
  if (/^\d{1,4}$/.test(word)) return { value: Number(word), end: at + 1 };
  const first = Object.hasOwn(v.numbers, word) && word !== 'a' && word !== 'an' ? v.numbers[word] : undefined;
  if (first === undefined) return undefined;
  const next = v.numbers[words[at + 1] ?? ''];
  return first >= 20 && next !== undefined && next < 10 && !'a an'.split(' ').includes(words[at + 1] as string)
    ? { value: first + next, end: at + 2 }
    : { value: first, end: at + 1 };
}

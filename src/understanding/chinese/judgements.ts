/** Ratings by words, stars and idioms. */
import type { Span } from '../spans.ts';
import { allIn, type Table, tableOf } from '../words.ts';

export interface RatingSource {
  strong: Record<string, string[]>;
  weak: Record<string, string[]>;
}
export type RatingWords = Table<{ value: string; weak: boolean }>;

/** The words for marks, ready to be found. */
export function ratingWords(source: RatingSource): RatingWords {
  const entries = (rows: Record<string, string[]>, weak: boolean) =>
    Object.entries(rows).flatMap(([value, words]) => words.map((word) => [word, { value, weak }] as const));
  return tableOf([...entries(source.weak, true), ...entries(source.strong, false)]);
}

/** Marks, by their name or by what people say instead. */
export function findRatings(w: RatingWords, text: string): Span[] {
  const hits = allIn(w, text).filter(({ value }) => value.value !== '');
  return hits.map(({ value, start, end }) => ({ slot: 'rating', start, end, value: value.value, weak: value.weak }));
}

/** Sorts what she wants to have written down, by words alone: whose matter it is, of which kind, and whether she has told it yet. Pure. */
import type { SortingWords } from './facts.ts';

export type OpinionKind = 'complaint' | 'cannot_get_done' | 'suggestion';

export interface Sorted {
  /** What she said before and wants news of; the city's matter; or one for us. */
  about: 'answers' | 'city' | 'ours';
  kind: OpinionKind;
  /** There is something in it beyond the wish to say something. */
  told: boolean;
  /** It is ours, and tells of the city's matter too. */
  cityToo?: true;
}

/** Characters (letters in English) that must be left beside the opening words for a story to have been told. */
const ENOUGH = { 'zh-CN': 3, 'en-US': 8 };

/** `opening`: the sentence that began it, which may be nothing but 「我要投诉」. An answer to our question is always a story. */
export function sortOpinion(
  words: string,
  { locale, sorting, opening }: { locale: keyof typeof ENOUGH; sorting: SortingWords; opening: boolean },
): Sorted {
  const said = words.toLowerCase();
  const has = (list: string[]) => list.some((one) => said.includes(one));
  const kind = has(sorting.cannot_get_done) ? 'cannot_get_done' : has(sorting.suggestion) ? 'suggestion' : 'complaint';
  if (opening && has(sorting.before) && has(sorting.news)) return { about: 'answers', kind, told: false };
  if (has(sorting.city) && !has(sorting.ours)) return { about: 'city', kind, told: true };
  const told = opening ? leftOf(said, sorting.opening).length >= ENOUGH[locale] : said.trim() !== '';
  return { about: 'ours', kind, told, ...(opening && has(sorting.city) ? { cityToo: true } : {}) };
}

/** The longest words go first, so that a short one does not tear a long one. */
function leftOf(said: string, without: string[]): string {
  const ordered = [...without].sort((a, b) => b.length - a.length);
  return ordered.reduce((rest, word) => rest.replaceAll(word, ''), said).replace(/[\s\p{P}]/gu, '');
}

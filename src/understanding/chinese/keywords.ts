/** Values told by a word: direction, mode, kind. The last word said wins, strong words before weak, never a negated one. */
import { endsWith, longestAt, type Table, tableOf } from '../words.ts';

export type KeywordSource = Record<string, string[] | { strong: string[]; weak?: string[] }>;
export type Keywords = Table<{ value: string; strong: boolean }>;

/** Prepares one table of values. */
export function keywordsOf(source: KeywordSource): Keywords {
  const entries: [string, { value: string; strong: boolean }][] = [];
  for (const [value, words] of Object.entries(source)) {
    const { strong, weak = [] } = Array.isArray(words) ? { strong: words } : words;
    for (const word of strong) entries.push([word, { value, strong: true }]);
    for (const word of weak) entries.push([word, { value, strong: false }]);
  }
  return tableOf(entries);
}

/** The value meant, or nothing. */
export function keywordIn(table: Keywords, negations: readonly string[], text: string): string | undefined {
  let strong: string | undefined;
  let weak: string | undefined;
  for (let i = 0; i < text.length; ) {
    const hit = longestAt(table, text, i);
    if (hit && hit.value.value !== '' && !endsWith(negations, text, i)) {
      if (hit.value.strong) strong = hit.value.value;
      else weak = hit.value.value;
    }
    i = hit?.end ?? i + 1;
  }
  return strong ?? weak;
}

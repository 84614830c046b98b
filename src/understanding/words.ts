/** Word lists as tables: the longest known word at a place in a text. */

export interface Table<T> {
  /** By first character: words with their values, longest first. */
  byFirst: Map<string, { word: string; value: T }[]>;
  /** One bit a UTF-16 code unit that begins a word: most places are passed over without a look into the map. */
  begins: Uint8Array;
}

const CODES = 1 << 16;
const begins = (bits: Uint8Array, code: number): boolean => ((bits[code >> 3] as number) & (1 << (code & 7))) !== 0;

/** A table from words and values. */
export function tableOf<T>(entries: Iterable<readonly [string, T]>): Table<T> {
  const byFirst = new Map<string, { word: string; value: T }[]>();
  for (const [word, value] of entries) {
    const first = word[0];
    if (first === undefined) continue;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { word, value }]);
  }
  const bits = new Uint8Array(CODES >> 3);
  for (const [first, list] of byFirst) {
    const code = first.charCodeAt(0);
    bits[code >> 3] = (bits[code >> 3] as number) | (1 << (code & 7));
    list.sort((a, b) => b.word.length - a.word.length);
  }
  return { byFirst, begins: bits };
}

/** A table of plain words. */
export function wordsOf(words: Iterable<string>): Table<true> {
  return tableOf([...words].map((word) => [word, true] as const));
}

/** The longest word of the table that stands at `at`, with its end. */
export function longestAt<T>(
  table: Table<T>,
  text: string,
  at: number,
): { word: string; value: T; end: number } | undefined {
  if (at >= text.length || !begins(table.begins, text.charCodeAt(at))) return undefined;
  const list = table.byFirst.get(text[at] as string) ?? [];
  for (const { word, value } of list) if (text.startsWith(word, at)) return { word, value, end: at + word.length };
  return undefined;
}

/** Every word of the table at every place, also inside one another. */
export function everyIn<T>(table: Table<T>, text: string): { value: T; start: number; end: number }[] {
  return Array.from({ length: text.length }, (_, start) => wordsAt(table, text, start)).flat();
}

const wordsAt = <T>({ byFirst, begins: bits }: Table<T>, text: string, start: number) =>
  begins(bits, text.charCodeAt(start))
    ? (byFirst.get(text[start] as string) ?? [])
        .filter(({ word }) => text.startsWith(word, start))
        .map(({ word, value }) => ({ value, start, end: start + word.length }))
    : [];

/** Every place where a word of the table begins, longest first at each place, without overlaps. */
export function allIn<T>(
  table: Table<T>,
  text: string,
  from = 0,
): { word: string; value: T; start: number; end: number }[] {
  const found = [];
  for (let i = from; i < text.length; ) {
    const hit = longestAt(table, text, i);
    if (hit) found.push({ ...hit, start: i });
    i = hit ? hit.end : i + 1;
  }
  return found;
}

/** Whether a word of the table ends exactly at `end`. */
export function endsWith(words: readonly string[], text: string, end: number): string | undefined {
  let best: string | undefined;
  for (const word of words)
    if (word.length <= end && text.startsWith(word, end - word.length) && word.length > (best?.length ?? 0))
      best = word;
  return best;
}

/** What two texts do not have in common, word by word: words stay whole, so that a change can be read. */
export interface Piece {
  text: string;
  same: boolean;
}

/** Of each text its pieces in order; `same` ones stand in both. */
export function differenceOf(before: string, after: string): { was: Piece[]; is: Piece[] } {
  const [was, is] = [wordsOf(before), wordsOf(after)];
  const kept = keptOf(was, is);
  const islands = islandsIn(kept, was);
  const pairs = kept.filter((_, n) => !islands.has(n));
  return {
    was: piecesOf(was, new Set(pairs.map(([at]) => at))),
    is: piecesOf(is, new Set(pairs.map(([, at]) => at))),
  };
}

function wordsOf(text: string): string[] {
  return [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)].map(({ segment }) => segment);
}

type Pair = readonly [was: number, is: number];

/** The longest run of words that stand in both in the same order, as their places. */
function keptOf(was: string[], is: string[]): Pair[] {
  const longest = lengths(was, is);
  const kept: Pair[] = [];
  for (let w = 0, i = 0; w < was.length && i < is.length; ) {
    if (was[w] === is[i]) kept.push([w++, i++]);
    else if (at(longest, w + 1, i) >= at(longest, w, i + 1)) w += 1;
    else i += 1;
  }
  return kept;
}

const at = (table: Uint32Array[], row: number, column: number) => table[row]?.[column] ?? 0;

/** `[w][i]`: how many words the rests from w and i on have in common. */
function lengths(was: string[], is: string[]): Uint32Array[] {
  const table = Array.from({ length: was.length + 1 }, () => new Uint32Array(is.length + 1));
  for (let w = was.length - 1; w >= 0; w -= 1)
    for (let i = is.length - 1; i >= 0; i -= 1) {
      const row = table[w] as Uint32Array;
      row[i] = was[w] === is[i] ? at(table, w + 1, i + 1) + 1 : Math.max(at(table, w + 1, i), at(table, w, i + 1));
    }
  return table;
}

/** A single sign alone between two changes is no help to the eye: it belongs to the change. */
function islandsIn(kept: Pair[], was: string[]): Set<number> {
  const apart = (one: Pair | undefined, next: Pair | undefined) =>
    one !== undefined && next !== undefined && (next[0] - one[0] > 1 || next[1] - one[1] > 1);
  const alone = kept.flatMap((pair, n) =>
    was[pair[0]]?.length === 1 && apart(kept[n - 1], pair) && apart(pair, kept[n + 1]) ? [n] : [],
  );
  return new Set(alone);
}

function piecesOf(words: string[], same: Set<number>): Piece[] {
  const pieces: Piece[] = [];
  for (const [n, text] of words.entries()) {
    const last = pieces.at(-1);
    if (last?.same === same.has(n)) last.text += text;
    else pieces.push({ text, same: same.has(n) });
  }
  return pieces;
}

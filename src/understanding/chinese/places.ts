/** Service points by name. */
import type { Span } from '../spans.ts';
import { longestAt, type Table, wordsOf } from '../words.ts';

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

/** The words for places, ready to be found. */
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

/** Matters described instead of named: 坐车不花钱的那个卡, 就是那个补贴，租房子的. Each of some signs must be said, close together, in any order. */
import type { Span } from '../spans.ts';
import { everyIn, type Table, tableOf } from '../words.ts';
import { type ItemSource, kindOf } from './items.ts';

interface Sign {
  item: ItemSource;
  /** Which of the item's descriptions, and which of its signs. */
  of: number;
  group: number;
}

export interface Signs {
  words: Table<Sign[]>;
  /** By description: how many signs it has. */
  sizes: number[];
}

/** From the first sign to the last, in characters. */
const WITHIN = 14;

/** Prepares all descriptions: `signs` of intents/items.yaml. */
export function signsOf(items: readonly ItemSource[]): Signs {
  const words = new Map<string, Sign[]>();
  const sizes: number[] = [];
  for (const item of items) {
    for (const groups of item.signs ?? []) {
      const of = sizes.push(groups.length) - 1;
      groups.forEach((group, k) => {
        for (const word of group) words.set(word, [...(words.get(word) ?? []), { item, of, group: k }]);
      });
    }
  }
  return { words: tableOf(words), sizes };
}

interface Place extends Sign {
  start: number;
  end: number;
}

/** The shortest stretch in which all signs of a description stand, ending at `last`. */
function stretchTo(places: readonly Place[], last: Place, size: number): Span | undefined {
  const nearest = new Map<number, Place>();
  for (const place of places) if (place.of === last.of && place.end <= last.end) nearest.set(place.group, place);
  if (nearest.size < size) return undefined;
  const start = Math.min(...[...nearest.values()].map((place) => place.start));
  if (last.end - start > WITHIN) return undefined;
  return { slot: 'item', start, end: last.end, value: last.item.name, kind: kindOf(last.item) };
}

/** The matter that a sentence describes: the description with the most signs, of those the shortest. */
export function findDescribed({ words, sizes }: Signs, text: string): Span[] {
  const places = everyIn(words, text).flatMap(({ value, start, end }) =>
    value.map((sign) => ({ ...sign, start, end })),
  );
  let best: Span | undefined;
  let most = 0;
  for (const place of places) {
    const size = sizes[place.of] as number;
    const span = size < most ? undefined : stretchTo(places, place, size);
    if (!span || (size === most && best && best.end - best.start <= span.end - span.start)) continue;
    best = span;
    most = size;
  }
  return best ? [best] : [];
}

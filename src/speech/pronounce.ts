/** Names that engines read wrongly, found in running text: matters with characters of several readings, surnames before a form of address. */
import { pinyin } from 'pinyin-pro';
import type { ChineseWords } from './words.ts';

export type Pronounced = { text: string; pinyin?: string };

export interface Pronouncer {
  /** The text in pieces, in order; those with pinyin are to be read so. */
  split(text: string): Pronounced[];
}

/** `matters`: official names. Only those that hold a character of several readings are marked: marking costs melody. */
export function createPronouncer(
  { surnames, address }: Pick<ChineseWords, 'surnames' | 'address'>,
  matters: string[],
): Pronouncer {
  const readings = new Map(matters.filter(isAmbiguous).map((name) => [name, pinyin(name, { toneType: 'num' })]));
  const names = [...readings.keys()].sort((a, b) => b.length - a.length);
  const surname = `[${Object.keys(surnames).join('')}](?=${address.join('|')})`;
  const pattern = new RegExp([...names, surname].join('|'), 'gu');
  return {
    split(text) {
      const pieces: Pronounced[] = [];
      let at = 0;
      for (const { 0: found, index } of text.matchAll(pattern)) {
        if (index > at) pieces.push({ text: text.slice(at, index) });
        pieces.push({ text: found, pinyin: readings.get(found) ?? surnames[found] });
        at = index + found.length;
      }
      return at < text.length ? [...pieces, { text: text.slice(at) }] : pieces;
    },
  };
}

const isAmbiguous = (name: string): boolean =>
  name.length > 2 && [...name].some((character) => pinyin(character, { multiple: true, type: 'array' }).length > 1);

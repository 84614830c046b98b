/** Characters to toneless syllables, and syllables to what they become in an old Tianjin mouth or a tired recogniser. */
import { createRequire } from 'node:module';

const FIRST = 0x4e00;
const LAST = 0x9fff;

/** For each code point from 0x4e00 to 0x9fff: the id of its syllable, and of the class of syllables that are mistaken for one another. */
export interface Pinyin {
  syllable: Uint16Array;
  fold: Uint16Array;
}

/**
 * The class of a syllable: zh=z, ch=c, sh=s, n=l, r=y, -ng=-n.
 * Source: the accent of Tianjin and the confusions seen in recognisers (a class is one id, the cost is counted by the matcher).
 */
export function foldSyllable(syllable: string): string {
  let s = syllable.replace('ü', 'v');
  s = s.replace(/^([zcs])h/, '$1').replace(/^n(?=[aeiouv])/, 'l');
  if (s.startsWith('r')) s = s === 'ri' ? 'yi' : s.replace(/^re(?=n)/, 'yi').replace(/^r/, 'y');
  return s.replace(/ng$/, 'n');
}

/** Reads all readings once: about 150 ms, done at build time only. `readings`: characters that are mostly read otherwise than the library says. */
export function buildPinyin(readings: Record<string, string>): Pinyin {
  const { pinyin } = createRequire(import.meta.url)('pinyin-pro') as typeof import('pinyin-pro');
  const ids = new Map<string, number>();
  const idOf = (name: string): number => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    ids.set(name, ids.size + 1);
    return ids.size;
  };
  const table: Pinyin = { syllable: new Uint16Array(LAST - FIRST + 1), fold: new Uint16Array(LAST - FIRST + 1) };
  for (let code = FIRST; code <= LAST; code++) {
    const char = String.fromCharCode(code);
    const read = readings[char] ?? pinyin(char, { toneType: 'none' });
    table.syllable[code - FIRST] = idOf(read);
    table.fold[code - FIRST] = idOf(`~${foldSyllable(read)}`);
  }
  return table;
}

const OTHER = 4096; // letters and digits stand for themselves, above all syllables

/** The syllable of one UTF-16 code unit; letters and digits have their own. */
export function syllableOf(table: Pinyin, code: number): number {
  return code >= FIRST && code <= LAST ? (table.syllable[code - FIRST] ?? 0) : OTHER + code;
}

/** The class of one UTF-16 code unit's syllable. */
export function foldOf(table: Pinyin, code: number): number {
  return code >= FIRST && code <= LAST ? (table.fold[code - FIRST] ?? 0) : OTHER + code;
}

/** Whether the code unit is a Chinese character. */
export function isHan(code: number): boolean {
  return code >= FIRST && code <= LAST;
}

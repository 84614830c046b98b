/** The same sentences as they reach a machine: without punctuation, and with a homophone error in every third. Seeded: the same variants each time. */
import { pinyin } from 'pinyin-pro';
import { seeded } from '../../src/understanding/grammar/sentences.ts';
import type { Case } from './sheet.ts';

const FIRST_ROW = 16; // of GB 2312: its first level, the 3,755 characters in common use
const LAST_ROW = 55;
const ROW = 94;
const HIGH = 0xa0;

/** The common characters, by the toneless syllable that a recogniser hears. */
function homophones(): Map<string, string[]> {
  const decoder = new TextDecoder('gb18030');
  const bySound = new Map<string, string[]>();
  for (let row = FIRST_ROW; row <= LAST_ROW; row++) {
    for (let cell = 1; cell <= ROW; cell++) {
      const char = decoder.decode(Uint8Array.of(HIGH + row, HIGH + cell));
      if (!/^\p{Script=Han}$/u.test(char)) continue;
      const sound = soundOf(char);
      bySound.set(sound, [...(bySound.get(sound) ?? []), char]);
    }
  }
  return bySound;
}

const soundOf = (char: string): string => pinyin(char, { toneType: 'none' });

/** Numbers are values: another number is another meaning, no mishearing of the same. */
const NUMBERS = new Set('零〇一二两三四五六七八九十百千万幺俩仨');

/** One character of the sentence as another of the same sound; the sentence itself where none can be. */
function misheard(say: string, others: Map<string, string[]>, random: () => number): string {
  const chars = [...say];
  const able = chars.flatMap((char, at) => {
    if (!/\p{Script=Han}/u.test(char) || NUMBERS.has(char)) return [];
    const same = (others.get(soundOf(char)) ?? []).filter((other) => other !== char && !NUMBERS.has(other));
    return same.length > 0 ? [{ at, same }] : [];
  });
  const hit = able[Math.floor(random() * able.length)];
  if (!hit) return say;
  chars[hit.at] = hit.same[Math.floor(random() * hit.same.length)] as string;
  return chars.join('');
}

const bare = (say: string): string => say.replace(/[\p{P}\p{S}\s]/gu, '');

/** The cases in their variants, by name. */
export function variantsOf(cases: readonly Case[], seed = 1): Record<string, Case[]> {
  const random = seeded(seed);
  const others = homophones();
  return {
    'as written': [...cases],
    'without punctuation': cases.map((each) => ({ ...each, say: bare(each.say) })),
    'every third misheard': cases.map((each, k) =>
      k % 3 === 2 ? { ...each, say: misheard(each.say, others, random) } : each,
    ),
  };
}

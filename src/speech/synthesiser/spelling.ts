/** Hanzi as pinyin for the embedded voice: the dictionary's reading of the whole sentence, and over it what our own tables say. */
import type { ChineseWords } from '../words.ts';
import { joinedPinyin, pinyinOf } from './pinyin.ts';

type SpellingWords = Pick<ChineseWords, 'surnames' | 'address' | 'spelled' | 'inContext' | 'numbers'>;

interface Rule {
  pattern: RegExp;
  /** Syllables of what was found, one a character; undefined leaves a character as it is. */
  syllables: (found: string, after: string) => (string | undefined)[];
}

/** Made once. Of rules that fit the same character the later one counts: words over single characters. */
export function createSpelling(words: SpellingWords): (hanzi: string) => string {
  const rules = [...contextRules(words).reverse(), surnameRule(words), digitsRule(words), wordRule(words)];
  return (hanzi) => {
    const characters = [...hanzi].length;
    const read = pinyinOf(hanzi);
    if (read.length === characters) for (const rule of rules) applyTo(read, hanzi, rule);
    return joinedPinyin(read);
  };
}

function applyTo(read: string[], hanzi: string, { pattern, syllables }: Rule): void {
  for (const { 0: found, index } of hanzi.matchAll(pattern)) {
    const at = [...hanzi.slice(0, index)].length;
    for (const [n, syllable] of syllables(found, hanzi.slice(index + found.length)).entries()) {
      if (syllable) read[at + n] = syllable;
    }
  }
}

function wordRule({ spelled }: SpellingWords): Rule {
  const longestFirst = Object.keys(spelled).sort((a, b) => b.length - a.length);
  return { pattern: new RegExp(longestFirst.join('|'), 'gu'), syllables: (word) => (spelled[word] ?? '').split(' ') };
}

function surnameRule({ surnames, address }: SpellingWords): Rule {
  const pattern = new RegExp(`[${Object.keys(surnames).join('')}](?=${address.join('|')})`, 'gu');
  return { pattern, syllables: (surname) => [surnames[surname]] };
}

/** The one of a telephone number. */
const YAO = 'yao1';
const YI = 'yi1';

/** A number that is told figure by figure: its one is 幺, but not in a year and not where the figures count up from it. */
function digitsRule({ numbers: { digits } }: SpellingWords): Rule {
  const countsUp = digits.slice(1, 4).join('');
  return {
    pattern: new RegExp(`[${digits.join('')}]{3,}`, 'gu'),
    syllables: (run, after) => {
      const asYear = /^[年〕\]]/u.test(after) || run.startsWith(countsUp);
      return [...run].map((digit) => (digit === digits[1] ? (asYear ? YI : YAO) : undefined));
    },
  };
}

function contextRules({ inContext }: SpellingWords): Rule[] {
  return inContext.map(({ text, after, before, pinyin }) => ({
    pattern: new RegExp(`${after ? `(?<=${after})` : ''}${text}${before ? `(?=${before})` : ''}`, 'gu'),
    syllables: () => [pinyin],
  }));
}

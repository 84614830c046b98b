import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locale } from '../platforms/platform.ts';
import { createChineseFormatters } from './formatters/chinese.ts';
import { telephoneDigits } from './formatters/chinese-numerals.ts';
import { createEnglishFormatters } from './formatters/english.ts';
import { englishDigits } from './formatters/english-numerals.ts';
import type { Formatters } from './formatters/formatter.ts';
import { loadPhrases, type Phrase } from './phrases.ts';
import { withReadings } from './readings.ts';
import type { Language } from './render/language.ts';
import { loadChineseWords, loadEnglishWords } from './words.ts';

/** One language, ready to speak. */
export interface SpokenLocale {
  phrases: ReadonlyMap<string, Phrase>;
  formatters: Formatters;
  language: Language;
}

/** Reads locales/<locale>. `today` gives the day for nearDate. @throws Error naming every fault. */
export function loadLocale(root: string, locale: Locale, today: () => string): SpokenLocale {
  const spoken = locale === 'zh-CN' ? chinese(root, today) : english(root, today);
  const phrases = [...loadPhrases(root, locale)].map(([name, phrase]): [string, Phrase] => [
    name,
    {
      ...phrase,
      text: withReadings(phrase.text, spoken.language.readings),
      again: phrase.again.map((way) => withReadings(way, spoken.language.readings)),
      or: phrase.or.map((way) => withReadings(way, spoken.language.readings)),
    },
  ]);
  return { ...spoken, phrases: new Map(phrases) };
}

function chinese(root: string, today: () => string): Omit<SpokenLocale, 'phrases'> {
  const words = loadChineseWords(root);
  const language: Language = {
    locale: 'zh-CN',
    digits: (digits) => telephoneDigits(digits, words.numbers),
    pauseMark: words.pauseMark,
    groupMark: words.pauseMark,
    sentenceEnd: words.sentenceEnd,
    spaced: false,
    readings: words.readings,
    names: words.names,
  };
  return { formatters: createChineseFormatters(words, today), language };
}

function english(root: string, today: () => string): Omit<SpokenLocale, 'phrases'> {
  const words = loadEnglishWords(root);
  const language: Language = {
    locale: 'en-US',
    digits: (digits) => englishDigits(digits, words),
    pauseMark: words.pauseMark,
    groupMark: `${words.pauseMark} `,
    sentenceEnd: words.sentenceEnd,
    spaced: true,
    readings: words.readings,
    names: words.names,
  };
  return { formatters: createEnglishFormatters(words, today), language };
}

/** The folder locales/: the one given (or the project that holds it), else the nearest above this file, in source and when built. */
export function localesRoot(given?: string): string {
  if (given) return existsSync(join(given, 'locales')) ? join(given, 'locales') : given;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'locales')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'locales');
}

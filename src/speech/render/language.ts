import type { Locale } from '../../platforms/platform.ts';

/** What a renderer needs to know of the language it writes. */
export interface Language {
  locale: Locale;
  /** Digits one by one, in words. */
  digits: (digits: string) => string;
  /** Written for a pause where no punctuation stands. */
  pauseMark: string;
  /** Between the groups of a telephone number. */
  groupMark: string;
  sentenceEnd: string;
  /** Words are parted by spaces. */
  spaced: boolean;
  /** Official names in this language by their Chinese; empty in Chinese. */
  names: Record<string, string>;
  /** Words of our own templates that speakers read wrongly. */
  readings: { text: string; alias: string; pinyin: string }[];
}

import type { LocaleRules } from './rulebook.ts';

/** Stands for reviewed text that comes in as a value: it is one sentence and has no length here. */
export const OFFICIAL = '\u25A1';

/** Ends with a question mark, Chinese or Latin; a closing quotation mark may follow. */
export const isQuestion = (sentence: string): boolean => /[？?][」』”"]?$/u.test(sentence);

/** What is told before anything is asked: choices that are numbered count as one with their announcement. */
export const statementsOf = (sentences: string[], { enumeration }: LocaleRules): string[] =>
  sentences.filter((sentence) => !isQuestion(sentence) && !enumeration.some((opening) => sentence.startsWith(opening)));

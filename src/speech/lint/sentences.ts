import type { LocaleRules } from './rulebook.ts';

/** Stands for reviewed text that comes in as a value: it is one sentence and has no length here. */
export const OFFICIAL = '\u25A1';

/** The sentences of a rendered text, with their closing mark. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[。？！])|(?<=[.?!]) +/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean);

/** How long a sentence is to the ear: characters or words, without marks; a semicolon is a breath too. */
export function lengthOf(sentence: string, unit: LocaleRules['sentence']['unit']): number {
  const lengths = sentence.split(/[；;]/).map((part) => {
    const words = unit === 'words' ? part.match(/[\p{L}\p{N}'’-]+/gu) : part.match(/[\p{L}\p{N}]/gu);
    return words?.length ?? 0;
  });
  return Math.max(...lengths);
}

export const isQuestion = (sentence: string): boolean => /[？?][」』”"]?$/u.test(sentence);

/** What is told before anything is asked: choices that are numbered count as one with their announcement. */
export const statementsOf = (sentences: string[], { enumeration }: LocaleRules): string[] =>
  sentences.filter((sentence) => !isQuestion(sentence) && !enumeration.some((opening) => sentence.startsWith(opening)));

/** What she asks of an official text that was or could be told her: the sentence of it that answers her, and no other words. Pure. */
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import { joined, sentencesOf } from '../errands/guide.breath.ts';
import type { AskingWords } from './asking-words.ts';
import { breadthOf } from './plain-words.ts';

/** Longer than that it is a story, and no question. */
const LONGEST = 20;
const isShort = (text: string) => breadthOf(text) <= LONGEST;
const isUnread = ({ intent, decision }: Meaning) =>
  decision !== 'accept' || intent === 'smalltalk' || intent === 'help';

/** A short question that nothing else understood. */
export const asksSomething = (words: AskingWords, meaning: Meaning, text: string): boolean =>
  meaning.decision !== 'accept' && isShort(text) && words.says('asIs', 'asks', text);

/** The slots of an answer: the sentences of these texts that tell it; that nobody wrote it down; nothing where she asks nothing. */
export function answerIn(words: AskingWords, meaning: Meaning, text: string, texts: string[]): Slots | undefined {
  if (!isUnread(meaning)) return undefined;
  const told = toldIn(words, text, texts);
  return told ?? (asksSomething(words, meaning, text) ? NOBODY_WROTE : undefined);
}

/** The same whatever understanding made of it; nothing where none of these texts speaks of what she asks. */
export function toldIn(words: AskingWords, text: string, texts: string[]): Slots | undefined {
  const told = words.answering(text, [...new Set(texts.flatMap(sentencesOf))]);
  if (told.length === 0) return undefined;
  return told.some((one) => words.says('asIs', 'finds', one)) ? NOBODY_WROTE : { element: 'part', part: joined(told) };
}

/** Somebody is to be asked. */
export const NOBODY_WROTE: Slots = { element: 'special' };

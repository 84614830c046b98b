/** Whether a sentence asks something: such a one is neither yes nor no to what is about to be done. Pure. */
import type { Manner } from './manner.ts';
import { piecesOf } from './plain-words.ts';

/** 「吗」 alone, or 「谁」, is a mishearing as likely as a question. */
const SHORTEST = 3;

/** Whether anything in it is asked; 「…吧，行吗」 asks nothing but leave. */
export const asksSomething = (manner: Manner, text: string): boolean =>
  piecesOf(text).some((clause) => clause.length >= SHORTEST && manner.again('asks', clause));

/** Whether it asks and answers nothing: 「取消了还能再约不」 to 「要取消，对吗」. @param offer what was offered */
export function onlyAsks(manner: Manner, text: string, offer?: string): boolean {
  const ends = (clause: string) => offer === 'cancel' && manner.again('ends', clause) && !asksSomething(manner, clause);
  const answered = piecesOf(text).some((clause) => manner.again('plainly', clause) || ends(clause));
  return !answered && asksSomething(manner, text);
}

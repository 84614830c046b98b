/** She turns away from the question: not now, or not that but this. Heard before anything of it is taken for an answer. Pure but for `read`. */
import { errandOf } from '../errand-of.ts';
import type { Manner } from './manner.ts';
import { piecesOf } from './plain-words.ts';
import { isClear, type Listened, meant, type Sentence } from './sentence.ts';

/** @param alone hears a part of the sentence by itself. @returns what she means instead of an answer; nothing where she does not turn away */
export function turnedAway(manner: Manner, whole: Sentence, alone: (text: string) => Listened): Listened | undefined {
  const { asked, alarm } = whole.talk;
  if (!asked || asked.words || alarm) return undefined;
  return notNow(manner, whole) ?? thisFirst(manner, whole, alone);
}

/** 「明儿个再说吧，孩子来了」: no day, and no yes. */
function notNow(manner: Manner, { text, talk, read }: Sentence): Listened | undefined {
  const clauses = piecesOf(text);
  if (!clauses.some((one) => manner.again('notNow', one))) return undefined;
  const others = clauses.filter((one) => !manner.again('notNow', one)).map((one) => read(one));
  if (others.some((one) => isClear(one) && (errandOf(one.intent) || one.intent === 'emergency'))) return undefined;
  const meaning = meant(read(text), 'no', {}, '_manner.yaml#notNow');
  if (talk.asked?.offer === 'more') return { meaning, text, enough: true };
  return { meaning, text, ...(talk.frames.length > 0 ? { remark: 'later' as const } : {}) };
}

const SHORTEST = 3;
/** 「先别问这个，我想问问老年证怎么办」, 「等会儿，先别打，我那证办到哪了」: that comes first. */
function thisFirst(
  manner: Manner,
  { text, talk, read }: Sentence,
  alone: (text: string) => Listened,
): Listened | undefined {
  const pieces = piecesOf(text);
  const begins = pieces.findIndex((one) => !manner.again('thisFirst', one) && !manner.again('holdOn', one));
  const opening = pieces.slice(0, Math.max(begins, 0));
  const wish = pieces.slice(begins).join('，');
  if (wish.length < SHORTEST || !opening.some((one) => manner.again('thisFirst', one))) return undefined;
  const plain = { meaning: read(wish), text: wish };
  const other = errandOf(plain.meaning.intent) !== talk.frames.at(-1)?.machine;
  const told = other ? [plain, alone(wish)] : [alone(wish), plain];
  return told.find(({ meaning }) => isClear(meaning) && errandOf(meaning.intent));
}

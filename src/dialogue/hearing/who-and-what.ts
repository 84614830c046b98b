/** Who she is and what she wants, in one breath: 「我是老赵，我们家那口子的也一块儿拿」. Pure. */
import { errandOf } from '../errand-of.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { piecesOf } from './plain-words.ts';
import { behindAnyName, behindHerName } from './second-wish.ts';
import type { Listened, Sentence } from './sentence.ts';
import type { StandingWords } from './standing-words.ts';

/** 「我姓赵，我跟老伴的老年证一块儿去拿」: what stands behind her name is heard like a sentence of its own, also where she was asked who she is. */
export function whoAndWhat(whole: Sentence, hear: (sentence: Sentence) => Listened): Listened | undefined {
  const { frames, asked } = whole.talk;
  const asksWho = asked?.for === 'resident';
  const inHand = frames.length > 0 && !isPassing(frames.at(-1)?.machine);
  if (asked?.words || (inHand && !asksWho)) return undefined;
  const rest = asksWho ? behindAnyName(whole.text) : behindHerName(whole.text);
  const talk = asksWho ? { ...whole.talk, asked: undefined } : whole.talk;
  // Another speaks: what was being told is none of theirs.
  const anew = { ...whole, talk: { ...talk, asked: undefined, frames: [] }, expecting: { asking: 'nothing' as const } };
  const told = rest ? hear({ ...(frames.length > 0 ? anew : { ...whole, talk }), text: rest }) : undefined;
  if (!told || !rest || told.remark || told.life || (asksWho && told.aside)) return undefined;
  const { intent, slots, decision } = told.meaning;
  if (decision === 'ask' || !errandOf(intent)) return undefined;
  const heard = asksWho ? hear(whole) : told;
  return { ...heard, text: whole.text, behindName: { intent, slots, words: rest } };
}

/** 「我姓陈，啊不，我姓杨」 to the question who she is: what she says behind the slip. */
export function behindSlip(words: StandingWords, text: string, { asked }: Talk): string {
  if (asked?.for !== 'resident') return text;
  const slip = piecesOf(text).findLast((one) => words.says('takesBack', one));
  const rest = slip ? text.slice(text.lastIndexOf(slip) + slip.length).replace(LEADING_MARKS, '') : '';
  return rest || text;
}
const LEADING_MARKS = /^[\p{P}\s]+/u;

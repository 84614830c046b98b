/** Who she is and what she wants, in one breath: 「我是老赵，我们家那口子的也一块儿拿」. Pure. */
import { errandOf } from '../errand-of.ts';
import { behindAnyName, behindHerName } from './second-wish.ts';
import type { Listened, Sentence } from './sentence.ts';

/** 「我姓赵，我跟老伴的老年证一块儿去拿」: what stands behind her name is heard like a sentence of its own, also where she was asked who she is. */
export function whoAndWhat(whole: Sentence, hear: (sentence: Sentence) => Listened): Listened | undefined {
  const { frames, asked } = whole.talk;
  const asksWho = asked?.for === 'resident';
  if (asked?.words || (frames.length > 0 && !asksWho)) return undefined;
  const rest = asksWho ? behindAnyName(whole.text) : behindHerName(whole.text);
  const talk = asksWho ? { ...whole.talk, asked: undefined } : whole.talk;
  const told = rest ? hear({ ...whole, talk, text: rest }) : undefined;
  if (!told || !rest || told.remark || told.life || (asksWho && told.aside)) return undefined;
  const { intent, slots, decision } = told.meaning;
  if (decision === 'ask' || !errandOf(intent)) return undefined;
  const heard = asksWho ? hear(whole) : told;
  return { ...heard, text: whole.text, behindName: { intent, slots, words: rest } };
}

/** While she is asked how she was served: what is no rating yet, and one that is put right in the middle of something else. Pure. */
import type { Meaning } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import type { Manner } from './manner.ts';
import { ratingPutRight } from './of-promised.ts';
import { asksSomething } from './question.ts';
import type { Sentence } from './sentence.ts';
import type { StandingWords } from './standing-words.ts';

/** 「态度挺好，就是嘛也没办成」, 「满意行不行」: said back before it is kept. */
export function doubtedRating(
  manner: Manner,
  words: AskingWords,
  meaning: Meaning,
  text: string,
  { asked, frames }: Talk,
): Meaning {
  if (asked?.for !== 'rating') return meaning;
  const { one } = (frames.at(-1)?.context ?? {}) as { one?: { service: string } };
  const service = words.says('asIs', 'ofVisit', text)
    ? 'visit'
    : words.says('asIs', 'ofCall', text)
      ? 'call'
      : undefined;
  // 「上回来家那个小伙子挺好的」, asked about a call: of which is said back before it is kept.
  if (service && one && service !== one.service)
    return { ...meaning, intent: 'rate', slots: { ...meaning.slots, service, doubt: 'yes' }, decision: 'accept' };
  if (!meaning.slots.rating) return meaning;
  const doubt = manner.says('but', text) || asksSomething(manner, text);
  return doubt ? { ...meaning, slots: { ...meaning.slots, doubt: 'yes' } } : meaning;
}

/** 「那个评价改成不满意」 while she tells something in her own words: it is of the rating she has just given. */
export function ratingAmid(
  words: StandingWords,
  meaning: Meaning,
  { text, talk, read }: Sentence,
): Meaning | undefined {
  const ofIt = talk.topic?.errand === 'rate' && words.rates('wrong', text) && words.rates('judged', text);
  return ofIt ? ratingPutRight(words, meaning, { text, read }) : undefined;
}

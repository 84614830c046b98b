/** No call about what is missing: she brings it, and says when. Pure but for `read`. */
import { piecesOf } from './plain-words.ts';
import type { Ears, Listened, Sentence } from './sentence.ts';

/** 「甭打了，我让闺女周五给我带回来。那就礼拜五下午去交吧」: the day of what she does herself, and no end of a call that nobody promised. */
export function bringsInstead({ standing }: Ears, { text, talk, read }: Sentence): Listened | undefined {
  if (talk.alarm || talk.asked?.words) return undefined;
  const pieces = piecesOf(text);
  const refuses = pieces.findIndex((one) => standing.calls('notAtAll', one));
  const behind = refuses < 0 ? [] : pieces.slice(refuses + 1).map((one) => read(one));
  const books = behind.findLast(
    ({ intent, slots }) => intent === 'pickup.book' && slots.direction === 'hand_in' && slots.date,
  );
  if (!books) return undefined;
  const settling = talk.frames.at(-1)?.machine === 'agent';
  const meaning = { ...books, decision: 'accept' as const, confidence: 1, why: '_standing.yaml#booking.handsIn' };
  return { meaning, text, ...(settling ? { instead: true } : {}) };
}

/** A yes that does something in the world stands in the sentence by itself, and nothing beside it takes it back. Pure. */
import type { Meaning } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import { bindingOf, ENDS } from './binding.ts';
import type { Manner } from './manner.ts';
import { breadthOf, piecesOf } from './plain-words.ts';

/** Asked whether it is to end that she means. */
const MEANT_TO_END = new Set(['conversation.meant_pickup_cancel', 'conversation.meant_apply_withdraw']);
/** A longer one that begins with no yes only has a word of agreeing in it: 「我是补老年证缺的那个」. */
const LONGEST_YES = 6;
/** 「嗯……」: she is thinking. */
const THINKS = /^[嗯呃哦啊唉]+(?:…+|\.{2,}|。{2,})$/u;

/** @param read reads a clause with the question in hand. @returns the meaning; no where the cancelling is taken back, unread where it is no clear yes */
export function clearYes(
  manner: Manner,
  meaning: Meaning,
  text: string,
  { asked, frames }: Talk,
  read: (clause: string) => Meaning,
): Meaning {
  if (asked?.for !== 'yesno') return meaning;
  const clauses = piecesOf(text);
  const stays = (clause: string) => manner.again('stays', clause) && !manner.again('ends', clause);
  const { date, time, mode } = meaning.slots;
  const ends = meaning.intent === 'yes' || ENDS.has(meaning.intent);
  // 「先别退，我问问我儿子」: nothing else is wished by it.
  const loose = ends || (!date && !time && !mode && meaning.intent !== 'emergency');
  if (asked.offer === 'cancel' && loose && clauses.some(stays)) return { ...meaning, intent: 'no', slots: {} };
  // 「不对，我不去了，都不要了，取消」: whatever was not right, it is to end.
  const off = clauses.some((clause) => manner.again('calledOff', clause));
  if ((asked.offer === 'cancel' || MEANT_TO_END.has(asked.phrase)) && off)
    return { ...meaning, intent: 'yes', slots: {}, decision: 'accept' };
  if (asked.offer === 'book' && off) return calledOff(meaning, frames);
  // 「约的那天我给忘了没去」: a story of what was, and no word of ending it.
  const story =
    asked.offer === 'cancel' &&
    ends &&
    clauses.every((one) => !manner.says('agrees', one)) &&
    manner.again('forgot', text);
  if (story) return { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' };
  if (meaning.intent !== 'yes' || !bindingOf(asked).clear) return meaning;
  if (THINKS.test(text.trim())) return { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' };
  const isYes = (clause: string) =>
    manner.says('agrees', clause) ||
    manner.again('goes', clause) ||
    manner.again('rightNow', clause) ||
    manner.again('changes', clause) ||
    (breadthOf(clause) <= LONGEST_YES && !manner.again('asks', clause) && read(clause).intent === 'yes');
  const takenBack = clauses.some((clause) => manner.again('notYet', clause));
  if (!takenBack && clauses.some(isYes)) return meaning;
  return { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' };
}

/** 「那个礼拜五的不去了，给我退了吧」 to a read-back: what stands is to end, else there is nothing of it. */
function calledOff(meaning: Meaning, frames: Talk['frames']): Meaning {
  const moves = frames.at(-1)?.context.intent === 'pickup.change';
  return { ...meaning, intent: moves ? 'pickup.cancel' : 'cancel', slots: {}, decision: 'accept', confidence: 1 };
}

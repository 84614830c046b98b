/** What she says of a call that was promised, of a visit, of a rating, or of a booking beside its slots: read into the slots of the errand that has it. Pure. */
import type { Meaning } from '../../understanding/meaning.ts';
import { ofBooking, withoutErrands } from './of-booking.ts';
import { theOtherToo } from './of-both.ts';
import { ofPromised } from './of-promised.ts';
import { coupleMeant, otherName } from './of-whose.ts';
import { ALWAYS_THEIRS, ofStanding, type Said } from './standing-said.ts';
import type { StandingWords } from './standing-words.ts';

/** Who goes is settled by these words: nobody is sent by them anew. */
const SETTLED = /^_standing\.yaml#booking\.(?:agreesHim|refusesHim|herself|ends|missed|intoLocker)$/;

/** Her sentence as it bears on what stands. */
export function ofWhatStands(words: StandingWords, read: Meaning, said: Said): Meaning {
  const meaning = withoutErrands(words, read, said);
  const couple = coupleMeant(words, meaning, said);
  if (couple) return couple;
  const other = ALWAYS_THEIRS.has(meaning.intent) ? undefined : theOtherToo(words, meaning, said);
  if (other) return other;
  // 「不是约了礼拜三吗，就那天」: she knows that it is booked, and wants to hear it.
  if (!said.talk.asked && said.talk.frames.length === 0 && words.says('saysBooked', said.text))
    return ofStanding(meaning, 'pickup.query', {}, 'booking.saysBooked');
  const leaves = said.talk.asked?.for === 'choice' && words.says('any', said.text);
  const agrees = meaning.intent === 'yes' && !leaves && !words.says('sendsKin', said.text);
  if (SETTLED.test(meaning.why)) return meaning;
  const renamed = otherName(words, meaning, said);
  if (renamed) return renamed;
  // 「对，下午两三点儿」 right after a call was noted: nothing was asked, and the hour is what she means.
  const moved = agrees && said.talk.asked === undefined ? ofPromised(words, meaning, said) : undefined;
  if (moved?.slots.about === 'move') return moved;
  if ((agrees || ALWAYS_THEIRS.has(meaning.intent)) && meaning.decision === 'accept') return meaning;
  return ofPromised(words, meaning, said) ?? ofBooking(words, meaning, said);
}

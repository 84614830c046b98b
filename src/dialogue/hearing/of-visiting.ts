/** What she says where a day for somebody to come is asked: read into what the errand hears. Pure. */
import type { Meaning } from '../../understanding/meaning.ts';
import type { Frame, Talk } from '../talk.ts';
import { meant } from './sentence.ts';
import type { StandingWords } from './standing-words.ts';

const OF_WHEN = new Set(['date', 'time']);

const asHeard = (meaning: Meaning, intent: Meaning['intent'], slots: Meaning['slots'], why: string): Meaning =>
  meant(meaning, intent, slots, `_standing.yaml#${why}`);

/** 「不用上门了」 while the one that stands is being moved. */
function callsOff(words: StandingWords, meaning: Meaning, text: string, frame: Frame | undefined, offer?: string) {
  const stands = frame?.machine === 'visit' && ((frame.context.visits as unknown[] | undefined)?.length ?? 0) > 0;
  const about = words.about('visit', text) === 'cancel';
  return stands && about && offer !== 'cancel' && meaning.intent !== 'yes' && meaning.intent !== 'emergency';
}

/** 「你们定吧」, 「哪天都行，最好前晌」 to 「您想哪天」: whatever there is first. */
export function ofVisiting(words: StandingWords, meaning: Meaning, text: string, { frames, asked }: Talk): Meaning {
  const { date, time } = meaning.slots;
  if (callsOff(words, meaning, text, frames.at(-1), asked?.offer))
    return asHeard(meaning, 'visit.request', { about: 'cancel' }, 'callsOff');
  if (frames.at(-1)?.machine === 'visit' && asked?.offer !== 'cancel' && words.says('comesNot', text))
    return asHeard(meaning, 'cancel', {}, 'booking.comesNot');
  const open = frames.at(-1)?.machine === 'visit' && OF_WHEN.has(asked?.for ?? '') && !date;
  if (!open || meaning.intent === 'emergency') return meaning;
  const leavesIt = words.says('any', text) || words.says('early', text);
  const slots = { edge: 'any', ...(time ? { time } : {}) };
  return leavesIt ? asHeard(meaning, 'visit.request', slots, 'booking.any') : meaning;
}

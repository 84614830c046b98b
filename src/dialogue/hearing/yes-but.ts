/** 「行，不过不是这个号」, 「对，还有…」, 「对了，…」: a yes with more behind it is as good as what stands behind it. Pure. */
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import type { Talk } from '../talk.ts';
import { inItsWords } from './its-words.ts';
import type { Manner } from './manner.ts';

const SURE = 0.75;
const SHORTEST = 3;
/** Questions whether something became of somebody. */
const OF_LIFE = /^conversation\.life/;

/**
 * 「嗯，前天住的」 to 「住院了？」: since when is no other wish. 「嗯，那就后天」 to 「后天，对吗」: agreeing by saying the value again.
 * Where the question names two days (moved from, moved to), only the one that she wished is agreed to.
 */
export function agreesAgain(manner: Manner, meaning: Meaning, text: string, { frames, asked }: Talk): Meaning {
  if (asked?.for !== 'yesno' || !manner.says('agrees', text)) return meaning;
  const tellsWhen = OF_LIFE.test(asked.phrase) && !meaning.slots.item && manner.afterYes(text);
  if (tellsWhen && meaning.intent !== 'no') return { ...meaning, intent: 'yes', slots: {}, decision: 'accept' };
  if (errandOf(meaning.intent) !== frames.at(-1)?.machine) return meaning;
  const said = Object.entries(meaning.slots);
  // What was before it is told beside, and is not what she agrees to.
  const named = Object.entries(asked.values ?? {}).flatMap(([name, value]) => (name.startsWith('old') ? [] : [value]));
  const days = named.filter((value) => typeof value === 'string' && DAY.test(value));
  const wished = frames.at(-1)?.context.slots as Slots | undefined;
  const again = ([slot, value]: [string, string]) =>
    wished?.[slot as keyof Slots] === value ||
    (days.length < 2 && named.includes(value)) ||
    isThatWeekday(value, wished?.date);
  return said.length > 0 && said.every(again) ? { ...meaning, intent: 'yes', slots: {} } : meaning;
}
/** 「对，礼拜一」 to 「三十号，星期一」: by itself it is the next Monday, here the one that was just named. */
const isThatWeekday = (said: string, named: string | undefined): boolean =>
  named !== undefined && DAY.test(said) && said < named && weekday(said) === weekday(named);
const weekday = (day: string) => new Date(`${day}T00:00Z`).getUTCDay();
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const timeIn = ({ slots: { date, time, phone } }: Meaning): Slots =>
  phone ? {} : { ...(date ? { date } : {}), ...(time ? { time } : {}) };

/** A bare day where a call was offered out of helplessness is no wish to be called. @param plain the sentence by itself */
export function isNoCall({ intent, slots }: Meaning, { asked, frames }: Talk, plain: () => Meaning): boolean {
  const helpless = asked?.offer === 'callback' && frames.at(-1)?.machine !== 'agent';
  const onlyTime = intent === 'callback.request' && (slots.date !== undefined || slots.time !== undefined);
  return helpless && onlyTime && !slots.phone && plain().decision !== 'accept';
}

/** Offers to book, by another errand than booking itself. */
const TO_BOOK = new Set(['pickup', 'hand_in']);
const OPEN = new Set(['yes', 'out_of_scope', 'correction', 'smalltalk']);
/** 「我不去取，你给我邮来行不行」: what she refuses is to go. */
const OPEN_TO_POST = new Set([...OPEN, 'no', 'cancel']);

/** 「今儿后晌」 to 「给您约个时间去取吗」: a day or an hour is a yes, and is kept. @param posted she wants it by post. @param read reads it as the answer to a question for the day */
export function takesUpOffer(meaning: Meaning, talk: Talk, posted: boolean, read: () => Meaning): Meaning {
  const { asked, frames } = talk;
  const machine = frames.at(-1)?.machine;
  if (asked?.for !== 'yesno' || !TO_BOOK.has(asked.offer ?? '') || machine === 'pickup') return meaning;
  if (!(posted ? OPEN_TO_POST : OPEN).has(meaning.intent) && errandOf(meaning.intent) !== machine) return meaning;
  const slots = posted ? { mode: 'courier' } : timeIn(read());
  if (Object.keys(slots).length === 0) return meaning;
  return {
    ...meaning,
    intent: 'pickup.book',
    slots,
    decision: 'accept',
    confidence: 1,
    why: 'a time for what was offered',
  };
}

/** @param read reads a part of the sentence with the question in hand */
export function yesBut(
  manner: Manner,
  meaning: Meaning,
  text: string,
  talk: Talk,
  read: (part: string) => Meaning,
): Meaning {
  const own = inItsWords(manner, meaning, text, talk, read);
  if (own) return own;
  const rest = meaning.intent === 'yes' ? manner.afterYes(text) : undefined;
  if (!rest || rest.length < SHORTEST || talk.asked?.offer === 'cancel') return meaning;
  const told = read(rest);
  if (bringsMore(told, talk)) return told;
  if (!manner.says('but', rest)) return meaning;
  if (manner.says('notThat', rest)) return { ...meaning, intent: 'no', slots: {} };
  return { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' };
}

/** A no, or a value that is not the one she was just asked about. What belongs to another errand is a second wish. */
function bringsMore({ intent, slots, decision, confidence }: Meaning, { frames, asked }: Talk): boolean {
  if (decision !== 'accept' || confidence < SURE) return false;
  if (intent === 'no') return true;
  const frame = frames.at(-1);
  const ofThis = intent === 'correction' || (errandOf(intent) !== undefined && errandOf(intent) === frame?.machine);
  if (!ofThis) return false;
  const known = JSON.stringify([frame?.context, asked?.values]);
  return Object.entries(slots).some(([name, value]) => name !== 'direction' && !known.includes(`"${value}"`));
}

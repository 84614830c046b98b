/** An answer in the words of the question itself, a change instead of an end, and a question that only sounds like a yes. Pure. */
import type { Intent, Meaning } from '../../understanding/meaning.ts';
import type { Wish } from '../conversation.facts.ts';
import { errandOf } from '../errand-of.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { bindingOf, ENDS } from './binding.ts';
import type { Manner } from './manner.ts';
import { clausesOf, piecesOf } from './plain-words.ts';
import { onlyAsks } from './question.ts';
import { IN_ITS_WORDS } from './sentence.ts';

/** Read-backs of a change; and offers that 「改」 is no yes to. */
const OF_CHANGE = /(?:Change|Move|already|alreadyOther|planned|TooSoon)$/;
const PLAIN_OFFERS = new Set(['right', 'more', 'phone', 'promise', 'cancel']);
/** 「不，来」: the comma makes it another sentence than 「不来」. */
/** What would come to her: a call, a visit. */
const OF_COMING = /^(?:agent|visit)\./;
const REFUSES = /^(?:不|别|甭|no)[\p{P}\s]/iu;

/** An answer in the words of the question itself: 「对，不用来了」 to 「不用来了，对吗」, 「填」 to 「接着填吗」. */
function agreesInItsWords(manner: Manner, meaning: Meaning, text: string, talk: Talk): Meaning | undefined {
  const { asked } = talk;
  if (asked?.for !== 'yesno') return undefined;
  const answer = (intent: 'yes' | 'no'): Meaning => ({
    ...meaning,
    intent,
    slots: {},
    decision: 'accept',
    why: IN_ITS_WORDS,
  });
  const rest = manner.afterYes(text) || text;
  if (asked.offer !== 'cancel' && manner.again('rightNow', text)) return answer('yes');
  if (asked.offer === 'life' && manner.again('happened', rest)) return answer('yes');
  if (asked.offer === 'privacy') return manner.again('freely', text) ? answer('yes') : undefined;
  if (asked.offer === 'cancel') {
    if (REFUSES.test(text)) return undefined;
    // 「不用」 to 「要撤回，对吗」: nothing is to be withdrawn; to 「那个电话不打了，对吗」 it is a yes.
    if (manner.again('needless', rest) && !OF_COMING.test(asked.phrase)) return answer('no');
    if (manner.again('ends', rest) || endsInAClause(manner, meaning, text)) return answer('yes');
    return rest === text && manner.again('stays', text) ? answer('no') : undefined;
  }
  const thanks = manner.isThanks(text) && manner.says('agrees', text);
  if (thanks && !bindingOf(asked).whole && !PLAIN_OFFERS.has(asked.offer ?? '')) return answer('yes');
  if (thanks && opensWithYes(manner, text)) return answer('yes');
  if (asked.offer === 'callback' && manner.again('waitsOn', text)) return answer('no');
  if (asked.offer === 'callback' && wantsTheCall(manner, meaning, text, talk)) return answer('yes');
  if (OF_CHANGE.test(asked.phrase) && manner.again('changes', rest)) return answer('yes');
  if (rest !== text && manner.again('asItIs', rest)) return answer('yes');
  return !PLAIN_OFFERS.has(asked.offer ?? '') && manner.again('goes', rest) ? answer('yes') : undefined;
}

/** 「得，不用打了，我闺女给问了」 to 「不打了，对吗」: with whatever reason beside it. */
function endsInAClause(manner: Manner, { slots }: Meaning, text: string): boolean {
  const clauses = piecesOf(text);
  const ends = clauses.some((one) => manner.again('ends', one));
  const stays = (one: string) => manner.again('stays', one) && !manner.again('ends', one);
  return ends && Object.keys(slots).length === 0 && !clauses.some(stays);
}

/** 「好，劳驾了」: the yes stands by itself, and behind it are only thanks. */
function opensWithYes(manner: Manner, text: string): boolean {
  const [opens = '', ...rest] = piecesOf(text);
  return (
    rest.length > 0 &&
    !manner.isThanks(opens) &&
    manner.says('agrees', opens) &&
    manner.again('plainly', opens) &&
    rest.every(manner.isThanks)
  );
}

/** 「快叫人来吧」, 「行，下午打，上午我做饭」: to somebody's call, told with whatever lies on her heart. */
function wantsTheCall(manner: Manner, { intent, slots, decision }: Meaning, text: string, { frames }: Talk): boolean {
  if (intent === 'agent.call') return decision !== 'accept';
  if (intent === 'no' || intent === 'emergency') return false;
  if (piecesOf(text).some((clause) => manner.again('cries', clause))) return true;
  const ofThis = errandOf(intent) === frames.at(-1)?.machine && Object.keys(slots).length === 0;
  return ofThis && manner.says('agrees', text);
}

/** 「先不取消，改礼拜五吧」 to 「要取消…，对吗」. */
function movedInstead(
  manner: Manner,
  meaning: Meaning,
  text: string,
  { asked, frames }: Talk,
  read: (part: string) => Meaning,
): Meaning | undefined {
  const moves = asked?.offer === 'cancel' && meaning.intent === 'no' && frames.at(-1)?.machine === 'pickup';
  if (!moves) return undefined;
  const parts = clausesOf(text).slice(1);
  // 「先别取消，还是留着吧，礼拜四也行」
  if (parts.some((one) => manner.again('stays', one))) return undefined;
  const slots = Object.assign({}, ...parts.map((part) => when(read(part)))) as Meaning['slots'];
  return Object.keys(slots).length > 0 ? { ...meaning, intent: 'pickup.change', slots, decision: 'accept' } : undefined;
}
function when({ slots: { date, time } }: Meaning): Meaning['slots'] {
  return { ...(date ? { date } : {}), ...(time ? { time } : {}) };
}

/** 「约上了吗」, 「是写的我闺女去吧，她得带嘛呀」 to a read-back: a question, and neither yes nor no. */
function asksOnly(manner: Manner, { intent, slots }: Meaning, text: string, { asked }: Talk): boolean {
  const ends = asked?.offer === 'cancel';
  if (!ends && !bindingOf(asked).clear) return false;
  const answers = (intent === 'yes' || intent === 'no') && Object.keys(slots).length === 0;
  if (!answers && !(ends && ENDS.has(intent))) return false;
  return onlyAsks(manner, text, asked?.offer);
}

/** 「那成，叫他们下午打，上午我得买菜去」 to 「让人给您打电话，好吗」 of something that was told: a yes, and the hour is kept. @param read reads a clause as the answer to when */
export function takesUpCall(
  manner: Manner,
  meaning: Meaning,
  text: string,
  { asked, frames }: Talk,
  read: (clause: string) => Meaning,
): Meaning {
  const offered = asked?.offer === 'callback' && isPassing(frames.at(-1)?.machine);
  const agreed = meaning.intent === 'yes' || (manner.says('agrees', text) && meaning.intent !== 'no');
  if (!offered || !agreed) return meaning;
  const found = piecesOf(text).map((clause) => when(read(clause)));
  const slots = found.find((one) => Object.keys(one).length > 0);
  const why = '_manner.yaml#agrees';
  return slots ? { ...meaning, intent: 'callback.request', slots, decision: 'accept', confidence: 1, why } : meaning;
}
/** 「我不去取，你给我邮来」 to 「给您约个时间去取吗」 of something that was told: what she wants instead is done. @param plain reads a clause by itself */
export function wishesInstead(
  meaning: Meaning,
  text: string,
  { asked, frames }: Talk,
  plain: (clause: string) => Meaning,
): Meaning {
  const machine = frames.at(-1)?.machine;
  const lost = meaning.decision !== 'accept' || meaning.intent === 'no' || meaning.intent === 'cancel';
  const listens = asked?.for === 'yesno' || asked?.for === 'nothing';
  if (!listens || !isPassing(machine) || !lost) return meaning;
  const clauses = clausesOf(text);
  const told = clauses.length > 1 ? clauses.map(plain) : [];
  const sure = (one: Meaning) => one.decision === 'accept' || (asked?.for === 'yesno' && one.decision !== 'ask');
  const wish = told.findLast((one) => WISHED.has(one.intent) && sure(one));
  return wish ? { ...wish, decision: 'accept', confidence: 1 } : meaning;
}
const WISHED = new Set<Intent>(['pickup.book', 'visit.request']);

const OF_ITS_TIME = new Set<Intent>(['yes', 'no', 'correction', 'out_of_scope', 'smalltalk', 'callback.request']);
/** 「礼拜四下午吧」 to 「您是要改约好的时间，对吗」: a yes, and the time is kept. @param read reads it as the answer to a question for the day */
export function takesUpWish(meaning: Meaning, talk: Talk, read: (errand: string) => Meaning): Meaning {
  const pending = talk.conversation.context.pending as Wish | undefined;
  const errand = pending && errandOf(pending.intent);
  if (talk.conversation.value !== 'confirmingWish' || !pending || !errand) return meaning;
  // A bare time belongs to nothing else.
  const timeOnly = Object.keys(meaning.slots).every((name) => name === 'date' || name === 'time');
  const other = !OF_ITS_TIME.has(meaning.intent) && errandOf(meaning.intent) !== errand;
  if (meaning.decision === 'accept' && other && !timeOnly) return meaning;
  const given = when(read(errand));
  if (Object.keys(given).length === 0) return meaning;
  const slots = { ...pending.slots, ...given };
  return {
    ...meaning,
    intent: pending.intent,
    slots,
    decision: 'accept',
    confidence: 1,
    why: 'a time for what was meant',
  };
}

/** @param read reads a part of the sentence with the question in hand. @returns what she means; undefined where it is none of these */
export function inItsWords(
  manner: Manner,
  meaning: Meaning,
  text: string,
  talk: Talk,
  read: (part: string) => Meaning,
): Meaning | undefined {
  if (asksOnly(manner, meaning, text, talk)) return { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' };
  return agreesInItsWords(manner, meaning, text, talk) ?? movedInstead(manner, meaning, text, talk, read);
}

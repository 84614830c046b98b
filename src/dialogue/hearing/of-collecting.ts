/** Who collects, and whether a booking stays as it is, in words that no intent has: read into what the errand hears. Pure. */
import type { Meaning } from '../../understanding/meaning.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { bearsOnBooking } from './aftermath.ts';
import { clausesOf } from './plain-words.ts';
import { INSTEAD, meant } from './sentence.ts';
import { whenOf } from './standing-said.ts';
import type { StandingWords } from './standing-words.ts';

const OF_COLLECTOR = /^pickup\.collector(?:Named|Still)$/;
/** Another collects, or it comes to her: of that she may think better. */
const OTHER_WAYS = new Set(['proxy', 'courier', 'locker', 'home']);

const ofBooking = (meaning: Meaning, intent: Meaning['intent'], slots: Meaning['slots'], why: string): Meaning =>
  meant(meaning, intent, slots, `_standing.yaml#booking.${why}`);

/** Her sentence as it bears on who collects, or on whether it stays booked. */
export function ofCollecting(words: StandingWords, meaning: Meaning, text: string, talk: Talk): Meaning {
  const { frames, asked } = talk;
  if (meaning.intent === 'emergency' || asked?.words) return meaning;
  const same = sameCollector(words, meaning, text, talk);
  if (same) return same;
  if (whenDone(words, text, talk))
    return { ...ofBooking(meaning, 'progress.query', { element: 'tell' }, ''), why: INSTEAD };
  const { date } = meaning.slots;
  if (date && asked?.for === 'date' && frames.at(-1)?.machine === 'pickup' && words.says('freeThen', text))
    return ofBooking(meaning, 'pickup.book', whenOf(meaning.slots), 'freeThen');
  if (asked?.phrase === CANCEL_MEANT && words.says('otherTime', text))
    return ofBooking(meaning, 'pickup.change', whenOf(meaning.slots), 'otherTime');
  if (asked?.phrase === CANCEL_MEANT && words.says('goesAfterAll', text))
    return ofBooking(meaning, 'no', {}, 'goesAfterAll');
  const way = asked?.phrase === OTHER_WAY ? otherWay(words, meaning, text) : undefined;
  if (way) return way;
  if (cannotGo(words, text, talk)) return ofBooking(meaning, 'pickup.book', { mode: 'home', weak: 'yes' }, 'cannotGo');
  if (OF_COLLECTOR.test(asked?.phrase ?? '')) return ofAnnounced(words, meaning, text);
  if (missedIt(words, meaning, talk, text)) return ofBooking(meaning, 'pickup.book', ownItem(meaning), 'missed');
  if (!isWithdrawal(meaning) && endsBooking(words, text, talk))
    return ofBooking(meaning, 'pickup.cancel', bothSaid(words, text), 'ends');
  const locker = wantsLocker(words, text, talk);
  if (locker)
    return ofBooking(
      meaning,
      locker,
      { ...whenOf(meaning.slots), ...whoseItem(words, meaning, text), ...bothSaid(words, text), mode: 'locker' },
      'intoLocker',
    );
  const posted = wantsItPosted(words, text, talk);
  if (posted)
    return ofBooking(meaning, posted, posted === 'yes' ? {} : { ...bothSaid(words, text), mode: 'courier' }, 'posts');
  if (postsWhatStands(words, text, talk))
    return ofBooking(meaning, 'pickup.change', { ...ownItem(meaning), ...ofUs(words, text), mode: 'courier' }, 'posts');
  if (goesAnyhow(words, text, talk)) return ofBooking(meaning, 'cancel', {}, 'asItIs');
  if (comesHerself(words, meaning, text, talk)) return ofBooking(meaning, 'pickup.change', ownWay(meaning), 'herself');
  const frame = frames.at(-1);
  if (frame?.machine !== 'pickup') return meaning;
  const slots = (frame.context.slots ?? {}) as Meaning['slots'];
  if (bearsOnBooking(frame, asked) && asked?.offer !== 'cancel' && words.says('asItIs', text))
    return ofBooking(meaning, 'cancel', {}, 'asItIs');
  if (!OTHER_WAYS.has(slots.mode ?? '')) return meaning;
  if (!words.says('herself', text)) return meaning;
  if (asked?.for === 'name' || asked?.phrase === 'pickup.readBackCollector')
    return ofBooking(meaning, 'no', {}, 'herself');
  const own = meaning.intent.startsWith('pickup.') ? meaning.slots : ({} as Meaning['slots']);
  const when = Object.entries({ date: own.date, time: own.time }).filter(([, value]) => value);
  return ofBooking(meaning, 'pickup.book', { ...Object.fromEntries(when), mode: 'window' }, 'herself');
}

/** Whether she would call it off is not sure yet. */
const CANCEL_MEANT = 'conversation.meant_pickup_cancel';
const OTHER_WAY = 'pickup.otherWay';
/** 「那就那个寄的吧。要钱吗？」, and 「我就是出不了门呀」 where nobody comes: by post it comes to her home, too. */
function otherWay(words: StandingWords, meaning: Meaning, text: string): Meaning | undefined {
  const posted = [text, ...clausesOf(text)].some((one) => words.says('thePost', one));
  const here = words.says('housebound', text) || words.says('toHerHome', text);
  return posted || here
    ? ofBooking(meaning, 'pickup.book', { mode: 'courier' }, posted ? 'thePost' : 'toHerHome')
    : undefined;
}

const OF_TIME = new Set(['date', 'choice']);
/** 「我腿疼，走不动道」 to 「您想哪天去」: it comes to her, or she hears what other roads there are. */
function cannotGo(words: StandingWords, text: string, { frames, asked }: Talk): boolean {
  const frame = frames.at(-1);
  const { mode, direction } = (frame?.context.slots ?? {}) as Meaning['slots'];
  const goes = ((mode ?? 'window') === 'window' || asked?.phrase === 'pickup.otherWay') && direction !== 'hand_in';
  return frame?.machine === 'pickup' && OF_TIME.has(asked?.for ?? '') && goes && words.says('cannotGo', text);
}

const bothSaid = (words: StandingWords, text: string): Meaning['slots'] =>
  words.says('both', text) ? { both: 'yes' } : {};

/** 「别寄了，放柜子里吧」: of what is being booked, of what was just booked, else of what is ready. */
function wantsLocker(words: StandingWords, text: string, { frames, topic }: Talk): Meaning['intent'] | undefined {
  const frame = frames.at(-1);
  const open = frame === undefined || frame.machine === 'pickup' || isPassing(frame.machine);
  const { intent, slots } = (frame?.context ?? {}) as { intent?: Meaning['intent']; slots?: Meaning['slots'] };
  if (!open || slots?.mode === 'locker' || slots?.direction === 'hand_in' || !words.says('intoLocker', text))
    return undefined;
  if (frame?.machine === 'pickup') return intent === 'pickup.change' ? intent : 'pickup.book';
  return /^pickup\.(?:booked|changed)/.test(topic?.done?.phrase ?? '') ? 'pickup.change' : 'pickup.book';
}

const ASKS = /[吗么不][？?]?$/u;
/** 「不放柜子了，快递给我寄到家里」 at a read-back, or while a time is chosen; where it is to be posted anyhow, a yes. */
function wantsItPosted(words: StandingWords, text: string, { frames, asked }: Talk): Meaning['intent'] | undefined {
  const frame = frames.at(-1);
  // 「寄过来行不行」 to 「给您约个时间去取吗」
  if (frame?.machine === 'progress' && asked?.offer === 'pickup' && words.says('posts', text)) return 'pickup.book';
  const choosing = OF_TIME.has(asked?.for ?? '');
  const readBack = asked?.offer === 'book' && !ASKS.test(text);
  if (frame?.machine !== 'pickup' || !(choosing || readBack) || !words.says('posts', text)) return undefined;
  const { intent, slots } = frame.context as { intent: Meaning['intent']; slots: Meaning['slots'] };
  if (slots.direction === 'hand_in') return undefined;
  return slots.mode === 'courier' ? 'yes' : intent;
}

/** 「要不给我们寄家来行不行，他走不动道儿」 right after it was booked; whose else it is, is read where that is named. */
function postsWhatStands(words: StandingWords, text: string, { frames, asked, topic }: Talk): boolean {
  const booked =
    frames.length === 0 && asked?.for !== 'yesno' && /^pickup\.(?:booked|changed)/.test(topic?.done?.phrase ?? '');
  const collects = topic?.done?.slots?.mode !== 'courier' && topic?.done?.slots?.direction !== 'hand_in';
  return booked && collects && words.says('posts', text) && !words.ofWhom(text);
}
const ofUs = (words: StandingWords, text: string): Meaning['slots'] => ({
  ...bothSaid(words, text),
  ...(words.says('ofUs', text) ? { couple: 'yes' } : {}),
});

/** 「不用不用，我自己去」 right after she booked it for herself: so it is. */
function goesAnyhow(words: StandingWords, text: string, { frames, asked, topic }: Talk): boolean {
  const { phrase, slots } = topic?.done ?? {};
  const hers = phrase === 'pickup.booked' && (slots?.mode ?? 'window') === 'window' && slots?.direction !== 'hand_in';
  return hers && frames.length === 0 && !asked && words.says('herself', text) && !words.says('kinCannot', text);
}

/** 「闺女又去不了了，还是我自己去吧」, whatever was being told: of a booking that stands. */
function comesHerself(words: StandingWords, meaning: Meaning, text: string, { frames, asked, topic }: Talk): boolean {
  const machine = frames.at(-1)?.machine;
  if ((machine !== undefined && !isPassing(machine)) || asked?.for === 'yesno') return false;
  const ofBooking =
    words.says('collects', text) ||
    words.kinSent(text) ||
    /^pickup\./.test(topic?.done?.phrase ?? '') ||
    words.says('kinCannot', text);
  const herself = words.says('herself', text) && !words.says('sendsKin', text);
  return Boolean(ofBooking) && herself && !meaning.slots.date && !meaning.slots.time;
}
const ownItem = ({ slots: { item } }: Meaning): Meaning['slots'] => (item ? { item } : {});
/** 「老赵的乘车卡，也放那柜子里行不行」: his goes along, and hers stays what it is. */
const whoseItem = (words: StandingWords, meaning: Meaning, text: string): Meaning['slots'] =>
  words.says('couple', text) && !words.says('both', text) ? { couple: 'yes' } : ownItem(meaning);
const ownWay = (meaning: Meaning): Meaning['slots'] => ({ ...ownItem(meaning), mode: 'window' });

/** 「我昨儿没去成，还能取不」, with nothing in hand. */
const missedIt = (
  words: StandingWords,
  { intent, decision }: Meaning,
  { frames, asked }: Talk,
  text: string,
): boolean =>
  frames.length === 0 &&
  asked?.for !== 'yesno' &&
  (decision !== 'accept' || intent.startsWith('pickup.')) &&
  words.says('missed', text);

/** 「那乘车卡呢，也让她拿」 right after that was settled for the other card. */
function sameCollector(words: StandingWords, meaning: Meaning, text: string, { frames, topic }: Talk) {
  const { phrase, slots: { name, relation } = {} } = topic?.done ?? {};
  const settled = frames.length === 0 && name && (phrase === 'pickup.collectorSet' || phrase === 'pickup.booked');
  if (!settled || !words.says('sameCollector', text)) return undefined;
  const { item } = meaning.slots;
  const who = { mode: 'proxy', name, ...(relation ? { relation } : {}), ...(item ? { item } : {}) };
  return ofBooking(meaning, 'pickup.book', who, 'sameCollector');
}

/** 「下来了给我打个电话」: no call now. */
function whenDone(words: StandingWords, text: string, { frames, asked }: Talk): boolean {
  const machine = frames.at(-1)?.machine;
  const open = machine === undefined || machine === 'agent' || machine === 'progress';
  return open && asked?.for !== 'pin' && words.says('whenDone', text);
}

/** 「我可没让他去」 to 「是您的意思吗」. */
function ofAnnounced(words: StandingWords, meaning: Meaning, text: string): Meaning {
  const said = clausesOf(text).filter((one) => words.says('agreesHim', one));
  const plainly = said.some((one) => !words.says('refusesHim', one));
  if (words.says('refusesHim', text) && !plainly) return ofBooking(meaning, 'no', {}, 'refusesHim');
  if (plainly || words.says('agreesHim', text)) return ofBooking(meaning, 'yes', {}, 'agreesHim');
  const { item, date, time, relation, name } = meaning.slots;
  if (meaning.decision !== 'accept' || !meaning.intent.startsWith('pickup.')) return meaning;
  // 「我闺女呀，她取嘛」 is no answer yet; 「给我约后天取证」 is what she wants instead.
  if (relation || name) return { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' };
  return item || date || time ? { ...meaning, why: INSTEAD } : meaning;
}

/** 「我申请的那个撤了吧」: an application, and no booking. */
const isWithdrawal = ({ intent, decision }: Meaning) => intent === 'apply.withdraw' && decision === 'accept';

/** 「这约甭要了」, whatever was being told; and no other's at home, who is named. */
function endsBooking(words: StandingWords, text: string, { frames, asked }: Talk): boolean {
  const machine = frames.at(-1)?.machine;
  const open = machine === undefined || isPassing(machine);
  const ofOther = [text, ...clausesOf(text)].some((one) => words.ofWhom(one));
  return open && !ofOther && asked?.offer !== 'cancel' && words.says('endsBooking', text);
}

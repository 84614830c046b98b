/** What she says while a call back is being settled: another time for it, that number, or none at all. Pure. */
import type { Expecting, Meaning, Slots } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import { longNumberIn, mendedNumber, numberIn } from './number-given.ts';
import { breadthOf, clausesOf, piecesOf } from './plain-words.ts';
import { INSTEAD, meant } from './sentence.ts';
import { digitRuns } from './spoken-digits.ts';
import type { StandingWords } from './standing-words.ts';

interface Said {
  text: string;
  talk: Talk;
  read: (text: string, expecting?: Expecting) => Meaning;
}

const OF_PHONE = new Set([
  'agent.knownPhone',
  'agent.readPhoneBack',
  'agent.whichPhone',
  'agent.oddPhone',
  'agent.longPhone',
]);
/** 「别打他的，打我的」: a yes to the call, too. */
const WISHES_HERS = new Set(['agent.offerCallback', 'agent.knownPhone']);
const ASKS_NUMBER = new Set(['agent.whichPhone', 'agent.oddPhone', 'agent.longPhone']);
const AGREES = new Set(['agent.knownPhone', 'agent.readPhoneBack']);
/** The number that she was asked about. */
const THIS_ONE = new Set([
  'agent.knownPhone',
  'agent.whichPhone',
  'agent.oddPhone',
  'agent.longPhone',
  'agent.readPhoneBack',
  'apply.confirmPhone',
  'apply.whichPhone',
  'apply.otherPhone',
]);

const ofCall = (meaning: Meaning, intent: Meaning['intent'], slots: Slots, why: string): Meaning =>
  meant(meaning, intent, slots, `_standing.yaml#calling.${why}`);

/** Her sentence as it bears on the call. */
export function ofCalling(words: StandingWords, meaning: Meaning, said: Said): Meaning {
  const { text, talk } = said;
  const at = talk.asked?.phrase ?? '';
  if (meaning.intent === 'emergency' || (meaning.intent === 'repeat' && meaning.decision === 'accept')) return meaning;
  if (isBareTime(meaning, talk) && !words.names('callback', text))
    return { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' };
  if (isFree(talk) && words.calls('thenRing', text))
    return ofCall(meaning, 'callback.request', { agreed: 'yes' }, 'thenRing');
  const opened = opensWithTime(words, meaning, said) ?? apartFromReason(words, meaning, said);
  if (opened) return opened;
  const later = notNowButThen(words, meaning, said);
  if (later) return later;
  const given = TAKES_NUMBER.has(at) ? (mendedNumber(words, text) ?? longNumberIn(text)) : undefined;
  if (given) return ofCall(meaning, intentOf(talk), { phone: given }, 'number');
  // 「换个号，幺五零……」: what she wants is said with it.
  const number = meaning.slots.phone && OF_PHONE.has(at) ? undefined : numberIn(text);
  if (number && NUMBER_ASKED.has(at)) return ofCall(meaning, intentOf(talk), { phone: number }, 'number');
  const mended = otherTail(words, meaning, said);
  if (mended) return mended;
  const all = endsAll(words, meaning, said);
  if (all) return all;
  // 「那还是打家里座机吧」 where another was to be read out.
  const gone = words.calls('gone', text);
  if (gone && AGREES.has(at) && !meaning.slots.phone)
    return ofCall(meaning, 'callback.request', { gone: 'yes' }, 'gone');
  const back = onFile(words, meaning, said);
  if (back) return back;
  const another = AGREES.has(at) && !meaning.slots.phone && piecesOf(text).some((one) => words.calls('another', one));
  if (another && talk.frames.at(-1)?.machine === 'agent') return ofCall(meaning, 'no', {}, 'otherPhone');
  // 「这电话是我儿子的，他不爱接，就这个吧」: what she says last.
  const last = digitRuns(text).length > 0 ? text : (clausesOf(text).at(-1) ?? '');
  const thisOne = [text, last].some((one) => words.calls('thisOne', one));
  if (THIS_ONE.has(at) && !gone && thisOne && !words.calls('notAtAll', text))
    return ofCall(meaning, 'yes', {}, 'thisOne');
  if (words.calls('mine', text) && !meaning.slots.phone && !gone) {
    if (WISHES_HERS.has(at)) return ofCall(meaning, 'yes', {}, 'mine');
    if (ASKS_NUMBER.has(at)) return ofCall(meaning, 'callback.request', { known: 'yes' }, 'mine');
  }
  if (!OF_PHONE.has(at) || meaning.slots.phone) return goesOn(words, meaning, said);
  // The number of an application: a day beside it is none for a call.
  if (talk.frames.at(-1)?.machine === 'apply') return goesOn(words, meaning, said);
  const goes = goesHerself(words, said);
  if (goes) return goes;
  if (words.calls('notAtAll', text)) return ofCall(meaning, 'callback.request', { about: 'cancel' }, 'notAtAll');
  if (AGREES.has(at) && agreesAtLast(words, text)) return ofCall(meaning, 'yes', {}, 'agrees');
  return withTime(words, meaning, said);
}

/** 「记不住，还是打家里座机吧」, 「用我登记的电话」: the one on file after all. */
function onFile(words: StandingWords, meaning: Meaning, said: Said): Meaning | undefined {
  const { text, talk } = said;
  const at = talk.asked?.phrase ?? '';
  const clauses = [text, ...piecesOf(text)];
  if (!ASKS_NUMBER.has(at) && !OF_APPLICATION.has(at)) return undefined;
  if (meaning.slots.phone || !clauses.some((one) => words.calls('onFile', one))) return undefined;
  if (talk.frames.at(-1)?.machine === 'apply') return ofCall(meaning, 'yes', {}, 'onFile');
  return ofCall(meaning, 'callback.request', { known: 'yes', ...whenIn(words, said) }, 'onFile');
}
const OF_APPLICATION = new Set(['apply.whichPhone', 'apply.otherPhone']);
/** Nothing is asked to which 「那打吧」 were the answer. */
const isFree = ({ asked, frames, alarm }: Talk): boolean =>
  !alarm && asked?.for !== 'yesno' && asked?.for !== 'phone' && frames.at(-1)?.machine !== 'agent' && !asked?.words;

const OF_ALL = new Set(['agent.callbackReallyNot', 'agent.callbacksReallyNot', 'agent.callbackWhich']);
/** 「对，不打了，都甭打」: that one and the others. */
function endsAll(words: StandingWords, meaning: Meaning, { text, talk }: Said): Meaning | undefined {
  const ends = OF_ALL.has(talk.asked?.phrase ?? '') && words.calls('all', text) && meaning.intent !== 'no';
  return ends ? ofCall(meaning, 'callback.request', { about: 'cancel', all: 'yes' }, 'all') : undefined;
}

/** 「不用打电话，我要约日子去交户口本」 to the number that is to be rung: not the call, but that. */
function goesHerself(words: StandingWords, { text, read }: Said): Meaning | undefined {
  const told = [text, ...clausesOf(text)].map((part) => read(part));
  const books = told.find(({ intent, slots }) => intent === 'pickup.book' && slots.direction === 'hand_in');
  const goes = books && words.calls('goesHerself', text);
  return goes ? { ...books, decision: 'accept', confidence: 1, why: INSTEAD } : undefined;
}

/** 「对，他姓李」, 「那是我闺女手机吧？不是，是我的，行」: the yes stands first with a word about whose it is behind it, or it stands last. */
function agreesAtLast(words: StandingWords, text: string): boolean {
  const clauses = text.split(/[\p{P}]+/u).filter((one) => one.trim());
  const [opens = '', ...rest] = clauses;
  if (rest.length > 0 && words.calls('agrees', clauses.at(-1) ?? '')) return true;
  if (words.calls('hurry', text)) return true;
  return (
    rest.length > 0 &&
    words.calls('agrees', opens) &&
    rest.every((one) => words.calls('whose', one) || words.calls('story', one))
  );
}

/** 「别打，不用打电话，接着办老年证」 to the number of an application: that goes on. */
function goesOn(words: StandingWords, meaning: Meaning, { text, talk }: Said): Meaning {
  const ofNumber = talk.frames.at(-1)?.machine === 'apply' && TO_NUMBER.has(talk.asked?.phrase ?? '');
  const goes = ofNumber && words.calls('goesOn', text) && words.calls('notAtAll', text);
  return goes ? ofCall(meaning, 'yes', {}, 'goesOn') : meaning;
}
const TO_NUMBER = new Set(['agent.readPhoneBack', 'apply.confirmPhone']);

const RINGS = /[打回]/u;
/** 「不是不打，是换到明天早上打」 to 「那个电话不打了，对吗」: another time for it, and no end. */
function notNowButThen(words: StandingWords, meaning: Meaning, said: Said): Meaning | undefined {
  const { text, talk, read } = said;
  if (talk.asked?.phrase !== 'agent.callbackReallyNot' || meaning.intent === 'yes') return undefined;
  const then = clausesOf(text).findLast((one) => {
    const { date, time } = timeIn(words, read, one);
    return (date || time) && RINGS.test(one) && words.about('callback', one) !== 'cancel';
  });
  return then ? ofCall(meaning, 'callback.request', whenIn(words, { ...said, text: then }) ?? {}, 'when') : undefined;
}

/** The errand whose number it is. */
const intentOf = ({ frames }: Talk) => (frames.at(-1)?.machine === 'apply' ? 'apply.start' : 'callback.request');
const NUMBER_ASKED = new Set([
  'agent.offerCallback',
  'agent.knownPhone',
  'agent.whichPhone',
  'agent.oddPhone',
  'agent.longPhone',
  'apply.confirmPhone',
]);

/** At any of these a number is given, or put right. */
const TAKES_NUMBER = new Set([...NUMBER_ASKED, ...OF_PHONE, 'apply.whichPhone', 'apply.otherPhone']);

const TAIL = 4;
/** 「末了不对，是六六八一」 to the number that was read back: only its end was heard wrongly. */
function otherTail(words: StandingWords, meaning: Meaning, { text, talk }: Said): Meaning | undefined {
  const { phrase, values } = talk.asked ?? {};
  const { phone = '' } = (values ?? {}) as { phone?: string };
  const whole = numberIn(text);
  const tail = whole ? undefined : tailIn(text);
  if (phrase !== 'agent.readPhoneBack' || !(whole || (tail && words.calls('tail', text)))) return undefined;
  return ofCall(meaning, intentOf(talk), { phone: whole ?? phone.slice(0, -TAIL) + tail }, 'tail');
}

/** 「末了儿是五五幺六，六」, 「是幺幺六八，末了是八」: the last digit may be said once more. */
function tailIn(text: string): string | undefined {
  const [run = '', ...more] = digitRuns(text);
  const twice = run.length === TAIL + 1 && run.at(-1) === run.at(-2);
  const again = more.every((one) => one.length === 1 && run.endsWith(one));
  return again && (run.length === TAIL || twice) ? run.slice(0, TAIL) : undefined;
}

const OF_CALL = /^agent\.callback/;
/** 「还是下午吧」 with nothing in hand: no wish to be called. */
function isBareTime({ intent, slots }: Meaning, { frames, asked, topic }: Talk): boolean {
  const names = Object.keys(slots);
  const onlyTime = names.length > 0 && names.every((name) => name === 'date' || name === 'time');
  const open = frames.length === 0 && asked?.for !== 'yesno' && !OF_CALL.test(topic?.done?.phrase ?? '');
  return open && intent === 'callback.request' && onlyTime;
}

/** 「对，下午三点」, 「电话不用换，改到下午」: when, beside or without a word about the number. */
function withTime(words: StandingWords, meaning: Meaning, said: Said): Meaning {
  const { text, talk } = said;
  const settled = AGREES.has(talk.asked?.phrase ?? '');
  const when = whenIn(words, said);
  const agreed =
    settled && (meaning.intent === 'yes' || words.calls('keepsPhone', text) || /^[对行好嗯可是]/u.test(text));
  if (when) return ofCall(meaning, 'callback.request', { ...when, ...(agreed ? { agreed: 'yes' } : {}) }, 'when');
  if (!settled) return meaning;
  // 「行，记着晌午别打」: what she refuses is an hour.
  const notNo = meaning.intent === 'no' || meaning.intent === 'correction';
  if (notNo && agreed && /^[对行好嗯可成中]/u.test(text) && !words.calls('ofNumber', text))
    return ofCall(meaning, 'yes', {}, 'thisOne');
  if (words.calls('otherTime', text)) return ofCall(meaning, 'callback.request', { when: 'asks' }, 'otherTime');
  return words.applies('otherPhone', text) ? ofCall(meaning, 'no', {}, 'otherPhone') : meaning;
}

const saidApart = (words: StandingWords, text: string) => clausesOf(words.apart(text));

const WANTS_SOMEBODY = new Set<Meaning['intent']>(['callback.request', 'agent.call']);
/** 「找人给我回个电话，上午我不在家」: a call, and when, before anything is talked of. */
function opensWithTime(words: StandingWords, meaning: Meaning, said: Said): Meaning | undefined {
  const { frames, asked } = said.talk;
  const { intent, slots, decision } = meaning;
  if (frames.length > 0 || asked?.for === 'yesno' || (decision === 'accept' && (slots.time || slots.date)))
    return undefined;
  const clauses = saidApart(words, said.text);
  const loose = decision !== 'accept' || intent === 'no' || intent === 'cancel' || WANTS_SOMEBODY.has(intent);
  if (!loose || clauses.length < 2) return undefined;
  const told = clauses.map((one) => said.read(one));
  const call = told.find((one) => WANTS_SOMEBODY.has(one.intent) && one.decision === 'accept');
  const when = call && whenIn(words, said);
  return when ? ofCall(meaning, 'callback.request', { ...call.slots, ...when }, 'when') : undefined;
}

/** 「你叫小高给我打电话，下午打，上午我得遛弯儿」 in the midst of anything: the half day of the reason is not the one she wants. */
function apartFromReason(words: StandingWords, meaning: Meaning, said: Said): Meaning | undefined {
  const { intent, slots } = meaning;
  if (!WANTS_SOMEBODY.has(intent) || !slots.time || !saidApart(words, said.text).some((one) => words.isBusy(one)))
    return undefined;
  const when = whenIn(words, said);
  return when && when.time !== slots.time ? { ...meaning, slots: { ...slots, ...when } } : undefined;
}

const OTHER_HALF: Record<string, string> = { AM: 'PM', PM: 'AM' };
const NOON = /^1[1-3]:/;
/** 「晌午别打」 is the afternoon, too. */
const otherHalf = (time = ''): string | undefined => OTHER_HALF[time] ?? (NOON.test(time) ? 'PM' : undefined);
/** The day or hour that she names; of a half day on which she cannot be reached, the other one. */
function whenIn(words: StandingWords, { text, read }: Said): Slots | undefined {
  const hers = saidApart(words, text).filter((one) => !words.calls('story', one));
  const times = hers.map((one) => ({ ...timeIn(words, read, one), busy: words.isBusy(one), tells: breadthOf(one) }));
  const meant = times.filter(({ date, time, busy }) => !busy && (date || time));
  // 「明天下午，今儿个孩子们都在」: a day in a clause that tells more is why.
  const named = meant.findLast(({ time, tells }) => time || tells <= LONGEST_DAY) ?? meant.at(-1);
  const against = times.findLast(({ time, date, busy }) => busy && !date && otherHalf(time));
  const { date, time } = named ?? { date: undefined, time: otherHalf(against?.time) };
  const given = Object.entries({ date, time }).filter(([, value]) => value);
  return given.length > 0 ? (Object.fromEntries(given) as Slots) : undefined;
}

/** 「还是明天吧」 */
const LONGEST_DAY = 6;
function timeIn(words: StandingWords, read: Said['read'], clause: string): { date?: string; time?: string } {
  const { date, time } = read(words.hourOf(clause), { errand: 'callback', asking: 'date' }).slots;
  return { date, time };
}

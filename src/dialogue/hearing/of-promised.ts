/** What she says of a call that was promised, of a visit, or of a rating she gave: read into the slots of the errand that has it. Pure. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import { isPassing } from '../passing.ts';
import { numberIn } from './number-given.ts';
import { clausesOf } from './plain-words.ts';
import { LOOSE, ofStanding, type Said, whenOf } from './standing-said.ts';
import { PROMISED, type Promised, type StandingWords } from './standing-words.ts';

const INTENT_OF: Record<Promised, Intent> = { callback: 'callback.request', visit: 'visit.request' };
const ERRAND_OF: Record<Promised, string> = { callback: 'agent', visit: 'visit' };
/** The last thing done was of this kind: it need not be named again. */
const DONE: Record<Promised, RegExp> = { callback: /^agent\.callback/, visit: /^visit\./ };

const OF_DOCUMENT = /^(?:pickup|progress)\./;
function isOf(words: StandingWords, what: Promised, meaning: Meaning, said: Said): boolean {
  const { text, talk } = said;
  const justDone = DONE[what].test(talk.topic?.done?.phrase ?? '');
  const about = words.about(what, text) ?? (justDone && whenIn(what, words, said) ? 'move' : undefined);
  if (!about) return false;
  if (words.names(what, text)) return true;
  // 「我约的取证是哪天」, 「老年证啥时候能拿」: that is named, too.
  if (OF_DOCUMENT.test(meaning.intent) && (words.says('collects', text) || meaning.slots.item)) return false;
  const loose =
    meaning.decision !== 'accept' ||
    meaning.intent === 'yes' ||
    LOOSE.test(meaning.intent) ||
    errandOf(meaning.intent) === ERRAND_OF[what];
  return loose && justDone;
}

/** A new day or hour, read as the answer to a question for it: where she says it, and not in the reason she gives. */
function whenIn(what: Promised, words: StandingWords, { text, read }: Said): Slots | undefined {
  const all = clausesOf(text).reverse();
  const clauses = all.filter((one) => one.trim() && !words.isBusy(one));
  const changing = clauses.filter((one) => words.about(what, one) === 'move');
  for (const clause of [...changing, ...clauses]) {
    const { slots } = read(clause, { errand: ERRAND_OF[what], asking: 'date' });
    if (slots.date || slots.time) return whenOf(slots);
  }
  return undefined;
}

/** 我刚才评错了: of the rating she just gave, or with the word for it. */
const takesBackRating = (words: StandingWords, { text, talk }: Said): boolean =>
  words.rates('wrong', text) && (talk.topic?.errand === 'rate' || words.rates('judged', text));

/** 「我想给非常满意」 right after it was kept: that instead, and of the same service. */
function givesOtherRating({ intent, slots }: Meaning, { talk }: Said): boolean {
  const justRated = talk.last.some(({ phrase }) => JUST_RATED.has(phrase)) || talk.topic?.errand === 'rate';
  return justRated && intent === 'rate' && Boolean(slots.rating) && !slots.name && !slots.item && !slots.service;
}
const JUST_RATED = new Set(['rate.thanked', 'rate.stands', 'rate.followed', 'rate.about_secret']);

/** The rating that she gave, to be asked for again, or with what it is to be instead. */
export function ratingPutRight(
  words: StandingWords,
  meaning: Meaning,
  { text, read }: Pick<Said, 'text' | 'read'>,
): Meaning {
  const instead = words.ratedInstead(text);
  const { rating } = instead ? read(instead, { errand: 'rate', asking: 'rating' }).slots : {};
  return ofStanding(meaning, 'rate', { about: 'wrong', ...(rating ? { rating } : {}) }, 'rating.wrong');
}

/** The call that was talked of last, the day by which she names one, and that she means all of them. */
function whichCall(words: StandingWords, { text, talk, read }: Pick<Said, 'text' | 'talk' | 'read'>): Slots {
  const day = words.callDay(text);
  const from = day && read(day, { errand: 'agent', asking: 'date' }).slots.date?.split('/')[0];
  const callback = talk.topic?.done?.slots?.callback;
  const all = words.calls('all', text);
  return { ...(from ? { from } : {}), ...(callback ? { callback } : {}), ...(all ? { all: 'yes' } : {}) };
}

function askedOf(words: StandingWords, what: Promised, meaning: Meaning, said: Said): Meaning {
  const when = whenIn(what, words, said);
  // 「今儿别打了，改明儿早起打」: what is refused is the time.
  const clauses = clausesOf(said.text);
  const moves = when && clauses.some((one) => words.about(what, one) === 'move');
  // 「改到礼拜五上午，算了还是不用来了」: the last word counts.
  const last = clauses.at(-1) ?? '';
  // 「改后天下午吧，别打明天了」: what is not to be is the day of before.
  const ofDay = words.callDay(last) !== undefined;
  const ends = moves && words.about(what, last) === 'cancel' && !words.isBusy(last) && !ofDay;
  const about = moves && !ends ? 'move' : ends ? 'cancel' : (words.about(what, said.text) ?? (when ? 'move' : 'when'));
  const slots = { about, ...(about === 'move' ? when : {}), ...(what === 'callback' ? whichCall(words, said) : {}) };
  return ofStanding(meaning, INTENT_OF[what], slots, `${what}.${about}`);
}

/** 「打给我闺女行不」 right after a call was promised: that call, to another telephone. */
function otherTelephone(words: StandingWords, meaning: Meaning, { text, talk }: Said): Meaning | undefined {
  const { topic, asked } = talk;
  const open = asked === undefined && DONE.callback.test(topic?.done?.phrase ?? '');
  if (!open || ENDED.test(topic?.done?.phrase ?? '')) return undefined;
  const phone = meaning.slots.phone ?? numberIn(text);
  const hers = words.calls('mine', text) || words.calls('thisOne', text);
  const other = words.calls('toAnother', text) || words.calls('gone', text) || (phone && words.calls('ofNumber', text));
  if (!other && !hers) return undefined;
  const reason: Slots = topic?.life && !topic.life.alone ? { reason: 'life' } : {};
  const { callback = '' } = topic?.done?.slots ?? {};
  const to: Slots = phone ? { phone } : other ? { gone: 'yes' } : {};
  return ofStanding(meaning, 'callback.request', { ...reason, ...(callback ? { callback } : {}), ...to }, 'otherPhone');
}

/** 「那居委会那个电话打到我哪个号啊」: of the call that was promised, the end of the number that is rung. */
function asksNumber(words: StandingWords, meaning: Meaning, said: Said): Meaning | undefined {
  const { text, talk } = said;
  const isOfCall = words.names('callback', text) || DONE.callback.test(talk.topic?.done?.phrase ?? '');
  if (talk.asked || talk.alarm || !isOfCall || !words.calls('toWhich', text)) return undefined;
  return ofStanding(meaning, 'callback.request', { about: 'toWhich', ...whichCall(words, said) }, 'callback.toWhich');
}
const ENDED = /GivenUp$|None$/;

/** Somebody is offered, to ring or to come. */
const PERSON = new Set(['callback', 'visit']);
/** 「那电话不用打了」 while something is only told. What is offered at that moment is refused, and nothing that stands. */
function endsInPassing(words: StandingWords, meaning: Meaning, said: Said): Meaning | undefined {
  const { frames, asked } = said.talk;
  const offered = asked?.for === 'yesno' && PERSON.has(asked.offer ?? '');
  if (!isPassing(frames.at(-1)?.machine) || offered) return undefined;
  const what = PROMISED.find((one) => words.names(one, said.text) && words.about(one, said.text) === 'cancel');
  return what && askedOf(words, what, meaning, said);
}

/** 「刚约好的那个，改礼拜五下午」 while an application waits, or the matter of another: the visit that was just noted. */
function visitJustNoted(words: StandingWords, meaning: Meaning, said: Said): Meaning | undefined {
  const { text, talk } = said;
  const waits = talk.frames.at(-1)?.machine === 'apply' || talk.asked?.phrase === 'visit.whichMatter';
  if (!waits || !DONE.visit.test(talk.topic?.done?.phrase ?? '')) return undefined;
  const about = words.about('visit', text);
  const bears = about === 'cancel' ? words.names('visit', text) : about === 'move' && whenIn('visit', words, said);
  return bears ? askedOf(words, 'visit', meaning, said) : undefined;
}

/** Her sentence as it bears on a call or a visit that was promised, or on a rating; undefined where it is none of these. */
export function ofPromised(words: StandingWords, meaning: Meaning, said: Said): Meaning | undefined {
  if (said.talk.frames.length > 0) return visitJustNoted(words, meaning, said) ?? endsInPassing(words, meaning, said);
  const other = asksNumber(words, meaning, said) ?? otherTelephone(words, meaning, said);
  if (other) return other;
  if (takesBackRating(words, said)) return ratingPutRight(words, meaning, said);
  if (givesOtherRating(meaning, said))
    return ofStanding(meaning, 'rate', { about: 'wrong', rating: meaning.slots.rating ?? '' }, 'rating.instead');
  const { asked } = said.talk;
  const offered = asked?.for === 'yesno' && PERSON.has(asked.offer ?? '');
  const what = PROMISED.find((one) => isOf(words, one, meaning, said) && !(offered && !words.names(one, said.text)));
  return what && askedOf(words, what, meaning, said);
}

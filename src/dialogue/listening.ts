/** What was said, before the dialogue decides: the meaning, a second wish in the same breath, and manners that are no intent. */
import type { Locale } from '../platforms/platform.ts';
import type { Expecting, Intent, Meaning, Slots } from '../understanding/meaning.ts';
import { callsOffWhatStands, inTheLight } from './aftermath.ts';
import type { Aside, Asides } from './asides.ts';
import type { AskingWords } from './asking-words.ts';
import type { Wish } from './conversation.facts.ts';
import { errandOf } from './errand-of.ts';
import { takesUpWish } from './its-words.ts';
import type { LifeWords } from './life-words.ts';
import type { Manner, Part, SpeakerWord } from './manner.ts';
import { ofApplying } from './of-applying.ts';
import { ofBenefits } from './of-benefits.ts';
import { ofCalling } from './of-calling.ts';
import { ofComplaining } from './of-complaining.ts';
import { ofFraud } from './of-fraud.ts';
import { ofGuide } from './of-guide.ts';
import { ofNeed } from './of-need.ts';
import { ofWhatStands, withBareName } from './of-what-stands.ts';
import { withPiece } from './pieces.ts';
import { asMeant, putsOff, type Remark, refuses, remarkIn } from './remarks.ts';
import type { StandingWords } from './standing-words.ts';
import type { Talk } from './talk.ts';
import { agreesAgain, agreesToCallOff, isNoCall, ofHerNumber, takesUpOffer, yesBut } from './yes-but.ts';

export interface Listened {
  meaning: Meaning;
  /** The part of the sentence that the meaning was read from. */
  text: string;
  /** Another wish that she named in the same breath. */
  second?: Wish;
  /** She has heard enough: nothing is asked of her any more. */
  enough?: true;
  part?: Part;
  /** What she wants, said behind who she is. */
  behindName?: Wish;
  /** Not what was asked about, but this. */
  instead?: true;
  /** She does not know her agreed digits any more. */
  forgot?: true;
  /** Who is speaking, said without a name. */
  speaker?: SpeakerWord;
  /** Said beside any errand. */
  remark?: Remark;
  /** She could not follow: the same again, shorter. */
  simpler?: true;
  /** Something happened to somebody. */
  life?: LifeWords;
  /** A small question about what is in hand, with its answer. */
  aside?: Extract<Aside, { told: unknown }>['told'];
}

/** The words of a language that the dialogue itself listens for. */
export interface Ears {
  manner: Manner;
  standing: StandingWords;
  asides: Asides;
  asking: AskingWords;
}

export interface Sentence {
  text: string;
  locale: Locale;
  talk: Talk;
  expecting: Expecting;
  read: (text: string, expecting?: Expecting) => Meaning;
}

/** Questions whose answer is hers alone: nothing is looked for in it. */
const CLOSED = new Set(['pin', 'resident', 'phone', 'case_no', 'name']);
/** Nothing but the answer is looked for where these are asked. */
const SECRET = new Set(['pin', 'resident']);
/** Asked back in one syllable: she has not heard. */
const WHAT = /^[啊嗯哎哈诶哦][？?]$/;
const SHORTEST = 7;
const MOST_CUTS = 6;
const MOST_CLAUSES = 3;
const LONGEST_CLAUSE = 14;
const SURE = 0.75;
const PLAIN = 0.95;

/** Reads one sentence with all that lies in it. Pure but for `read`. */
export function listen(ears: Ears, whole: Sentence): Listened {
  const heard = heardWhole(ears, whole);
  const clause = whole.text.split(/[\p{P}]+/u).find((one) => SAYS_WHO.test(one.trim()));
  const spoken = clause ?? (whole.talk.asked?.for === 'resident' ? whole.text : undefined);
  const speaker = spoken ? ears.manner.speaker(spoken) : undefined;
  return speaker ? { ...heard, speaker } : heard;
}
const SAYS_WHO = /^(?:[我这]就?[是姓叫]|i am |i'm |this is )/iu;

/** Without 「对了」; a day in words of its own as it is said otherwise. */
function plainDay(standing: StandingWords, manner: Manner, { text, talk }: Sentence): string {
  const said = manner.afterByTheWay(text) || text;
  const kind = talk.asked?.for;
  return (kind === 'date' || kind === 'choice' ? standing.dayAgain(said) : undefined) ?? said;
}

function heardWhole({ manner, standing, asides, asking }: Ears, whole: Sentence): Listened {
  const { talk } = whole;
  const asked = talk.asked;
  const sentence = asked?.words ? whole : { ...whole, text: plainDay(standing, manner, whole) };
  const { text } = sentence;
  const heard = ofNeed(asking, ofFraud(asking, heardIn(manner, sentence), text, talk), text, talk);
  if (asked?.words) return { meaning: ofComplaining(asking, heard, text, talk), text };
  const life = talk.topic?.life && manner.says('mistaken', text) ? undefined : lifeIn(manner, text, heard);
  if (life && asked?.for !== 'pin') return { meaning: heard, text, life };
  const aside = asides.find(text, heard, talk);
  if (aside) return asideTold(aside, heard, text);
  if (CLOSED.has(asked?.for ?? '')) return closed(manner, standing, heard, { ...sentence, isKin: manner.isKin });
  if (heard.why === INSTEAD) return { meaning: heard, text, instead: true };
  const off = callsOffWhatStands(manner, inTheLight(manner, heard, text, talk), text, talk);
  const asks = ofBenefits(asking, ofComplaining(asking, off, text, talk), text, talk);
  const called = asks === off ? ofCalling(standing, off, sentence) : asks;
  const stands =
    called === off
      ? ofApplying(standing, ofWhatStands(standing, off, { ...sentence, isKin: manner.isKin }), text, talk)
      : called;
  const near = stands === off ? ofGuide(asking, off, text, talk) : stands;
  const piece = near === off ? withPiece(manner, off, text, talk) : near;
  const meaning = piece === off ? asMeant(manner, off, text) : piece;
  const remark = remarkIn(manner, meaning, text, talk);
  if (remark || meaning.intent === 'emergency' || piece !== stands) return withRemark(meaning, text, remark);
  return beyondIntent(manner, meaning, sentence);
}

type IsKin = Pick<Manner, 'isKin'>;
/** At a question whose answer is hers alone: a refusal, another time, that she does not know it; else the answer. */
function closed(manner: Manner, standing: StandingWords, heard: Meaning, sentence: Sentence & IsKin): Listened {
  const { text, talk } = sentence;
  const asked = talk.asked;
  if (asked?.for === 'resident') return { meaning: heard, text };
  const ofPin = asked?.for === 'pin';
  if (ofPin && manner.says('forgot', text)) return { meaning: heard, text, forgot: true };
  const notAlone = ofPin && manner.says('notAlone', text);
  const notNow = notAlone || refuses(manner, text, talk) || putsOff(manner, heard, text, talk);
  const remark = talk.alarm || notNow ? remarkIn(manner, heard, text, talk) : undefined;
  if (ofPin && !remark && manner.says('keeps', text))
    return { meaning: { ...heard, intent: 'no', slots: {}, decision: 'accept' }, text };
  return {
    ...withRemark(ofCalling(standing, withBareName(standing, heard, sentence), sentence), text, remark),
    ...(heard.why === INSTEAD ? { instead: true } : {}),
  };
}

const asideTold = (aside: Aside, meaning: Meaning, text: string): Listened =>
  'told' in aside
    ? { meaning, text, aside: aside.told }
    : { meaning: { ...meaning, ...aside.means, decision: 'accept', confidence: 1, why: '_asides.yaml' }, text };
const withRemark = (meaning: Meaning, text: string, remark: Remark | undefined): Listened => ({
  meaning,
  text,
  ...(remark ? { remark } : {}),
});

const FOR_THE_HOUR = { errand: 'agent', asking: 'time' } as const;
const FOR_THE_DAY = { errand: 'pickup', asking: 'date' } as const;

/** The sentence as understanding has it, bent by what it plainly is. */
function heardIn(manner: Manner, sentence: Sentence): Meaning {
  const { text, expecting, read, talk } = sentence;
  const bent = asQuestionOfItsOwn(withoutStory(read(text, expecting), sentence), sentence);
  if (WHAT.test(text.trim())) return { ...bent, intent: 'repeat' };
  if (isNoCall(bent, talk, () => read(text))) return unread(bent);
  const own = talk.asked?.words || CLOSED.has(talk.asked?.for ?? '');
  const agreed = agreesToCallOff(manner, bent, text, talk);
  const meant = own ? bent : yesBut(manner, agreed, text, talk, (part) => read(part, expecting));
  const taken = takesUpOffer(agreesAgain(manner, meant, text, talk), talk, () => read(text, FOR_THE_DAY));
  const wished = takesUpWish(taken, talk, (errand) => read(text, { errand, asking: 'date' }));
  const about = ofHerNumber(manner, wished, text, talk, () => read(text, FOR_THE_HOUR));
  return plainly(manner, withManner(manner, about, text), sentence);
}

/** A word inside another is none: 停机 is no farewell, 起不来那么早 no fall; and a wish said again where a person is offered is that wish. */
function plainly(manner: Manner, meaning: Meaning, { text, talk, read }: Sentence): Meaning {
  const { intent } = meaning;
  const asked = talk.asked;
  if (manner.says('trapped', text))
    return { ...meaning, intent: 'emergency', slots: { kind: 'trapped' }, decision: 'accept' };
  if (intent === 'emergency' && manner.says('noAlarm', text)) return unread(meaning);
  if (intent === 'stop' && asked?.for === 'yesno' && manner.says('goOn', text))
    return { ...meaning, intent: 'yes', decision: 'accept' };
  if (intent === 'stop' && manner.says('noFarewell', text)) return unread(meaning);
  if (intent === 'select.number' && manner.says('otherDay', text)) return { ...meaning, intent: 'no', slots: {} };
  if (intent !== 'yes' || asked?.offer !== 'callback') return meaning;
  const wish = read(text);
  return isClear(wish) && errandOf(wish.intent) === talk.frames.at(-1)?.machine ? { ...wish, why: INSTEAD } : meaning;
}
const unread = (meaning: Meaning): Meaning => ({ ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' });

/** What lies in it that no intent says: enough, a life changed, a second wish, a part, an element. */
function beyondIntent(manner: Manner, meaning: Meaning, sentence: Sentence): Listened {
  const { text, talk } = sentence;
  if (mayEnd(talk) && manner.isEnough(text)) return { meaning, text, enough: true };
  const two = talk.later ? undefined : (afterName(sentence) ?? twoWishes(manner, meaning, sentence));
  if (two) return two;
  const hard = (meaning.intent === 'repeat' || meaning.decision === 'ask') && manner.says('simpler', text);
  if (hard) return { meaning: { ...meaning, intent: 'repeat', decision: 'accept' }, text, simpler: true };
  if (meaning.intent === 'repeat') return { meaning, text, part: manner.part(text) };
  return { meaning: withElement(manner, text, meaning, talk), text };
}

/** Who collects is named twice, by what she is and by her name; what is posted to a home needs nobody to come there. */
function withManner(manner: Manner, meaning: Meaning, text: string): Meaning {
  if (errandOf(meaning.intent) !== 'pickup') return meaning;
  const { name, ...slots } = meaning.slots;
  const posted: Slots = slots.mode === 'home' && manner.saysPost(text) ? { mode: 'courier' } : {};
  if (!name || !manner.isKin(name)) return { ...meaning, slots: { ...meaning.slots, ...posted } };
  return { ...meaning, slots: { ...slots, ...posted, relation: name } };
}

/** The story before the answer: 「我闺女让我问问，行」. The last clause that is clear by itself is what she means. */
function withoutStory(whole: Meaning, { text, expecting, talk, read }: Sentence): Meaning {
  const lost = whole.decision === 'ask' || whole.intent === 'out_of_scope';
  if (!lost || talk.asked?.words) return whole;
  if (CLOSED.has(expecting.asking ?? ''))
    return SECRET.has(expecting.asking ?? '') ? whole : otherWish(whole, text, talk, read);
  const clauses = text.split(/[，,。；;、]/u).map((clause) => clause.trim());
  if (clauses.length < 2) return whole;
  for (const clause of clauses.reverse().slice(0, MOST_CLAUSES)) {
    if (clause.length === 0 || clause.length > LONGEST_CLAUSE) continue;
    const told = read(clause, expecting);
    if (isClear(told) && !SAID_OF_LIFE.has(told.intent)) return told;
  }
  return whole;
}

/** A number or a name is wanted, and she plainly wishes something else: that, and not the question once more. */
function otherWish(whole: Meaning, text: string, { frames }: Talk, read: Sentence['read']): Meaning {
  const parts = [text, ...text.split(/[，,。；;、]/u).reverse()]
    .map((part) => part.trim())
    .filter((part) => part.length > 2);
  const told = parts.slice(0, MOST_CLAUSES + 1).map((part) => read(part));
  const wish = told.find((one) => isClear(one) && isOther(errandOf(one.intent), frames));
  if (!wish) return whole;
  return told.some(({ intent }) => intent === 'no' || intent === 'cancel') ? { ...wish, why: INSTEAD } : wish;
}
/** She does not want what she was just asked for. */
const INSTEAD = 'instead of what was asked';
const isOther = (errand: string | undefined, frames: Talk['frames']) =>
  errand !== undefined && errand !== frames.at(-1)?.machine;

/** What is bent into an answer although by itself it is plainly another wish, is that wish. */
function asQuestionOfItsOwn(bent: Meaning, { text, expecting, talk, read }: Sentence): Meaning {
  const errand = errandOf(bent.intent);
  const bendable = errand !== undefined && errand === talk.frames.at(-1)?.machine && bent.confidence < PLAIN;
  if (!bendable || talk.asked?.words || CLOSED.has(expecting.asking ?? '')) return bent;
  const plain = read(text);
  const other = errandOf(plain.intent);
  return other && other !== errand && plain.decision === 'accept' && plain.confidence >= PLAIN ? plain : bent;
}

/** Nothing hangs on the answer: to have enough of it is an answer too. */
function mayEnd({ asked }: Talk): boolean {
  return !asked || asked.for === 'nothing' || asked.for === 'choice' || asked.offer === 'more';
}

const SAID_OF_LIFE = new Set(['smalltalk', 'out_of_scope']);
/** Questions about how a matter is done may tell of a death, too; they are answered first. */
const OF_GUIDE = /^(guide|policy|progress)\./;
/** In hospital since yesterday is no alarm any more. */
function lifeIn(manner: Manner, text: string, { intent, slots, decision, confidence }: Meaning): LifeWords | undefined {
  const found = manner.life(text);
  if (!found) return undefined;
  if (intent === 'emergency')
    return found.state === 'hospital' && found.sure && found.how === 'told' ? found : undefined;
  const sure = slots.item ? SURE : PLAIN;
  const open = SAID_OF_LIFE.has(intent) || decision !== 'accept' || confidence < sure;
  const plain = found.sure || found.how === 'back';
  return open || (plain && !OF_GUIDE.test(intent)) ? found : undefined;
}

/** 「我是王姨，我想取证」: who she is, and behind it what she wants. */
const NAMES_HERSELF = /^(?:[我这][是姓叫]|i am |i'm |this is )[^，,。；;]{1,12}[，,。；;]\s*(.{3,})$/iu;
function afterName({ text, read }: Sentence): Listened | undefined {
  const rest = NAMES_HERSELF.exec(text.trim())?.[1];
  const wish = rest ? read(rest) : undefined;
  if (!rest || !wish || !isClear(wish) || !errandOf(wish.intent)) return undefined;
  return { meaning: wish, text, behindName: { intent: wish.intent, slots: wish.slots, words: rest } };
}

/** The first cut of which both halves are understood well, and as two different errands. */
function twoWishes(manner: Manner, whole: Meaning, { text, talk, expecting, read }: Sentence): Listened | undefined {
  if (text.length < SHORTEST) return undefined;
  const place = OF_PLACE.has(manner.element(text) ?? '');
  for (const [left, right] of manner.halves(text).slice(0, MOST_CUTS)) {
    const second = read(right);
    if (!isClear(second) || !errandOf(second.intent)) continue;
    const first = read(left, expecting);
    const errand = errandOf(first.intent) ?? (isAnswer(first) ? talk.frames.at(-1)?.machine : undefined);
    if (!isClear(first) || !errand || isSame(errand, first, second)) continue;
    if (isAnswer(first) && read(right, expecting).intent === 'yes') continue;
    if (place && asksOfPlace(first) && asksOfPlace(second)) continue;
    // Only together do they say of what: 「我够七十了，换个证」.
    if (whole.decision === 'accept' && whole.slots.item && !first.slots.item && !second.slots.item) continue;
    if (isNamedOnly(second) && OF_THE_NAMED.has(first.intent) && !first.slots.item)
      return { meaning: { ...first, slots: { ...second.slots, ...first.slots } }, text };
    if (isNamedOnly(first) && OF_THE_NAMED.has(second.intent))
      return { meaning: { ...second, slots: { ...first.slots, ...second.slots } }, text };
    return { meaning: first, text: left, second: { ...wishOf(second, first), words: right } };
  }
  return undefined;
}

/** 那邻里中心呢，周末开不开: one place, where it is and when. */
const asksOfPlace = ({ intent, slots }: Meaning) =>
  (intent === 'guide.where' || intent === 'guide.when') && slots.item === undefined;

/** One thing asked in two breaths, unless it is two questions about how things are done. */
function isSame(errand: string, first: Meaning, second: Meaning): boolean {
  if (errand !== errandOf(second.intent)) return false;
  return errand !== 'guide' || first.intent === second.intent || !errandOf(first.intent);
}

/** 「听说八十往上每月给钱，我能领吗」: the first half only says of what the second asks. */
const OF_THE_NAMED = new Set<Intent>(['guide.eligibility', 'guide.fee']);
const isNamedOnly = ({ intent, slots }: Meaning) =>
  intent === 'guide.lookup' && slots.item !== undefined && slots.element === undefined;

const isClear = ({ decision, confidence }: Meaning) => decision === 'accept' && confidence >= SURE;
const isAnswer = ({ intent }: Meaning) => intent === 'yes' || intent === 'select.number';

/** 「约个时间」 after 「老年证怎么办」 means that card. */
const OF_THE_SAME = new Set(['pickup', 'apply', 'guide', 'visit']);
function wishOf({ intent, slots }: Meaning, first: Meaning): Wish {
  const item = OF_THE_SAME.has(errandOf(intent) ?? '') ? first.slots.item : undefined;
  return { intent, slots: item ? { item, ...slots } : slots };
}

/** Asked with 谁 too, and no question for her own station. */
const OF_WHO = new Set(['supervision', 'acceptedBy', 'enquiry', 'audience', 'basis']);
const OF_PLACE = new Set(['mobile', 'kiosk', 'locker', 'hours', 'centre', 'photo']);
/** What became of a card that she names. */
const OF_CARD = new Set(['lost', 'worn', 'renew']);

const isOfCard = ({ intent, slots, decision }: Meaning) =>
  slots.item !== undefined && decision === 'accept' && (intent === 'guide.lookup' || intent === 'guide.eligibility');

/** An element of a guide that has no intent of its own. */
function withElement(manner: Manner, text: string, meaning: Meaning, { frames, topic }: Talk): Meaning {
  const inGuide = frames.at(-1)?.machine === 'guide';
  const unread = meaning.decision !== 'accept' || meaning.intent === 'out_of_scope';
  const element = manner.element(text);
  if (OF_CARD.has(element ?? '') && !isOfCard(meaning)) return meaning;
  const howTo = meaning.intent === 'help' && OF_PLACE.has(element ?? '');
  const asWho = meaning.intent === 'guide.who' && OF_WHO.has(element ?? '');
  const ofMatter = element === 'centre' && meaning.slots.item !== undefined;
  const ofPlace = OF_PLACE.has(element ?? '') && !ofMatter;
  const asPlace = meaning.intent.startsWith('guide.') && (ofPlace || OF_CARD.has(element ?? ''));
  const asList = meaning.intent === 'guide.materials' && element === 'checklist';
  const asLimit = meaning.intent === 'guide.when' && element === 'timeLimit';
  const named =
    asLimit || meaning.intent === 'guide.lookup' || asWho || asPlace || asList || howTo || (inGuide && unread);
  if (!element || !named) return meaning;
  const near = asLimit ? ((frames.at(-1)?.context.slots as Slots | undefined)?.item ?? topic?.item) : undefined;
  const slots = { ...(near ? { item: near } : {}), ...(unread ? {} : meaning.slots), element };
  return { ...meaning, intent: 'guide.lookup', slots, decision: 'accept', why: `_manner.yaml#${element}` };
}

/** A sentence as understanding has it, bent by the question in hand and by what it plainly is. Pure but for `read`. */
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import { isPaper } from '../known-matters.ts';
import { itemOf } from '../matter-in-hand.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { clearYes } from './clear-yes.ts';
import { takesUpCall, takesUpWish, wishesInstead } from './its-words.ts';
import type { Manner } from './manner.ts';
import { breadthOf, clausesOf, piecesOf } from './plain-words.ts';
import { asksSomething, onlyAsks } from './question.ts';
import {
  CLOSED,
  FOR_THE_DAY,
  IN_ITS_WORDS,
  INSTEAD,
  isClear,
  OF_SOUND,
  PLAIN,
  SAID_OF_LIFE,
  type Sentence,
  SURE,
} from './sentence.ts';
import { digitRuns } from './spoken-digits.ts';
import { agreesAgain, isNoCall, takesUpOffer, yesBut } from './yes-but.ts';

/** Nothing but the answer is looked for where these are asked. */
const SECRET = new Set(['pin', 'resident']);
/** Asked back in one syllable: she has not heard. */
const WHAT = /^[啊嗯哎哈诶哦][？?]$/;
const GUESS = 0.5;
const MOST_CLAUSES = 3;
const LONGEST_CLAUSE = 14;
const FOR_THE_CALL = { errand: 'callback', asking: 'date' } as const;

/** The sentence as understanding has it, bent by what it plainly is. */
export function heardIn(manner: Manner, sentence: Sentence): Meaning {
  const { text, expecting, read, talk } = sentence;
  const whole = ofOtherNamed(behindWaiting(manner, read(text, expecting), sentence), sentence);
  const told = plainInPart(withoutStory(manner, whole, sentence), sentence);
  const bent = noGuess(asQuestionOfItsOwn(told, sentence), talk);
  const givenBack = talk.asked?.for === 'yesno' && manner.again('asksBack', text);
  if (givenBack || WHAT.test(text.trim())) return { ...bent, intent: 'repeat', slots: {}, decision: 'accept' };
  if (isNoCall(bent, talk, () => read(text)) || tellsOnly(manner, bent, sentence)) return unread(bent);
  if (letsThemCome(manner, sentence)) return { ...bent, intent: 'yes', slots: {}, decision: 'accept' };
  if (takesYesBack(manner, bent, sentence)) return { ...bent, intent: 'no', slots: {}, decision: 'accept' };
  const own = talk.asked?.words || CLOSED.has(talk.asked?.for ?? '');
  const inHand = (part: string) => read(part, expecting);
  const agreed = agreesAgain(manner, own ? bent : yesBut(manner, bent, text, talk, inHand), text, talk);
  const meant = own ? agreed : clearYes(manner, agreed, text, talk, inHand);
  const taken = takesUpOffer(meant, talk, manner.saysPost(text), () => read(text, FOR_THE_DAY));
  const instead = wishesInstead(taken, text, talk, (clause) => read(clause));
  const called = takesUpCall(manner, instead, text, talk, (clause) => read(clause, FOR_THE_CALL));
  const wished = takesUpWish(called, talk, (errand) => read(text, { errand, asking: 'date' }));
  return plainly(manner, withManner(manner, wished, text), sentence);
}

/** 「是邻居借的五百，不是骗子」 to the offer that somebody calls: what it was, and no yes. */
const tellsOnly = (manner: Manner, { intent }: Meaning, { text, talk }: Sentence): boolean =>
  intent === 'yes' && talk.asked?.offer === 'callback' && manner.again('tellsWhat', text);

const OF_SCAM = /^conversation\.scam/;
/** 「让社区来吧，我慌」, where her money may be gone: that is the yes. */
const letsThemCome = (manner: Manner, { text, talk }: Sentence): boolean =>
  OF_SCAM.test(talk.asked?.phrase ?? '') &&
  talk.asked?.offer === 'callback' &&
  piecesOf(text).some((one) => manner.again('letsThem', one));

const TAKEN_BACK = new Set(['apply', 'callback']);
/** 「好，补……哎不用了，找着了」: the yes that she began with is over before she ends. */
const takesYesBack = (manner: Manner, { intent }: Meaning, { text, talk }: Sentence): boolean =>
  intent === 'yes' &&
  TAKEN_BACK.has(talk.asked?.offer ?? '') &&
  piecesOf(text)
    .slice(1)
    .some((one) => manner.again('reversed', one));

/** A word inside another is none: 停机 is no farewell, 起不来那么早 no fall; and a wish said again where a person is offered is that wish. */
function plainly(manner: Manner, meaning: Meaning, { text, talk, read }: Sentence): Meaning {
  const { intent } = meaning;
  const asked = talk.asked;
  const kind = SHUT_IN.find((one) => manner.says(one, text));
  if (kind) return { ...meaning, intent: 'emergency', slots: { kind }, decision: 'accept' };
  if (meaning.slots.wish === 'time') return withDay(meaning, read(manner.dayAskedOf(text), FOR_THE_DAY));
  if (intent === 'emergency' && (manner.says('noAlarm', text) || isGuessAtDigits(meaning, text)))
    return unread(meaning);
  if (intent === 'emergency' && IS_OVER.some((one) => manner.again(one, text)))
    return besideThePast(meaning, text, read);
  if (intent === 'stop' && asked?.for === 'yesno' && manner.says('goOn', text))
    return { ...meaning, intent: 'yes', decision: 'accept' };
  if (intent === 'stop' && manner.says('noFarewell', text)) return unread(meaning);
  const behind = intent === 'stop' ? askedBehind(manner, { text, talk, read }) : undefined;
  if (behind) return behind;
  if (intent === 'select.number' && manner.says('otherDay', text)) return { ...meaning, intent: 'no', slots: {} };
  const hidden = MAY_HIDE.has(intent) || meaning.decision === 'ask' || asked?.words;
  const person = hidden ? wantsPerson(text, read) : undefined;
  if (person) return person;
  return intent === 'yes' && asked?.for === 'yesno' ? yesOrQuestion(manner, meaning, { text, talk, read }) : meaning;
}
/** 「行了知道了，那个在嘛地方」: who asks something has not taken leave. What was not understood of it may lie in what was told. */
function askedBehind(manner: Manner, { text, talk, read }: Pick<Sentence, 'text' | 'talk' | 'read'>) {
  const [, ...rest] = piecesOf(text);
  const last = rest.at(-1) ?? '';
  if (talk.asked?.for === 'yesno' || breadthOf(last) < SHORTEST_ASKED || !asksSomething(manner, last)) return undefined;
  const asked = read(last);
  return asked.intent === 'stop' || asked.decision === 'ask' ? unread(asked) : asked;
}
const SHORTEST_ASKED = 4;
/** What hides a wish for somebody that stands beside it. */
const MAY_HIDE = new Set<Meaning['intent']>(['smalltalk', 'out_of_scope', 'no', 'correction']);
/** 「不是，我要找人，真人」: a clause of it is plainly that, and the others only refuse or say it again. */
function wantsPerson(text: string, read: Sentence['read']): Meaning | undefined {
  const clauses = clausesOf(text);
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES || breadthOf(text) > LONGEST_CLAUSE) return undefined;
  const told = clauses.map((clause) => read(clause));
  const person = told.find((one) => one.intent === 'agent.call' && isClear(one) && !one.slots.name);
  return person && told.every(({ intent, slots }) => !slots.item && (!errandOf(intent) || intent === 'agent.call'))
    ? { ...person, why: INSTEAD }
    : undefined;
}
/** 「十二月三号是礼拜几」: the day that she asks about. */
const withDay = (meaning: Meaning, { slots: { date } }: Meaning): Meaning =>
  date ? { ...meaning, slots: { ...meaning.slots, date } } : meaning;

/** A wish said again where a person is offered is that wish; and a question is a yes to nothing. */
function yesOrQuestion(
  manner: Manner,
  meaning: Meaning,
  { text, talk, read }: Pick<Sentence, 'text' | 'talk' | 'read'>,
) {
  const { asked, frames } = talk;
  const wish = read(text);
  const again = asked?.offer === 'callback' && errandOf(wish.intent) === frames.at(-1)?.machine;
  if (again && isClear(wish)) return { ...wish, why: INSTEAD };
  return meaning.why !== IN_ITS_WORDS && onlyAsks(manner, text, asked?.offer) ? unread(meaning) : meaning;
}

/** 「腿摔断了，刚打了石膏，我想问残疾证」: what she wishes beside it. */
function besideThePast(meaning: Meaning, text: string, read: Sentence['read']): Meaning {
  const clauses = clausesOf(text).filter((clause) => clause.length > 1);
  const told = clauses.reverse().map((clause) => read(clause));
  return told.find((one) => isClear(one) && errandOf(one.intent) !== undefined) ?? unread(meaning);
}
/** A yes or a no that is only likely by the sound of the words is none; that somebody is listening is believed at once. */
function noGuess(meaning: Meaning, { asked }: Talk): Meaning {
  const { intent, decision, confidence } = meaning;
  if (decision === 'accept' || confidence >= GUESS || asked?.offer === 'privacy') return meaning;
  return intent === 'yes' || intent === 'no' ? unread(meaning) : meaning;
}
/** 「三七幺九」 where nobody asked for them: digits alone are no alarm, unless a rule knows them. */
const isGuessAtDigits = ({ decision }: Meaning, text: string): boolean =>
  decision !== 'accept' && digitRuns(text).some((run) => run.length === breadthOf(text) && !CALLS_HELP.test(run));
const CALLS_HELP = /^1(?:20|10|19)$/;
/** Long past, or in the hands of those who heal him. */
const IS_OVER = ['past', 'cared'] as const;
/** In the lift, or behind a door of her own. */
const SHUT_IN = ['trapped', 'lockedIn'] as const;
const unread = (meaning: Meaning): Meaning => ({ ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' });

/** Who collects is named twice, by what she is and by her name; what is posted to a home needs nobody to come there. */
function withManner(manner: Manner, meaning: Meaning, text: string): Meaning {
  if (errandOf(meaning.intent) !== 'pickup') return meaning;
  if (meaning.slots.direction === 'hand_in' && manner.says('takesSomebody', text)) return withoutHandingIn(meaning);
  const { name, ...slots } = meaning.slots;
  const posted: Slots = slots.mode === 'home' && manner.saysPost(text) ? { mode: 'courier' } : {};
  // 「老年证寄家里来行不」: what is to be posted is plain.
  const plain = meaning.intent === 'pickup.book' && slots.item !== undefined && manner.saysPost(text);
  const sure = plain && meaning.decision === 'confirm' ? ({ decision: 'accept', confidence: 1 } as const) : {};
  if (!name || !manner.isKin(name)) return { ...meaning, ...sure, slots: { ...meaning.slots, ...posted } };
  return { ...meaning, slots: { ...slots, ...posted, relation: name } };
}

/** 「送孙子上学」: whoever is taken somewhere neither hands in nor collects. */
function withoutHandingIn(meaning: Meaning): Meaning {
  const { direction: _, name: _taken, ...slots } = meaning.slots;
  return { ...meaning, slots };
}

/** 「居住证要带什么」 to the choices of another matter: of that which she names, and none of them. */
function ofOtherNamed(whole: Meaning, { text, talk, read }: Sentence): Meaning {
  const frame = talk.frames.at(-1);
  const hers = frame && isPassing(frame.machine) ? itemOf(frame) : undefined;
  if (!hers || talk.asked?.words || whole.slots.item || !OF_CHOICE.has(whole.intent)) return whole;
  const plain = read(text);
  const { item } = plain.slots;
  const other = item && item !== hers && !isPaper(item) && plain.intent.startsWith('guide.') && isClear(plain);
  return other ? plain : whole;
}
const OF_CHOICE = new Set<Meaning['intent']>(['select.number', 'guide.lookup', 'guide.materials', 'out_of_scope']);

/** 「等会儿啊，登记都得拿嘛东西」: what she asks first, and no wish that we wait. */
function behindWaiting(manner: Manner, whole: Meaning, { text, expecting, talk, read }: Sentence): Meaning {
  const [, ...rest] = clausesOf(text);
  if (whole.intent !== 'wait' || rest.length === 0 || talk.asked?.words || CLOSED.has(expecting.asking ?? ''))
    return whole;
  const question = rest.join('，');
  const asked = read(question, expecting);
  const asks = isClear(asked) && (OF_INFORMATION.test(asked.intent) || says(asked) > 0);
  if (asks) return asked;
  // What was not understood of it may lie in what was told.
  return asksSomething(manner, question) ? unread(asked) : whole;
}
const OF_INFORMATION = /^(?:guide\.(?!lookup)|progress|policy)/;

/** The story before the answer: 「我闺女让我问问，行」. The last clause that is clear by itself is what she means; a no beside a question, where nothing was asked, is none. */
function withoutStory(manner: Manner, whole: Meaning, { text, expecting, talk, read }: Sentence): Meaning {
  const toNothing = expecting.asking === 'nothing' && isPassing(expecting.errand) && asksSomething(manner, text);
  const noToNothing = toNothing ? 'no' : undefined;
  // 「我老伴儿腿不行了，残疾证咋办呀」: nobody is to come for that.
  const guessed =
    whole.intent === 'visit.request' &&
    whole.decision === 'confirm' &&
    whole.confidence < GUESS &&
    whole.slots.item !== undefined;
  const lost = guessed || whole.decision === 'ask' || whole.intent === 'out_of_scope' || whole.intent === noToNothing;
  if (!lost || talk.asked?.words) return whole;
  if (CLOSED.has(expecting.asking ?? ''))
    return SECRET.has(expecting.asking ?? '') ? whole : otherWish(whole, text, talk, read);
  const clauses = clausesOf(text);
  if (clauses.length < 2) return whole;
  const clear = clauses
    .reverse()
    .slice(0, MOST_CLAUSES)
    .filter((clause) => clause.length > 0 && breadthOf(clause) <= LONGEST_CLAUSE)
    .map((clause) => read(clause, expecting))
    .filter((told) => isClear(told) && !SAID_OF_LIFE.has(told.intent) && told.intent !== noToNothing)
    // 「等会儿，缺我嘛材料」: no wish that we wait.
    .filter((told) => told.intent !== 'wait' || !asksSomething(manner, text))
    .filter((told) => !guessed || told.slots.item !== undefined);
  // 「念念消息，大点儿声」: how it is to sound is said beside what she wants.
  const meant = clear.find(({ intent }) => !OF_SOUND.has(intent)) ?? clear[0];
  return ofItsMatter(whole, clear, meant) ?? meant ?? whole;
}

/** Nothing is done before it is read back, or it is only told. */
const NOT_ASKED_BACK = /^(?:pickup\.(?:book|change)|visit\.request|apply\.start|guide\.(?!lookup).*)$/;
/** 「我要取证，礼拜三」, 「刚才交的那个，取卡那天上哪儿去」: what a clause of it says plainly is not asked back for what stands beside it. */
function plainInPart(whole: Meaning, { text, talk, read }: Sentence): Meaning {
  if (whole.decision !== 'confirm' || !NOT_ASKED_BACK.test(whole.intent) || talk.asked) return whole;
  const clauses = clausesOf(text);
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES) return whole;
  const told = clauses.map((clause) => read(clause)).filter(({ decision }) => decision === 'accept');
  const other = told.some(({ intent }) => errandOf(intent) && intent !== whole.intent);
  const plain = told.find(({ intent }) => intent === whole.intent);
  return plain && !other ? { ...whole, decision: 'accept', confidence: plain.confidence } : whole;
}

/** 「想办那个残疾的那个本儿，得找谁啊」: whom to ask is asked of the matter that the clause before names. */
function ofItsMatter({ slots }: Meaning, clear: Meaning[], meant: Meaning | undefined): Meaning | undefined {
  if (!slots.item || meant?.slots.item || !meant?.intent.startsWith('guide.')) return undefined;
  return clear.find((told) => told.slots.item === slots.item && told.intent.startsWith('guide.'));
}

/** A number or a name is wanted, and she plainly wishes something else: that, and not the question once more. */
function otherWish(whole: Meaning, text: string, { frames }: Talk, read: Sentence['read']): Meaning {
  const parts = [text, ...clausesOf(text).reverse()].map((part) => part.trim()).filter((part) => part.length > 2);
  const told = parts.slice(0, MOST_CLAUSES + 1).map((part) => read(part));
  const wish = told.find((one) => isClear(one) && isOther(errandOf(one.intent), frames));
  if (!wish) return whole;
  return told.some(({ intent }) => intent === 'no' || intent === 'cancel') ? { ...wish, why: INSTEAD } : wish;
}
const isOther = (errand: string | undefined, frames: Talk['frames']) =>
  errand !== undefined && errand !== frames.at(-1)?.machine;

/** What is bent into an answer although by itself it is plainly another wish, is that wish. */
function asQuestionOfItsOwn(bent: Meaning, { text, expecting, talk, read }: Sentence): Meaning {
  const errand = errandOf(bent.intent);
  const empty = says(bent) === 0;
  // 「我想取老年优待证」 to 「接着说吗」: the matter in hand, named again, is no yes to hearing more of it.
  const named = bent.intent === 'yes' && talk.asked?.offer === 'more';
  const machine = talk.frames.at(-1)?.machine;
  const ofThis = errand !== undefined && errand === machine;
  const bendable = named || (ofThis && (empty || bent.confidence < PLAIN));
  if (!bendable || talk.asked?.words || CLOSED.has(expecting.asking ?? '')) return bent;
  const plain = read(text);
  const other = errandOf(plain.intent);
  const enough = empty && says(plain) > 0 ? SURE : PLAIN;
  // 「那我上回交的那个办到哪儿了」 is nothing on the list that is being ticked.
  const atList = expecting.asking === 'checklist' && plain.decision === 'confirm' && plain.confidence >= GUESS;
  const sure = atList || (plain.decision === 'accept' && plain.confidence >= enough);
  return other && other !== (named ? machine : errand) && sure ? plain : bent;
}
const says = ({ slots }: Meaning) => Object.keys(slots).length;

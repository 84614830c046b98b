/** What was said, before the dialogue decides: the meaning, a second wish in the same breath, and manners that are no intent. */
import type { Locale } from '../platforms/platform.ts';
import type { Expecting, Meaning } from '../understanding/meaning.ts';
import type { Wish } from './conversation.ts';
import { errandOf } from './events.ts';
import type { LifeState, Manner, Part } from './manner.ts';
import type { Talk } from './talk.ts';

export interface Listened {
  meaning: Meaning;
  /** The part of the sentence that the meaning was read from. */
  text: string;
  /** Another wish that she named in the same breath. */
  second?: Wish;
  /** She has heard enough: nothing is asked of her any more. */
  enough?: true;
  part?: Part;
  /** Something happened to somebody at home; `before` is what she said before the word for it. */
  life?: { state: LifeState; before: string; spouse: boolean };
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
const SHORTEST = 7;
const MOST_CUTS = 6;
const SURE = 0.75;
const PLAIN = 0.95;

/** Reads one sentence with all that lies in it. Pure but for `read`. */
export function listen(manner: Manner, sentence: Sentence): Listened {
  const { text, talk, expecting, read } = sentence;
  const meaning = asQuestionOfItsOwn(read(text, expecting), sentence);
  const asked = talk.asked;
  if (asked?.words || CLOSED.has(asked?.for ?? '') || meaning.intent === 'emergency') return { meaning, text };
  if (mayEnd(talk) && manner.isEnough(text)) return { meaning, text, enough: true };
  const life = lifeIn(manner, text, meaning);
  if (life) return { meaning, text, life };
  const two = talk.later ? undefined : twoWishes(manner, sentence);
  if (two) return two;
  if (meaning.intent === 'repeat') return { meaning, text, part: manner.part(text) };
  return { meaning: withElement(manner, text, meaning, talk), text };
}

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
function lifeIn(manner: Manner, text: string, { intent }: Meaning): Listened['life'] {
  const found = SAID_OF_LIFE.has(intent) ? manner.life(text) : undefined;
  return found && { ...found, spouse: manner.saysSpouse(found.before) };
}

/** The first cut of which both halves are understood well, and as two different errands. */
function twoWishes(manner: Manner, { text, talk, expecting, read }: Sentence): Listened | undefined {
  if (text.length < SHORTEST) return undefined;
  for (const [left, right] of manner.halves(text).slice(0, MOST_CUTS)) {
    const second = read(right);
    if (!isClear(second) || !errandOf(second.intent)) continue;
    const first = read(left, expecting);
    const errand = errandOf(first.intent) ?? (isAnswer(first) ? talk.frames.at(-1)?.machine : undefined);
    if (!isClear(first) || !errand || isSame(errand, first, second)) continue;
    return { meaning: first, text: left, second: { ...wishOf(second, first), words: right } };
  }
  return undefined;
}

/** One thing asked in two breaths, unless it is two questions about how things are done. */
function isSame(errand: string, first: Meaning, second: Meaning): boolean {
  if (errand !== errandOf(second.intent)) return false;
  return errand !== 'guide' || first.intent === second.intent || !errandOf(first.intent);
}

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

/** An element of a guide that has no intent of its own. */
function withElement(manner: Manner, text: string, meaning: Meaning, { frames }: Talk): Meaning {
  const inGuide = frames.at(-1)?.machine === 'guide';
  const unread = meaning.decision === 'ask' || meaning.intent === 'out_of_scope';
  const element = manner.element(text);
  const asWho = meaning.intent === 'guide.who' && OF_WHO.has(element ?? '');
  if (!element || !(meaning.intent === 'guide.lookup' || asWho || (inGuide && unread))) return meaning;
  const slots = { ...(unread ? {} : meaning.slots), element };
  return { ...meaning, intent: 'guide.lookup', slots, decision: 'accept', why: `_manner.yaml#${element}` };
}

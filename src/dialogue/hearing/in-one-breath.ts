/** An answer and something beside it: 「头一个。这站在哪儿呀」, 「行，下午打」 to the offer of a call. The answer is taken, then the rest is heard as a sentence of its own. Pure. */

import type { Meaning } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { bindingOf } from './binding.ts';
import type { Manner } from './manner.ts';
import { booksInstead } from './of-booking.ts';
import { clausesOf, markedClauses, piecesOf } from './plain-words.ts';
import { asksSomething } from './question.ts';
import { type Ears, isClear, type Listened, meant, OF_SOUND, type Sentence } from './sentence.ts';
import type { StandingWords } from './standing-words.ts';

/** Questions that have one answer among a few. */
const CHOOSES = new Set(['choice', 'date', 'time', 'kind', 'mode', 'direction', 'place', 'item', 'name']);
/** Whether another collects by her will: that is a yes or a no, and no value. */
const OF_HER_WILL = /^pickup\.collector(?:Named|Still)$/;
const OF_CALL = { errand: 'callback', asking: 'date' } as const;
const MOST_CLAUSES = 5;
const SHORTEST = 3;
/** Written as a question, whatever its words. */
const QUERIED = /[？?]\s*$/u;

type Alone = (text: string) => Listened;
type Parts = [string, string];

/** @param alone hears a part of the sentence by itself. @returns the answer, and in `beside` the words that are heard when it is taken */
export function answerAndMore({ manner, standing }: Ears, whole: Sentence, alone: Alone): Listened | undefined {
  const { asked, alarm } = whole.talk;
  if (!asked || asked.words || alarm) return undefined;
  if (asked.offer === 'callback') {
    if (booksInstead(standing, whole)) return undefined;
    return (
      yesAndWhen(whole, manner, standing, alone) ??
      yesAndNumber(standing, whole, alone) ??
      first(whole.text, manner, ([left, right]) => yesAndQuestion(manner, whole, alone, left, right))
    );
  }
  if (asked.offer === 'more')
    return first(whole.text, manner, ([left, right]) => askedInstead(manner, alone, left, right));
  const agrees = asked.for === 'yesno' && !isPassing(whole.talk.frames.at(-1)?.machine);
  if (!agrees && !CHOOSES.has(asked.for)) return undefined;
  const gives = !agrees || (bindingOf(asked).clear && !OF_HER_WILL.test(asked.phrase));
  return first(
    whole.text,
    manner,
    ([left, right]) =>
      (agrees ? yesAndQuestion(manner, whole, alone, left, right) : undefined) ??
      (gives && !slips(standing, whole.text)
        ? (answered(manner, whole, alone, left, right) ?? answered(manner, whole, alone, right, left))
        : undefined),
  );
}

/** 「对。先别交，等我照了相再说」 to what was read back: that is right, and it is not handed in today. */
export function rightNotYet({ manner }: Ears, { text, talk }: Sentence, alone: Alone): Listened | undefined {
  const { phrase = '' } = talk.asked ?? {};
  const [yes = '', ...rest] = piecesOf(text);
  const notYet = rest.some((one) => manner.again('notYet', one));
  if (!READ_BACK.test(phrase) || !manner.again('plainly', yes) || !notYet) return undefined;
  const right = alone(yes);
  return right.meaning.intent === 'yes' ? { ...right, remark: 'later' } : undefined;
}

const READ_BACK = /^apply\.readBack/;

/** The first cut of which `fits` makes something. */
function first(text: string, manner: Manner, fits: (parts: Parts) => Listened | undefined): Listened | undefined {
  for (const parts of cutsOf(text, manner)) {
    const found = fits(parts);
    if (found) return found;
  }
  return undefined;
}

/** Between two clauses; where no mark parts them, behind a choice that the sentence begins with. */
function cutsOf(text: string, manner: Manner): Parts[] {
  const clauses = markedClauses(text);
  const at = clauses.length === 1 ? manner.afterChoice(text) : undefined;
  if (at) return [[text.slice(0, at), text.slice(at)]];
  if (clauses.length > MOST_CLAUSES) return [];
  const cut = (n: number): Parts => [clauses.slice(0, n).join('').trim(), clauses.slice(n).join('').trim()];
  return Array.from({ length: clauses.length - 1 }, (_, n) => cut(n + 1));
}

/** 「二十六，哎不」: she takes something back by it, and asks nothing. */
const slips = (words: StandingWords, text: string): boolean =>
  clausesOf(text).some((clause) => words.says('takesBack', clause));

/** 「行。那多咱能下来啊」 to the rest of what is told: what she asks comes before it. */
function askedInstead(manner: Manner, alone: Alone, left: string, right: string): Listened | undefined {
  if (right.length < SHORTEST || !manner.says('agrees', left)) return undefined;
  const heard = alone(right);
  const { intent, slots, decision } = heard.meaning;
  const asks = slots.element !== undefined || /^guide\.(?!lookup$)/.test(intent);
  return asks && decision === 'accept' ? heard : undefined;
}

function answered(manner: Manner, whole: Sentence, alone: Alone, answer: string, question: string) {
  if (question.length < SHORTEST) return undefined;
  const beside = alone(question);
  // 「头一个吧，早点儿回来还得接孙子」: why, and no other day.
  const why = beside.meaning.slots.other !== undefined && !beside.meaning.slots.date && !beside.meaning.slots.time;
  if (why && manner.afterChoice(`${answer}${question}`) && alone(answer).meaning.intent === 'select.number')
    return alone(answer);
  const apart = beside.aside ?? (OF_SOUND.has(beside.meaning.intent) || manner.again('wonders', question));
  if (!apart) return undefined;
  const heard = alone(answer);
  if (!isAnswer(heard, whole)) return undefined;
  return isAnswer(beside, whole) ? undefined : { ...heard, beside: question };
}

const plain = ({ remark, life, aside, second, enough, instead, simpler }: Listened): boolean =>
  !(remark || life || aside || second || enough || instead || simpler);

function isAnswer(heard: Listened, { talk }: Sentence): boolean {
  const machine = talk.frames.at(-1)?.machine;
  const { intent, slots } = heard.meaning;
  if (!plain(heard) || !isClear(heard.meaning) || !machine || isPassing(machine)) return false;
  if (Object.keys(slots).length === 0) return false;
  return (
    intent === 'select.number' || (errandOf(intent) === machine && (isWay(talk) || !isSent(slots)) && !slots.about)
  );
}

/** By which way it comes: who goes is asked then. */
const isWay = ({ asked }: Talk): boolean => asked?.phrase === 'pickup.otherWay';
/** Somebody else who goes is said in more than one clause: his name stands in the next. */
const isSent = ({ mode }: Meaning['slots']): boolean => mode !== undefined && mode !== 'locker' && mode !== 'courier';

/** 「对，在哪儿来着」 to a read-back: the yes stands by itself, and only how it is done is asked. */
function yesAndQuestion(manner: Manner, { talk }: Sentence, alone: Alone, left: string, right: string) {
  if (right.length < SHORTEST || manner.again('asks', left)) return undefined;
  // 「哎对了」 is no yes.
  if (manner.afterByTheWay(left) === '') return undefined;
  if (!manner.says('agrees', left) && !manner.again('goes', left)) return undefined;
  const meant = talk.conversation.value === 'confirmingWish';
  const { aside, meaning } = alone(right);
  const wonders = meant && (QUERIED.test(right) || manner.again('asks', right));
  const asks =
    aside ??
    (wonders ||
      OF_SOUND.has(meaning.intent) ||
      unanswered(manner, meaning, right) ||
      asksInPassing(manner, meaning, right));
  const heard = asks ? alone(left) : undefined;
  return heard?.meaning.intent === 'yes' && plain(heard) ? { ...heard, beside: right } : undefined;
}

/** What is only told: of how things are done, of a policy, of a case. A matter that is merely named is a wish of its own. */
const asksInPassing = (manner: Manner, { intent, slots, decision }: Meaning, text: string): boolean =>
  decision === 'accept' &&
  isPassing(errandOf(intent)) &&
  (intent !== 'guide.lookup' || slots.element !== undefined || asksSomething(manner, text));

/** What of a booking or a visit she would have otherwise: that is no mere question, and no yes. */
const CHANGES = [
  'date',
  'time',
  'mode',
  'name',
  'relation',
  'place',
  'phone',
  'about',
  'both',
  'couple',
  'other',
  'kind',
];
/** It asks something that nobody here can tell: the yes before it counts, and she is told so. */
function unanswered(manner: Manner, { intent, slots }: Meaning, text: string): boolean {
  const free = intent === 'out_of_scope' || intent === 'smalltalk';
  return free && asksSomething(manner, text) && CHANGES.every((name) => !slots[name]);
}

/** 「行，给我打个电话说说，下午打」, 「下午打吧」: a yes to the call, and when. */
function yesAndWhen(
  { text, read }: Sentence,
  manner: Manner,
  standing: StandingWords,
  alone: Alone,
): Listened | undefined {
  const clauses = markedClauses(text);
  const when = (one: string) => timed(read(one, OF_CALL).slots);
  const rung = clauses.findLast((one) => manner.again('rings', one) && when(one));
  const named = clauses.findIndex((one, at) => when(one) || (at > 0 && standing.isBusy(one)));
  if (named < 0) return undefined;
  const before = clauses.slice(0, named);
  const heard = alone(clauses.slice(0, Math.max(named, 1)).join(''));
  // 「打吧，几点打来啊，我晌午要睡觉」
  if (heard.meaning.intent !== 'yes' && before.some((one) => manner.again('rings', one)))
    return {
      text,
      meaning: meant(heard.meaning, 'yes', {}, '_manner.yaml#rings'),
      beside: clauses.slice(named).join(''),
    };
  if (rung && heard.meaning.intent !== 'yes')
    return { text, meaning: meant(heard.meaning, 'yes', {}, '_manner.yaml#rings'), beside: rung };
  return plain(heard) && heard.meaning.intent === 'yes'
    ? { ...heard, beside: clauses.slice(named).join('') }
    : undefined;
}
/** 「打我儿子手机上行不行」: that a call is wanted is said by naming another number for it. */
function yesAndNumber(words: StandingWords, { text, talk }: Sentence, alone: Alone): Listened | undefined {
  // 「不是替别人办，是给我自个儿办，就是电话要换一个」: the number of her own application.
  if (talk.asked?.phrase === 'apply.forAnother' && words.applies('forHerself', text)) return undefined;
  const none = [text, ...piecesOf(text)].some((one) => words.calls('notAtAll', one));
  if (!words.applies('otherPhone', text) || none) return undefined;
  const heard = alone(text);
  return { ...heard, meaning: meant(heard.meaning, 'yes', {}, '_standing.yaml#applying.otherPhone'), beside: text };
}
const timed = ({ date, time, phone }: { date?: string; time?: string; phone?: string }) =>
  !phone && Boolean(date || time);

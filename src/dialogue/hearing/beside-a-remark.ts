/** 「行，我老伴儿在边上笑话我呢」: a clause that is no business of ours stands beside what she means. Pure but for what hears its parts. */
import type { Intent } from '../../understanding/meaning.ts';
import { clausesOf, markedClauses } from './plain-words.ts';
import { asksSomething } from './question.ts';
import { type Ears, IN_ITS_WORDS, isClear, type Listened, OF_SOUND, SAID_OF_LIFE, type Sentence } from './sentence.ts';
import { digitRuns } from './spoken-digits.ts';

const MOST_CLAUSES = 5;
/** So many digits belong to a number, whatever stands around them. */
const GROUP = 3;
const ANSWERS = new Set<Intent>(['yes', 'no']);

type Hears = (part: string) => Listened;
/** A run of clauses, and all that stands around it. */
interface Cut {
  part: string;
  rest: string;
}

/** @param heard the sentence as a whole. @param alone hears a part of it by itself. @returns what is meant without the remark; nothing where the whole says more than its parts */
export function besideARemark(ears: Ears, whole: Sentence, heard: Listened, alone: Hears): Listened | undefined {
  const guessed = whole.talk.asked?.for === 'yesno' && isGuess(heard);
  if (!mayBeCut(whole) || !(guessed || isBesidePoint(heard))) return undefined;
  for (const cut of cutsOf(whole.text)) {
    const told = meantBy(ears, cut, alone, guessed);
    const remark = told && remarkIn(ears, cut.rest, alone, guessed);
    if (!told || !remark) continue;
    const asks = asksSomething(ears.manner, cut.rest);
    // 「我要是不取消，直接不去行不行」
    if (asks && ANSWERS.has(told.meaning.intent) && !ears.manner.again('plainly', cut.part)) continue;
    const heardToo = asks || OF_SOUND.has(remark.meaning.intent);
    return heardToo && !told.beside ? { ...told, beside: cut.rest } : told;
  }
  return undefined;
}

const mayBeCut = ({ text, talk: { asked, alarm } }: Sentence): boolean =>
  !asked?.words && !alarm && digitRuns(text).every((run) => run.length < GROUP);

/** Every run of clauses but the whole, the longest first. */
function cutsOf(text: string): Cut[] {
  const clauses = markedClauses(text);
  const count = clauses.length;
  if (count < 2 || count > MOST_CLAUSES) return [];
  const lengths = Array.from({ length: count - 1 }, (_, n) => count - 1 - n);
  const cut = (from: number, to: number): Cut => ({
    part: clauses.slice(from, to).join('').trim(),
    rest: [...clauses.slice(0, from), ...clauses.slice(to)].join('').trim(),
  });
  return lengths.flatMap((long) => Array.from({ length: count - long + 1 }, (_, from) => cut(from, from + long)));
}

/** What is plain of this part by itself; where the whole was a guess, only a yes or a no. */
function meantBy({ manner, standing }: Ears, { part, rest }: Cut, alone: Hears, guessed: boolean) {
  // 「对了，那地方几楼啊」 is no yes.
  if (manner.afterByTheWay(part) === '') return undefined;
  const told = alone(part);
  if (isBesidePoint(told)) return undefined;
  if (!ANSWERS.has(told.meaning.intent)) return isClear(told.meaning) && !guessed ? told : undefined;
  // 「错啦，是幺幺六八」 takes back, and is no yes.
  const denies = (one: string) => standing.says('takesBack', one) || standing.applies('wrongPhone', one);
  const plain = isClear(told.meaning) || told.meaning.why === IN_ITS_WORDS;
  return plain && !clausesOf(rest).some(denies) ? told : undefined;
}

/** The rest, where it is no more than said beside. */
function remarkIn({ standing }: Ears, rest: string, alone: Hears, guessed: boolean): Listened | undefined {
  const remark = alone(rest);
  const inPassing = guessed && isGuess(remark) && !standing.says('sends', rest);
  return inPassing || isBesidePoint(remark) ? remark : undefined;
}

/** 「对，孙子在旁边闹呢」: taken for who goes, for whom, or for the wish once more, since one of the family is named; and whatever is only likely. */
function isGuess({ meaning: { intent, slots, why, decision, confidence } }: Listened): boolean {
  const said = Object.keys(slots);
  const again = said.length === 0 && (intent === 'pickup.book' || intent === 'apply.start');
  const family = WISH_AGAIN.test(why) && said.every((name) => name === 'relation' || name === 'name');
  return again || family || (decision === 'confirm' && confidence < LIKELY);
}
const WISH_AGAIN = /#yesno$/;
const LIKELY = 0.5;

/** Nothing of it was understood, or only that she says something, or how we are to sound. */
function isBesidePoint({ meaning, remark, life, aside, second, enough, instead, simpler, beside }: Listened): boolean {
  if (remark || life || aside || second || enough || instead || simpler || beside) return false;
  const { intent, slots, decision } = meaning;
  const chat = SAID_OF_LIFE.has(intent) && LIGHT.has(slots.about ?? 'chat');
  return decision === 'ask' || chat || OF_SOUND.has(intent);
}
/** 「岁数大了嘴笨，对」: no sorrow to be listened to. */
const LIGHT = new Set(['chat', 'old']);

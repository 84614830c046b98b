/** 「行，我老伴儿在边上笑话我呢」: a clause that is no business of ours stands beside what she means. Pure but for what hears its parts. */
import type { Intent } from '../../understanding/meaning.ts';
import { clausesOf, markedClauses } from './plain-words.ts';
import { asksSomething } from './question.ts';
import { type Ears, IN_ITS_WORDS, isClear, type Listened, OF_SOUND, SAID_OF_LIFE, type Sentence } from './sentence.ts';
import { digitRuns } from './spoken-digits.ts';

const MOST_CLAUSES = 5;
/** So many digits belong to a number, whatever stands around them. */
const GROUP = 3;
/** 「岁数大了嘴笨，对」: no sorrow to be listened to. */
const LIGHT = new Set(['chat', 'old']);
const ANSWERS = new Set<Intent>(['yes', 'no']);

/** @param heard the sentence as a whole. @param alone hears a part of it by itself. @returns what is meant without the remark; nothing where the whole says more than its parts */
export function besideARemark(
  { manner, standing }: Ears,
  { text, talk }: Sentence,
  heard: Listened,
  alone: (part: string) => Listened,
): Listened | undefined {
  const guessed = talk.asked?.for === 'yesno' && isGuess(heard);
  if (
    talk.asked?.words ||
    talk.alarm ||
    digitRuns(text).some((run) => run.length >= GROUP) ||
    !(guessed || isBesidePoint(heard))
  )
    return undefined;
  const clauses = markedClauses(text);
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES) return undefined;
  for (const [from, to] of rangesOf(clauses.length)) {
    const part = clauses.slice(from, to).join('').trim();
    // 「对了，那地方几楼啊」 is no yes.
    if (manner.afterByTheWay(part) === '') continue;
    const told = alone(part);
    const answers = ANSWERS.has(told.meaning.intent);
    const clear = answers ? isPlain(told) : isClear(told.meaning) && !guessed;
    if (isBesidePoint(told) || !clear) continue;
    const rest = [...clauses.slice(0, from), ...clauses.slice(to)].join('').trim();
    // 「错啦，是幺幺六八」 takes back, and is no yes.
    if (
      answers &&
      clausesOf(rest).some((one) => standing.says('takesBack', one) || standing.applies('wrongPhone', one))
    )
      continue;
    const remark = alone(rest);
    const inPassing = guessed && isGuess(remark) && !standing.says('sends', rest);
    if (!inPassing && !isBesidePoint(remark)) continue;
    const asks = asksSomething(manner, rest);
    // 「我要是不取消，直接不去行不行」
    if (asks && answers && !manner.again('plainly', part)) continue;
    const heardToo = asks || OF_SOUND.has(remark.meaning.intent);
    return heardToo && !told.beside ? { ...told, beside: rest } : told;
  }
  return undefined;
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

const isPlain = ({ meaning }: Listened): boolean => isClear(meaning) || meaning.why === IN_ITS_WORDS;

/** Every run of clauses but the whole, the longest first. */
function rangesOf(count: number): [number, number][] {
  const ranges: [number, number][] = [];
  for (let long = count - 1; long > 0; long -= 1)
    for (let from = 0; from + long <= count; from += 1) ranges.push([from, from + long]);
  return ranges;
}

/** Nothing of it was understood, or only that she says something, or how we are to sound. */
function isBesidePoint({ meaning, remark, life, aside, second, enough, instead, simpler, beside }: Listened): boolean {
  if (remark || life || aside || second || enough || instead || simpler || beside) return false;
  const { intent, slots, decision } = meaning;
  const chat = SAID_OF_LIFE.has(intent) && LIGHT.has(slots.about ?? 'chat');
  return decision === 'ask' || chat || OF_SOUND.has(intent);
}

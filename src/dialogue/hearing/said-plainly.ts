/** Her sentence as she means it at last: without what only gives a reason, what she takes back, and with its day as it is said otherwise. Pure but for `read`. */
import type { Talk } from '../talk.ts';
import type { Manner } from './manner.ts';
import { clausesOf, piecesOf } from './plain-words.ts';
import { withoutReasons } from './reasons.ts';
import { type Ears, FOR_THE_DAY, type Sentence } from './sentence.ts';
import type { StandingWords } from './standing-words.ts';

/** The sentence that is heard in the place of hers; her own words, where they are wanted, stay as they are. */
export function saidPlainly({ manner, standing }: Pick<Ears, 'manner' | 'standing'>, whole: Sentence): Sentence {
  if (whole.talk.asked?.words) return whole;
  const anew = chosenAnew(standing, whole);
  const text = mayName(whole.talk) ? withoutReasons(standing, anew, whole.read) : anew;
  return { ...whole, text: plainDay(standing, manner, { ...whole, text }) };
}

const CALL = /^agent\.callback/;
/** 「吃完饭打」 of a call that is offered, settled or promised: that half of the day. */
export function byTheMeal(standing: StandingWords, { text, talk: { asked, frames, topic } }: Sentence): string {
  const settles = asked?.offer === 'callback' || frames.at(-1)?.machine === 'agent';
  const promised = !asked && frames.length === 0 && CALL.test(topic?.done?.phrase ?? '');
  return settles || promised ? standing.mealHour(text) : text;
}

/** 「头一个。不不，十一点吧」 to the times that are offered: what stands before it is taken back. */
function chosenAnew(standing: StandingWords, { text, talk, read, expecting }: Sentence): string {
  if (talk.asked?.for !== 'choice') return text;
  const pieces = piecesOf(text);
  const at = pieces.findLastIndex((one) => standing.says('takesBack', one));
  const [before, after] = [pieces.slice(0, at), pieces.slice(at + 1)];
  const names = (one: string) => read(one, expecting).slots;
  if (at < 1 || before.some((one) => names(one).date)) return text;
  const said = after.filter((one) => !standing.isBusy(one));
  // 「头一个吧，不不不，头晌不行」: none of it but why not.
  if (after.length > 0 && said.length === 0) return after.join('，');
  return said.some((one) => names(one).ordinal ?? names(one).time) ? said.join('，') : text;
}

/** 「有有，哎不对，那个上礼拜丢了」 to one thing on the list: what stands before it is taken back. */
export function tickedAnew(standing: StandingWords, { text, talk }: Sentence): string {
  if (talk.asked?.for !== 'checklist') return text;
  const pieces = piecesOf(text);
  const at = pieces.findLastIndex((one) => standing.says('takesBack', one));
  return at > 0 && at < pieces.length - 1 ? pieces.slice(at + 1).join('，') : text;
}

/** Where a day or an hour is talked of: nothing is left out of a sentence anywhere else. */
const OF_TIMES = new Set(['pickup', 'visit', 'agent', undefined]);
const mayName = ({ frames, alarm }: Talk) => !alarm && OF_TIMES.has(frames.at(-1)?.machine);

/** Without 「对了」; a day in words of its own as it is said otherwise. At a read-back only where it is another day. */
function plainDay(standing: StandingWords, manner: Manner, { text, talk, read }: Sentence): string {
  const said = manner.afterByTheWay(text) || text;
  const { for: kind, phrase = '', values } = talk.asked ?? {};
  const readBack = phrase.startsWith('pickup.readBack');
  if (kind !== 'date' && kind !== 'choice' && !readBack) return said;
  const again = standing.dayAgain(said) ?? dayTakenBack(standing, said);
  if (!again || !readBack) return again ?? said;
  const { date } = read(again, FOR_THE_DAY).slots;
  return date && date !== values?.day ? again : said;
}

/** 「二十六，哎不，二十七」: each day as it is said otherwise, where one of them is taken back. */
function dayTakenBack(standing: StandingWords, said: string): string | undefined {
  const clauses = clausesOf(said);
  if (!clauses.some((one) => standing.says('takesBack', one))) return undefined;
  const again = clauses.map((one) => standing.dayAgain(one) ?? one).join('，');
  return again === clauses.join('，') ? undefined : again;
}

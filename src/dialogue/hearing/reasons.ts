/** 「礼拜三我闺女来，改礼拜四上午」: the day or the hour that she names as the reason against it is not the one she wants. Pure. */

import type { Expecting, Meaning, Slots } from '../../understanding/meaning.ts';
import { clausesOf, piecesOf } from './plain-words.ts';
import { FOR_THE_DAY } from './sentence.ts';
import type { StandingWords } from './standing-words.ts';

type Read = (text: string, expecting: Expecting) => Meaning;
const MOST_CLAUSES = 6;

/** Her sentence without the clauses that only say why not; as it stands where no other day or hour is named beside them. */
export function withoutReasons(words: StandingWords, text: string, read: Read): string {
  const clauses = clausesOf(words.apart(text));
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES || !clauses.some((one) => isAgainst(words, one))) return text;
  if (clauses.some((one) => isAgainst(words, one) && read(one, FOR_THE_DAY).intent === 'emergency')) return text;
  // What is booked for that day is the very thing she speaks of.
  if (takesBackDay(words, text, read) || words.says('bookedDayNot', text)) return text;
  const dated = clauses.filter((one) => namesTime(read(one, FOR_THE_DAY)));
  const wanted = afterRepair(words, clauses, dated).filter((one) => !isAgainst(words, one));
  const rest = clauses.filter((one) => wanted.includes(one) || !(isAgainst(words, one) || dated.includes(one)));
  if (dated.length === 0 || rest.length === 0) return text;
  if (wanted.length === 0 && !rest.every((one) => words.says('otherwise', one))) return text;
  const day = dayBeside(words, clauses, wanted, read);
  return [...(day ? [day] : []), ...rest].join('，');
}

/** 「上午行不行」 asks for that half of the day, and says nothing against it. */
const isAgainst = (words: StandingWords, clause: string): boolean =>
  words.isBusy(clause) && !words.says('asksWhether', clause);

/** 「约后天……不对，后天我闺女来」: the day that she named is the one that speaks against it, and she names no other. */
export function takesBackDay(words: StandingWords, text: string, read: Read): boolean {
  const clauses = clausesOf(words.apart(text));
  const last = clauses.at(-1) ?? '';
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES || !words.isBusy(last)) return false;
  const { date, time } = whenBegun(words, last, read);
  const named = clauses.slice(0, -1).map((one) => read(one, FOR_THE_DAY).slots.date);
  return Boolean(date) && !time && named.includes(date) && named.every((one) => !one || one === date);
}

/** 「明天后晌吧，他后晌得睡觉，还是上午」: the half day is taken back, and the day stays. */
function dayBeside(words: StandingWords, clauses: string[], wanted: string[], read: Read): string | undefined {
  const dayOf = (one: string) => read(one, FOR_THE_DAY).slots.date;
  const before = clauses.slice(0, clauses.indexOf(wanted[0] ?? '')).flatMap(piecesOf);
  if (wanted.length === 0 || wanted.some(dayOf)) return undefined;
  const [day, ...more] = before.filter(dayOf);
  const speaksAgainst = day && words.isBusy(day) && !otherHalf(day, wanted, read);
  return day && more.length === 0 && !speaksAgainst ? onlyDay(day, read) : undefined;
}

/** 「礼拜二上午我遛弯，下午吧」: only that half of the day speaks against it. */
function otherHalf(busy: string, wanted: string[], read: Read): boolean {
  const half = read(busy, FOR_THE_DAY).slots.time;
  const isHalf = half === 'AM' || half === 'PM';
  return isHalf && wanted.every((one) => read(one, FOR_THE_DAY).slots.time !== half);
}

const OF_DAYS = /^(?:pickup\.(?:book|change)|visit\.request)$/;
const OTHER_HALF: Record<string, string> = { AM: 'PM', PM: 'AM' };
/** 「后天，上午不得空」: the other half of that day. @param text her sentence with its reasons */
export function inOtherHalf(words: StandingWords, meaning: Meaning, text: string, read: Read): Meaning {
  const { intent, slots } = meaning;
  if (!slots.date || slots.time || !OF_DAYS.test(intent)) return meaning;
  const busy = clausesOf(words.apart(text)).filter((one) => isAgainst(words, one));
  const halves = new Set(busy.map((one) => whenRefused(one, read)));
  const time = halves.size === 1 ? OTHER_HALF[[...halves][0] ?? ''] : undefined;
  return time ? { ...meaning, slots: { ...slots, time } } : meaning;
}

/** The half of the day of which she says that it does not suit her, and no day of its own. */
function whenRefused(busy: string, read: Read): string | undefined {
  const begun = beginningsOf(busy).map((one) => read(one, FOR_THE_DAY).slots);
  return begun.some(({ date }) => date) ? undefined : begun.find(({ time }) => time)?.time;
}

const LONGEST_DAY = 6;
/** The day and the hour that the clause begins with, whatever it says of them. */
export function whenBegun(words: StandingWords, clause: string, read: Read): Slots {
  const told = beginningsOf(clause).map((one) => read(words.dayAgain(one) ?? one, FOR_THE_DAY).slots);
  return told.findLast(({ date }) => date) ?? {};
}
const beginningsOf = (clause: string): string[] =>
  Array.from({ length: LONGEST_DAY }, (_, at) => clause.slice(0, at + 2));

/** The beginning of the clause that names its day and no hour. */
function onlyDay(clause: string, read: Read): string | undefined {
  const begun = Array.from(clause, (_, at) => clause.slice(0, at + 1)).slice(1);
  const { date } = read(clause, FOR_THE_DAY).slots;
  return begun.find((one) => {
    const { slots } = read(one, FOR_THE_DAY);
    return slots.date === date && !slots.time;
  });
}

/** 「这礼拜五，不，礼拜五她倒班，礼拜六行不」: what stands before the 不 is taken back. */
function afterRepair(words: StandingWords, clauses: string[], dated: string[]): string[] {
  const at = clauses.findLastIndex((one) => words.says('takesBack', one));
  const later = dated.filter((one) => clauses.lastIndexOf(one) > at);
  return at >= 0 && later.some((one) => !words.isBusy(one)) ? later : dated;
}

const namesTime = ({ slots: { date, time } }: Meaning) => Boolean(date || time);

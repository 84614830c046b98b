/** 「礼拜三我闺女来，改礼拜四上午」: the day or the hour that she names as the reason against it is not the one she wants. Pure. */
import type { Expecting, Meaning } from '../understanding/meaning.ts';
import { clausesOf } from './plain-words.ts';
import type { StandingWords } from './standing-words.ts';

type Read = (text: string, expecting: Expecting) => Meaning;
const FOR_THE_DAY: Expecting = { errand: 'pickup', asking: 'date' };
const MOST_CLAUSES = 6;

/** Her sentence without the clauses that only say why not; as it stands where no other day or hour is named beside them. */
export function withoutReasons(words: StandingWords, text: string, read: Read): string {
  const clauses = clausesOf(words.apart(text));
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES || !clauses.some((one) => words.isBusy(one))) return text;
  if (clauses.some((one) => words.isBusy(one) && read(one, FOR_THE_DAY).intent === 'emergency')) return text;
  const dated = clauses.filter((one) => namesTime(read(one, FOR_THE_DAY)));
  const wanted = afterRepair(words, clauses, dated).filter((one) => !words.isBusy(one));
  const rest = clauses.filter((one) => wanted.includes(one) || !(words.isBusy(one) || dated.includes(one)));
  if (dated.length === 0 || rest.length === 0) return text;
  return wanted.length > 0 || rest.every((one) => words.says('otherwise', one)) ? rest.join('，') : text;
}

/** 「这礼拜五，不，礼拜五她倒班，礼拜六行不」: what stands before the 不 is taken back. */
function afterRepair(words: StandingWords, clauses: string[], dated: string[]): string[] {
  const at = clauses.findLastIndex((one) => words.says('takesBack', one));
  const later = dated.filter((one) => clauses.lastIndexOf(one) > at);
  return at >= 0 && later.some((one) => !words.isBusy(one)) ? later : dated;
}

const namesTime = ({ slots: { date, time } }: Meaning) => Boolean(date || time);

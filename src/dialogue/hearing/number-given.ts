/** A telephone number as she gives it: in a sentence of its own, put right in the same breath, or longer than any is. Pure. */
import { digitRuns, isTooLong } from './spoken-digits.ts';
import type { StandingWords } from './standing-words.ts';

const MOBILE = /^1\d{10}$/;
const SHORTEST = 7;
const TAIL = 4;

const runsIn = (text: string): string[] => text.split(/[。；;？?！!]/u).flatMap(digitRuns);

/** A whole number, in a sentence of its own: 「不是九，是六。幺三八……」. */
export const numberIn = (text: string): string | undefined => runsIn(text).find((run) => MOBILE.test(run));

/** Digits that are some too many for a telephone, and no whole number beside them; a card's are no such. */
export const longNumberIn = (text: string): string | undefined =>
  numberIn(text) ? undefined : runsIn(text).find(isTooLong);

/** 「…四五六七，哦不对，末了是四五六八」: the number as it is in the end; nothing where she puts none right. */
export function mendedNumber(words: StandingWords, text: string): string | undefined {
  const runs = runsIn(text);
  const whole = runs.find((run) => run.length >= SHORTEST);
  const last = runs.at(-1);
  if (!whole || !last || last === whole || !words.calls('tail', text)) return undefined;
  if (MOBILE.test(last)) return last;
  return last.length <= TAIL ? whole.slice(0, -last.length) + last : undefined;
}

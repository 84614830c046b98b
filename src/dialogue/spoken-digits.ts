/** The agreed four digits as they are spoken. Read here and handed on: they become no slot, no log line, no part of the talk. */

/** Each digit by the characters and words that say it. */
const SAID: [RegExp, string][] = [
  [/[零〇洞0]|\bzero\b|\boh\b/gu, '0'],
  [/[一幺妖壹1]|\bone\b/gu, '1'],
  [/[二两2]|\btwo\b/gu, '2'],
  [/[三3]|\bthree\b/gu, '3'],
  [/[四4]|\bfour\b/gu, '4'],
  [/[五5]|\bfive\b/gu, '5'],
  [/[六6]|\bsix\b/gu, '6'],
  [/[七拐7]|\bseven\b/gu, '7'],
  [/[八8]|\beight\b/gu, '8'],
  [/[九勾9]|\bnine\b/gu, '9'],
];
const AGREED = 4;
/** A bank card's, a code's or an identity number's. */
const CARD = 6;
const LONGEST_PHONE = 12;

/** Digits in a row as they were said, whatever breath or comma lay between them. */
export function digitRuns(text: string): string[] {
  const spelled = SAID.reduce((said, [word, digit]) => said.replace(word, digit), text.normalize('NFKC').toLowerCase());
  return spelled.replace(/[\s、，,.。-]+/gu, '').match(/\d+/g) ?? [];
}

/** Six at once are a code that was sent to somebody. */
export const isCode = (run: string): boolean => run.length === CARD;
/** More than any telephone has: a card's or an identity number's, unless it is a case's, which begins with its day. */
export const isCard = (run: string): boolean =>
  run.length > LONGEST_PHONE && !(run.length === 16 && /^20[2-9]/.test(run));

/** The last four digits in a row that were said, a slip mended aloud included; `card` when more were said than ours could be. */
export function spokenDigits(text: string): string | 'card' | undefined {
  const runs = digitRuns(text);
  if (runs.some((run) => run.length >= CARD)) return 'card';
  return runs.filter((run) => run.length === AGREED).at(-1);
}

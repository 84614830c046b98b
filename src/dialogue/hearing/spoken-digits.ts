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
/** 四千八百二十六, 四十八二十六: her four digits said as a number, or as two. */
const ONE = '[一二两三四五六七八九]';
const THOUSANDS = new RegExp(`(${ONE})[千]零?(?:(${ONE})[百])?零?(?:(${ONE}?)[十])?(${ONE})?`, 'u');
const PAIRS = new RegExp(`(${ONE}?)十(${ONE})?[\\s、，,]*(${ONE}?)十(${ONE})?`, 'u');
/** forty-eight twenty-one, thirty-seven nineteen. */
const UNITS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const IN_TENS = new RegExp(`\\b(${TENS.join('|')})(?:[\\s-]+(${UNITS.join('|')}))?\\b`, 'giu');
const IN_TEENS = new RegExp(`\\b(${TEENS.join('|')})\\b`, 'giu');
const inPairs = (text: string): string =>
  text
    .replace(IN_TENS, (_, tens: string, unit?: string) => `${TENS.indexOf(tens.toLowerCase()) + 2} ${unit ?? '0'}`)
    .replace(IN_TEENS, (teen: string) => `${TEENS.indexOf(teen.toLowerCase()) + 10}`);
/** double five, triple zero. */
const REPEATED = /(double|triple)[\s-]*(\d)/gu;
function asFigures(text: string): string {
  const thousands = (_: string, a: string, b = '零', c?: string, d = '零') =>
    `${a}${b}${c === undefined ? '零' : c || '一'}${d}`;
  const pairs = (_: string, a: string, b = '零', c = '', d = '零') => `${a || '一'}${b}${c || '一'}${d}`;
  return inPairs(text.replace(THOUSANDS, thousands).replace(PAIRS, pairs));
}

const AGREED = 4;
/** A bank card's, a code's or an identity number's. */
const CARD = 6;
const LONGEST_PHONE = 12;

/** Digits in a row as they were said, whatever breath or comma lay between them. */
export function digitRuns(text: string): string[] {
  const spelled = SAID.reduce((said, [word, digit]) => said.replace(word, digit), text.normalize('NFKC').toLowerCase());
  const repeated = spelled.replace(REPEATED, (_, times: string, one: string) => one.repeat(times === 'double' ? 2 : 3));
  return repeated.replace(/[\s、，,.。-]+/gu, '').match(/\d+/g) ?? [];
}

/** Six at once are a code that was sent to somebody. */
export const isCode = (run: string): boolean => run.length === CARD;
/** More than any telephone has: a card's or an identity number's, unless it is a case's, which begins with its day. */
export const isCard = (run: string): boolean =>
  run.length > LONGEST_PHONE && !(run.length === 16 && /^20[2-9]/.test(run));

/** A telephone with some digits too many, where one is asked for: a card has more. */
export const isTooLong = (run: string): boolean => run.length >= LONGEST_PHONE && run.length < SHORTEST_CARD;
const SHORTEST_CARD = 16;

/** 零三八七，零三八七: the same four once more are four. */
const saidTwice = (run: string): string =>
  run.length === 2 * AGREED && run.slice(0, AGREED) === run.slice(AGREED) ? run.slice(AGREED) : run;

/** The last four digits in a row that were said, a slip mended aloud included; `card` when more were said than ours could be. */
export function spokenDigits(text: string): string | 'card' | undefined {
  const said = agreedIn(text);
  // 「五八……五八四三」: she began anew after the pause.
  return said === 'card' ? agreedIn(text.replace(PAUSES, ' | ')) : said;
}
const PAUSES = /…+/gu;

function agreedIn(text: string): string | 'card' | undefined {
  const runs = digitRuns(asFigures(text)).map(saidTwice);
  if (runs.some((run) => run.length >= CARD)) return 'card';
  return runs.filter((run) => run.length === AGREED).at(-1);
}

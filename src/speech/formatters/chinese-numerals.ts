import type { ChineseWords } from '../words.ts';

type Numbers = ChineseWords['numbers'];

const GREATEST = 999_999_999_999;

/**
 * A whole number in Chinese words, -999,999,999,999 to 999,999,999,999; outside of that digit by digit.
 * `measured`: a measure word follows, so two alone is 两. A leading two before hundred and every two before thousand is 两.
 */
export function chineseInteger(n: number, numbers: Numbers, measured = false): string {
  if (n < 0) return numbers.minus + chineseInteger(-n, numbers, measured);
  if (n > GREATEST) return chineseDigits(String(n), numbers);
  if (n < 10) return n === 2 && measured ? numbers.two : digit(n, numbers);
  const sections = [Math.floor(n / 1e8), Math.floor(n / 1e4) % 1e4, n % 1e4];
  const units = [numbers.hundredMillion, numbers.myriad, ''];
  return sections.reduce((said, section, place) => {
    if (section === 0) return said;
    const skipped = said !== '' && (section < 1000 || sections[place - 1] === 0);
    const whole = section === 2 && units[place] !== '' && said === '';
    const words = whole ? numbers.two : sectionInWords(section, numbers, said === '');
    return said + (skipped ? digit(0, numbers) : '') + words + units[place];
  }, '');
}

/** One to 9,999. */
function sectionInWords(section: number, numbers: Numbers, leading: boolean): string {
  const units = [numbers.thousand, numbers.hundred, numbers.ten, ''];
  const figures = [
    Math.floor(section / 1000),
    Math.floor(section / 100) % 10,
    Math.floor(section / 10) % 10,
    section % 10,
  ];
  let said = '';
  let nought = false;
  for (const [place, figure] of figures.entries()) {
    if (figure === 0) {
      nought = said !== '';
      continue;
    }
    const first = leading && said === '';
    const word = wordInPlace(figure, place, { first, numbers });
    said += (nought ? digit(0, numbers) : '') + word + units[place];
    nought = false;
  }
  return said;
}

function wordInPlace(figure: number, place: number, { first, numbers }: { first: boolean; numbers: Numbers }): string {
  if (figure === 1 && place === 2 && first) return ''; // ten to nineteen at the head of a number: no 一 before 十
  if (figure === 2 && (place === 0 || (place === 1 && first))) return numbers.two;
  return digit(figure, numbers);
}

/** As people say a round number that ends the phrase: 12,000 and 1,200 without the last unit. */
export function chineseRound(n: number, numbers: Numbers): string {
  const written = String(n);
  const zeros = written.length - written.replace(/0+$/, '').length;
  const last = Number(written.at(-1 - zeros));
  const before = Number(written.at(-2 - zeros) ?? 0);
  const droppable = [1, 2, 3, 7].includes(zeros) && written.length > zeros + 1 && before > 0;
  if (!Number.isInteger(n) || n <= 0 || n > GREATEST || !droppable) return chineseNumber(n, numbers);
  return chineseInteger(n - last * 10 ** zeros, numbers) + digit(last, numbers);
}

/** Any number: decimals are read digit by digit, at most four of them. */
export function chineseNumber(n: number, numbers: Numbers, measured = false): string {
  if (Number.isInteger(n)) return chineseInteger(n, numbers, measured);
  const [whole = '0', decimals = ''] = Math.abs(n)
    .toFixed(4)
    .replace(/\.?0+$/, '')
    .split('.');
  const sign = n < 0 ? numbers.minus : '';
  const said = sign + chineseInteger(Number(whole), numbers, measured && decimals === '');
  return decimals ? said + numbers.point + chineseDigits(decimals, numbers) : said;
}

/** Digit by digit, one as 一: a year. */
export const chineseDigits = (digits: string, numbers: Numbers): string =>
  [...digits].map((figure) => numbers.digits[Number(figure)] ?? figure).join('');

/** Digit by digit, one as 幺: a telephone or case number. */
export const telephoneDigits = (digits: string, numbers: Numbers): string =>
  [...digits]
    .map((figure) => (figure === '1' ? numbers.telephoneOne : (numbers.digits[Number(figure)] ?? figure)))
    .join('');

const digit = (n: number, numbers: Numbers): string => numbers.digits[n] ?? '';

import type { EnglishWords } from '../words.ts';

type Words = EnglishWords;
const GREATEST = 999_999_999;

/** A whole number in English words up to 999,999,999 either way; outside of that digit by digit. */
export function englishInteger(n: number, words: Words): string {
  const { numbers } = words;
  if (n < 0) return `${numbers.minus} ${englishInteger(-n, words)}`;
  if (n > GREATEST) return englishDigits(String(n), words);
  if (n === 0) return numbers.ones[0] ?? '';
  const groups: [number, string][] = [
    [Math.floor(n / 1e6), numbers.million],
    [Math.floor(n / 1000) % 1000, numbers.thousand],
    [n % 1000, ''],
  ];
  const said = groups
    .filter(([size]) => size > 0)
    .map(([size, unit], at) => {
      const joined = size < 100 && unit === '' && n > 99 && at > 0 ? `${numbers.and} ` : '';
      return `${joined}${underThousand(size, words)}${unit && ` ${unit}`}`;
    });
  return said.join(' ');
}

function underThousand(n: number, { numbers }: Words): string {
  const hundreds = Math.floor(n / 100);
  const rest = n % 100;
  const tail = rest < 20 ? (numbers.ones[rest] ?? '') : tens(rest, numbers);
  if (hundreds === 0) return tail;
  const head = `${numbers.ones[hundreds]} ${numbers.hundred}`;
  return rest === 0 ? head : `${head} ${numbers.and} ${tail}`;
}

function tens(n: number, numbers: Words['numbers']): string {
  const unit = n % 10;
  return `${numbers.tens[Math.floor(n / 10)]}${unit ? `-${numbers.ones[unit]}` : ''}`;
}

/** Any number: decimals digit by digit, at most four. */
export function englishNumber(n: number, words: Words): string {
  if (Number.isInteger(n)) return englishInteger(n, words);
  const [whole = '0', decimals = ''] = Math.abs(n)
    .toFixed(4)
    .replace(/\.?0+$/, '')
    .split('.');
  const said = `${n < 0 ? `${words.numbers.minus} ` : ''}${englishInteger(Number(whole), words)}`;
  return decimals ? `${said} ${words.numbers.point} ${englishDigits(decimals, words)}` : said;
}

/** first, second … thirty-first: the last word of the number takes the ending. */
export function englishOrdinal(n: number, words: Words): string {
  const { irregular, ending } = words.ordinals;
  const known = irregular[String(n)];
  if (known) return known;
  const unit = n % 10;
  if (n > 20 && n < 100 && unit > 0) return `${words.numbers.tens[Math.floor(n / 10)]}-${englishOrdinal(unit, words)}`;
  return `${englishInteger(n, words)}${ending}`;
}

/** 2026: twenty twenty-six. 1908: nineteen oh eight. */
export function englishYear(year: number, words: Words): string {
  const rest = year % 100;
  if (year < 1100 || year > 9999 || (year >= 2000 && year < 2010) || rest === 0) return englishInteger(year, words);
  const tail = rest < 10 ? `${words.numbers.oh} ${englishInteger(rest, words)}` : englishInteger(rest, words);
  return `${englishInteger(Math.floor(year / 100), words)} ${tail}`;
}

/** Digit by digit. */
export const englishDigits = (digits: string, { numbers }: Words): string =>
  [...digits].map((figure) => numbers.ones[Number(figure)] ?? figure).join(' ');

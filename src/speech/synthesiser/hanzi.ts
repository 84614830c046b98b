import { createChineseFormatters } from '../formatters/chinese.ts';
import { chineseDigits, chineseNumber, telephoneDigits } from '../formatters/chinese-numerals.ts';
import type { ChineseWords } from '../words.ts';

/** Makes text wholly hanzi and punctuation: dates, times, numbers, telephone numbers and Latin letters in words. */
export function createHanziExpander(words: ChineseWords): (text: string) => string {
  const { numbers, date } = words;
  const formatters = createChineseFormatters(words, () => '1970-01-01');
  const measure = new RegExp(`^\\s*(?:${[...words.measures, ...words.plainUnits].join('|')})`);
  const time = (clock: string) => spoken(formatters.get('clockTime')?.({ value: clock, before: '', after: '' }));

  const spelledAfter = new RegExp(`(?:${words.spelledAfter.join('|')})\\D{0,3}$`);
  const counts = new RegExp(`^\\s*(?:${[...words.measures, numbers.myriad, numbers.hundredMillion].join('|')})`);

  function figures(run: string, following: string, before: string): string {
    if (/^\d{3,}$/.test(run) && spelledAfter.test(before)) return telephoneDigits(run, numbers);
    const measured = measure.test(following);
    const whole = run.replaceAll(',', '');
    if (!measured && (words.hotlines.includes(run) || whole.length >= 5) && !whole.includes('.'))
      return telephoneDigits(whole, numbers);
    return whole.length > 1 && whole.startsWith('0') && !whole.includes('.')
      ? telephoneDigits(whole, numbers)
      : chineseNumber(Number(whole), numbers, counts.test(following) && !before.endsWith(words.ordinal));
  }

  return (text) =>
    text
      .normalize('NFKC')
      .replace(/(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?/g, (_, year: string, month: string, day: string) =>
        [
          chineseDigits(year, numbers),
          date.year,
          chineseNumber(Number(month), numbers),
          date.month,
          chineseNumber(Number(day), numbers),
          date.day,
        ].join(''),
      )
      .replace(/\d{4}(?=[年〕\]])/g, (year) => chineseDigits(year, numbers))
      .replace(/\d{3,4}(?=室)/g, (room) => telephoneDigits(room, numbers))
      .replace(/(?<!第|\d)2(?=点(?:[^\d]|\d\d?分|$))/g, numbers.two)
      .replace(/([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?/g, (_, hour: string, minute: string) =>
        time(`${hour}:${minute}`),
      )
      .replace(/(\d{3})\*{2,}(\d{3,4})/g, (_, head: string, tail: string) =>
        [head, tail].map((part) => telephoneDigits(part, numbers)).join(words.pauseMark),
      )
      .replace(/\d{3,4}-\d{7,8}|\d{3}-\d{3,4}-\d{4}/g, (number) => telephoneDigits(number.replaceAll('-', ''), numbers))
      .replace(/(\d+(?:\.\d+)?)%/g, (_, n: string) => numbers.percent + chineseNumber(Number(n), numbers))
      .replace(/(?<=[\d点分半刻])\s*[-–—~]\s*(?=[\d\p{sc=Han}])/gu, words.to)
      .replace(/\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?/g, (run, at: number, all: string) =>
        figures(run, all.slice(at + run.length), all.slice(0, at)),
      )
      .replace(/[A-Za-z]/g, (letter) => words.letters[letter.toUpperCase()] ?? '');
}

const spoken = (nodes: { kind: string; text?: string }[] = []): string => nodes.map((node) => node.text ?? '').join('');

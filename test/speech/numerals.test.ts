import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chineseInteger,
  chineseNumber,
  chineseRound,
  telephoneDigits,
} from '../../src/speech/formatters/chinese-numerals.ts';
import { englishNumber, englishOrdinal, englishYear } from '../../src/speech/formatters/english-numerals.ts';
import { loadChineseWords, loadEnglishWords } from '../../src/speech/words.ts';
import { readChinese } from './read-chinese.ts';

const { numbers } = loadChineseWords('locales');
const english = loadEnglishWords('locales');

describe('Chinese numbers', () => {
  test.each([
    [0, '零'],
    [2, '二'],
    [10, '十'],
    [12, '十二'],
    [20, '二十'],
    [22, '二十二'],
    [102, '一百零二'],
    [110, '一百一十'],
    [200, '两百'],
    [212, '两百一十二'],
    [1002, '一千零二'],
    [1045, '一千零四十五'],
    [1222, '一千二百二十二'],
    [2000, '两千'],
    [2222, '两千二百二十二'],
    [10000, '一万'],
    [10012, '一万零一十二'],
    [12000, '一万两千'],
    [20000, '两万'],
    [20002, '两万零二'],
    [99999, '九万九千九百九十九'],
    [100200, '十万零二百'],
    [120000, '十二万'],
    [100000000, '一亿'],
    [200000002, '两亿零二'],
    [-5, '负五'],
    [3.5, '三点五'],
  ])('%d is %s', (n, words) => expect(chineseNumber(n, numbers)).toBe(words));

  test.each([
    [2, '两'],
    [12, '十二'],
    [22, '二十二'],
    [200, '两百'],
  ])('%d before a measure word is %s', (n, words) => expect(chineseNumber(n, numbers, true)).toBe(words));

  test.each([
    [120, '一百二'],
    [1200, '一千二'],
    [12000, '一万二'],
    [122000, '十二万二'],
    [1020, '一千零二十'],
    [10200, '一万零二百'],
    [20, '二十'],
    [2000, '两千'],
    [1045, '一千零四十五'],
  ])('%d alone is %s', (n, words) => expect(chineseRound(n, numbers)).toBe(words));

  test('every number from 0 to 99,999 reads back as itself, in full, measured and round', () => {
    for (let n = 0; n <= 99_999; n += 1) {
      const wrong = [chineseInteger(n, numbers), chineseInteger(n, numbers, true), chineseRound(n, numbers)].find(
        (words) => readChinese(words) !== n,
      );
      if (wrong) expect(`${wrong} for ${n}`).toBe('');
    }
  });

  test('greater numbers read back too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000, max: 999_999_999 }), (n) => readChinese(chineseInteger(n, numbers)) === n),
    );
  });

  test('a string of digits has 幺 for one', () => expect(telephoneDigits('10110', numbers)).toBe('幺零幺幺零'));
});

describe('English numbers', () => {
  test.each([
    [0, 'zero'],
    [21, 'twenty-one'],
    [100, 'one hundred'],
    [102, 'one hundred and two'],
    [1045, 'one thousand and forty-five'],
    [12345, 'twelve thousand three hundred and forty-five'],
    [1_000_000, 'one million'],
    [2.5, 'two point five'],
    [-3, 'minus three'],
  ])('%d is %s', (n, words) => expect(englishNumber(n, english)).toBe(words));

  test.each([
    [1, 'first'],
    [2, 'second'],
    [3, 'third'],
    [12, 'twelfth'],
    [20, 'twentieth'],
    [21, 'twenty-first'],
    [25, 'twenty-fifth'],
    [31, 'thirty-first'],
  ])('%d in order is %s', (n, words) => expect(englishOrdinal(n, english)).toBe(words));

  test.each([
    [2026, 'twenty twenty-six'],
    [2005, 'two thousand and five'],
    [1908, 'nineteen oh eight'],
    [2000, 'two thousand'],
  ])('the year %d is %s', (year, words) => expect(englishYear(year, english)).toBe(words));

  test('all numbers to 99,999 are different words', () => {
    const said = new Set(Array.from({ length: 100_000 }, (_, n) => englishNumber(n, english)));
    expect(said.size).toBe(100_000);
  });
});

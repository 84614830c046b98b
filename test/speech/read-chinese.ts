/** Reads a number back from Chinese words: independent of what wrote it, so that the two can be held against each other. */
export function readChinese(words: string): number {
  let total = 0;
  let section = 0;
  let figure = 0;
  let lastUnit = 1;
  for (const word of words) {
    if (FIGURES.includes(word)) figure = FIGURES.indexOf(word) % 10;
    else if (word === '两') figure = 2;
    else if (word in SMALL) {
      section += (figure || 1) * (SMALL[word] ?? 0);
      lastUnit = SMALL[word] ?? 1;
      figure = 0;
    } else if (word in GREAT) {
      total += (section + figure) * (GREAT[word] ?? 0);
      lastUnit = GREAT[word] ?? 1;
      section = 0;
      figure = 0;
    } else throw new Error(`not a number word: ${word}`);
    if (word === '零') lastUnit = 1;
  }
  // 一万二: a figure right after a unit counts tenths of that unit
  return total + section + figure * (lastUnit >= 100 ? lastUnit / 10 : 1);
}

const FIGURES = '零一二三四五六七八九';
const SMALL: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };
const GREAT: Record<string, number> = { 万: 1e4, 亿: 1e8 };

/** What could name or reach anybody is cut out of a sentence before it is kept: names, and figures however they are said. */

const WORDS = [
  'zero',
  'oh',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
].concat(
  ['twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen', 'twenty', 'thirty'],
  ['forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety', 'hundred', 'thousand', 'double', 'triple', 'nought'],
);
const FIGURE = `(?:[\\d〇零一二三四五六七八九十两俩仨幺拐百千万]|\\b(?:${WORDS.join('|')})\\b)`;
const BETWEEN = '[\\s,，、.。·_-]*(?:and\\s+|个)?';
/** Three figures in a row may be a number of hers, whether written or spoken, in one go or with pauses. */
const FIGURES = new RegExp(`${FIGURE}(?:${BETWEEN}${FIGURE}){2,}`, 'giu');
const LETTER = /[a-z]/i;
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;

/** A word of an English name is cut as a word: the he of John He is not the he of the. */
function cut(text: string, name: string): string {
  if (!LETTER.test(name)) return text.replaceAll(name, '◇');
  const plain = name.replace(SYNTAX, '\\$&');
  return text.replace(new RegExp(`(?<!\\p{L})${plain}(?!\\p{L})`, 'giu'), '◇');
}

/** The sentence without these names and without figures. */
export function withoutPersons(text: string, names: readonly string[]): string {
  const longestFirst = [...new Set(names)].filter(Boolean).sort((a, b) => b.length - a.length);
  return longestFirst.reduce(cut, text.normalize('NFKC').trim()).replace(FIGURES, '#');
}

import { pinyin } from 'pinyin-pro';

const PAUSES: Record<string, string> = { '。': '.', '！': '!', '？': '?', '.': '.', '!': '!', '?': '?', '…': '.' };
const COMMAS = /[,，、;；:：—]/;
const SYLLABLE = /^[a-zü]+[0-5]$/;

/** One reading a character, in the order of the text: a syllable with its tone as a number, or the character itself. */
export const pinyinOf = (hanzi: string): string[] => pinyin(hanzi, { toneType: 'num', type: 'array', nonZh: 'spaced' });

/** The way espeak-ng's pinyin voice reads it: the neutral tone is 5, punctuation gives the pauses. */
export function joinedPinyin(read: string[]): string {
  return read
    .flatMap(piece)
    .join(' ')
    .replace(/[,.!?](?:\s*[,.!?])+/g, (marks) => marks.at(-1) ?? '')
    .replace(/ ([,.!?])/g, '$1')
    .trim();
}

function piece(read: string): string[] {
  if (SYLLABLE.test(read)) return read === 'm2' || read === 'm0' ? [] : [read.replace(/0$/, '5')];
  const mark = PAUSES[read] ?? (COMMAS.test(read) ? ',' : '');
  return mark ? [mark] : [];
}

/** Chinese names in an English sentence, without tones. */
export const withoutHanzi = (text: string): string =>
  text.replace(/\p{sc=Han}+/gu, (run) => ` ${pinyin(run, { toneType: 'none' })} `).replace(/ {2,}/g, ' ');

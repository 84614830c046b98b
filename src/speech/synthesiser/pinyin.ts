import { pinyin } from 'pinyin-pro';

const PAUSES: Record<string, string> = { '。': '.', '！': '!', '？': '?', '.': '.', '!': '!', '?': '?', '…': '.' };
const COMMAS = /[,，、;；:：—]/;
const SYLLABLE = /^[a-zü]+[0-5]$/;

/** Hanzi as pinyin with tone numbers, the way espeak-ng's pinyin voice reads it: the neutral tone is 5, punctuation gives the pauses. */
export function toPinyin(hanzi: string): string {
  const pieces = pinyin(hanzi, { toneType: 'num', type: 'array', nonZh: 'consecutive' });
  return pieces
    .flatMap(piece)
    .join(' ')
    .replace(/ ([,.!?])/g, '$1')
    .trim();
}

function piece(read: string): string[] {
  if (SYLLABLE.test(read)) return read === 'm2' || read === 'm0' ? [] : [read.replace(/0$/, '5')];
  const marks = [...read].map((mark) => PAUSES[mark] ?? (COMMAS.test(mark) ? ',' : ''));
  return marks.filter(Boolean).slice(-1);
}

/** Chinese names in an English sentence, without tones. */
export const withoutHanzi = (text: string): string =>
  text.replace(/\p{sc=Han}+/gu, (run) => ` ${pinyin(run, { toneType: 'none' })} `).replace(/ {2,}/g, ' ');

/** How words are put together: the marks between them differ as the words do. */
import { language } from './language.ts';

const MARKS = {
  zh: { list: '、', also: '，', colon: '：', stop: '。', aside: ['（', '）'], more: '……', quotes: ['「', '」'] },
  en: { list: ', ', also: ', ', colon: ': ', stop: '. ', aside: [' (', ')'], more: ' …', quotes: ['“', '”'] },
}[language];

export const { stop, more } = MARKS;

/** 「甲、乙、丙」. */
export const listed = (words: readonly string[]): string => words.join(MARKS.list);
/** 「满六十岁，女」: all of them hold. */
export const together = (words: readonly string[]): string => words.join(MARKS.also);
/** 「电话：没人接」. */
export const about = (name: string | undefined, words: string | null | undefined): string =>
  `${name ?? ''}${MARKS.colon}${words ?? ''}`;
/** 「王**（王姨）」. */
export const aside = (words: string): string => MARKS.aside.join(words);
/** 「那个本本」: words that were said. */
export const quoted = (words: string): string => MARKS.quotes.join(words);

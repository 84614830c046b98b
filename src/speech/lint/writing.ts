/** The manner of speaking, asked of a text that somebody is writing: reviewed content, not our own phrases. */
import { localesRoot } from '../locale.ts';
import { lengthOf, sentencesOf } from '../sentences.ts';
import { loadRulebook } from './rulebook.ts';

export interface WritingRemark {
  level: 'fault' | 'remark';
  /** `word` is not said to residents, `long` is more than one breath, `figures` stand as figures. */
  kind: 'word' | 'jargon' | 'long' | 'figures';
  /** The word, or the sentence. */
  about: string;
  /** What to say instead, or how many characters there are. */
  instead: string;
}

/** Reads the rules once. @returns looks at a Chinese text and says what an eighty-year-old would stumble over */
export function createWritingLint(root?: string): (text: string) => WritingRemark[] {
  const rules = loadRulebook(localesRoot(root)).locales['zh-CN'];
  const { advised, most, unit } = rules.sentence;
  const found = (words: Record<string, string>, text: string, as: Pick<WritingRemark, 'level' | 'kind'>) =>
    Object.entries(words).flatMap(([word, instead]): WritingRemark[] => {
      const hit = new RegExp(word, 'iu').exec(text);
      return hit ? [{ ...as, about: hit[0], instead }] : [];
    });
  const lengths = (text: string) =>
    sentencesOf(text).flatMap((sentence): WritingRemark[] => {
      const length = lengthOf(sentence, unit);
      if (length <= advised) return [];
      return [{ level: length > most ? 'fault' : 'remark', kind: 'long', about: sentence, instead: String(length) }];
    });
  const figures = (text: string): WritingRemark[] => {
    const hit = /\d+/.exec(text);
    return hit ? [{ level: 'remark', kind: 'figures', about: hit[0], instead: '' }] : [];
  };
  return (text) => [
    ...found(rules.forbidden, text, { level: 'fault', kind: 'word' }),
    ...found(rules.jargon, text, { level: 'remark', kind: 'jargon' }),
    ...lengths(text),
    ...figures(text),
  ];
}

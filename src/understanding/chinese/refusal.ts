/** The guard before every action: 别给我约了 and 我没说要办这个呀 are not wishes. */

import type { Refused } from '../tongue.ts';
import { longestAt, wordsOf } from '../words.ts';

export interface StanceFile {
  /** Open a refusal: 别, 不想, 甭. */
  refuse: string[];
  /** Open a denial of having said it: 没说, 没让. */
  unsay: string[];
  /** May stand between the refusal and the act: 给我, 再, 去. */
  between: string[];
  /** What may be refused. */
  acts: string[];
  /** Acts that only end something: they do not take a refusal back. */
  givesUp: string[];
  /** Behind the act these make a question or a remark of it, not a refusal: 不办行吗. */
  questions: string[];
  /** Between the old value and the new: 改到, 换成. */
  changes: string[];
  denials: string[];
  /** 你听岔了, wherever it is said. */
  mistakes: string[];
  /** Answers to a list of things to bring. */
  has: string[];
  lacks: string[];
  agreements: string[];
}

const FAR = 4; // words between a refusal and its act

/** Finds out whether a sentence refuses an act. A later act that is not refused (别取了，改成寄) takes the refusal back. */
export function createRefusal(source: StanceFile, lists: { notNegations: string[] }) {
  const refuse = wordsOf(source.refuse);
  const unsay = wordsOf(source.unsay);
  const between = wordsOf(source.between);
  const acts = wordsOf(source.acts);
  const spared = wordsOf(lists.notNegations);

  const actAfter = (text: string, at: number): number | undefined => {
    let i = at;
    for (let k = 0; k <= FAR; k++) {
      const act = longestAt(acts, text, i);
      if (act) return act.end;
      const skipped = longestAt(between, text, i);
      if (!skipped) return undefined;
      i = skipped.end;
    }
    return undefined;
  };

  return function refusal(text: string): Refused | undefined {
    let found: Refused | undefined;
    for (let i = 0; i < text.length; ) {
      const free = longestAt(spared, text, i);
      const denied = longestAt(unsay, text, i);
      const refused = longestAt(refuse, text, i);
      if (free && free.end >= Math.max(denied?.end ?? 0, refused?.end ?? 0)) i = free.end;
      else if (denied) {
        found = 'unsaid';
        i = actAfter(text, denied.end) ?? denied.end;
      } else if (refused) {
        const end = actAfter(text, refused.end);
        if (end !== undefined && !source.questions.some((q) => text.startsWith(q, end))) found = 'refused';
        i = end ?? refused.end;
      } else {
        const act = found === 'refused' ? longestAt(acts, text, i) : undefined;
        if (act && !source.givesUp.includes(act.word)) found = undefined; // 别寄了我自己去取
        i = act?.end ?? i + 1;
      }
    }
    return found;
  };
}

/** A word in what she had written down, taken back: 「不对，不是小伙子，是个戴眼镜的姑娘，我记混了」. Pure. */
import type { AskingWords } from './asking-words.ts';
import { piecesOf } from './plain-words.ts';

/** @param hers her words as they stand. @returns which of them is wrong and what is right; nothing where she takes none back */
export function putRight(words: AskingWords, text: string, hers: string): { from: string; to: string } | undefined {
  const named = spansOf(piecesOf(text))
    .map((span) => words.swap(span) ?? words.swapBack(span))
    .find((one) => one && hers.includes(one.from));
  if (named) return { from: named.from, to: words.withoutCount(named.to) };
  if (!words.says('complaining', 'slips', text)) return undefined;
  return words.ofOneKind(text, hers);
}

/** Each clause, and each two that stand together. */
const spansOf = (clauses: string[]): string[] => [
  ...clauses.slice(1).map((clause, n) => `${clauses[n]}，${clause}`),
  ...clauses,
];

/** How much work matching a sentence is, counted in steps: for the test that holds it linear. */
import { loadCompiled } from './cache.ts';
import { createChinese } from './chinese/language.ts';
import { createMatcher, type Effort } from './grammar/match.ts';
import { findRoot } from './grammar/source.ts';
import { stretchesOf } from './spans.ts';

const ANY_DAY = 20780;

/** Counts the matcher's steps for a Chinese sentence. */
export function effortOf(root = findRoot()): (text: string) => number {
  const { chinese } = loadCompiled(root);
  const language = createChinese(chinese.source);
  const match = createMatcher(chinese.automaton);
  return (text) => {
    const units = language.units(text);
    const effort: Effort = { steps: 0 };
    match(units, stretchesOf(language.scan(units, { today: ANY_DAY })), {}, () => {}, effort);
    return effort.steps;
  };
}

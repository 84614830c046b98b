/** Understanding: what was said → what is meant. Deterministic, local, from the files in intents/. */

import { loadCompiled } from './cache.ts';
import { createChineseTongue } from './chinese/tongue.ts';
import { createEnglishTongue } from './english/tongue.ts';
import { findRoot } from './grammar/source.ts';
import type { Heard, Meaning, Read } from './meaning.ts';
import { type Explanation, explainWith, readWith } from './read.ts';

export interface Matter {
  id: string;
  /** Official name. */
  name: string;
  folk: string[];
  /** Whether it can be applied for by voice. */
  apply: boolean;
}

export interface Understanding {
  read: Read;
  /** The same with the evidence, for authors of templates. */
  explain(heard: Heard): Explanation;
  items(): Matter[];
  /** What may be somebody's name in a sentence, kinship apart: cut out before the sentence is kept. */
  persons(text: string): string[];
}

/** The script decides where it is clear: an English speaker may say a Chinese name, and the other way round. */
function isEnglish({ text, locale }: Heard): boolean {
  const start = text.slice(0, 500);
  const han = /[\u4e00-\u9fff]/.test(start);
  return !han && (locale === 'en-US' || /[a-z]{2}/i.test(start));
}

const FAILED: Meaning = { intent: 'out_of_scope', slots: {}, decision: 'ask', confidence: 0, why: 'the reader failed' };

/**
 * Makes the reader. Built from intents/ when they changed (some seconds, a message on stderr), else read from the cache.
 * `root` is the folder that holds intents/.
 */
export function createUnderstanding(options: { root?: string } = {}): Understanding {
  const compiled = loadCompiled(options.root ?? findRoot());
  const chinese = createChineseTongue(compiled.chinese);
  const english = createEnglishTongue(compiled.english);
  const reading = (heard: Heard): Meaning => readWith(isEnglish(heard) ? english : chinese, compiled.catalogue, heard);
  const read = (heard: Heard): Meaning => {
    try {
      return reading(heard);
    } catch {
      return { ...FAILED, slots: {} }; // a sentence must never end a talk; explain() does not catch, and the tests use it
    }
  };
  const explain = (heard: Heard): Explanation =>
    explainWith(isEnglish(heard) ? english : chinese, compiled.catalogue, heard);
  const items = (): Matter[] =>
    compiled.chinese.source.items.map(({ id, name, folk = [], apply = false }) => ({ id, name, folk, apply }));
  const persons = (text: string): string[] => [...new Set([...chinese.persons(text), ...english.persons(text)])];
  return { read, explain, items, persons };
}

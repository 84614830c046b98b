/** Understanding: what was said → what is meant. Deterministic, local, from the files in intents/. */
import { createChineseTongue } from './chinese/tongue.ts';
import { loadCompiled } from './cache.ts';
import { findRoot } from './grammar/source.ts';
import type { Heard, Meaning, Read } from './meaning.ts';
import { readWith } from './read.ts';

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
  items(): Matter[];
}

/**
 * Makes the reader. Built from intents/ when they changed (some seconds, a message on stderr), else read from the cache.
 * `root` is the folder that holds intents/.
 */
export function createUnderstanding(options: { root?: string } = {}): Understanding {
  const compiled = loadCompiled(options.root ?? findRoot());
  const chinese = createChineseTongue(compiled.chinese);
  const read = (heard: Heard): Meaning => readWith(chinese, compiled.catalogue, heard);
  const items = (): Matter[] => compiled.chinese.source.items.map(({ id, name, folk = [], apply = false }) => ({ id, name, folk, apply }));
  return { read, items };
}

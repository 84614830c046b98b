/** An English sentence as units, one a word; numbers and clock times are kept whole. */
import type { Units } from '../grammar/match.ts';

export interface EnglishUnits extends Units {
  words: string[];
  noise: Uint8Array;
}

import type { PersonWords } from './persons.ts';

export interface EnglishLists {
  hesitation: string[];
  light: string[];
  negations: string[];
  asks: string[];
  notNegations: string[];
  contractions: Record<string, string>;
  repairs: string[];
  negatesBefore: string[];
  negatesAfter: string[];
  joins: string[];
  refuse: string[];
  unsay: string[];
  between: string[];
  acts: string[];
  questions: string[];
  changes: string[];
  denials: string[];
  agreements: string[];
  /** Behind one of several that were read back. */
  wrongAfter: string[];
  /** Of a thing on a list, said at the beginning or behind a yes or a no. */
  brings: { has: string[]; lacks: string[] };
  others: string[];
  own: string[];
  mistakes: string[];
  persons: PersonWords;
  choiceOpens: string[];
  choiceCloses: string[];
}

const LIMIT = 500;
const LIGHT = 0.15;
const NEGATION = 1.5;
const NOISE = 0.02;

/** A number for a word (FNV-1a, 31 bits). */
export function wordId(word: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193);
  return (h >>> 0) & 0x7fffffff;
}

/** A word without its commonest endings: documents and document are the same to us. */
export function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3);
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2);
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** Phrases by their first word, longest first. */
export interface Phrases<T> {
  byFirst: Map<string, { words: string[]; value: T }[]>;
}

/** Prepares phrases. */
export function phrasesOf<T>(entries: Iterable<readonly [string, T]>): Phrases<T> {
  const byFirst = new Map<string, { words: string[]; value: T }[]>();
  for (const [phrase, value] of entries) {
    const words = phrase.toLowerCase().split(/[\s-]+/);
    const first = words[0] as string;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, value }]);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  return { byFirst };
}

/** The longest phrase that stands at `at`. */
export function phraseAt<T>(
  phrases: Phrases<T>,
  words: readonly string[],
  at: number,
): { value: T; end: number } | undefined {
  for (const each of phrases.byFirst.get(words[at] ?? '') ?? [])
    if (each.words.every((word, k) => words[at + k] === word))
      return { value: each.value, end: at + each.words.length };
  return undefined;
}

/** The phrases that end at `end`, the longest. */
export function phraseBefore(phrases: readonly string[][], words: readonly string[], end: number): number | undefined {
  let longest: number | undefined;
  for (const phrase of phrases)
    if (
      phrase.length <= end &&
      phrase.length > (longest ?? 0) &&
      phrase.every((word, k) => words[end - phrase.length + k] === word)
    )
      longest = phrase.length;
  return longest;
}

/** Words of a sentence of at most 500 characters; contractions opened. */
function wordsOfSentence(said: string, contractions: Record<string, string>): string[] {
  const plain = said.slice(0, LIMIT).normalize('NFKC').slice(0, LIMIT).toLowerCase().replace(/[’‘]/g, "'");
  const words: string[] = [];
  for (const raw of plain.split(/[^a-z0-9':/.-]+/)) {
    const word = raw.replace(/^[':/.-]+|[':/.-]+$/g, '');
    if (word === '') continue;
    const opened = Object.hasOwn(contractions, word) ? (contractions[word] as string) : word.replace(/'s?$/, '');
    for (const part of opened.split(/[\s']+/))
      words.push(...(/^\d/.test(part) ? [part] : part.split(/[-./:]+/)).filter(Boolean));
  }
  return words;
}

export interface EnglishFillers {
  hesitation: Phrases<true>;
  light: Phrases<true>;
  /** Negations and what is asked: skipping one of these is skipping the meaning. */
  weighty: Set<string>;
  spared: Phrases<true>;
}

const all = (words: string[]): Phrases<true> => phrasesOf(words.map((word) => [word, true] as const));

/** The filling words of English, ready to be found. */
export function englishFillers(lists: EnglishLists): EnglishFillers {
  return {
    hesitation: all(lists.hesitation),
    light: all(lists.light),
    weighty: new Set([...lists.negations, ...lists.asks]),
    spared: all(lists.notNegations),
  };
}

function weigh(units: EnglishUnits, fillers: EnglishFillers): void {
  const { words, weight, noise } = units;
  words.forEach((word, i) => {
    weight[i] = fillers.weighty.has(word) ? NEGATION : 1;
  });
  for (let i = 0; i < words.length; ) {
    const spared = phraseAt(fillers.spared, words, i);
    const hesitation = phraseAt(fillers.hesitation, words, i);
    const light = phraseAt(fillers.light, words, i);
    const end = Math.max(spared?.end ?? 0, hesitation?.end ?? 0, light?.end ?? 0);
    for (let k = i; k < end; k++) {
      weight[k] = spared?.end === end ? 0.6 : hesitation?.end === end ? NOISE : LIGHT;
      if (spared?.end !== end && hesitation?.end === end) noise[k] = 1;
    }
    i = Math.max(end, i + 1);
  }
}

/** Cuts a sentence into units. */
export function englishUnits(said: string, lists: EnglishLists, fillers: EnglishFillers): EnglishUnits {
  const words = wordsOfSentence(said, lists.contractions);
  const n = words.length;
  const stems = Int32Array.from(words, (word) => wordId(stem(word)));
  const units: EnglishUnits = {
    words,
    length: n,
    word: Int32Array.from(words, wordId),
    syllable: stems,
    fold: stems,
    weight: new Float32Array(n),
    literal: new Uint8Array(n),
    noise: new Uint8Array(n),
  };
  weigh(units, fillers);
  return units;
}

/** Which wording of a phrase is said: nothing that was said a moment ago comes again in the same words where it can be said otherwise. */
import { createHash } from 'node:crypto';
import type { Locale } from '../platforms/platform.ts';
import type { Phrase } from './phrases.ts';
import { lengthOf, sentencesOf } from './sentences.ts';
import type { Say } from './speech.ts';
import { type Part, valuesOf } from './template.ts';

/** 「对吗？」 may stand twice: shorter than this nobody hears a machine in it. */
const LEAST = {
  'zh-CN': { unit: 'characters', length: 5 },
  'en-US': { unit: 'words', length: 4 },
} as const;

/** The sentences of an answer that are long enough to be known again. */
export function knownAgain(text: string, locale: Locale): Set<string> {
  const { unit, length } = LEAST[locale];
  return new Set(sentencesOf(text).filter((sentence) => lengthOf(sentence, unit) >= length));
}

/** What remains of an answer for the next: marks by which a sentence is known again, and none of its words. */
export const marksOf = (text: string, locale: Locale): string[] => [...knownAgain(text, locale)].map(markOf);

const markOf = (sentence: string): string => createHash('sha256').update(sentence).digest('base64url').slice(0, 8);

/**
 * The wording with the fewest sentences of the answer before; of equals the first.
 * A shorter one stands for the whole where all of the whole has just been heard, else only as the last way not to repeat,
 * and never where it would leave out a value.
 */
export function wordingFor(
  { text, again, or }: Phrase,
  variant: Say['variant'],
  { heard, marksIn }: { heard: ReadonlySet<string>; marksIn: (way: Part[]) => string[] },
): Part[] {
  const whole = marksIn(text);
  const justHeard = whole.length > 0 && whole.every((mark) => heard.has(mark));
  const shorter = again.filter((way) => justHeard || saysAllOf(text, way));
  const wholeFirst = justHeard ? [text, ...shorter, ...or] : [text, ...or, ...shorter];
  const ways = variant === 'again' ? [...again, text, ...or] : wholeFirst;
  const repeats = (way: Part[]) => marksIn(way).filter((mark) => heard.has(mark)).length;
  return ways.reduce((best, way) => (repeats(way) < repeats(best) ? way : best));
}

/** Whether a wording has every value of the whole. */
function saysAllOf(whole: Part[], way: Part[]): boolean {
  const named = new Set(valuesOf(way).map(({ name }) => name));
  return valuesOf(whole).every(({ name }) => named.has(name));
}

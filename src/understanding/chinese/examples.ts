/** What the classifier learns from: sentences out of the templates, some of them with the noise of a recogniser. */

import type { ParsedTemplate } from '../build.ts';
import type { Tokens } from '../classify/features.ts';
import type { Example } from '../classify/train.ts';
import { type Said, seeded, seedOf, sentencesOf } from '../grammar/sentences.ts';
import type { Span } from '../spans.ts';
import { type ItemSource, kindOf } from './items.ts';
import type { Chinese } from './language.ts';
import type { ChineseUnits } from './units.ts';

const MOST_OF_ONE = 60;
const NOISY = 1; // share of sentences that are said a second time, with noise
const REFERENCE_DAY = 20780; // any day: dates are masked

type Random = () => number;
const fits = (item: ItemSource, slot: string): boolean =>
  slot === 'item' || kindOf(item) === slot || (slot === 'card' && item.apply === true);
const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;

function sampleOf(chinese: Chinese, slot: string, random: Random): string {
  if (slot === 'item' || slot === 'money' || slot === 'card' || slot === 'voice') {
    const item = pick(
      chinese.source.items.filter((each) => fits(each, slot)),
      random,
    );
    return pick([item.name, ...(item.folk ?? [])], random);
  }
  return pick(chinese.source.samples[slot] ?? [''], random);
}

function spoken(chinese: Chinese, said: Said[], random: Random): string {
  return said.map((part) => ('word' in part ? part.word : sampleOf(chinese, part.slot, random))).join('');
}

/** Characters of the intent files by the class of their sound: what a recogniser may write instead. */
function homophones(sentences: string[], fold: (char: string) => number): (char: string, random: Random) => string {
  const lists = new Map<number, string[]>();
  for (const char of new Set(sentences.join(''))) lists.set(fold(char), [...(lists.get(fold(char)) ?? []), char]);
  return (char, random) => pick(lists.get(fold(char)) ?? [char], random);
}

function noisy(
  text: string,
  chinese: Chinese,
  other: (char: string, random: Random) => string,
  random: Random,
): string {
  const { before, after } = chinese.source.samples;
  let out = random() < 0.5 ? pick(before, random) : '';
  for (const char of text) {
    const dice = random();
    if (dice < 0.025) continue;
    out += dice < 0.08 ? other(char, random) : char;
  }
  return out + (random() < 0.35 ? pick(after, random) : '');
}

/** The tokens of a sentence, its values masked. */
function tokensOf(chinese: Chinese, text: string): Tokens {
  const units: ChineseUnits = chinese.units(text);
  const spans: Span[] = chinese.scan(units, { today: REFERENCE_DAY });
  return chinese.tokens(units, spans);
}

/** Labelled examples, in a fixed order. Chance begins anew with each template and sentence: one that is added changes none of the others. */
export function chineseExamples(chinese: Chinese, templates: ParsedTemplate[], seed: number): Example[] {
  const said: { text: string; label: number }[] = [];
  for (const { node, info } of templates) {
    if (info.veto) continue;
    const random = seeded(seedOf(JSON.stringify(node), seed));
    for (const sentence of sentencesOf(node, MOST_OF_ONE, random))
      said.push({ text: spoken(chinese, sentence, random), label: info.intent });
  }
  const fold = (char: string): number => chinese.units(char).fold[0] ?? 0;
  const other = homophones(
    said.map((s) => s.text),
    fold,
  );
  const all = said.flatMap((s) => {
    const random = seeded(seedOf(s.text, seed));
    return random() < NOISY ? [s, { text: noisy(s.text, chinese, other, random), label: s.label }] : [s];
  });
  return all.map(({ text, label }) => ({ tokens: tokensOf(chinese, text), label }));
}

/** What the English classifier learns from. */
import type { ParsedTemplate } from '../build.ts';
import { type ItemSource, kindOf } from '../chinese/items.ts';
import type { Example } from '../classify/train.ts';
import { type Said, seeded, seedOf, sentencesOf } from '../grammar/sentences.ts';
import { type English, englishTokens } from './tongue.ts';

const MOST_OF_ONE = 80;
const NOISY = 0.5;
const REFERENCE_DAY = 20780;

type Random = () => number;
const fits = (item: ItemSource, slot: string): boolean =>
  slot === 'item' || kindOf(item) === slot || (slot === 'card' && item.apply === true);
const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;

function sampleOf(english: English, slot: string, random: Random): string {
  if (slot === 'item' || slot === 'money' || slot === 'card' || slot === 'voice') {
    const items = english.source.items.filter((each) => fits(each, slot));
    return pick(pick(items, random).en ?? ['card'], random);
  }
  return pick(english.source.values.samples[slot] ?? [''], random);
}

function spoken(english: English, said: Said[], random: Random): string {
  return said.map((part) => ('word' in part ? part.word : sampleOf(english, part.slot, random))).join(' ');
}

function noisy(text: string, english: English, random: Random): string {
  const { before = [], after = [] } = english.source.values.samples;
  const kept = text
    .split(' ')
    .filter(() => random() > 0.05)
    .join(' ');
  return `${random() < 0.6 ? pick(before, random) : ''} ${kept} ${random() < 0.4 ? pick(after, random) : ''}`;
}

/** Labelled examples, in a fixed order; chance begins anew with each template. */
export function englishExamples(english: English, templates: ParsedTemplate[], seed: number): Example[] {
  const tokens = (text: string) => {
    const units = english.units(text);
    return englishTokens(units, english.scan(units, { today: REFERENCE_DAY }));
  };
  return templates.flatMap(({ node, info }) => {
    if (info.veto) return [];
    const random = seeded(seedOf(JSON.stringify(node), seed));
    return sentencesOf(node, MOST_OF_ONE, random).flatMap((sentence) => {
      const text = spoken(english, sentence, random);
      const said = random() < NOISY ? [text, noisy(text, english, random)] : [text];
      return said.map((each) => ({ tokens: tokens(each), label: info.intent }));
    });
  });
}

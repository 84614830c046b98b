/** Sample sentences out of the intent files: what a vendor's console learns from is what understanding is built from. */

import type { Locale } from '../../platforms/platform.ts';
import { parseTemplates } from '../../understanding/build.ts';
import { type Said, seeded, sentencesOf } from '../../understanding/grammar/sentences.ts';
import { readCatalogue } from '../../understanding/grammar/source.ts';
import { INTENTS, type Intent } from '../../understanding/meaning.ts';
import type { Kind } from '../../understanding/spans.ts';

export interface Sample {
  intent: Intent;
  parts: Said[];
  /** The template stands for this value: `{ kind: 'fire' }`. */
  sets?: Record<string, string>;
}

const SEED = 20260401; // any number: the same files give the same models

/**
 * Every template said out at most `most` times, each alternative once where that suffices. Left out: answers that only hold while
 * something is asked, since a vendor's model does not know what was asked; and what takes an intent away.
 */
export function samplesOf(root: string, locale: Locale, most: number): Sample[] {
  const random = seeded(SEED);
  return parseTemplates(root, locale, readCatalogue(root)).flatMap(({ node, info }) => {
    if (info.veto || info.asking || info.errand) return [];
    const intent = INTENTS[info.intent] as Intent;
    return sentencesOf(node, most, random).map((parts) => ({ intent, parts: parts.map(inSlots), sets: info.sets }));
  });
}

/** Stretches of the templates that are some kind of a slot's value: vendors know the slot only. */
const SLOT_OF: Record<Kind | 'number', string> = {
  money: 'item',
  card: 'item',
  voice: 'item',
  kin: 'name',
  staff: 'name',
  number: 'ordinal',
};

function inSlots(part: Said): Said {
  return 'slot' in part && part.slot in SLOT_OF ? { slot: SLOT_OF[part.slot as Kind] } : part;
}

/** The names of the slots that a sentence mentions. */
export const slotsIn = (parts: Said[]): string[] => parts.flatMap((part) => ('slot' in part ? [part.slot] : []));

/** The sentences of one intent, in the order of the contract. */
export function byIntent<T extends { intent: Intent }>(samples: T[]): Map<Intent, T[]> {
  const found = new Map<Intent, T[]>(INTENTS.map((intent) => [intent, []]));
  for (const sample of samples) found.get(sample.intent)?.push(sample);
  return found;
}

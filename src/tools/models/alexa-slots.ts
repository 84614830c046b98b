/** The slots of the Alexa model. A value's id is what our own understanding would give, since the adapter takes the id as the value. */
import { join } from 'node:path';
import type { ItemSource } from '../../understanding/chinese/items.ts';
import type { EnglishValues } from '../../understanding/english/tables.ts';
import { readYaml } from '../../understanding/grammar/source.ts';
import type { AlexaType } from './alexa-schema.ts';

/** Our slots by the name of their type. Brand types are read by the platform, ours are listed in the model. */
export const TYPE_OF: Record<string, string> = {
  item: 'Matter',
  date: 'AMAZON.DATE',
  time: 'AMAZON.TIME',
  phone: 'AMAZON.PhoneNumber',
  case_no: 'AMAZON.NUMBER',
  name: 'Person',
  ordinal: 'Choice',
  rating: 'Rating',
  direction: 'Direction',
  mode: 'Mode',
  kind: 'Kind',
  place: 'ServicePoint',
};

/** What each value is called in English, from intents/en-US/_values.yaml below `root`. */
export function englishValues(root: string): EnglishValues {
  return readYaml(join(root, 'intents', 'en-US', '_values.yaml'));
}

/** The types that the model lists itself. */
export function slotTypes(root: string): AlexaType[] {
  const values = englishValues(root);
  const items = readYaml<ItemSource[]>(join(root, 'intents', 'items.yaml'));
  const people = [...values.kin, ...(values.samples.staff ?? [])];
  const places = [
    ...values.placesAlone,
    ...values.placeHeads.flatMap((head) => values.placeTails.map((tail) => `${head} ${tail}`)),
  ];
  return [
    typeOf('Matter', Object.fromEntries(items.map(({ name, en = [] }) => [name, en]))),
    typeOf('Rating', values.rating),
    typeOf('Direction', values.direction),
    typeOf('Mode', values.mode),
    typeOf('Kind', values.kind),
    typeOf('Choice', choices(values)),
    typeOf('Person', Object.fromEntries(people.map((word) => [word, [word]]))),
    typeOf('ServicePoint', Object.fromEntries(places.map((word) => [word, [word]]))),
  ];
}

/** `first` and `one` are both 1; the last is -1. */
function choices({ ordinals, numbers }: EnglishValues): Record<string, string[]> {
  const words: Record<string, string[]> = { '-1': ['last', 'the last one'] };
  for (const [word, n] of [...Object.entries(ordinals), ...Object.entries(numbers)]) {
    if (n > 0 && n <= 20 && !/^(a|an|a couple of)$/.test(word)) words[n] = [...(words[n] ?? []), word];
  }
  return words;
}

/** Ids with their words; a word belongs to the first that has it. A value that is its own id needs none. */
export function typeOf(name: string, words: Record<string, string[]>): AlexaType {
  const taken = new Set<string>();
  const fresh = (word: string) => !taken.has(word.toLowerCase()) && Boolean(taken.add(word.toLowerCase()));
  const values = Object.entries(words).flatMap(([id, all]) => {
    const [value, ...synonyms] = all.filter(fresh);
    if (value === undefined) return [];
    return [{ ...(id === value ? {} : { id }), name: { value, synonyms } }];
  });
  return { name, values };
}

/** The Alexa interaction model of en-US out of intents/en-US. */

import type { Said } from '../../understanding/grammar/sentences.ts';
import { readCatalogue } from '../../understanding/grammar/source.ts';
import type { Intent } from '../../understanding/meaning.ts';
import type { AlexaIntent, AlexaType, InteractionModel } from './alexa-schema.ts';
import { englishValues, slotTypes, TYPE_OF, typeOf } from './alexa-slots.ts';
import { byIntent, type Sample, samplesOf, slotsIn } from './sentences.ts';

const INVOCATION = 'home errands';
const MOST_OF_A_TEMPLATE = 30;

/** What the platform has a name of its own for; src/platforms/alexa/request.ts reads them back. */
const BUILT_IN: Partial<Record<Intent, string>> = {
  yes: 'AMAZON.YesIntent',
  no: 'AMAZON.NoIntent',
  help: 'AMAZON.HelpIntent',
  stop: 'AMAZON.StopIntent',
  cancel: 'AMAZON.CancelIntent',
  repeat: 'AMAZON.RepeatIntent',
  back: 'AMAZON.PreviousIntent',
};

/** Words reach us only behind some of the platform's own: everything that no intent fits comes through here and is read by us. */
const CARRIERS = [
  'my answer is',
  'the answer is',
  'say',
  'i said',
  'it is',
  'it is about',
  'tell them',
  'i want to',
  'i need to',
  'please',
  'how do i',
  'what about',
  'can you',
  'because',
];

const ASKED = 'Elicit.words.query';
/**
 * The dialogue through which an answer comes as her own words: src/platforms/alexa/response.ts asks for the slot. A skill without one
 * is refused such a question by the platform, and its session ends.
 */
const ANSWERS: Pick<InteractionModel['interactionModel'], 'dialog' | 'prompts'> = {
  dialog: {
    delegationStrategy: 'SKILL_RESPONSE',
    intents: [
      {
        name: 'words',
        confirmationRequired: false,
        prompts: {},
        slots: [
          {
            name: 'query',
            type: 'AMAZON.SearchQuery',
            elicitationRequired: true,
            confirmationRequired: false,
            prompts: { elicitation: ASKED },
          },
        ],
      },
    ],
  },
  prompts: [{ id: ASKED, variations: [{ type: 'PlainText', value: 'What would you like to say?' }] }],
};

/** A value alone answers the question in hand, whichever it was: our `correction` with a slot is exactly that. */
const BARE = [
  '{date}',
  '{time}',
  '{date} {time}',
  '{date} at {time}',
  '{name}',
  '{phone}',
  '{place}',
  '{mode}',
  '{direction}',
  '{kind}',
];

/** Made anew from the files each time; the same files give the same model. */
export function alexaModel(root: string): InteractionModel {
  const taken = new Set<string>();
  const own: AlexaType[] = [];
  const words: AlexaIntent = {
    name: 'words',
    slots: [{ name: 'query', type: 'AMAZON.SearchQuery' }],
    samples: CARRIERS.map((c) => `${c} {query}`),
  };
  const catalogue = readCatalogue(root);
  const literal = literals(root);
  const intents = [...byIntent(samplesOf(root, 'en-US', MOST_OF_A_TEMPLATE))].map(([intent, samples]) => {
    const slots = catalogue[intent].slots;
    const fixed = intent in BUILT_IN ? [] : valuesOf(intent, slots, samples, own);
    const texts = samples
      .filter((sample) => !fixed.includes(sample))
      .flatMap((sample) => textOf(sample.parts, slots, literal));
    if (fixed.length > 0) texts.push(...fixedSamples(intent, fixed));
    if (intent === 'correction') texts.push(...BARE);
    return intentOf(
      intent,
      texts.filter((text) => isFresh(text, taken)),
      own,
    );
  });
  const empty = ['AMAZON.NavigateHomeIntent', 'AMAZON.FallbackIntent'].map((name) => ({ name, samples: [] }));
  const languageModel = {
    invocationName: INVOCATION,
    intents: [...intents, words, ...empty],
    types: [...slotTypes(root), ...own],
  };
  return { interactionModel: { languageModel, ...ANSWERS } };
}

function isFresh(text: string, taken: Set<string>): boolean {
  return !taken.has(text) && Boolean(taken.add(text));
}

function intentOf(intent: Intent, samples: string[], own: AlexaType[]): AlexaIntent {
  const used = new Set(samples.flatMap((sample) => [...sample.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot ?? '')));
  const slots = [...used].map((name) => ({
    name,
    type: own.some((type) => type.name === name) ? name : (TYPE_OF[name] ?? ''),
  }));
  const name = BUILT_IN[intent] ?? intent.replaceAll('.', '_');
  return slots.length > 0 ? { name, slots, samples } : { name, samples };
}

/** A slot whose type belongs to one intent is named after it: one name may have one type only. */
const ownSlot = (intent: Intent, slot: string) => `${intent.replaceAll('.', '_')}__${slot}`;

/**
 * Templates that stand for a value (`sets`) become the words of a type of their own, so that the value survives: "there is a fire" is
 * an emergency of kind `fire`. @returns the samples that are said by these words now
 */
function valuesOf(intent: Intent, slots: string[], samples: Sample[], own: AlexaType[]): Sample[] {
  const carried = samples.filter(
    ({ sets, parts }) => sets && slots.includes(Object.keys(sets)[0] ?? '') && slotsIn(parts).length === 0,
  );
  const byValue: Record<string, string[]> = {};
  for (const { sets, parts } of carried) {
    const [value = ''] = Object.values(sets ?? {});
    byValue[value] = [...(byValue[value] ?? []), ...textOf(parts, [], {})];
  }
  const [slot] = Object.keys(carried[0]?.sets ?? {});
  if (slot) own.push(typeOf(ownSlot(intent, slot), byValue));
  return carried;
}

function fixedSamples(intent: Intent, [first]: Sample[]): string[] {
  const slot = ownSlot(intent, Object.keys(first?.sets ?? {})[0] ?? '');
  return [`{${slot}}`, `please {${slot}}`, `help {${slot}}`, `{${slot}} please`];
}

const SPEAKABLE = /^[a-z'.-]+( [a-z'.-]+)*$/;

/** Words for values that an intent does not take: they must stand in a sentence, and digits may not. */
function literals(root: string): Record<string, string> {
  const { samples } = englishValues(root);
  return Object.fromEntries(
    Object.entries(samples).flatMap(([slot, words]) => {
      const word = words.find((one) => SPEAKABLE.test(one));
      return word ? [[slot, word]] : [];
    }),
  );
}

/** The sentence as Alexa writes it, or nothing where it cannot be written so. */
function textOf(parts: Said[], slots: string[], literal: Record<string, string>): string[] {
  const seen = new Set<string>();
  const words: string[] = [];
  for (const part of parts) {
    const slot = 'slot' in part ? part.slot : undefined;
    const placed = slot !== undefined && slots.includes(slot) && TYPE_OF[slot] !== undefined;
    const word = 'word' in part ? part.word : placed ? `{${slot}}` : literal[part.slot];
    if (word === undefined || (placed && seen.has(slot))) return [];
    if (!placed && !SPEAKABLE.test(word)) return [];
    if (placed) seen.add(slot);
    words.push(word);
  }
  return [words.join(' ')].filter(isNatural);
}

const LOOSE_END =
  / (an?|the|my|your|our|to|for|of|at|on|in|from|with|by|up the|and|or|are|is|do|does|did|can|should|must|will)$/;
const CLASH =
  /\b(an?|the|my|your|our|this) (an?|the|my|your|our|this|it|to|for|of|at|on|in|from|with|by|up|do|does)\b|\b(\w+) \3\b/;
const WRONG_ARTICLE = /\ban [^aeiou{]|\ba [aeio]/;

/** Templates hear more than anybody would say ("book an up my"): what a person would not write is not taught either. */
function isNatural(text: string): boolean {
  return !LOOSE_END.test(text) && !CLASH.test(text) && !WRONG_ARTICLE.test(text);
}

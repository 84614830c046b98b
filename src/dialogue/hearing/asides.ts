/** Small questions about what is in hand or was just done, each with one short answer: 「要带嘛」, 「谁来呀」. Their words lie in intents/<locale>/_asides.yaml. Pure. */
import { join } from 'node:path';
import type { Locale } from '../../platforms/platform.ts';
import type { Values } from '../../speech/speech.ts';
import { findRoot, readYaml } from '../../understanding/grammar/source.ts';
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { isPaper } from '../known-matters.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { asBare, bare, breadthOf } from './plain-words.ts';

interface Source {
  /** Patterns over her sentence without punctuation. */
  said: string[];
  /** Only at these questions; else anywhere in the errand and right after it. */
  at?: string[];
  /** Only where what is in hand, or was done, is so. */
  when?: Slots;
  /** Only where none of these is said with it. */
  without?: string[];
  /** How long it may be, in Han characters, where that is more than for all others. */
  upTo?: number;
  /** Only where this is known. */
  needs?: string;
  /** Only where this was told: the answer names it. */
  names?: string;
  /** It has an intent of its own, and no sentence here. */
  means?: { intent: Intent; slots?: Slots };
}

interface Moment {
  errand: string;
  slots: Slots;
  values: Values;
}

interface Found {
  phrase: string;
  values: Values;
}

/** An answer of one sentence, or what she means by it. */
export type Aside = { told: Found } | { means: { intent: Intent; slots: Slots } };

export interface Asides {
  /** The first that fits, in the order of the file. */
  find(text: string, meaning: Meaning, talk: Talk): Aside | undefined;
}

/** What is longer tells more than it asks. */
const LONGEST = 18;
/** Of these she asks afterwards, too. */
const FEEDBACK = new Set(['rate', 'complaint']);
/** The question for who she is belongs to no errand. */
const OF_IDENTITY = new Set(['pin', 'resident']);

const isLong = (said: string, { upTo = LONGEST }: { upTo?: number }) => breadthOf(said) > upTo;

/** Loads the asides of a language from `root`, the folder that holds intents/. */
export function loadAsides(locale: Locale, root = findRoot()): Asides {
  const path = join(root, 'intents', locale, '_asides.yaml');
  const source = asBare(readYaml<Record<string, Record<string, Source>>>(path));
  const all = Object.entries(source).flatMap(([errand, asides]) =>
    Object.entries(asides).map(([name, one]) => ({
      ...one,
      errand,
      phrase: `${errand}.about_${name}`,
      said: one.said.map((pattern) => new RegExp(pattern, 'u')),
    })),
  );
  return {
    find(text, meaning, talk) {
      const said = bare(text);
      if (meaning.intent === 'emergency' || talk.alarm || talk.asked?.words) return undefined;
      if (talk.frames.length === 0 && talk.topic?.stands && isWish(meaning)) return undefined;
      const fits = (moment: Moment) => (one: (typeof all)[number]) =>
        (one.errand === moment.errand || (one.errand === ANYWHERE && isOpen(talk))) &&
        !isLong(said, one) &&
        (one.at ? one.at.includes(talk.asked?.phrase ?? '') : !isOfAnother(meaning, moment.slots)) &&
        Object.entries(one.when ?? {}).every(([name, value]) => moment.slots[name] === value) &&
        (one.without ?? []).every((name) => !meaning.slots[name as 'date']) &&
        (!one.needs || (moment.slots[one.needs] ?? moment.values[one.needs]) !== undefined) &&
        (!one.names || moment.values[one.names] !== undefined) &&
        one.said.some((pattern) => pattern.test(said));
      const moment = momentsOf(talk).find((one) => all.some(fits(one)));
      const found = moment && all.find(fits(moment));
      if (!moment || !found) return undefined;
      const { means, phrase } = found;
      return means ? { means: ofMatter(means, moment.slots) } : { told: { phrase, values: moment.values } };
    },
  };
}

/** Of no errand: heard where nothing is in hand, or what only tells. */
const ANYWHERE = 'conversation';
const NOWHERE: Moment = { errand: '', slots: {}, values: {} };
const isOpen = ({ frames, conversation }: Talk): boolean =>
  conversation.value === 'attending' && (frames.length === 0 || isPassing(frames.at(-1)?.machine));

/** Where her digits are asked for, these first, then what they are wanted for. */
function momentsOf(talk: Talk): Moment[] {
  const { asked } = talk;
  const values = toldIn(talk);
  const identity = { errand: 'identity', slots: {}, values };
  const ofIdentity = asked?.for !== 'nothing' && asked?.phrase.startsWith('identity.');
  const inHand = momentOf(talk, values) ?? NOWHERE;
  if (!OF_IDENTITY.has(asked?.for ?? '') && !ofIdentity) return [inHand];
  return asked?.for === 'pin' ? [identity, inHand] : [identity];
}
const toldIn = ({ last, asked }: Talk): Values =>
  Object.assign({}, ...last.map(({ values }) => values), asked?.values) as Values;

/** What is in hand, or was done last; nothing where the conversation itself has asked. */
function momentOf({ frames, asked, topic, conversation }: Talk, told: Values): Moment | undefined {
  if (conversation.value !== 'attending') return undefined;
  const top = frames.at(-1);
  // 「给您约个时间去取吗」: what she asks of that is of collecting it.
  if (top?.machine === 'progress' && asked?.offer === 'pickup') {
    const { item } = (top.context.slots ?? {}) as Slots;
    const slots = { direction: 'collect', ...(item ? { item } : topic?.item ? { item: topic.item } : {}) };
    return { errand: 'pickup', slots, values: told };
  }
  if (top) return { errand: top.machine, slots: (top.context.slots ?? {}) as Slots, values: told };
  const { errand, done } = topic ?? {};
  const item = done?.item ?? topic?.item;
  const slots = { ...done?.slots, ...(item ? { item } : {}) };
  if (done?.phrase === 'progress.ready') return { errand: 'pickup', slots, values: told };
  return errand && (done || FEEDBACK.has(errand)) ? { errand, slots, values: told } : undefined;
}

/** 「我想去取证，得带嘛呀」: what she wants done comes first, and what she asks with it is heard in its midst. */
const isWish = ({ intent, decision }: Meaning) =>
  decision === 'accept' && /^(?:pickup\.(?:book|change|cancel)|apply\.|visit\.)/.test(intent);

/** A question for the guide is about the matter in hand. */
const ofMatter = ({ intent, slots }: { intent: Intent; slots?: Slots }, { item }: Slots) => ({
  intent,
  slots: { ...(item && intent.startsWith('guide.') ? { item } : {}), ...slots },
});

/** She names another matter than the one in hand: that is no aside. */
const isOfAnother = ({ slots }: Meaning, { item }: Slots) =>
  Boolean(slots.item && item && slots.item !== item && !isPaper(slots.item));

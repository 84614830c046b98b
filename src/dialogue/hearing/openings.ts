/** What she says before she is asked anything, by what stands in her name: 「几点来着」 of her appointment, 「撤了吧」 of her case. Pure but for `read`. */
import { join } from 'node:path';
import type { Locale } from '../../platforms/platform.ts';
import { findRoot, readYaml } from '../../understanding/grammar/source.ts';
import type { Intent, Slots } from '../../understanding/meaning.ts';
import { isPaper } from '../known-matters.ts';
import type { Talk } from '../talk.ts';
import type { Stands } from '../what-stands.ts';
import { asBare, bare, breadthOf } from './plain-words.ts';
import { FOR_THE_DAY, type Listened, type Sentence } from './sentence.ts';
import { whenOf } from './standing-said.ts';

interface Source {
  /** Any of these stands; whatever stands where none is named. */
  stands?: Stands[];
  /** None of these does. */
  unless?: Stands[];
  /** Patterns over her sentence without punctuation. */
  said: string[];
  /** How long it may be, in Han characters. */
  upTo?: number;
  /** She may name any matter: it is no other than she has. */
  any?: true;
  /** The phrase that answers. */
  tells?: string;
  /** Or what she means; `item: it` is what she talks of. */
  means?: { intent: Intent; slots?: Slots };
  /** A day or an hour that she says goes along. */
  when?: true;
}

export interface Openings {
  /** What is heard of it; nothing where she was asked something, or something is in hand. */
  find(sentence: Sentence): Listened | undefined;
}

/** What is longer tells more than it asks. */
const LONGEST = 20;

/** Loads the openings of a language from `root`, the folder that holds intents/. */
export function loadOpenings(locale: Locale, root = findRoot()): Openings {
  const path = join(root, 'intents', locale, '_openings.yaml');
  const source = asBare(readYaml<Record<string, Source>>(path));
  const all = Object.values(source).map((one) => ({ ...one, said: one.said.map((said) => new RegExp(said, 'u')) }));
  type Opening = (typeof all)[number];

  const fits = ({ stands = [], unless = [], said, upTo = LONGEST }: Opening, text: string, now: Stands[]): boolean =>
    (stands.length === 0 || stands.some((one) => now.includes(one))) &&
    !unless.some((one) => now.includes(one)) &&
    breadthOf(text) <= upTo &&
    said.some((pattern) => pattern.test(text));

  return {
    find(sentence) {
      const { text, talk, stands = [], read } = sentence;
      if (!isOpen(talk) || stands.length === 0) return undefined;
      const found = all.find((one) => fits(one, bare(text), stands));
      if (!found) return undefined;
      const heard = read(text);
      if (heard.intent === 'emergency' || (!found.any && isOfAnother(heard.slots, talk))) return undefined;
      if (found.tells) return { meaning: heard, text, aside: { phrase: found.tells, values: {} } };
      const { intent, slots = {} } = found.means ?? { intent: heard.intent };
      const when = found.when ? whenOf(read(text, FOR_THE_DAY).slots) : {};
      const meant = { ...heard, intent, slots: { ...when, ...ofIt(slots, talk, heard.slots.item) } };
      return { meaning: { ...meant, decision: 'accept', confidence: 1, why: WHY }, text };
    },
  };
}
const WHY = '_openings.yaml';

/** Nothing is in hand, and nothing was asked. */
const isOpen = ({ frames, asked, alarm, conversation }: Talk): boolean =>
  frames.length === 0 &&
  (asked?.for ?? 'nothing') === 'nothing' &&
  alarm === undefined &&
  conversation.value === 'attending';

/** She names a matter, and it is not the one that stands. */
const isOfAnother = ({ item }: Slots, { topic }: Talk): boolean =>
  item !== undefined && !isPaper(item) && topic?.item !== undefined && item !== topic.item;

/** `it` is the matter that she names, else the one she talks of; where there is none, she is asked. */
function ofIt(slots: Slots, { topic }: Talk, named: string | undefined): Slots {
  const { item, ...others } = slots;
  const meant = item === 'it' ? (named ?? topic?.item) : item;
  return { ...others, ...(meant ? { item: meant } : {}) };
}

/** What she says before she is asked anything, by what stands in her name: 「几点来着」 of her appointment, 「撤了吧」 of her case. Pure but for `read`. */
import { join } from 'node:path';
import type { Locale } from '../../platforms/platform.ts';
import { findRoot, readYaml } from '../../understanding/grammar/source.ts';
import type { Intent, Slots } from '../../understanding/meaning.ts';
import { isPaper } from '../known-matters.ts';
import type { Talk, Topic } from '../talk.ts';
import type { Stands } from '../what-stands.ts';
import { asBare, bare, breadthOf } from './plain-words.ts';
import { FOR_THE_DAY, type Listened, type Sentence } from './sentence.ts';
import { whenOf } from './standing-said.ts';

interface Source {
  /** Any of these stands; whatever stands where none is named. */
  stands?: Stands[];
  /** None of these does. */
  unless?: Stands[];
  /** Only while she talks of what this errand has; `nothing`: of nothing yet. */
  of?: string;
  /** Patterns over her sentence without punctuation. */
  said: string[];
  /** How long it may be, in Han characters. */
  upTo?: number;
  /** She may name any matter: it is no other than she has. */
  any?: true;
  /** The phrase that answers. */
  tells?: string;
  /** Or what she means; `item: it` is what she talks of, `item: said` what she names. */
  means?: { intent: Intent; slots?: Slots };
  /** A day or an hour that she says goes along. */
  when?: true;
  /** What she says of how she was served goes along. */
  rating?: true;
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

  const fits = (one: Opening, text: string, now: Stands[], topic: Topic | undefined): boolean =>
    (one.stands ?? now).some((that) => now.includes(that)) &&
    !(one.unless ?? []).some((that) => now.includes(that)) &&
    (one.of === undefined || one.of === (topic?.errand ?? NOTHING)) &&
    breadthOf(text) <= (one.upTo ?? LONGEST) &&
    one.said.some((pattern) => pattern.test(text));

  return {
    find(sentence) {
      const { text, talk, stands = [], read } = sentence;
      if (!isOpen(talk) || stands.length === 0) return undefined;
      const found = all.find((one) => fits(one, bare(text), stands, talk.topic));
      if (!found) return undefined;
      const heard = read(text);
      if (heard.intent === 'emergency' || (!found.any && isOfAnother(heard.slots, talk))) return undefined;
      if (found.tells) return { meaning: heard, text, aside: { phrase: found.tells, values: {} } };
      const { intent, slots = {} } = found.means ?? { intent: heard.intent };
      const when = found.when ? whenOf(read(text, FOR_THE_DAY).slots) : {};
      const { rating } = found.rating ? read(text, FOR_A_MARK).slots : {};
      const said = { ...when, ...(rating ? { rating } : {}) };
      const meant = { ...heard, intent, slots: { ...said, ...ofIt(slots, talk, heard.slots) } };
      return { meaning: { ...meant, decision: 'accept', confidence: 1, why: WHY }, text };
    },
  };
}
const NOTHING = 'nothing';
const WHY = '_openings.yaml';
/** Read as the answer to how she was served. */
const FOR_A_MARK = { errand: 'rate', asking: 'rating' } as const;

/** Nothing is in hand, and nothing was asked. */
const isOpen = ({ frames, asked, alarm, conversation }: Talk): boolean =>
  frames.length === 0 &&
  (asked?.for ?? 'nothing') === 'nothing' &&
  alarm === undefined &&
  conversation.value === 'attending';

/** She names a matter, and it is not the one that stands. */
const isOfAnother = ({ item }: Slots, { topic }: Talk): boolean =>
  item !== undefined && !isPaper(item) && topic?.item !== undefined && item !== topic.item;

/** `it` is the matter that she talks of; where there is none, she is asked. */
function ofIt(slots: Slots, { topic }: Talk, named: Slots): Slots {
  const { item, ...others } = slots;
  const meant = item === 'it' ? topic?.item : item === 'said' ? (named.item ?? topic?.item) : item;
  return { ...others, ...(meant ? { item: meant } : {}) };
}

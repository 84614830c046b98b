/** What she says before she is asked anything, by what stands in her name: 「几点来着」 of her appointment, 「撤了吧」 of her case. Pure but for `read`. */
import { join } from 'node:path';
import type { Locale } from '../../platforms/platform.ts';
import { findRoot, readYaml } from '../../understanding/grammar/source.ts';
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { isPaper } from '../known-matters.ts';
import type { Talk, Topic } from '../talk.ts';
import type { Stands } from '../what-stands.ts';
import { lifeIn } from './life-in.ts';
import { anotherCollects } from './of-whose.ts';
import { asBare, bare, breadthOf } from './plain-words.ts';
import { type Ears, FOR_THE_DAY, type Listened, meant, type Sentence } from './sentence.ts';
import { whenOf } from './standing-said.ts';
import { saysWhoSheIs } from './who-is-meant.ts';

interface Source {
  /** Any of these stands; whatever stands where none is named. */
  stands?: Stands[];
  /** None of these does. */
  unless?: Stands[];
  /** Only while she talks of what this errand has; `nothing`: of nothing yet. */
  of?: string;
  /** All of these do, too. */
  needs?: Stands[];
  /** Only before anything was said, or right after it was settled: a bare day is else one of what was told. */
  fresh?: true;
  /** Patterns over her sentence without punctuation; `{when}` is a word of `words`, and what it finds is what `when` reads. */
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
  /** Somebody else collects it: who that is goes along. */
  who?: true;
}

/** The openings by their names; `words` are what several patterns have in common. */
type File = Record<string, Source> & { words?: Record<string, string> };

export interface Openings {
  /** What is heard of it; nothing where she was asked something, or something is in hand. */
  find(sentence: Sentence, ears: Pick<Ears, 'standing' | 'manner'>): Listened | undefined;
}

/** What is longer tells more than it asks. */
const LONGEST = 20;

/** Loads the openings of a language from `root`, the folder that holds intents/. */
export function loadOpenings(locale: Locale, root = findRoot()): Openings {
  const path = join(root, 'intents', locale, '_openings.yaml');
  const { words = {}, ...openings } = asBare(readYaml<File>(path));
  const all = Object.values(openings as Record<string, Source>).map((one) => ({
    ...one,
    said: one.said.map((said) => new RegExp(spelledOut(said, words), 'u')),
  }));

  const fits = (one: Opening, text: string, now: Stands[], topic: Topic | undefined): boolean => {
    const { stands = now, needs = [], unless = [], of, said, upTo = LONGEST } = one;
    return (
      stands.some((that) => now.includes(that)) &&
      needs.every((that) => now.includes(that)) &&
      !unless.some((that) => now.includes(that)) &&
      (of === undefined || of === (topic?.errand ?? NOTHING)) &&
      breadthOf(text) <= upTo &&
      said.some((pattern) => pattern.test(text))
    );
  };

  return {
    find(sentence, ears) {
      const { text, talk, stands = [], read } = sentence;
      if (!isOpen(talk) || stands.length === 0 || saysWhoSheIs(text)) return undefined;
      const found = all.find((one) => (!one.fresh || isOfIt(talk)) && fits(one, bare(text), stands, talk.topic));
      if (!found) return undefined;
      const heard = read(text);
      if (heard.intent === 'emergency' || (!found.any && isOfAnother(heard.slots, talk))) return undefined;
      // 「我住院呢，证先放着」: that comes first.
      if (lifeIn(ears.manner, text, heard, talk)) return undefined;
      if (found.tells) return { meaning: heard, text, aside: { phrase: found.tells, values: {} } };
      return { meaning: meantBy(found, heard, sentence, ears), text };
    },
  };
}
const NOTHING = 'nothing';
const WHY = '_openings.yaml';
/** Read as the answer to how she was served. */
const FOR_A_MARK = { errand: 'rate', asking: 'rating' } as const;

type Opening = Omit<Source, 'said'> & { said: RegExp[] };

/** The intent that it means, with the day, the hour and the one who goes, where those go along. */
function meantBy(found: Opening, heard: Meaning, sentence: Sentence, ears: Pick<Ears, 'standing' | 'manner'>): Meaning {
  const { text, talk, read } = sentence;
  const { intent, slots = {} } = found.means ?? { intent: heard.intent };
  const when = found.when ? whenOf(read(whenSaid(found, text), FOR_THE_DAY).slots) : {};
  const { rating } = found.rating ? read(text, FOR_A_MARK).slots : {};
  const own = { ...when, ...(rating ? { rating } : {}), ...ofIt(slots, talk, heard.slots) };
  if (!found.who) return meant(heard, intent, own, WHY);
  const said = { ...sentence, isKin: ears.manner.isKin };
  return anotherCollects(ears.standing, meant(heard, intent, { ...heard.slots, ...own }, WHY), said);
}

/** `{when}` as the group of that name. */
const spelledOut = (pattern: string, words: Record<string, string>): string =>
  pattern.replace(/\{([a-z]+)\}/gu, (_, name: string) => `(?<${name}>${words[name]})`);

/** 「九点太早了，十点行不行」: the hour that she wants, and not the one that she does not. */
function whenSaid({ said }: Opening, text: string): string {
  const fits = said.find((pattern) => pattern.test(bare(text)));
  return fits?.exec(bare(text))?.groups?.when ?? text;
}

/** Nothing is in hand, and nothing was asked. */
const isOpen = ({ frames, asked, alarm, conversation }: Talk): boolean =>
  frames.length === 0 &&
  (asked?.for ?? 'nothing') === 'nothing' &&
  alarm === undefined &&
  conversation.value === 'attending';

const isOfIt = ({ topic }: Talk): boolean => topic?.stands === true || topic?.done !== undefined;

/** She names a matter, and it is not the one that stands. */
const isOfAnother = ({ item }: Slots, { topic }: Talk): boolean =>
  item !== undefined && !isPaper(item) && topic?.item !== undefined && item !== topic.item;

/** `it` is the matter that she talks of; where there is none, she is asked. */
function ofIt(slots: Slots, { topic }: Talk, named: Slots): Slots {
  const { item, ...others } = slots;
  const meant = item === 'it' ? topic?.item : item === 'said' ? (named.item ?? topic?.item) : item;
  return { ...others, ...(meant ? { item: meant } : {}) };
}

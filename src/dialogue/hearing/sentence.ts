/** One sentence of hers as it comes, what lies in it, and by what it is judged. */
import type { Locale } from '../../platforms/platform.ts';
import type { Expecting, Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import type { Wish } from '../conversation.facts.ts';
import type { Talk } from '../talk.ts';
import type { Stands } from '../what-stands.ts';
import type { Aside, Asides } from './asides.ts';
import type { AskingWords } from './asking-words.ts';
import type { LifeWords } from './life-words.ts';
import type { Manner, Part, SpeakerWord } from './manner.ts';
import type { Openings } from './openings.ts';
import type { Remark } from './remarks.ts';
import type { StandingWords } from './standing-words.ts';

export interface Listened {
  meaning: Meaning;
  /** The part of the sentence that the meaning was read from. */
  text: string;
  /** Another wish that she named in the same breath. */
  second?: Wish;
  /** She has heard enough: nothing is asked of her any more. */
  enough?: true;
  part?: Part;
  /** What she wants, said behind who she is. */
  behindName?: Wish;
  /** Not what was asked about, but this. */
  instead?: true;
  /** No part of her own words that are wanted: a wish beside them. */
  apart?: true;
  /** She does not know her agreed digits any more. */
  forgot?: true;
  /** Who is speaking, said without a name. */
  speaker?: SpeakerWord;
  /** Of whom she says that it is not she who speaks, or that he is out: the words around the name. */
  denied?: string;
  /** It is another's case that she asks about. */
  ofAnother?: true;
  /** What was told is not what she asked. */
  askedOther?: true;
  /** It asks something. */
  question?: true;
  /** Said beside any errand. */
  remark?: Remark;
  /** She could not follow: the same again, shorter. */
  simpler?: true;
  /** Something happened to somebody. */
  life?: LifeWords;
  /** A small question about what is in hand, with its answer. */
  aside?: Extract<Aside, { told: unknown }>['told'];
  /** Said in the same breath as the answer, and heard when that is taken. */
  beside?: string;
}

/** The words of a language that the dialogue itself listens for. */
export interface Ears {
  manner: Manner;
  standing: StandingWords;
  asides: Asides;
  asking: AskingWords;
  openings: Openings;
}

export interface Sentence {
  text: string;
  locale: Locale;
  talk: Talk;
  /** Whole names of those at home, as the record has them; none where nobody knows. */
  names?: string[];
  /** What stands in her name, where nothing is in hand; nothing where it is not known who speaks. */
  stands?: Stands[];
  expecting: Expecting;
  read: (text: string, expecting?: Expecting) => Meaning;
}

/** Read as the answer to the question for a day. */
export const FOR_THE_DAY = { errand: 'pickup', asking: 'date' } as const;
/** Questions whose answer is hers alone: nothing is looked for in it. */
export const CLOSED = new Set(['pin', 'resident', 'phone', 'case_no', 'name']);
export const SURE = 0.75;
export const PLAIN = 0.95;
/** How it is to sound: said beside anything. */
export const OF_SOUND: ReadonlySet<Intent> = new Set<Intent>(['louder', 'softer', 'slower', 'faster']);
/** Said of nothing that is done here: it may be something of her life. */
export const SAID_OF_LIFE = new Set(['smalltalk', 'out_of_scope']);
/** Why a meaning stands for what was asked: she does not want that, but this. */
export const INSTEAD = 'instead of what was asked';

/** Understood well enough to be acted on. */
export const isClear = ({ decision, confidence }: Meaning): boolean => decision === 'accept' && confidence >= SURE;

/** Why a yes or a no is one: she gave it in the words of the question, or with thanks. */
export const IN_ITS_WORDS = '_manner.yaml#again';

/** The sentence bent to what it plainly means here. `why`: the file and the words that say so. */
export const meant = (meaning: Meaning, intent: Intent, slots: Slots, why: string): Meaning => ({
  ...meaning,
  intent,
  slots,
  decision: 'accept',
  confidence: 1,
  why,
});

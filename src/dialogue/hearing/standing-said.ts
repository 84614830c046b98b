/** A sentence as it is judged against what stands, and what such a sentence is easily taken for. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { meant, type Sentence } from './sentence.ts';

export interface Said extends Omit<Sentence, 'locale'> {
  /** 闺女, 邻居: what somebody is to her, and no name. */
  isKin: (name: string) => boolean;
  /** It asks something. */
  asks?: boolean;
}

/** Whatever stands, these are what they are. */
export const ALWAYS_THEIRS = new Set<Intent>(['emergency', 'scam.check', 'complaint', 'privacy.erase', 'privacy.who']);
/** What else such a sentence is easily taken for. */
export const LOOSE =
  /^(?:cancel|no|correction|stop|wait|launch|out_of_scope|smalltalk|why|guide\.who|pickup\.(?:book|change|cancel|query))$/;

/** What she means of what stands. `why`: whose words in `_standing.yaml` say so. */
export const ofStanding = (meaning: Meaning, intent: Intent, slots: Slots, why: string): Meaning =>
  meant(meaning, intent, slots, `_standing.yaml#${why}`);

/** The phrase is one of collecting and handing in. */
export const ofPickup = (phrase: string | undefined) => phrase?.startsWith('pickup.') === true;

/** The day and the hour of it, and nothing else. */
export const whenOf = ({ date, time }: Slots): Slots => ({ ...(date ? { date } : {}), ...(time ? { time } : {}) });

/** What every speaker brand is turned into, and out of. The only words that the rest of the product knows of a brand. */

export type Locale = 'zh-CN' | 'en-US';
export type Brand = 'speaker' | 'dueros' | 'alexa' | 'aligenie' | 'xiaoai';

/** The markup a reply is written in: `plain` has none, the others are dialects of SSML. */
export type Medium = 'plain' | 'dueros' | 'alexa' | 'aligenie' | 'azure';

/** One thing that reached us from a speaker. */
export interface Utterance {
  brand: Brand;
  /** The brand's device id; where a brand omits it the user's, else the session's. */
  device: string;
  /** The brand's user id, where it has one. */
  user?: string;
  /** A secret: the token of an account that was linked to a household (OAuth 2), where the brand sends one along. */
  linkToken?: string;
  /** Unique per device for a day; the same id again is a retry and hears the same words. */
  requestId: string;
  /** `words`: text to be understood. `intent`: the brand resolved it. `silence`: she said nothing. `end`: the session is over. `event`: acknowledged without a word. */
  kind: 'launch' | 'words' | 'intent' | 'silence' | 'end' | 'event';
  /** At most 500 characters are read. */
  text?: string;
  /** How fast she spoke, characters a minute; where we heard her ourselves. */
  rate?: number;
  /** Names and slots of ../understanding/meaning.ts. */
  intent?: { name: string; slots: Record<string, string> };
  locale: Locale;
  medium: Medium;
  /** The brand says that this begins a session: what was left open is offered again, not continued blindly. */
  newSession: boolean;
  /** Opaque: the range of addresses that the speaker speaks from, or the city that its brand tells. */
  network?: string;
  /** The platform says that the speaker is on another network than it is used to be, or at another place. */
  elsewhere?: boolean;
}

export interface Choice {
  n: number;
  text: string;
}

/** What she is to be reminded of by a speaker that can keep a reminder itself: in words that may be heard by whoever is in the room. */
export interface Reminder {
  /** `YYYY-MM-DD` and `HH:MM` in Shanghai. */
  day: string;
  time: string;
  text: string;
}

/** One answer. A brand writes it in its own envelope and adds nothing to the words. */
export interface Reply {
  requestId: string;
  /** Plain words, for screens and for brands without markup. Empty when nothing is to be said. */
  text: string;
  /** The same in the medium's markup, with its root element; absent for `plain`. */
  markup?: string;
  /** What is said, shorter, when she stays silent (brands with a reprompt field). */
  reprompt?: { text: string; markup?: string };
  /** Open the microphone after speaking. */
  listen: boolean;
  /** The talk is over. */
  end: boolean;
  /** Characters a minute. */
  pace: number;
  choices?: Choice[];
  /** The errand in hand, one of the nine, or null. */
  errand: string | null;
  /** Locale key of the main phrase, `pickup.booked`. */
  phrase: string;
  /** What the last question asked for: the vocabulary of ../understanding/meaning.ts. */
  asking: string;
  /** Promised with this answer; for brands that keep reminders (capabilities.ts). */
  reminder?: Reminder;
}

/** The whole road from an utterance to its reply: the only thing a brand may call. Never throws. */
export type Turn = (said: Utterance) => Promise<Reply>;

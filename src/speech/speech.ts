/** What the dialogue hands to speech: names of phrases and their values, never sentences. */
import type { Locale, Medium } from '../platforms/platform.ts';

/** Dates `YYYY-MM-DD`, times `HH:MM`, numbers as numbers; official text (already reviewed) as strings; lists are joined by their formatter. */
export type Values = Record<string, string | number | string[] | undefined>;

export interface Say {
  /** `pickup.twoTimes`: file and key in locales/<locale>/. */
  phrase: string;
  values?: Values;
  /** `again`: a shorter wording for the second time; falls back to the first. */
  variant?: 'again';
}

/** A spoken answer between words and markup. */
export type SpeechNode =
  | { kind: 'text'; text: string }
  | { kind: 'pause'; ms: number }
  /** Read digit by digit; 一 is 幺 in Chinese. */
  | { kind: 'digits'; digits: string }
  /** In groups of 3-4-4 with pauses. */
  | { kind: 'phone'; digits: string }
  | { kind: 'strong'; of: SpeechNode[] }
  /** A word of our own that engines misread: something that sounds right, and its pinyin. */
  | { kind: 'reading'; text: string; alias: string; pinyin: string };

export interface Voice {
  locale: Locale;
  /** Characters a minute: 190 unless she asked otherwise, 120 to 260. */
  pace: number;
  /** A voice of locales/<locale>/_voices.yaml; the language's own where it is absent or unknown. */
  name?: string;
  /** She is hard of hearing: louder where the engine can. */
  louder?: boolean;
}

export interface Rendered {
  text: string;
  /** With its root element; absent for the medium `plain`. */
  markup?: string;
}

export interface Speech {
  /**
   * @param before marks of the answer before (wording.ts): its sentences are not said again where a phrase has another wording
   * @throws Error when a phrase is not in the locale: a test finds it before a resident does.
   */
  render(says: Say[], voice: Voice, medium: Medium, before?: readonly string[]): Rendered;
  /** What is said when she stays silent: the last phrase only, in its shorter wording, or its closing question. Empty when nothing was asked. */
  reprompt(says: Say[], voice: Voice, medium: Medium): Rendered;
  /** A text that is no phrase of ours, with a breath between its sentences. */
  read(text: string, voice: Voice, medium: Medium): Rendered;
  /** Names of the voices of a language, for a resident's record. */
  voices(locale: Locale): string[];
  /** What is said in the same words each time, what is said in every talk first: may be made ahead, and kept where others can hear it. */
  fixed(voice: Voice, medium: Medium): Rendered[];
  /** Whether the locale has the phrase. */
  has(locale: Locale, phrase: string): boolean;
}

/** What a language must be able to do to be understood. */
import type { Evidence } from './evidence.ts';
import type { Slots } from './meaning.ts';
import type { Span } from './spans.ts';

export interface HearingContext {
  /** Days since 1970-01-01, Shanghai. */
  today: number;
  asking?: string;
  /** What digits are, where it is clear: the answer to a question for a phone, or to whether a phone is right. */
  digits?: string;
  errand?: string;
  options?: string[];
  booked?: number;
}

export type Refused = 'refused' | 'unsaid';

/** A sentence with all that was found in it. */
export interface Hearing {
  /** Weight of the whole sentence; next to nothing for a sentence of fillers. */
  weight: number;
  spans: Span[];
  evidence: Evidence;
  /** Share of the sentence that the spans of these slots explain. */
  share(spans: readonly Span[]): number;
  keyword(slot: 'direction' | 'mode' | 'kind'): string | undefined;
  caseSlot(value: string): Slots;
  /** Which of the choices that were read out she names by its words, from 1. */
  option(options: readonly string[]): number | undefined;
  /** She says that she does not want it (`refused`) or never said it (`unsaid`). */
  refused: Refused | undefined;
  /** The sentence opens by denying what was said to her (不对, 不是). */
  denies: boolean;
  /** Where what comes after a change begins (改到, 换成): days and hours before it are the old ones. */
  changedFrom: number | undefined;
  /** The sentence opens by agreeing. */
  agrees: boolean;
  /** She says that she was misheard, or that she misspoke. */
  mistaken: boolean;
  /** Of what she was told to bring: she has it, or lacks it. */
  bringing: 'has' | 'lacks' | undefined;
}

export interface Tongue {
  hear(text: string, context: HearingContext): Hearing;
  /** What may be somebody's name, kinship apart, as it stands in the sentence. */
  persons(text: string): string[];
}

/** The contract of hearing: sound of 16 kHz PCM16 mono in, words out. */
import type { Locale } from '../../platforms/platform.ts';

/** Of all sound inside: samples a second, and the length of one frame. */
export const RATE = 16_000;
export const FRAME_MS = 20;
export const FRAME_SAMPLES = (RATE * FRAME_MS) / 1000;

/** What a recogniser is told before it hears. */
export interface Opening {
  locale: Locale;
  /** Words that are likely here: matters, places, her own cases. */
  hints: readonly string[];
  /** How long she may pause inside a sentence, in milliseconds. */
  patienceMs: number;
  /** All that has been understood so far, each time it changes; it may still change. */
  partial?: (text: string) => void;
}

export interface Recogniser {
  profile: 'azure' | 'sherpa';
  /** @throws Refusal RecogniserUnavailable where it is known not to answer */
  open(opening: Opening): RecognitionStream;
  /** Whether it can hear now, in words for the operator. */
  status(): { live: boolean; detail: string };
  close(): void;
}

/** One utterance on its way to the recogniser. */
export interface RecognitionStream {
  /** Takes a copy where it must. */
  write(pcm: Buffer): void;
  /** The words, empty when there were none. @throws Refusal RecogniserBusy (quota) or RecogniserUnavailable */
  finish(): Promise<string>;
  /** Nothing more is wanted of it. Safe to call at any time. */
  abort(): void;
}

import type { Rendered, Voice } from '../speech.ts';

/** Makes sound of an answer for the community's own speaker. */
export interface Synthesiser {
  /** `embedded` or `azure`: for start-up lines and /readyz. */
  profile: string;
  /** Whether it can speak now, in words for the operator. Asks the program or service at most once a minute. */
  status(): Promise<{ live: boolean; detail: string }>;
  /** PCM16 mono in a WAV with a 44-byte header and true sizes; undefined when it cannot speak: the text then stands alone. Never throws. */
  speak(rendered: Rendered, voice: Voice): Promise<{ wav: Buffer } | undefined>;
}

export { createEmbeddedVoice, type EmbeddedOptions } from './embedded.ts';

import type { Medium } from '../../platforms/platform.ts';
import type { Rendered, Voice } from '../speech.ts';

/** Makes sound of an answer for the community's own speaker. */
export interface Synthesiser {
  /** `embedded` or `azure`: for start-up lines and /readyz. */
  profile: string;
  /** Whether it can speak now, in words for the operator. Asks the program or service at most once a minute. */
  status(): Promise<{ live: boolean; detail: string }>;
  /** PCM16 mono in a WAV with a 44-byte header and true sizes; undefined when it cannot speak: the text then stands alone. Never throws. */
  speak(rendered: Rendered, voice: Voice): Promise<{ wav: Buffer } | undefined>;
  /** The same as it is made, from its first sound on; where it cannot, the whole is made by `speak`. */
  stream?(rendered: Rendered, voice: Voice): Promise<SpokenStream | undefined>;
  /** The markup it reads; `plain` where it reads words. */
  medium?: Medium;
  close?(): void;
}

/** Sound as it is made. */
export interface SpokenStream {
  /** Samples a second, PCM16 mono. */
  rate: number;
  chunks: AsyncGenerator<Buffer>;
  /** Nobody listens any more. */
  stop(): void;
}

/** Sound that all instances may use: of words that are said to everybody. Never throws; without it everything works. */
export interface SharedSounds {
  get(key: string): Promise<Buffer | undefined>;
  put(key: string, sound: Buffer): Promise<void>;
}

export { createAzureSynthesiser } from './azure.ts';
export { createAzureVoice } from './azure-voice.ts';
export { createEmbeddedVoice } from './embedded.ts';

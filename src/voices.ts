/** The voice of the community's own speaker: an answer becomes sound under a path that only she was told. */
import type { FastifyInstance } from 'fastify';
import type { Clock } from './clock.ts';
import type { Locale, Medium, Reply } from './platforms/platform.ts';
import { createAudioStore } from './speech/audio-store.ts';
import type { Synthesiser } from './speech/synthesiser/index.ts';

export interface Voices {
  /** For start-up lines and /readyz. */
  profile: string;
  status: Synthesiser['status'];
  /** The markup it reads; `plain` where it reads words. */
  medium: Medium;
  /** The same-origin path of the spoken words; undefined when there is no voice. */
  pathOf: (spoken: Pick<Reply, 'text' | 'markup' | 'pace'>, who: { locale: Locale }) => Promise<string | undefined>;
  routes: (app: FastifyInstance) => Promise<void>;
}

export function createVoices(synthesiser: Synthesiser, clock: Clock): Voices {
  const store = createAudioStore({ clock });
  return {
    profile: synthesiser.profile,
    medium: 'plain',
    status: synthesiser.status,
    pathOf: async ({ text, markup, pace }, { locale }) => {
      const sound = text ? await synthesiser.speak({ text, markup }, { locale, pace }) : undefined;
      return sound && store.keep(sound.wav);
    },
    routes: store.routes,
  };
}

/** The voice of the community's own speaker: an answer becomes sound under a path that only she was told. */
import type { FastifyInstance } from 'fastify';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Locale, Medium, Reply } from './platforms/platform.ts';
import { DEFAULT_PACE } from './reply.ts';
import { createAudioStore } from './speech/audio-store.ts';
import { createSoundsElsewhere, type SoundBus } from './speech/sounds-elsewhere.ts';
import type { Speech } from './speech/speech.ts';
import {
  createAzureSynthesiser,
  createAzureVoice,
  createEmbeddedVoice,
  type SharedSounds,
  type Synthesiser,
} from './speech/synthesiser/index.ts';
import { piecesOf, textOf } from './speech/synthesiser/markup-pieces.ts';
import { voiceFrames } from './speech/voice-frames.ts';

export interface Voices {
  /** For start-up lines and /readyz. */
  profile: string;
  status: Synthesiser['status'];
  /** The markup it reads; `plain` where it reads words. */
  medium: Medium;
  /** The same-origin path of the spoken words; undefined when there is no voice. */
  pathOf: (
    spoken: Pick<Reply, 'text' | 'markup' | 'pace'>,
    who: { locale: Locale; voice?: string },
  ) => Promise<string | undefined>;
  /** Makes what is said most often ahead, one sentence after the other. Stops when the voice does not answer. */
  warm: (speech: Speech) => Promise<number>;
  /** The sound at a path that `pathOf` gave, as frames for a socket. */
  framesOf: (path: string) => AsyncGenerator<Buffer> | undefined;
  routes: (app: FastifyInstance) => Promise<void>;
  close: () => void;
}

/** Sentences that are made ahead; the embedded voice is quick and costs this machine's own time. */
const WARMED = { azure: 120, embedded: 40 };

export interface Place {
  clock: Clock;
  /** Of several instances each passes on what another one says. */
  bus?: SoundBus;
  instance?: string;
}

/** Asked in this order; what the first cannot say the next says. */
export function createVoices(first: Synthesiser, place: Place, ...others: Synthesiser[]): Voices {
  const { store, close } = openStore(place);
  const all = [first, ...others];
  const medium = first.medium ?? 'plain';

  async function pathBy(synthesiser: Synthesiser, spoken: Spoken, voice: Parameters<Synthesiser['speak']>[1]) {
    const coming = await synthesiser.stream?.(spoken, voice);
    if (coming) return store.keepStream(coming);
    if (synthesiser.stream) return undefined;
    const sound = await synthesiser.speak(spoken, voice);
    return sound && store.keep(sound.wav);
  }

  return {
    profile: first.profile,
    medium,
    status: first.status,
    async pathOf({ text, markup, pace }, { locale, voice }) {
      if (!text) return undefined;
      for (const synthesiser of all) {
        const path = await pathBy(synthesiser, { text, markup }, { locale, pace, name: voice });
        if (path) return path;
      }
      return undefined;
    },
    async warm(speech) {
      const voice = { locale: 'zh-CN', pace: DEFAULT_PACE } as const;
      let made = 0;
      const most = medium === 'azure' ? WARMED.azure : WARMED.embedded;
      for (const rendered of speech.fixed(voice, medium).slice(0, most)) {
        if (!(await first.speak(rendered, voice))) break;
        made += 1;
      }
      return made;
    },
    framesOf(path) {
      const sound = store.open(path);
      return sound && voiceFrames(sound);
    },
    routes: store.routes,
    close,
  };
}

function openStore({ clock, bus, instance }: Place) {
  const open = (name: string) => store.open(name);
  const others = bus && instance ? createSoundsElsewhere({ bus, instance, open }) : undefined;
  const store = createAudioStore({ clock, elsewhere: others?.find });
  return { store, close: () => others?.close() };
}

type Spoken = { text: string; markup?: string };

/** The voices that the configuration gives: Azure before the embedded one, which always stands behind. */
export function openVoices(
  { azure }: Pick<Config, 'azure'>,
  { speech, sounds, ...place }: Place & { speech: Speech; sounds: SharedSounds },
): Voices {
  const embedded = createEmbeddedVoice();
  const speaks = azure && ((azure.key && azure.region) || azure.hostTts);
  if (!speaks) return createVoices(embedded, place);
  const synthesiser = createAzureSynthesiser({
    voice: createAzureVoice({ key: azure.key, region: azure.region, host: azure.hostTts }),
    where: azure.hostTts ? 'on our own premises' : (azure.region ?? ''),
    shared: sounds,
    isFixed: fixedWords(speech),
  });
  const voices = createVoices(synthesiser, place, embedded);
  return {
    ...voices,
    // What is no reply (an error's kind words, an author's draft) comes as words alone.
    pathOf: (spoken, who) => {
      const voice = { locale: who.locale, pace: spoken.pace, name: who.voice };
      const markup = spoken.markup ?? speech.read(spoken.text, voice, 'azure').markup;
      return voices.pathOf({ ...spoken, markup }, who);
    },
    close() {
      voices.close();
      synthesiser.close?.();
    },
  };
}

/** The sentences that are said in the same words to everybody. */
function fixedWords(speech: Speech): (text: string) => boolean {
  const voice = { pace: DEFAULT_PACE };
  const all = (['zh-CN', 'en-US'] as const).flatMap((locale) => speech.fixed({ ...voice, locale }, 'azure'));
  const words = new Set(all.flatMap(({ markup = '' }) => piecesOf(markup).map((piece) => textOf(piece.markup))));
  return (text) => words.has(text);
}

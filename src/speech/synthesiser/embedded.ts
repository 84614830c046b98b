import type { Locale } from '../../platforms/platform.ts';
import { localesRoot } from '../locale.ts';
import { loadNamedVoices } from '../named-voices.ts';
import type { Voice } from '../speech.ts';
import { SENTENCE_PAUSE } from '../template.ts';
import { loadChineseWords } from '../words.ts';
import { createEspeak, type EspeakOptions } from './espeak.ts';
import { createHanziExpander } from './hanzi.ts';
import type { Synthesiser } from './index.ts';
import { withoutHanzi } from './pinyin.ts';
import { createSoundCache } from './sound-cache.ts';
import { createSpelling } from './spelling.ts';
import { joinedBy, type Sound, trimmed, writeWav } from './wav.ts';

export interface EmbeddedOptions extends EspeakOptions {
  /** The folder locales/, or the project folder that holds it. */
  root?: string;
  /** Bytes of sound kept. */
  cacheBytes?: number;
  /** Runs of the program at once, and how many may wait: beyond that an answer stays text. */
  atOnce?: number;
  waiting?: number;
}

const STATUS_SECONDS = 60;
const LONGEST = 40; // sentences of one answer; what never ends is cut into runs of 160 characters

/** The voice that needs no key: a demonstration voice by espeak-ng, sentence by sentence, each kept. */
export function createEmbeddedVoice({
  root,
  cacheBytes = 24e6,
  atOnce = 2,
  waiting = 100,
  ...program
}: EmbeddedOptions = {}): Synthesiser {
  const espeak = createEspeak(program);
  const words = loadChineseWords(localesRoot(root));
  const expand = createHanziExpander(words);
  const spell = createSpelling(words);
  const voices = loadNamedVoices(root);
  const cache = createSoundCache(cacheBytes);
  const queue = createQueue(atOnce, waiting);
  let known: { at: number; version: Promise<string | undefined> } | undefined;

  function version(): Promise<string | undefined> {
    const now = performance.now();
    if (!known || now - known.at > STATUS_SECONDS * 1000) known = { at: now, version: espeak.version() };
    return known.version;
  }

  function sentence(text: string, { locale, pace, name }: Voice): Promise<Sound | undefined> {
    const voice = { name: voices.of(locale, name).espeak, speed: speedFor(locale, pace) };
    const spoken = locale === 'zh-CN' ? spell(expand(text)) : withoutHanzi(text).replace(/[[\]<>]/g, ' ');
    if (!/[a-z]/i.test(spoken)) return Promise.resolve({ rate: 22_050, samples: new Int16Array() });
    return cache.get(`${voice.name} ${voice.speed} ${spoken}`, async () => {
      const sound = await queue(() => espeak.say(spoken, voice));
      return sound && trimmed(sound);
    });
  }

  return {
    profile: 'embedded',
    async status() {
      const found = await version();
      return found
        ? { live: true, detail: `espeak-ng ${found}` }
        : { live: false, detail: 'espeak-ng is not installed: answers are text only' };
    },
    async speak({ text }, voice) {
      if (text === '' || !(await version())) return undefined;
      const sounds = await Promise.all(sentencesOf(text).map((one) => sentence(one, voice)));
      const whole = sounds.filter((sound) => sound !== undefined);
      if (whole.length < sounds.length || whole.every(({ samples }) => samples.length === 0)) return undefined;
      return {
        wav: writeWav(
          joinedBy(
            SENTENCE_PAUSE,
            whole.filter(({ samples }) => samples.length > 0),
          ),
        ),
      };
    },
  };
}

// Characters a minute that were measured at espeak-ng's own speeds, on a sentence of twenty syllables.
const MEASURED: [pace: number, speed: number][] = [
  [101, 80],
  [122, 100],
  [149, 120],
  [180, 140],
  [208, 160],
  [242, 180],
  [274, 200],
];
const ENGLISH_WORDS_PER_PACE = 0.8; // 190 is 152 words a minute: the comfortable range is 150 to 200

/** espeak-ng's speed for a pace in characters a minute. */
export function speedFor(locale: Locale, pace: number): number {
  if (locale === 'en-US') return Math.round(Math.min(450, Math.max(80, pace * ENGLISH_WORDS_PER_PACE)));
  const above = Math.max(
    1,
    MEASURED.findIndex(([measured]) => measured >= pace),
  );
  const [low, high] = pace > 274 ? [MEASURED.at(-2), MEASURED.at(-1)] : [MEASURED[above - 1], MEASURED[above]];
  if (!low || !high) return 150;
  const speed = low[1] + ((pace - low[0]) / (high[0] - low[0])) * (high[1] - low[1]);
  return Math.round(Math.min(450, Math.max(80, speed)));
}

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[。！？；])|(?<=[.!?]) +/u)
    .flatMap((sentence) => sentence.match(/.{1,160}/gsu) ?? [])
    .filter((one) => one.trim())
    .slice(0, LONGEST);

/** Runs `atOnce` works at a time; beyond `waiting` in the queue a work is refused with undefined. */
function createQueue(atOnce: number, waiting: number) {
  const queue: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (running >= atOnce) {
      if (queue.length >= waiting) return undefined;
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift(); // hands its place on
      if (next) next();
      else running -= 1;
    }
  };
}

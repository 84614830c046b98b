/** One utterance: sound as it comes, words at the end. Finds out by itself when she begins and, if wanted, when she has finished. */
import type { Locale } from '../../platforms/platform.ts';
import { createEndpointer, DEFAULT_PATIENCE_MS, type Ended, type Mark, PATIENCE } from './endpoint.ts';
import { createFramer } from './framer.ts';
import { OVER_OUR_VOICE } from './gate.ts';
import type { Recogniser, RecognitionStream } from './hearing.ts';
import type { HearingWords } from './hearing-words.ts';
import { createOpusEar, type OpusEar } from './opus.ts';
import type { VoiceActivity } from './voice-activity.ts';

export interface ListeningWish {
  locale: Locale;
  codec: 'pcm16' | 'opus';
  hints: readonly string[];
  patienceMs?: number;
  /** It ends by itself; otherwise only `finish` ends it (she holds a key). */
  endpoint: boolean;
  /** Milliseconds after which nothing was said at all. */
  nothingMs?: number;
  longestMs?: number;
  partial?: (text: string) => void;
  /** Speech that is meant has begun. */
  began?: () => void;
  /** `failed`: nobody can hear just now; `finish` says why. */
  ended?: (why: Ended | 'failed') => void;
  /** What is heard so far stands by itself: no need to wait as long. */
  complete?: (text: string) => boolean;
}

export interface Heard {
  /** Empty: nothing was said. */
  text: string;
  /** Characters a minute; undefined when too little was said to tell. */
  rate?: number;
}

export interface Listening {
  write(sound: Buffer): void;
  /** Our own voice sounds meanwhile: a voice must be louder to count, and her silence is not measured. */
  sounding(on: boolean): void;
  /** @throws Refusal RecogniserBusy or RecogniserUnavailable */
  finish(): Promise<Heard>;
  abort(): void;
}

export interface ListeningParts {
  recogniser: Recogniser;
  activity: VoiceActivity;
  words: HearingWords;
}

/** Sound from before the first voiced frame that the recogniser gets too: beginnings of words are soft. */
const PRE_ROLL_FRAMES = 15;
/** A sentence that stands by itself waits a shorter time for more, and not too short. */
const COMPLETE = { share: 0.6, leastMs: 900 };
/** Times as long for whom looks for a word. */
const SEARCHING = 1.7;

/** The recogniser is opened at the first sound that may be speech, or at once where she holds a key; it hears the 300 ms before too. */
export function createListening({ recogniser, activity, words }: ListeningParts, wish: ListeningWish): Listening {
  const patienceMs = wish.patienceMs ?? DEFAULT_PATIENCE_MS;
  const detector = activity.open();
  const endpoint = createEndpointer({ patienceMs, nothingMs: wish.nothingMs, longestMs: wish.longestMs });
  let before: Buffer[] = [];
  let stream: RecognitionStream | undefined;
  let refused: unknown;
  let [our, over] = [false, false];

  const framer = createFramer((samples, pcm) => {
    if (over) return;
    const mark = endpoint.take(detector.judge(samples, our ? OVER_OUR_VOICE : 1), our);
    if (stream) stream.write(pcm);
    else keep(pcm, mark);
    if (mark) act(mark);
  });
  const opus: OpusEar | undefined = wish.codec === 'opus' ? createOpusEar(framer) : undefined;

  // Who holds a key means to speak; an open microphone costs the recogniser nothing until there is a voice.
  function keep(pcm: Buffer, mark: Mark | undefined): void {
    before.push(Buffer.from(pcm));
    if (wish.endpoint && mark !== 'sound') {
      if (before.length > PRE_ROLL_FRAMES) before.shift();
      return;
    }
    open();
  }

  function open(): void {
    try {
      stream = recogniser.open({ locale: wish.locale, hints: wish.hints, patienceMs, partial });
      for (const pcm of before) stream.write(pcm);
    } catch (thrown) {
      refused = thrown;
      over = true;
      wish.ended?.('failed'); // now, and not after she has said it all
    }
    before = [];
  }

  function act(mark: Mark): void {
    if (mark === 'speech') wish.began?.();
    if (mark === 'noise') discard();
    if (mark === 'pause' || mark === 'nothing' || mark === 'longest') {
      if (!wish.endpoint && mark !== 'longest') return;
      over = true;
      wish.ended?.(mark);
    }
  }

  function discard(): void {
    if (!wish.endpoint) return;
    stream?.abort();
    stream = undefined;
  }

  function partial(text: string): void {
    if (over) return;
    wish.partial?.(text);
    endpoint.patience(patienceFor(text));
  }

  function patienceFor(text: string): number {
    if (words.isSearching(text, wish.locale))
      return Math.min(Math.max(patienceMs, PATIENCE.most), patienceMs * SEARCHING);
    const shorter = Math.max(COMPLETE.leastMs, patienceMs * COMPLETE.share);
    return wish.complete?.(text) ? Math.min(patienceMs, shorter) : patienceMs;
  }

  function release(): void {
    over = true;
    before = [];
    detector.free();
    opus?.free();
  }

  return {
    write: (sound) => (opus ? opus.decode(sound) : framer(sound)),
    sounding(on) {
      our = on;
    },
    async finish() {
      await opus?.settled();
      const { spokeMs } = endpoint;
      release();
      if (refused) throw refused;
      const text = ((await stream?.finish()) ?? '').trim();
      return { text, rate: rateOf(text, spokeMs) };
    },
    abort() {
      release();
      stream?.abort();
    },
  };
}

const SHORTEST = { characters: 6, ms: 1000 };

/** Characters a minute, punctuation not counted; an English word counts as the characters that it takes as long as. */
function rateOf(text: string, spokeMs: number): number | undefined {
  const characters = text.match(/\p{sc=Han}/gu)?.length ?? 0;
  const wordsSaid = text.match(/[A-Za-z0-9']+/g)?.length ?? 0;
  const said = characters + wordsSaid * 1.25;
  return said >= SHORTEST.characters && spokeMs >= SHORTEST.ms ? Math.round((said / spokeMs) * 60_000) : undefined;
}

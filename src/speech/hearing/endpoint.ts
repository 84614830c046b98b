/** When she has begun and when she has finished: a pure fold of judged frames, in frames and not in clock time. */
import type { Frame } from './gate.ts';
import { FRAME_MS } from './hearing.ts';

/**
 * `sound`: perhaps speech, the recogniser should hear it. `noise`: it was none after all. `speech`: meant for us.
 * `pause` `nothing` `longest`: it is over, and why.
 */
export type Mark = 'sound' | 'noise' | 'speech' | Ended;
export type Ended = 'pause' | 'nothing' | 'longest';

export interface EndpointWish {
  /** Silence after which she has finished, in milliseconds. */
  patienceMs: number;
  /** Silence after which she said nothing at all. */
  nothingMs?: number;
  longestMs?: number;
}

export interface Endpointer {
  /** Takes one frame; tells what it changed. `waiting`: our own voice sounds, so her silence is not counted and a hum is none of an answer. */
  take(frame: Frame, waiting?: boolean): Mark | undefined;
  patience(ms: number): void;
  /** From her first to her last voiced frame, in milliseconds. */
  readonly spokeMs: number;
}

export const DEFAULT_PATIENCE_MS = 1500;
export const PATIENCE = { least: 1200, most: 2500 };
const NOTHING_MS = 8000;
const LONGEST_MS = 60_000;
/** Speech that is meant lasts this long; a cough or a clap does not. */
const MEANT_MS = 160;
/** An agreeing hum is no longer than this; a fan or a kettle is. */
const LONGEST_HUM_MS = 600;
/** Of these so many with an open mouth: a hum has none. */
const FEW_FRAMES = 4;
/** And so many voiced at least: what only hisses is none. */
const LEAST_VOICED = 6;
/** Frames of a word that may be quiet: stops and breaths. */
const GAPS = 2;
/** Loud frames right before the first voiced one that belong to the word: s, sh, t and k have no voice. */
const LEAD = 2;
const SOUND_FRAMES = 2;

/** For one utterance; frames are 20 ms, and eight seconds without a sound or sixty in all end it unless told otherwise. */
export function createEndpointer(wish: EndpointWish): Endpointer {
  const { nothingMs = NOTHING_MS, longestMs = LONGEST_MS } = wish;
  let patienceMs = wish.patienceMs;
  let [at, first, last, silent, idle] = [0, 0, 0, 0, 0];
  let run: Run = NOTHING;
  let words = 0;
  let [sounded, spoke] = [false, false];

  function count(frame: Frame): void {
    run = grown(run, frame);
    if (frame === 'voice') words += 1;
    if (!isVoiced(frame) || run.voiced < SOUND_FRAMES) return;
    if (!sounded) first = at - SOUND_FRAMES * FRAME_MS;
    last = at;
    silent = 0;
  }

  function begun(frame: Frame): Mark | undefined {
    if (!isVoiced(frame)) return undefined;
    if (!sounded && run.voiced >= SOUND_FRAMES) {
      sounded = true;
      return 'sound';
    }
    if (!spoke && isMeant(run)) {
      spoke = true;
      return 'speech';
    }
    return undefined;
  }

  function over(waiting: boolean): Mark | undefined {
    if (at >= longestMs) return 'longest';
    if (!sounded) return idle >= nothingMs ? 'nothing' : undefined;
    if (silent < patienceMs) return undefined;
    if (spoke || (!waiting && isWord(last - first, words))) return 'pause';
    words = 0;
    sounded = false;
    return 'noise';
  }

  return {
    take(frame, waiting = false) {
      at += FRAME_MS;
      silent += FRAME_MS;
      if (!waiting) idle += FRAME_MS;
      count(frame);
      return begun(frame) ?? over(waiting);
    },
    patience(ms) {
      patienceMs = ms;
    },
    get spokeMs() {
      return sounded ? last - first : 0;
    },
  };
}

/** Frames without a longer gap: one word, or its beginning. */
interface Run {
  lead: number;
  voiced: number;
  words: number;
  gaps: number;
}

const NOTHING: Run = { lead: 0, voiced: 0, words: 0, gaps: 0 };

const isVoiced = (frame: Frame): boolean => frame === 'voice' || frame === 'hum';

function grown(run: Run, frame: Frame): Run {
  if (isVoiced(frame)) return { ...run, voiced: run.voiced + 1, words: run.words + (frame === 'voice' ? 1 : 0) };
  if (run.voiced > 0 && run.gaps < GAPS) return { ...run, gaps: run.gaps + 1 };
  return { ...NOTHING, lead: frame === 'breath' ? Math.min(LEAD, (run.voiced > 0 ? 0 : run.lead) + 1) : 0 };
}

const isMeant = ({ lead, voiced, words, gaps }: Run): boolean =>
  (lead + voiced + gaps) * FRAME_MS >= MEANT_MS && voiced >= LEAST_VOICED && words >= FEW_FRAMES;

/** Too soft or too short to be sure of while it lasted, but a word all the same. */
function isWord(ms: number, openFrames: number): boolean {
  return ms >= MEANT_MS && (openFrames >= FEW_FRAMES || ms <= LONGEST_HUM_MS);
}

import { performance } from 'node:perf_hooks';

/** What the device is speaking, as far as we know. */
export interface Spoken {
  id: string;
  text: string;
  /** Characters a minute. */
  pace: number;
  asking?: string;
}

/** Our own voice at one device: on from the reply until `played`, or until it must have ended. */
export interface Sounding {
  begin(spoken: Spoken): void;
  /** Without an id: whatever it is, it is over. */
  over(id?: string): void;
  /** Undefined when it is silent. */
  now(): Spoken | undefined;
}

const PAUSE_MS = 700;
/** A device that fetches the sound slowly, and one that never says `played`. */
const SLACK_MS = 2500;

/** `now` in milliseconds that only go forward. An answer that is told a second time counts as spoken already. */
export function createSounding(now = () => performance.now()): Sounding {
  let spoken: Spoken | undefined;
  let until = 0;
  let last: string | undefined;
  return {
    begin(next) {
      if (next.id === last) return; // told a second time, played already
      spoken = next.text ? next : undefined;
      until = now() + lengthOf(next) + SLACK_MS;
    },
    over(id) {
      if (id !== undefined) last = id;
      if (id === undefined || spoken?.id === id) spoken = undefined;
    },
    now: () => (now() < until ? spoken : undefined),
  };
}

function lengthOf({ text, pace }: Spoken): number {
  const sentences = text.match(/[。！？.!?]/gu)?.length ?? 0;
  return ([...text].length / Math.max(60, pace)) * 60_000 + sentences * PAUSE_MS;
}

/** Long enough not to be an answer that repeats one of our words. */
const ECHO = 8;

/** Of neighbouring characters, so many are ours too: a recogniser mishears us as it mishears her. */
const MOSTLY = 0.7;

/** Whether these words are our own, come back through the microphone. */
export function isEcho(heard: string, spoken: string): boolean {
  const her = [...bare(heard)];
  if (her.length < ECHO) return false;
  const our = bare(spoken);
  const pairs = her.slice(1).map((character, n) => `${her[n]}${character}`);
  return pairs.filter((pair) => our.includes(pair)).length >= pairs.length * MOSTLY;
}

const bare = (text: string): string => text.toLowerCase().replace(/[\p{P}\p{S}\s]+/gu, '');

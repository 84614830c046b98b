/**
 * Captions of a live call: sound of both legs in, what is said out, while it is said. Nothing is kept.
 * Whether anybody has agreed to it is for the caller to know: without that, this is not opened.
 */
import type { Locale } from '../../platforms/platform.ts';
import { createListening, type Listening, type ListeningParts } from './listening.ts';

export interface Caption {
  /** As the caller named it. */
  leg: string;
  /** One utterance of one leg: captions with the same number replace each other. */
  utterance: number;
  text: string;
  final: boolean;
}

export interface CaptionsOptions extends ListeningParts {
  /** Silence after which a caption is finished, in milliseconds. */
  patienceMs?: number;
  /** Words that are likely in every call. */
  hints?: readonly string[];
}

export interface CallWish {
  legs: readonly { leg: string; locale: Locale }[];
  /** Words that are likely in this one: her matter, the clerk's name. */
  hints?: readonly string[];
  caption(caption: Caption): void;
  /** The recogniser cannot hear: told once per failure; the call goes on without. */
  failed?(leg: string): void;
}

export interface CallCaptions {
  /** 16 kHz PCM16 mono, in pieces of any length; of a leg that was not named it is left out. */
  write(leg: string, pcm: Buffer): void;
  /** Tells what is still being said, then ends. */
  close(): Promise<void>;
}

export interface Captions {
  open(call: CallWish): CallCaptions;
}

const PATIENCE_MS = 800;
const PIECE_MS = 15_000;
/** After a failure a leg rests: a recogniser that is down is not asked fifty times a second. */
const REST_MS = 5_000;

/** For all calls of a process; each leg has a stream of its own and may fail without the other. */
export function createCaptions({ patienceMs = PATIENCE_MS, hints = [], ...parts }: CaptionsOptions): Captions {
  return {
    open(call) {
      const legs = new Map(call.legs.map(({ leg, locale }) => [leg, captionLeg(leg, locale)]));

      function captionLeg(leg: string, locale: Locale) {
        const wish = { locale, codec: 'pcm16', hints: [...hints, ...(call.hints ?? [])], patienceMs } as const;
        return createLeg(leg, (events) => createListening(parts, { ...wish, ...events, endpoint: true }), call);
      }

      return {
        write: (leg, pcm) => legs.get(leg)?.write(pcm),
        close: async () => {
          await Promise.all([...legs.values()].map((leg) => leg.close()));
        },
      };
    },
  };
}

type Listen = (events: {
  partial(text: string): void;
  ended(): void;
  nothingMs: number;
  longestMs: number;
}) => Listening;

function createLeg(leg: string, listen: Listen, { caption, failed }: CallWish) {
  let utterance = 0;
  let listening: Listening | undefined;
  let restUntil = 0;
  let closed = false;
  const finishing = new Set<Promise<void>>();

  function begin(): Listening {
    utterance += 1;
    const number = utterance;
    return listen({
      nothingMs: Number.POSITIVE_INFINITY,
      longestMs: PIECE_MS,
      partial: (text) => caption({ leg, utterance: number, text, final: false }),
      ended: () => end(number),
    });
  }

  function end(number: number): void {
    const ended = listening;
    listening = undefined;
    const work = Promise.resolve(ended?.finish())
      .then((heard) => {
        if (heard?.text) caption({ leg, utterance: number, text: heard.text, final: true });
      })
      .catch(() => {
        restUntil = performance.now() + REST_MS;
        failed?.(leg);
      })
      .finally(() => finishing.delete(work));
    finishing.add(work);
  }

  return {
    write(pcm: Buffer) {
      if (closed || performance.now() < restUntil) return;
      listening ??= begin();
      listening.write(pcm);
    },
    async close() {
      closed = true;
      if (listening) end(utterance);
      await Promise.all(finishing);
    },
  };
}

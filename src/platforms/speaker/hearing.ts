import { type AudioFrame, LARGEST_SOUND } from './audio.ts';
import { createBucket } from './bucket.ts';
import type { Ended, Recogniser, Recognition, SpeakerIdentity } from './parts.ts';
import type { Caps, OutFrame } from './protocol.ts';
import { isEcho, type Sounding, type Spoken } from './sounding.ts';
import type { Said } from './talking.ts';

/** 16 kHz, 16 bits, and half as much again: what comes faster than that is not a microphone. */
const BYTES_PER_SECOND = 32_000 * 1.5;
const STILL_COMING_MS = 3000;
const LONGEST_SOUND = BYTES_PER_SECOND * 60;

/** One connection's microphone: at most one utterance is being heard. */
export interface Hearing {
  /** False when there is no recogniser: the caller says so. `endpoint`: it ends by itself when she has finished. */
  start(id: string, endpoint?: boolean): boolean;
  write(frame: AudioFrame): void;
  /** What was said since `start` with this id; undefined when nothing was being heard. */
  stop(id: string): Promise<Said | undefined>;
  abort(): void;
  readonly open: boolean;
  /** It ended by itself a moment ago: sound that is still on its way is no fault of the device. */
  readonly lately: boolean;
}

export interface HearingParts {
  recogniser: Recogniser | undefined;
  identity: SpeakerIdentity;
  /** What the device said it can do; known from its opening frame. */
  caps: () => Caps;
  sounding: Sounding;
  tell(frame: OutFrame): void;
  /** An utterance ended by itself: it is to be answered. */
  ended(id: string, said: Promise<Said | undefined>): void;
}

interface Utterance {
  id: string;
  endpoint: boolean;
  bytes: number;
  recognition?: Recognition;
  /** Sound was left out because it held our own voice. */
  deafened: boolean;
  /** What we said while it was open, until now. */
  during?: Spoken;
  /** She spoke into this. */
  into?: Spoken;
}

/** For one connection. More than a minute of sound, or sound faster than it can be spoken, is left out and not an error. */
export function createHearing(parts: HearingParts): Hearing {
  const { recogniser, identity, sounding, tell } = parts;
  const rate = createBucket(LARGEST_SOUND + BYTES_PER_SECOND, BYTES_PER_SECOND);
  let heard: Utterance | undefined;
  let endedAt = Number.NEGATIVE_INFINITY;

  function open(one: Utterance, codec: AudioFrame['codec'], from: Recogniser): Recognition {
    return from.open(identity, {
      codec,
      endpoint: one.endpoint,
      partial: (text) => parts.caps().screen && tell({ type: 'heard', id: one.id, text }),
      began: () => interrupt(one),
      ended: (why) => end(one, why),
    });
  }

  /** She speaks into our words: the device stops them now; what she says decides whether they go on. */
  function interrupt(one: Utterance): void {
    const spoken = sounding.now();
    if (!spoken) return;
    one.into = spoken;
    sounding.over();
    tell({ type: 'hush', id: spoken.id });
  }

  function end(one: Utterance, why: Ended): void {
    if (heard !== one) return;
    heard = undefined;
    endedAt = performance.now();
    tell({ type: 'audio.end', id: one.id, why });
    parts.ended(one.id, saidIn(one));
  }

  async function saidIn(one: Utterance): Promise<Said> {
    const { id, into, during } = one;
    const found = await one.recognition?.finish();
    const text = found?.text ?? '';
    const our = isEcho(text, during?.text ?? '');
    if (into && (text === '' || our || found?.isBackchannel(into.asking === 'yesno'))) {
      goOn(into);
      return { kind: 'event', id };
    }
    if (our) return { kind: 'event', id }; // too soft to stop us, heard to its end all the same
    if (text) return { kind: 'words', text, rate: found?.rate, id };
    // Only our own voice was to be heard: nobody was asked, nobody kept silent.
    return one.deafened ? { kind: 'event', id } : { kind: 'silence', id };
  }

  function goOn(spoken: Spoken): void {
    tell({ type: 'resume', id: spoken.id });
    sounding.begin(spoken);
  }

  return {
    start(id, endpoint = false) {
      if (!recogniser) return false;
      heard?.recognition?.abort();
      heard = { id, endpoint, bytes: 0, deafened: false };
      return true;
    },
    write(frame) {
      if (!heard || !recogniser || frame.kind !== 'mic' || !rate.take(frame.sound.length)) return;
      const voice = sounding.now();
      const our = voice !== undefined;
      if (our && !parts.caps().aec) {
        heard.deafened = true;
        return;
      }
      if (heard.bytes + frame.sound.length > LONGEST_SOUND) return;
      heard.bytes += frame.sound.length;
      heard.during = voice ?? heard.during;
      // Opened with the first sound: only then is the codec known.
      heard.recognition ??= open(heard, frame.codec, recogniser);
      heard.recognition.sounding(our);
      heard.recognition.write(frame.sound);
    },
    async stop(id) {
      if (heard?.id !== id) return undefined;
      const one = heard;
      heard = undefined;
      return saidIn(one);
    },
    abort() {
      heard?.recognition?.abort();
      heard = undefined;
    },
    get open() {
      return heard !== undefined;
    },
    get lately() {
      return performance.now() - endedAt < STILL_COMING_MS;
    },
  };
}

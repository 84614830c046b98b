import { type AudioFrame, LARGEST_SOUND } from './audio.ts';
import { createBucket } from './bucket.ts';
import type { Recogniser, Recognition, SpeakerIdentity } from './parts.ts';
import type { Said } from './talking.ts';

/** 16 kHz, 16 bits, and half as much again: what comes faster than that is not a microphone. */
const BYTES_PER_SECOND = 32_000 * 1.5;
const LONGEST_SOUND = BYTES_PER_SECOND * 60;

/** One connection's microphone: at most one utterance is being heard. */
export interface Hearing {
  /** False when there is no recogniser: the caller says so. */
  start(id: string): boolean;
  write(frame: AudioFrame): void;
  /** What was said since `start` with this id; undefined when nothing was being heard. */
  stop(id: string): Promise<Said | undefined>;
  abort(): void;
  readonly open: boolean;
}

export function createHearing(recogniser: Recogniser | undefined, identity: SpeakerIdentity): Hearing {
  const rate = createBucket(LARGEST_SOUND + BYTES_PER_SECOND, BYTES_PER_SECOND);
  let heard: { id: string; recognition?: Recognition; bytes: number } | undefined;

  return {
    start(id) {
      if (!recogniser) return false;
      heard?.recognition?.abort();
      heard = { id, bytes: 0 };
      return true;
    },
    write(frame) {
      if (!heard || !recogniser || frame.kind !== 'mic' || !rate.take(frame.sound.length)) return;
      if (heard.bytes + frame.sound.length > LONGEST_SOUND) return;
      heard.bytes += frame.sound.length;
      // Opened with the first sound: only then is the codec known.
      heard.recognition ??= recogniser.open(identity, frame.codec);
      heard.recognition.write(frame.sound);
    },
    async stop(id) {
      if (heard?.id !== id) return undefined;
      const { recognition } = heard;
      heard = undefined;
      const text = (await recognition?.finish())?.trim();
      return text ? { kind: 'words', text, id } : { kind: 'silence', id };
    },
    abort() {
      heard?.recognition?.abort();
      heard = undefined;
    },
    get open() {
      return heard !== undefined;
    },
  };
}

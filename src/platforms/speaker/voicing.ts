/** Our voice as binary frames, for a device that would rather not fetch it: a little ahead of real time, held back while the line is full. */
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { writeAudio } from './audio.ts';
import type { Outbound } from './outbound.ts';
import type { VoiceEndFrame } from './protocol.ts';

export interface Voicing {
  /** Sends the sound under the id of what it belongs to; what was being sent before is left. */
  begin(id: string, frames: AsyncGenerator<Buffer>): void;
  /** She speaks into it: nothing more is sent until `goOn`. */
  hold(id: string): void;
  goOn(id: string): void;
  /** It is not wanted any more. Without an id: whatever it is. */
  stop(id?: string): void;
}

export interface VoicingParts {
  out: Pick<Outbound, 'send' | 'sound' | 'hasRoom'>;
  failed: (thrown: unknown) => void;
  now?: () => number;
}

const FRAME_MS = 20;
/** Sound that a device holds before it is played: enough for a slow line, little enough to be stopped. */
const AHEAD_MS = 1500;
/** A line that was full for longer loses its oldest frames: what is late is not worth waiting for. */
const LATE_MS = 2000;
const LOOK_MS = 20;

interface Sending {
  id: string;
  /** Milliseconds of sound that are sent or left out. */
  sentMs: number;
  /** When its first frame would have been played had it never been held. */
  since: number;
  heldAt?: number;
  /** Its end was told: it was said, or nobody wants it. */
  over: boolean;
}

/** For one connection. Sound goes out as PCM16 in frames of 20 ms, at most a second and a half ahead of the ear. */
export function createVoicing({ out, failed, now = () => performance.now() }: VoicingParts): Voicing {
  let seq = 0;
  let sending: Sending | undefined;

  function put(one: Sending, sound: Buffer): void {
    const frame = writeAudio({ kind: 'voice', codec: 'pcm16', seq: seq++, ms: one.sentMs, sound });
    if (out.hasRoom()) out.sound(frame);
    one.sentMs += FRAME_MS;
  }

  const aheadOf = (one: Sending) => one.sentMs - (now() - one.since);
  const mustWait = (one: Sending): boolean =>
    one.heldAt !== undefined || aheadOf(one) > AHEAD_MS || (!out.hasRoom() && aheadOf(one) > -LATE_MS);

  /** Told at once: what comes next must not stand before it. */
  function end(one: Sending, why: VoiceEndFrame['why']): void {
    if (one.over) return;
    one.over = true;
    if (sending === one) sending = undefined;
    out.send({ type: 'voice.end', id: one.id, why });
  }

  async function send(one: Sending, frames: AsyncGenerator<Buffer>): Promise<void> {
    out.send({ type: 'voice.start', id: one.id, codec: 'pcm16' });
    try {
      for await (const sound of frames) {
        while (!one.over && mustWait(one)) await after(LOOK_MS);
        if (one.over) return;
        put(one, sound);
      }
      end(one, 'said');
    } finally {
      end(one, 'stopped');
    }
  }

  const voicing: Voicing = {
    begin(id, frames) {
      voicing.stop();
      const one = { id, sentMs: 0, since: now(), over: false };
      sending = one;
      send(one, frames).catch(failed);
    },
    hold(id) {
      if (sending?.id === id) sending.heldAt ??= now();
    },
    goOn(id) {
      if (sending?.id !== id || sending.heldAt === undefined) return;
      sending.since += now() - sending.heldAt;
      sending.heldAt = undefined;
    },
    stop(id) {
      if (sending && (id === undefined || sending.id === id)) end(sending, 'stopped');
    },
  };
  return voicing;
}

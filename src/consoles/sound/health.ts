/** Whether the far end is heard, by bytes and energy together: an elder who is silent sends both, a dead microphone only bytes. */
import type { AudioState } from '../../calls/wire.ts';

export interface Heard {
  bytes: number;
  /** `totalAudioEnergy`: grows with every sample that is not exactly zero. */
  energy: number;
}

/** What the time between two looks says; `undefined` where it says nothing yet. */
export function soundBetween(before: Heard | undefined, now: Heard): AudioState | undefined {
  if (!before || now.bytes < before.bytes) return undefined;
  if (now.bytes === before.bytes) return 'no_uplink';
  return now.energy === before.energy ? 'dead_microphone' : 'ok';
}

export interface Watch {
  /** The state to be told now, if there is something new. */
  look(now: Heard): AudioState | undefined;
}

/** Tells a state once it has been seen twice in a row, and again only when it changes: one lost second is no fault. */
export function watchSound(): Watch {
  let before: Heard | undefined;
  let seen: AudioState | undefined;
  let told: AudioState | undefined;
  return {
    look(now) {
      const state = soundBetween(before, now);
      before = now;
      const sure = state !== undefined && (state === seen || state === 'ok');
      seen = state;
      if (!sure || state === told) return undefined;
      told = state;
      return state;
    },
  };
}

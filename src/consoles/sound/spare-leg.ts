/** A leg that has no name yet: it rings, the way is sought, and what is to be signalled is kept until somebody takes the call. */
import type { Ice, LegState } from '../../calls/wire.ts';
import { createLeg, type Leg, type LegParts } from './leg.ts';
import type { Signal } from './switchboard.ts';

export interface SpareLeg {
  /** It is this one; what was kept is signalled at once. */
  take(parts: LegParts): Leg;
  close(): void;
}

/** Makes the offer; nothing is heard or sent on it before it is taken. */
export function createSpareLeg(ice: Ice): SpareLeg {
  const kept: Signal[] = [];
  const states: LegState[] = [];
  let taken: LegParts | undefined;
  const leg = createLeg({
    ice,
    offers: true,
    signal: (signal) => (taken ? taken.signal(signal) : kept.push(signal)),
    onState: (state) => (taken ? taken.onState(state) : states.push(state)),
    onSound: (stream) => taken?.onSound(stream),
    onHealth: (audio) => taken?.onHealth(audio),
  });
  return {
    take(parts) {
      taken = parts;
      for (const signal of kept.splice(0)) parts.signal(signal);
      for (const state of states.splice(0)) parts.onState(state);
      return leg;
    },
    close: () => leg.close(),
  };
}

import type { Outcome } from '../outward.ts';
import type { Brand } from './platform.ts';

/** A speaker of a brand, as the brand names it. */
export interface PushTarget {
  device: string;
  user?: string;
}

/** That there is something, never what: it is told when she asks. */
export interface Notice {
  /** The message's own id: the brand may use it to drop a repeat. */
  id: string;
  kind: 'policy' | 'progress' | 'reminder' | 'system';
  /** Of no use after so many seconds. */
  forSeconds: number;
}

/** The chime of a brand. `refused`: this one will never reach her. Never throws and never waits longer than its deadline. */
export interface Push {
  brand: Brand;
  /** It cannot begin by itself: trying again is of no use, the next opening tells. */
  onlyWhenOpened?: true;
  send(target: PushTarget, notice: Notice): Promise<Outcome>;
}

/** A brand that offers no way to begin by itself: its people hear of it when they next open the talk. */
export function untilOpened(brand: Brand): Push {
  return { brand, onlyWhenOpened: true, send: async () => 'later' };
}

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

/**
 * What a brand takes from one sender. `unknown`: it has published no figure that was found, so ours is a cautious one; `contract`: the
 * operator's own figures, from the vendor's approval.
 */
export interface Limits {
  source: 'published' | 'unknown' | 'contract';
  perMinute: number;
  /** Absent: none that is known. */
  perDay?: number;
}

/** The figures of the operator's contract where there are any, else ours. */
export function limitsOf(cautious: number, { perMinute, perDay }: Partial<Limits> = {}): Limits {
  const source = perMinute === undefined && perDay === undefined ? 'unknown' : 'contract';
  return { source, perMinute: perMinute ?? cautious, perDay };
}

/** `wait`: the brand takes nothing from us for so many seconds; the message is as good as before. */
export type Pushed = Outcome | { wait: number };
/** Where it does not say for how long. */
export const WAIT_SECONDS = 60;

/** The chime of a brand. `refused`: this one will never reach her. Never throws and never waits longer than its deadline. */
export interface Push {
  brand: Brand;
  /** It cannot begin by itself: trying again is of no use, the next opening tells. */
  onlyWhenOpened?: true;
  /** Kept by whoever delivers, among all instances. Absent where nothing is ever sent. */
  limits?: Limits;
  send(target: PushTarget, notice: Notice): Promise<Pushed>;
}

/** A brand that offers no way to begin by itself: its people hear of it when they next open the talk. */
export function untilOpened(brand: Brand): Push {
  return { brand, onlyWhenOpened: true, send: async () => 'later' };
}

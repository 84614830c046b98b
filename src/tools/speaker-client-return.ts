/** How long a speaker waits before it connects again: docs/speaker-protocol.md, sections 2 and 8. */
import { CLOSE } from '../platforms/speaker/protocol.ts';

/** Codes after which connecting again is no use: turned away, too large, or replaced by a newer connection. */
const FINAL: number[] = [CLOSE.policy, CLOSE.tooLarge, CLOSE.replaced];

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;
/** A server that went down on purpose is back soon, and everybody was told at the same moment. */
const AFTER_RESTART_MS = 10_000;

export interface Returning {
  /** Milliseconds of the longest pause. */
  longest?: number;
  random?: () => number;
}

/**
 * Milliseconds until the next attempt, undefined where there is to be none. Anywhere within a span that doubles with every loss, so that
 * a street whose line broke in one moment does not come back in one.
 * @param losses attempts since it was last ready
 */
export function pauseBefore(
  code: number,
  losses: number,
  { longest = LONGEST_MS, random = Math.random }: Returning = {},
): number | undefined {
  if (FINAL.includes(code)) return undefined;
  const span = code === CLOSE.restart && losses === 0 ? AFTER_RESTART_MS : FIRST_MS * 2 ** Math.min(losses, 16);
  return Math.round(random() * Math.min(longest, span));
}

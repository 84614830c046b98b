/** After several failures in a row nobody is sent to a service that does not answer; after a while one is sent to look. */
export interface Breaker {
  /** False while it is known to be down. */
  allows(): boolean;
  /** Whether it answered last; asking changes nothing. */
  healthy(): boolean;
  succeeded(): void;
  failed(): void;
}

export interface BreakerOptions {
  failures?: number;
  restMs?: number;
  /** Milliseconds that only go forward. */
  now?: () => number;
}

/** Three failures in a row and ten seconds of rest unless told otherwise; one state for one service. */
export function createBreaker({
  failures = 3,
  restMs = 10_000,
  now = () => performance.now(),
}: BreakerOptions = {}): Breaker {
  let inRow = 0;
  let openUntil = 0;
  return {
    allows() {
      if (inRow < failures) return true;
      if (now() < openUntil) return false;
      openUntil = now() + restMs; // this one looks; the others wait for what it finds
      return true;
    },
    healthy: () => inRow < failures,
    succeeded() {
      inRow = 0;
    },
    failed() {
      inRow += 1;
      if (inRow >= failures) openUntil = now() + restMs;
    },
  };
}

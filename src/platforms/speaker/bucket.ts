/** A bucket that holds `burst` and is refilled by `perSecond`: the rate one connection may keep up. */
export interface Bucket {
  /** Takes `amount`; false, and nothing taken, when there is not enough. */
  take(amount?: number): boolean;
}

/** Time is monotonic and this process's own: a demonstration's clock does not slow a device down. */
export function createBucket(burst: number, perSecond: number): Bucket {
  let left = burst;
  let at = performance.now();
  return {
    take(amount = 1) {
      const now = performance.now();
      left = Math.min(burst, left + ((now - at) / 1000) * perSecond);
      at = now;
      if (left < amount) return false;
      left -= amount;
      return true;
    },
  };
}

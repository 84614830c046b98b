import { useSyncExternalStore } from 'react';

const ASLEEP_MS = 20 * 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

let lastSign = performance.now();
const isAwake = () => performance.now() - lastSign < ASLEEP_MS;

function watch(changed: () => void): () => void {
  const sign = () => {
    const slept = !isAwake();
    lastSign = performance.now();
    if (slept) changed();
  };
  for (const name of SIGNS) addEventListener(name, sign, { passive: true });
  const timer = setInterval(changed, 30_000);
  return () => {
    for (const name of SIGNS) removeEventListener(name, sign);
    clearInterval(timer);
  };
}

/** Whether somebody is there. Lists stop reading themselves again after 20 minutes without a sign, so that a forgotten page signs itself out. */
export function useAttention(): boolean {
  return useSyncExternalStore(watch, isAwake);
}

/** A server that the launcher started must not outlive it: it would keep the data directory open with nobody to end it. */

const EVERY_MS = 250;
const PATIENCE_MS = 5_000;

/**
 * Watches the launcher, which is gone when the system has given this process another parent, whichever way it died. Gone at the first
 * look, the process ends at once: call this before the database is opened. Gone later, `stop` is called once, and the process ends if that
 * takes longer than five seconds. Without a launcher it does nothing.
 * @returns a function that ends the watch
 */
export function watchLauncher(options: { launcherPid?: number; stop: () => unknown }): () => void {
  const { launcherPid, stop } = options;
  if (launcherPid === undefined) return () => {};
  if (process.ppid !== launcherPid) process.exit(1);
  const watch = setInterval(() => {
    if (process.ppid === launcherPid) return;
    clearInterval(watch);
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    stop();
  }, EVERY_MS);
  watch.unref();
  return () => clearInterval(watch);
}

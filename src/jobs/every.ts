import type { Log } from '../log.ts';

/** Runs `work` again and again, never beside itself. A failure is logged and the next run tries anew. @returns ends it and waits. */
export function every(
  ms: number,
  work: () => Promise<unknown>,
  { name, log }: { name: string; log: Log },
): () => Promise<void> {
  let under: Promise<unknown> | undefined;
  const run = async () => {
    try {
      await work();
    } catch (thrown) {
      log.warn({ err: thrown, job: name }, 'a job failed');
    } finally {
      under = undefined;
    }
  };
  const timer = setInterval(() => {
    under ??= run();
  }, ms);
  return async () => {
    clearInterval(timer);
    await under;
  };
}

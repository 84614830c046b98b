/** A recogniser that is tried a second time with the same sound when the line failed, and left alone while it is down. */
import { Refusal } from '../../errors.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import type { Opening, Recogniser, RecognitionStream } from './hearing.ts';

/** Wraps a recogniser. `open` throws Refusal RecogniserUnavailable at once while the breaker is open, instead of after a deadline. */
export function createEnduring(inner: Recogniser, breaker: Breaker = createBreaker()): Recogniser {
  return {
    ...inner,
    open(opening) {
      if (!breaker.allows()) throw new Refusal('RecogniserUnavailable', { why: 'breaker' });
      return openTwice(inner, opening, breaker);
    },
  };
}

function openTwice(inner: Recogniser, opening: Opening, breaker: Breaker): RecognitionStream {
  let said: Buffer[] = [];
  let stream = inner.open(opening);

  async function again(): Promise<string> {
    stream = inner.open(opening);
    for (const pcm of said) stream.write(pcm);
    return stream.finish();
  }

  return {
    write(pcm) {
      said.push(pcm);
      stream.write(pcm);
    },
    async finish() {
      try {
        const text = await stream.finish().catch((thrown) => (isBusy(thrown) ? Promise.reject(thrown) : again()));
        breaker.succeeded();
        return text;
      } catch (thrown) {
        // A full house answers at once: it is no reason to stay away.
        if (!isBusy(thrown)) breaker.failed();
        throw thrown;
      } finally {
        said = [];
      }
    },
    abort() {
      said = [];
      stream.abort();
    },
  };
}

const isBusy = (thrown: unknown): boolean => thrown instanceof Refusal && thrown.refusal === 'RecogniserBusy';

/** Azure for the community's own speaker: sentence by sentence, each kept, the fixed ones shared with the other instances. */
import { createBreaker } from '../hearing/breaker.ts';
import type { Rendered } from '../speech.ts';
import { AZURE_RATE, type AzureVoice } from './azure-voice.ts';
import type { SharedSounds, SpokenStream, Synthesiser } from './index.ts';
import { type Piece, piecesOf } from './markup-pieces.ts';
import { createSoundCache } from './sound-cache.ts';
import { writeWav } from './wav.ts';

export interface AzureSynthesiserOptions {
  voice: AzureVoice;
  /** For the operator: a region, or our own premises. */
  where: string;
  cacheBytes?: number;
  shared?: SharedSounds;
  /** Whether these words are said to everybody: only such sound leaves this process. */
  isFixed?: (text: string) => boolean;
}

const BYTES_MS = (AZURE_RATE * 2) / 1000;
const LONGEST = 40; // sentences of one answer

/** At most forty sentences of an answer are spoken. Where the service fails before the first sound there is no stream, and the next voice is asked. */
export function createAzureSynthesiser(options: AzureSynthesiserOptions): Synthesiser {
  const { voice, where, cacheBytes = 48e6 } = options;
  const cache = createSoundCache(cacheBytes);
  const breaker = createBreaker();
  const pieceSound = createPieceSound(options, cache, breaker);

  /** One sentence after the other; the next is begun while the one before is heard. */
  async function* sound(pieces: Piece[], signal: AbortSignal): AsyncGenerator<Buffer> {
    let coming = pieces[0] && ahead(pieceSound(pieces[0], signal));
    for (const [n, { pauseMs }] of pieces.entries()) {
      const current = coming;
      const next = pieces[n + 1];
      coming = next && ahead(pieceSound(next, signal));
      if (current) yield* current;
      if (next && pauseMs > 0) yield Buffer.alloc(Math.round(pauseMs * BYTES_MS) & ~1);
    }
  }

  async function stream({ markup = '' }: Rendered): Promise<SpokenStream | undefined> {
    const pieces = piecesOf(markup).slice(0, LONGEST);
    if (pieces.length === 0 || !breaker.allows()) return undefined;
    const stop = new AbortController();
    const chunks = sound(pieces, stop.signal);
    try {
      const first = await chunks.next(); // no address is given out before there is something to hear at it
      return first.done
        ? undefined
        : { rate: AZURE_RATE, chunks: startingWith(first.value, chunks), stop: () => stop.abort() };
    } catch {
      return undefined; // the next voice, or the text alone
    }
  }

  return {
    profile: 'azure',
    medium: 'azure',
    stream,
    async status() {
      return breaker.healthy() ? { live: true, detail: where } : { live: false, detail: `${where} does not answer` };
    },
    async speak(rendered) {
      const spoken = await stream(rendered);
      if (!spoken) return undefined;
      try {
        const made: Buffer[] = [];
        for await (const chunk of spoken.chunks) made.push(chunk);
        return { wav: writeWav({ rate: AZURE_RATE, samples: samplesOf(Buffer.concat(made)) }) };
      } catch {
        return undefined;
      }
    },
    close: voice.close,
  };
}

/** A sentence from this process's cache, from the shared one, or from the service as it comes. */
function createPieceSound(
  { voice, shared, isFixed = () => false }: AzureSynthesiserOptions,
  cache: ReturnType<typeof createSoundCache>,
  breaker: ReturnType<typeof createBreaker>,
) {
  const keep = (markup: string, whole: Buffer) => cache.keep(markup, { rate: AZURE_RATE, samples: samplesOf(whole) });

  return async function* pieceSound({ markup, text }: Piece, signal: AbortSignal): AsyncGenerator<Buffer> {
    const known = cache.peek(markup);
    if (known) return yield bytesOf(known.samples);
    const fixed = shared && isFixed(text) ? shared : undefined;
    const elsewhere = await fixed?.get(markup);
    if (elsewhere) {
      keep(markup, elsewhere);
      return yield elsewhere;
    }
    const made: Buffer[] = [];
    try {
      for await (const chunk of voice.say(markup, signal)) {
        made.push(chunk);
        yield chunk;
      }
    } catch (thrown) {
      if (!signal.aborted) breaker.failed();
      throw thrown;
    }
    breaker.succeeded();
    const whole = Buffer.concat(made);
    keep(markup, whole);
    void fixed?.put(markup, whole);
  };
}

/** Begins at once and keeps what comes until it is asked for. */
function ahead(source: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = source.next();
  first.catch(() => undefined); // heard of when its turn comes
  return (async function* () {
    const begun = await first;
    if (begun.done) return;
    yield begun.value;
    yield* source;
  })();
}

async function* startingWith(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

function samplesOf(pcm: Buffer): Int16Array {
  const own = new Uint8Array(pcm.subarray(0, pcm.length & ~1));
  return new Int16Array(own.buffer);
}

const bytesOf = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

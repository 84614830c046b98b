import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { type Clock, systemClock } from '../clock.ts';
import type { SpokenStream } from './synthesiser/index.ts';
import { wavHeader } from './synthesiser/wav.ts';

export interface AudioStoreOptions {
  clock?: Clock;
  /** Sounds beyond this leave, the oldest first. */
  maxBytes?: number;
  /** Asked for a name that is not known here. */
  elsewhere?: (name: string) => Promise<AsyncGenerator<Buffer> | undefined>;
}

/** A sound that is whole, or still being made: its chunks so far, and who waits for more. */
interface Kept {
  chunks: Buffer[];
  /** Samples a second of a sound still being made; a whole one holds its header. */
  making?: { rate: number; wake: Set<() => void> };
  failed?: boolean;
  bytes: number;
  until: number;
}

const VALID_MS = 10 * 60_000;
const PREFIX = '/audio/';
const NAME = /^[0-9a-f]{32}$/;

/**
 * Spoken answers for ten minutes, each under a name of 128 random bits: whoever was told the name may fetch it, nobody can guess one.
 * Held in this process; another instance behind the same address has them through `elsewhere`.
 */
export function createAudioStore({ clock = systemClock, maxBytes = 48e6, elsewhere }: AudioStoreOptions = {}) {
  const kept = new Map<string, Kept>();
  let held = 0;

  function drop(name: string): void {
    held -= kept.get(name)?.bytes ?? 0;
    kept.delete(name);
  }

  /** The map is in order of age: what has expired stands first. */
  function makeRoom(): void {
    const now = clock.now().getTime();
    for (const [name, { until }] of kept) {
      if (until > now && held <= maxBytes) return;
      drop(name);
    }
  }

  function begin(one: Omit<Kept, 'until'>): { name: string; one: Kept } {
    const name = randomBytes(16).toString('hex');
    const made = { ...one, until: clock.now().getTime() + VALID_MS };
    kept.set(name, made);
    held += made.bytes;
    makeRoom();
    return { name, one: made };
  }

  async function fill(name: string, one: Kept, { rate, chunks }: SpokenStream): Promise<void> {
    try {
      for await (const chunk of chunks) {
        one.chunks.push(chunk);
        one.bytes += chunk.length;
        if (kept.has(name)) held += chunk.length;
        for (const wake of one.making?.wake ?? []) wake();
      }
      one.chunks.unshift(wavHeader(rate, one.bytes));
    } catch {
      one.failed = true;
    }
    const waiting = one.making?.wake ?? [];
    one.making = undefined;
    for (const wake of waiting) wake();
    makeRoom();
  }

  function find(name: string): Kept | undefined {
    const found = NAME.test(name) ? kept.get(name) : undefined;
    return found && found.until > clock.now().getTime() && !found.failed ? found : undefined;
  }

  function get(name: string): Buffer | undefined {
    const found = find(name);
    return found && !found.making ? Buffer.concat(found.chunks) : undefined;
  }

  return {
    /** Keeps a sound and gives its path on this server, valid ten minutes. */
    keep(wav: Buffer): string {
      return `${PREFIX}${begin({ chunks: [wav], bytes: wav.length }).name}`;
    },
    /** Keeps a sound that is still being made: who asks for it hears it as it comes. */
    keepStream(spoken: SpokenStream): string {
      const { name, one } = begin({ chunks: [], making: { rate: spoken.rate, wake: new Set() }, bytes: 0 });
      void fill(name, one, spoken);
      return `${PREFIX}${name}`;
    },
    get,
    /** The WAV of a name, or at a path of this store, as it comes. */
    open(path: string): AsyncGenerator<Buffer> | undefined {
      const found = find(path.replace(PREFIX, ''));
      return found && asItComes(found);
    },
    /** Bytes held now. */
    get held() {
      return held;
    },
    /** GET /audio/:name, without sign-in and never cached. */
    async routes(app: FastifyInstance): Promise<void> {
      app.get<{ Params: { name: string } }>(`${PREFIX}:name`, async (request, reply) => {
        reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
        const { name } = request.params;
        const found = find(name);
        const far = found || !NAME.test(name) ? undefined : await elsewhere?.(name);
        if (!found && !far) return reply.code(404).send();
        reply.type('audio/wav');
        if (far) return reply.send(Readable.from(far));
        return reply.send(found?.making ? Readable.from(asItComes(found)) : Buffer.concat(found?.chunks ?? []));
      });
    },
  };
}

/** A WAV whose length nobody knows yet: its sizes say "until the end". */
async function* asItComes(one: Kept): AsyncGenerator<Buffer> {
  const { making } = one;
  if (!making) return yield* one.chunks;
  yield wavHeader(making.rate);
  let at = 0;
  for (;;) {
    const header = one.making ? 0 : Number(!one.failed); // the true header was put in front when it was whole
    const chunk = one.chunks[at + header];
    if (chunk) {
      at += 1;
      yield chunk;
    } else if (one.making) await woken(making.wake);
    else return;
  }
}

function woken(wake: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const once = () => {
      wake.delete(once);
      resolve();
    };
    wake.add(once);
  });
}

import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type Clock, systemClock } from '../clock.ts';

export interface AudioStoreOptions {
  clock?: Clock;
  /** Sounds beyond this leave, the oldest first. */
  maxBytes?: number;
}

interface Kept {
  wav: Buffer;
  until: number;
}

const VALID_MS = 10 * 60_000;
const NAME = /^[0-9a-f]{32}$/;

/**
 * Spoken answers for ten minutes, each under a name of 128 random bits: whoever was told the name may fetch it, nobody can guess one.
 * Held in this process, so a speaker must fetch from the instance that answered it, as its socket's host is.
 */
export function createAudioStore({ clock = systemClock, maxBytes = 48e6 }: AudioStoreOptions = {}) {
  const kept = new Map<string, Kept>();
  let held = 0;

  function drop(name: string): void {
    held -= kept.get(name)?.wav.length ?? 0;
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

  function get(name: string): Buffer | undefined {
    const found = kept.get(name);
    return found && found.until > clock.now().getTime() ? found.wav : undefined;
  }

  return {
    /** Keeps a sound and gives its path on this server, valid ten minutes. */
    keep(wav: Buffer): string {
      const name = randomBytes(16).toString('hex');
      kept.set(name, { wav, until: clock.now().getTime() + VALID_MS });
      held += wav.length;
      makeRoom();
      return `/audio/${name}`;
    },
    get,
    /** Bytes held now. */
    get held() {
      return held;
    },
    /** GET /audio/:name, without sign-in and never cached. */
    async routes(app: FastifyInstance): Promise<void> {
      app.get<{ Params: { name: string } }>('/audio/:name', async (request, reply) => {
        reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
        const wav = NAME.test(request.params.name) ? get(request.params.name) : undefined;
        return wav ? reply.type('audio/wav').send(wav) : reply.code(404).send();
      });
    },
  };
}

export type AudioStore = ReturnType<typeof createAudioStore>;

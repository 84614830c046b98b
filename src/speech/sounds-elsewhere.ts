/**
 * An answer is spoken by the instance that gave it, and may be fetched from another one behind the same address: that one
 * asks the rest, and passes on what comes. Nothing is kept on the way.
 */

/** The live bus between instances, as much as is used. */
export interface SoundBus {
  publish(channel: string, message: unknown): Promise<unknown>;
  on(channel: string, hear: (message: unknown) => void): () => void;
}

export interface SoundsElsewhere {
  /** The sound of that name from whichever instance has it; undefined when nobody answers. Never throws. */
  find(name: string): Promise<AsyncGenerator<Buffer> | undefined>;
  close(): void;
}

export interface ElsewhereParts {
  bus: SoundBus;
  instance: string;
  /** The sound of that name here. */
  open(name: string): AsyncGenerator<Buffer> | undefined;
}

const CHANNEL = 'sounds';
/** Whoever has it answers at once. */
const ANSWERED_MS = 800;
/** Between two pieces of a sound that is still being made. */
const GOES_ON_MS = 8_000;
/** Names that were guessed must not keep the others busy. */
const AT_ONCE = 40;
const PIECE = 24 * 1024;

interface Asked {
  name: string;
  by: string;
}
/** `sound` in base64; without one it is over. */
interface Told {
  name: string;
  sound?: string;
}

/** For one instance; answers the others from the moment it is made. At most forty sounds are asked for at once, and 0.8 s are waited for the first piece. */
export function createSoundsElsewhere({ bus, instance, open }: ElsewhereParts): SoundsElsewhere {
  const own = `${CHANNEL}:${instance}`;
  const waiting = new Map<string, (told: Told) => void>();

  async function tell({ name, by }: Asked): Promise<void> {
    const sound = by === instance ? undefined : open(name);
    if (!sound) return;
    const to = `${CHANNEL}:${by}`;
    for await (const chunk of sound) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        await bus.publish(to, { name, sound: chunk.subarray(at, at + PIECE).toString('base64') });
      }
    }
    await bus.publish(to, { name });
  }

  const stops = [
    bus.on(CHANNEL, (asked) => void tell(asked as Asked).catch(() => undefined)), // the other end waits no longer than it must
    bus.on(own, (told) => waiting.get((told as Told).name)?.(told as Told)),
  ];

  return {
    async find(name) {
      if (waiting.has(name) || waiting.size >= AT_ONCE) return undefined;
      const coming = createComing();
      waiting.set(name, coming.take);
      const done = () => void waiting.delete(name);
      await bus.publish(CHANNEL, { name, by: instance } satisfies Asked).catch(() => undefined);
      const first = await coming.next(ANSWERED_MS);
      if (!first) {
        done();
        return undefined;
      }
      return passedOn(first, coming, done);
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}

async function* passedOn(first: Buffer, coming: Coming, done: () => void): AsyncGenerator<Buffer> {
  try {
    for (let piece: Buffer | undefined = first; piece; piece = await coming.next(GOES_ON_MS)) yield piece;
  } finally {
    done();
  }
}

interface Coming {
  take(told: Told): void;
  /** Undefined when it is over, or nothing came for so long. */
  next(ms: number): Promise<Buffer | undefined>;
}

function createComing(): Coming {
  const pieces: (Buffer | undefined)[] = [];
  let wake: () => void = () => undefined;
  return {
    take({ sound }) {
      pieces.push(sound === undefined ? undefined : Buffer.from(sound, 'base64'));
      wake();
    },
    async next(ms) {
      if (pieces.length === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return pieces.shift();
    },
  };
}

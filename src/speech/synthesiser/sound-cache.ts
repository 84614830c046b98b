import type { Sound } from './wav.ts';

/** Sounds by key, at most `bytes` of them, the longest unused leaving first. Asked twice at once, made once; a failure is not kept. */
export function createSoundCache(bytes: number) {
  const kept = new Map<string, Sound>();
  const making = new Map<string, Promise<Sound | undefined>>();
  let held = 0;

  function keep(key: string, sound: Sound): void {
    kept.set(key, sound);
    held += sound.samples.byteLength;
    for (const [oldest, { samples }] of kept) {
      if (held <= bytes) return;
      kept.delete(oldest);
      held -= samples.byteLength;
    }
  }

  async function makeAndKeep(key: string, make: () => Promise<Sound | undefined>): Promise<Sound | undefined> {
    try {
      const sound = await make();
      if (sound) keep(key, sound);
      return sound;
    } finally {
      making.delete(key);
    }
  }

  function peek(key: string): Sound | undefined {
    const found = kept.get(key);
    if (!found) return undefined;
    kept.delete(key); // to the young end
    kept.set(key, found);
    return found;
  }

  return {
    /** What is kept under the key. */
    peek,
    /** Keeps a sound that was made elsewhere. */
    keep(key: string, sound: Sound): void {
      if (!kept.has(key)) keep(key, sound);
    },
    get held() {
      return held;
    },
    async get(key: string, make: () => Promise<Sound | undefined>): Promise<Sound | undefined> {
      const found = peek(key);
      if (found) return found;
      const underWay = making.get(key) ?? makeAndKeep(key, make);
      if (!kept.has(key)) making.set(key, underWay);
      return underWay;
    },
  };
}

/** A sentence as hashed n-grams of characters and of toneless, accent-folded syllables. */

export const BUCKETS = 1 << 16;

/** What the classifier sees of a unit: itself, its sound, or a mask for a value. */
export interface Tokens {
  length: number;
  word: Int32Array;
  sound: Int32Array;
  /** What the words stand for, in their order: 丢了 and 找不着了 are one; values stand among them. */
  concepts: Int32Array;
}

const BEGIN = 7;
const END = 11;

function hash2(kind: number, a: number, b: number): number {
  let h = Math.imul(a ^ Math.imul(kind, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13) ^ b, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 0;
}

/** Feature numbers below BUCKETS, without repetition. `out` is filled and its used length returned. */
export function features(tokens: Tokens, out: Int32Array, seen: Uint8Array): number {
  const { word, sound, length, concepts } = tokens;
  let n = 0;
  const add = (h: number): void => {
    const bucket = h & (BUCKETS - 1);
    if (seen[bucket] || n >= out.length) return;
    seen[bucket] = 1;
    out[n++] = bucket;
  };
  const at = (list: Int32Array, i: number): number => (i < 0 ? BEGIN : i >= length ? END : (list[i] as number) + 16);
  for (let i = -1; i <= length; i++) {
    const w0 = at(word, i);
    const w1 = at(word, i + 1);
    const s0 = at(sound, i);
    const s1 = at(sound, i + 1);
    if (i >= 0 && i < length) {
      add(hash2(1, w0, 0));
      add(hash2(2, s0, 0));
    }
    if (i < length) {
      add(hash2(3, w0, w1));
      add(hash2(4, s0, s1));
      if (i >= 0 && i + 1 < length) add(hash2(7, s0, at(sound, i + 2)));
    }
    if (i >= -1 && i + 1 < length) {
      add(hash2(5, hash2(5, w0, w1), at(word, i + 2)));
      add(hash2(6, hash2(6, s0, s1), at(sound, i + 2)));
    }
  }
  for (let i = 0; i <= concepts.length; i++) {
    const c0 = i === 0 ? BEGIN : (concepts[i - 1] as number);
    const c1 = i === concepts.length ? END : (concepts[i] as number);
    add(hash2(10, c1, 0));
    add(hash2(11, c0, c1));
    if (i + 1 < concepts.length) add(hash2(12, hash2(12, c0, c1), concepts[i + 1] as number));
  }
  for (let k = 0; k < n; k++) seen[out[k] as number] = 0;
  return n;
}

/** Numbers by a seed: the same seed, the same elder, word for word. */
export interface Random {
  /** Below 1. */
  next(): number;
  chance(probability: number | undefined): boolean;
  pick<T>(list: readonly T[]): T;
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    chance: (probability = 0) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] as never,
  };
}

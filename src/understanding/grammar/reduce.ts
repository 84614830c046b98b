/** Merges states that are reached by the same words: templates that begin alike are walked once. */

export interface Graph {
  /** What a state stands for; states are only merged where this is equal. */
  label: number[];
  next: Set<number>[];
  first: Set<number>;
}

const ROUNDS = 60; // more than the longest template has words

function mix(h: number, value: number): number {
  return Math.imul(h ^ value, 0x01000193) >>> 0;
}

function predecessors(next: readonly Set<number>[]): number[][] {
  const before: number[][] = next.map(() => []);
  next.forEach((targets, from) => {
    for (const to of targets) before[to]?.push(from);
  });
  return before;
}

/** One round: states stay together while their predecessors are in the same classes. */
function refine(classes: Int32Array, before: readonly number[][]): { classes: Int32Array; count: number } {
  const known = new Map<string, number>();
  const refined = new Int32Array(classes.length);
  for (let q = 0; q < classes.length; q++) {
    const of = [...new Set((before[q] as number[]).map((p) => classes[p] as number))].sort((a, b) => a - b);
    let h1 = 0x811c9dc5;
    let h2 = 0x9e3779b9;
    for (const c of of) {
      h1 = mix(h1, c);
      h2 = mix(h2 + 1, c ^ 0x5bd1e995);
    }
    const key = `${classes[q]}:${of.length}:${h1}:${h2}`;
    const id = known.get(key) ?? known.size;
    known.set(key, id);
    refined[q] = id;
  }
  return { classes: refined, count: known.size };
}

function initial({ label, first }: Graph): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(label, (of, q) => {
    const key = `${of}:${first.has(q)}`;
    const id = known.get(key) ?? known.size;
    known.set(key, id);
    return id;
  });
}

/** The class of each state: equal classes are reached by exactly the same words. */
export function mergePrefixes(graph: Graph): { classes: Int32Array; count: number } {
  const before = predecessors(graph.next);
  let state = { classes: initial(graph), count: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const refined = refine(state.classes, before);
    if (refined.count === state.count) return refined;
    state = refined;
  }
  return state;
}

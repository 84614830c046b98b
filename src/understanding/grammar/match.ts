/** Lays a sentence along all templates at once. Time is bounded by characters × living states; a sentence has at most 500 characters. */
import type { Automaton, TemplateInfo } from './automaton.ts';

/** A sentence, one unit a character (Chinese) or a word (English). */
export interface Units {
  length: number;
  word: Int32Array;
  syllable: Int32Array;
  fold: Int32Array;
  /** How much of the sentence's meaning the unit carries: a filler almost nothing, a negation more than a word. */
  weight: Float32Array;
  /** 1: the unit belongs to a real word that only sounds like one of ours, and is taken literally. */
  literal: Uint8Array;
}

/** A stretch of the sentence that has a value. */
export interface Stretch {
  slot: number;
  start: number;
  end: number;
}

/** Told of every end that is reached: the weight explained, and the stretch it was explained in. */
export type Offer = (info: TemplateInfo, explained: number, start: number, end: number) => void;

export interface Situation {
  asking?: string;
  errand?: string;
}

const SAME_SOUND = 0.88;
const NEAR_SOUND = 0.74;
const GAP_COST = 0.5; // what a skipped word costs within a template, beside not being explained
const MAX_GAP = 3.2;

/** Work done by the last call, for the test that holds matching linear. */
export interface Effort {
  steps: number;
}

function holds(info: TemplateInfo, now: Situation): boolean {
  if (info.asking && !(now.asking && info.asking.includes(now.asking))) return false;
  return !(info.errand && !(now.errand && info.errand.includes(now.errand)));
}

/** One matcher an automaton: it owns the scratch arrays. Not re-entrant, never awaits. */
export function createMatcher(automaton: Automaton) {
  const { word, syllable, fold, template, final, nextAt, next, firstByFold, firstBySlot, templates } = automaton;
  const size = word.length;
  const value = new Float64Array(size); // normalised by the gap cost up to `reached`
  const reached = new Int32Array(size);
  const began = new Int32Array(size);
  const alive = new Int32Array(size); // 1 + index in `living`, or 0
  const living = new Int32Array(size);
  let count = 0;

  const worth = (units: Units, i: number, q: number): number => {
    if (units.fold[i] !== fold[q]) return 0;
    const weight = units.weight[i] as number;
    if (units.word[i] === word[q]) return weight;
    if (units.literal[i] === 1) return 0;
    return weight * (units.syllable[i] === syllable[q] ? SAME_SOUND : NEAR_SOUND);
  };

  const drop = (at: number): void => {
    alive[living[at] as number] = 0;
    count -= 1;
    if (at === count) return;
    const moved = living[count] as number;
    living[at] = moved;
    alive[moved] = at + 1;
  };

  /** Offers every end of a template that holds in the situation. */
  return function match(
    units: Units,
    stretches: readonly Stretch[],
    now: Situation,
    offer: Offer,
    effort?: Effort,
  ): void {
    const n = units.length;
    const before = new Float64Array(n + 1); // weight up to a unit
    for (let i = 0; i < n; i++) before[i + 1] = (before[i] as number) + (units.weight[i] as number);
    const arriving: number[][] = Array.from({ length: n + 1 }, () => []);
    const starting: Stretch[][] = Array.from({ length: n }, () => []);
    for (const stretch of stretches) starting[stretch.start]?.push(stretch);
    let steps = 0;

    const arrive = (q: number, end: number, explained: number, start: number): void => {
      (arriving[end] as number[]).push(q, explained, start);
    };
    const settle = (i: number): void => {
      const list = arriving[i] as number[];
      for (let k = 0; k < list.length; k += 3) {
        const q = list[k] as number;
        const explained = list[k + 1] as number;
        const normal = explained + GAP_COST * (before[i] as number);
        if (alive[q] === 0) {
          living[count++] = q;
          alive[q] = count;
        } else if ((value[q] as number) >= normal) continue;
        value[q] = normal;
        began[q] = list[k + 2] as number;
        reached[q] = i;
        if (final[q] === 1) {
          const info = templates[template[q] as number] as TemplateInfo;
          if (holds(info, now)) offer(info, explained, began[q] as number, i);
        }
      }
    };

    const extend = (i: number): void => {
      const here = starting[i] as Stretch[];
      for (let at = count - 1; at >= 0; at--) {
        const p = living[at] as number;
        if ((before[i] as number) - (before[reached[p] as number] as number) > MAX_GAP) {
          drop(at);
          continue;
        }
        const explained = (value[p] as number) - GAP_COST * (before[i] as number);
        const to = nextAt[p + 1] as number;
        for (let e = nextAt[p] as number; e < to; e++) {
          const q = next[e] as number;
          steps += 1;
          if ((word[q] as number) >= 0) {
            const gain = worth(units, i, q);
            if (gain > 0) arrive(q, i + 1, explained + gain, began[p] as number);
          } else {
            const slot = -1 - (word[q] as number);
            for (const stretch of here)
              if (stretch.slot === slot) arrive(q, stretch.end, explained + (before[stretch.end] as number) - (before[i] as number), began[p] as number);
          }
        }
      }
    };

    const begin = (i: number): void => {
      const firsts = firstByFold.get(units.fold[i] as number);
      if (firsts) {
        steps += firsts.length;
        for (const q of firsts) {
          const gain = worth(units, i, q);
          if (gain > 0) arrive(q, i + 1, gain, i);
        }
      }
      for (const stretch of starting[i] as Stretch[]) {
        const gain = (before[stretch.end] as number) - (before[i] as number);
        for (const q of firstBySlot.get(stretch.slot) ?? []) arrive(q, stretch.end, gain, i);
      }
    };

    for (let i = 0; i < n; i++) {
      settle(i);
      extend(i);
      begin(i);
    }
    settle(n);
    while (count > 0) drop(count - 1);
    if (effort) effort.steps = steps;
  };
}

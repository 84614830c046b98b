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

/** Work done by the last call, for the test that holds matching linear. */
export interface Effort {
  steps: number;
}

const SAME_SOUND = 0.88;
const NEAR_SOUND = 0.74;
const GAP_COST = 0.5; // what a skipped word costs within a template, beside not being explained
const MAX_GAP = 3.2;
const MAX_GAP_ANYWHERE = 0.4; // what holds anywhere must be said in one go
/** A template that explains a smaller share of the sentence is not followed to its end. */
export const LEAST_SHARE = 0.4;
const FEW = 6; // successors that are looked through one by one; more are searched by sound

/** What has been explained up to a place by reaching a state there. */
interface Arrivals {
  count: number;
  state: Int32Array;
  /** Explained weight, and where the template began; by state. */
  explained: Float64Array;
  began: Int32Array;
  /** Mark of the place a state was last put in for. */
  mark: Int32Array;
}

const NONE: readonly Stretch[] = [];

interface Later {
  state: number;
  end: number;
  explained: number;
  began: number;
}

function holds(info: TemplateInfo, now: Situation): boolean {
  if (info.asking && !(now.asking && info.asking.includes(now.asking))) return false;
  return !(info.errand && !(now.errand && info.errand.includes(now.errand)));
}

/** Weight of the sentence up to each unit. */
export function weightsUpTo(units: Units): Float64Array {
  const before = new Float64Array(units.length + 1);
  for (let i = 0; i < units.length; i++) before[i + 1] = (before[i] as number) + (units.weight[i] as number);
  return before;
}

/** One matcher an automaton: it owns the scratch arrays. Not re-entrant, never awaits. */
export function createMatcher(automaton: Automaton) {
  const { word, syllable, anywhere, endsAt, ends, nextAt, next, nextFold, firstByFold, firstBySlot, templates } =
    automaton;
  const size = word.length;
  const value = new Float64Array(size); // explained, normalised by the gap cost up to where the state was reached
  const reached = new Int32Array(size);
  const began = new Int32Array(size);
  const alive = new Int32Array(size); // 1 + index in `living`, or 0
  const living = new Int32Array(size);
  const soon: Arrivals = {
    count: 0,
    state: new Int32Array(size),
    explained: new Float64Array(size),
    began: new Int32Array(size),
    mark: new Int32Array(size),
  };
  let count = 0;
  let mark = 0;
  let needed = 0; // weight that has to be explained in the end
  let steps = 0;
  let later: Later[] = [];
  let units: Units;
  let before: Float64Array;

  function worth(i: number, q: number): number {
    const weight = units.weight[i] as number;
    if (units.word[i] === word[q]) return weight;
    if (units.literal[i] === 1) return 0;
    return weight * (units.syllable[i] === syllable[q] ? SAME_SOUND : NEAR_SOUND);
  }

  function drop(at: number): void {
    alive[living[at] as number] = 0;
    count -= 1;
    if (at === count) return;
    const moved = living[count] as number;
    living[at] = moved;
    alive[moved] = at + 1;
  }

  /** A state is reached behind the unit that is being read. */
  function arrive(q: number, explained: number, start: number): void {
    if (soon.mark[q] === mark) {
      if ((soon.explained[q] as number) >= explained) return;
    } else {
      soon.mark[q] = mark;
      soon.state[soon.count++] = q;
    }
    soon.explained[q] = explained;
    soon.began[q] = start;
  }

  function live(q: number, i: number, explained: number, start: number, now: Situation, offer: Offer): void {
    const normal = explained + GAP_COST * (before[i] as number);
    if (alive[q] === 0) {
      living[count++] = q;
      alive[q] = count;
    } else if ((value[q] as number) >= normal) return;
    value[q] = normal;
    began[q] = start;
    reached[q] = i;
    for (let e = endsAt[q] as number; e < (endsAt[q + 1] as number); e++) {
      const info = templates[ends[e] as number] as TemplateInfo;
      if (holds(info, now)) offer(info, explained, start, i);
    }
  }

  function settle(i: number, now: Situation, offer: Offer): void {
    for (let k = 0; k < soon.count; k++) {
      const q = soon.state[k] as number;
      live(q, i, soon.explained[q] as number, soon.began[q] as number, now, offer);
    }
    soon.count = 0;
    mark += 1;
    if (later.length === 0) return;
    for (const each of later) if (each.end === i) live(each.state, i, each.explained, each.began, now, offer);
    later = later.filter((each) => each.end > i);
  }

  function take(i: number, q: number, explained: number, start: number): void {
    const gain = worth(i, q);
    if (gain > 0) arrive(q, explained + gain, start);
  }

  /** The first successor whose sound is not before `sound`, by halving. */
  function lowest(from: number, to: number, sound: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      steps += 1;
      if ((nextFold[middle] as number) < sound) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function follow(p: number, i: number, sound: number, here: readonly Stretch[]): void {
    const explained = (value[p] as number) - GAP_COST * (before[i] as number);
    const from = nextAt[p] as number;
    const to = nextAt[p + 1] as number;
    const start = began[p] as number;
    for (let e = to - from > FEW ? lowest(from, to, sound) : from; e < to; e++) {
      const at = nextFold[e] as number;
      steps += 1;
      if (at === sound) take(i, next[e] as number, explained, start);
      else if (at > sound) break;
    }
    for (const { slot, end } of here) {
      const gain = explained + (before[end] as number) - (before[i] as number);
      for (let e = lowest(from, to, -1 - slot); e < to && nextFold[e] === -1 - slot; e++)
        later.push({ state: next[e] as number, end, explained: gain, began: start });
    }
  }

  /** Too long a gap, or too little left to explain. */
  function hopeless(p: number, i: number): boolean {
    const gap = (before[i] as number) - (before[reached[p] as number] as number);
    if (anywhere[p] === 1) return gap > MAX_GAP_ANYWHERE;
    const most = (value[p] as number) - GAP_COST * (before[i] as number) + rest(i);
    return gap > MAX_GAP || most < needed;
  }

  function rest(i: number): number {
    return (before[units.length] as number) - (before[i] as number);
  }

  function extend(i: number, here: readonly Stretch[]): void {
    const sound = units.fold[i] as number;
    for (let at = count - 1; at >= 0; at--) {
      const p = living[at] as number;
      if (hopeless(p, i)) drop(at);
      else follow(p, i, sound, here);
    }
  }

  function begin(i: number, here: readonly Stretch[]): void {
    const late = rest(i) < needed;
    const firsts = firstByFold.get(units.fold[i] as number);
    if (firsts) {
      steps += firsts.length;
      for (const q of firsts) if (!late || anywhere[q] === 1) take(i, q, 0, i);
    }
    for (const { slot, end } of here) {
      const explained = (before[end] as number) - (before[i] as number);
      for (const q of firstBySlot.get(slot) ?? [])
        if (!late || anywhere[q] === 1) later.push({ state: q, end, explained, began: i });
    }
  }

  /** Offers every end of a template that holds in the situation. */
  return function match(
    sentence: Units,
    stretches: readonly Stretch[],
    now: Situation,
    offer: Offer,
    effort?: Effort,
  ): void {
    units = sentence;
    before = weightsUpTo(sentence);
    needed = LEAST_SHARE * (before[sentence.length] as number);
    steps = 0;
    later = [];
    soon.count = 0;
    while (count > 0) drop(count - 1); // left over where the last sentence was broken off
    for (let i = 0; i < units.length; i++) {
      settle(i, now, offer);
      const here = stretches.some((stretch) => stretch.start === i) ? stretches.filter((s) => s.start === i) : NONE;
      extend(i, here);
      begin(i, here);
    }
    settle(units.length, now, offer);
    if (effort) effort.steps = steps;
  };
}

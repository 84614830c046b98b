/** All templates of a language as one automaton without empty moves (Glushkov), its common beginnings merged. */
import { mergePrefixes } from './reduce.ts';
import type { Node } from './template.ts';

/** Where a template stands and when it holds. */
export interface TemplateInfo {
  /** Index into the language's intents. */
  intent: number;
  /** `pickup.yaml#pickup.book:3`. */
  name: string;
  /** Values the template itself gives, `{ kind: 'fall' }`. */
  sets?: Record<string, string>;
  /** Holds only while one of these is asked. */
  asking?: string[];
  /** Holds only within one of these errands. */
  errand?: string[];
  /** Holds wherever it occurs in a sentence, not only as the whole of it. */
  anywhere?: boolean;
  /** Takes the intent away again when it occurs. */
  veto?: boolean;
}

export interface Automaton {
  /** Per state: the word's id, or -1 - slot. */
  word: Int32Array;
  syllable: Int32Array;
  fold: Int32Array;
  /** 1 where the templates of the state hold anywhere in a sentence. */
  anywhere: Uint8Array;
  /** Templates that may end in state p: ends[endsAt[p]] … ends[endsAt[p + 1] - 1]. */
  endsAt: Int32Array;
  ends: Int32Array;
  /** Successors of state p, in the order of their sound. */
  nextAt: Int32Array;
  next: Int32Array;
  /** The sound of each successor; -1 - slot for a value. */
  nextFold: Int32Array;
  /** First states by sound, and by slot. */
  firstByFold: Map<number, Int32Array>;
  firstBySlot: Map<number, Int32Array>;
  templates: TemplateInfo[];
}

export interface Sound {
  word: number;
  syllable: number;
  fold: number;
}

interface Part {
  empty: boolean;
  first: number[];
  last: number[];
}

interface Draft {
  sounds: Sound[];
  template: number[];
  next: Set<number>[];
  sound: (word: string) => Sound;
  slot: (name: string) => number;
}

function state(draft: Draft, template: number, sound: Sound): Part {
  const at = draft.sounds.length;
  draft.sounds.push(sound);
  draft.template.push(template);
  draft.next.push(new Set());
  return { empty: false, first: [at], last: [at] };
}

function join(draft: Draft, parts: Part[]): Part {
  const whole: Part = { empty: true, first: [], last: [] };
  for (const part of parts) {
    for (const from of whole.last) for (const to of part.first) draft.next[from]?.add(to);
    if (whole.empty) whole.first.push(...part.first);
    whole.last = part.empty ? [...whole.last, ...part.last] : part.last;
    whole.empty &&= part.empty;
  }
  return whole;
}

function build(draft: Draft, template: number, node: Node): Part {
  if (node.kind === 'word') return state(draft, template, draft.sound(node.word));
  if (node.kind === 'slot') {
    const slot = -1 - draft.slot(node.slot);
    return state(draft, template, { word: slot, syllable: slot, fold: slot });
  }
  const parts = node.of.map((each) => build(draft, template, each));
  if (node.kind === 'all') return join(draft, parts);
  return {
    empty: parts.some((part) => part.empty),
    first: parts.flatMap((part) => part.first),
    last: parts.flatMap((part) => part.last),
  };
}

function grouped(states: Iterable<number>, key: (state: number) => number): Map<number, Int32Array> {
  const lists = new Map<number, number[]>();
  for (const each of states) {
    const list = lists.get(key(each));
    if (list) list.push(each);
    else lists.set(key(each), [each]);
  }
  return new Map([...lists].map(([k, list]) => [k, Int32Array.from(list)]));
}

/** Lists of numbers one behind the other, with where each begins. */
function packed(lists: Iterable<number>[]): { at: Int32Array; flat: Int32Array } {
  const at = new Int32Array(lists.length + 1);
  const flat: number[] = [];
  lists.forEach((list, k) => {
    flat.push(...list);
    at[k + 1] = flat.length;
  });
  return { at, flat: Int32Array.from(flat) };
}

/** Compiles templates; `sound` gives a word its ids, `slot` a slot its number. */
export function buildAutomaton(
  source: { node: Node; info: TemplateInfo }[],
  sound: (word: string) => Sound,
  slot: (name: string) => number,
): Automaton {
  const draft: Draft = { sounds: [], template: [], next: [], sound, slot };
  const parts = source.map(({ node }, template) => build(draft, template, node));
  const loose = (q: number): number => (source[draft.template[q] as number]?.info.anywhere ? 1 : 0);
  const first = new Set(parts.flatMap((part) => part.first));
  const label = draft.sounds.map(({ word }, q) => word * 2 + loose(q));
  const { classes, count } = mergePrefixes({ label, next: draft.next, first });
  return assemble(
    draft,
    classes,
    count,
    first,
    parts,
    source.map(({ info }) => info),
  );
}

function assemble(
  draft: Draft,
  classes: Int32Array,
  count: number,
  first: Set<number>,
  parts: Part[],
  templates: TemplateInfo[],
): Automaton {
  const of = (q: number): number => classes[q] as number;
  const sounds: Sound[] = new Array(count);
  const anywhere = new Uint8Array(count);
  const next: Set<number>[] = Array.from({ length: count }, () => new Set());
  const ends: Map<string, number>[] = Array.from({ length: count }, () => new Map());
  draft.sounds.forEach((each, q) => {
    sounds[of(q)] = each;
    if (templates[draft.template[q] as number]?.anywhere) anywhere[of(q)] = 1;
    for (const to of draft.next[q] as Set<number>) next[of(q)]?.add(of(to));
  });
  const meanings = templates.map(({ name: _, ...meaning }) => JSON.stringify(meaning));
  parts.forEach((part, template) => {
    for (const q of part.last) {
      const here = ends[of(q)] as Map<string, number>;
      const meaning = meanings[template] as string;
      if (!here.has(meaning)) here.set(meaning, template); // where several end that mean the same, one need tell of it
    }
  });
  const fold = Int32Array.from(sounds, (each) => each.fold);
  const bySound = (a: number, b: number): number => (fold[a] as number) - (fold[b] as number);
  const successors = packed(next.map((targets) => [...targets].sort(bySound)));
  const ending = packed(ends.map((here) => here.values()));
  const firsts = new Set([...first].map(of));
  return {
    word: Int32Array.from(sounds, (each) => each.word),
    syllable: Int32Array.from(sounds, (each) => each.syllable),
    fold,
    anywhere,
    endsAt: ending.at,
    ends: ending.flat,
    nextAt: successors.at,
    next: successors.flat,
    nextFold: successors.flat.map((to) => fold[to] as number),
    firstByFold: grouped(
      [...firsts].filter((p) => (fold[p] as number) >= 0),
      (p) => fold[p] as number,
    ),
    firstBySlot: grouped(
      [...firsts].filter((p) => (fold[p] as number) < 0),
      (p) => -1 - (fold[p] as number),
    ),
    templates,
  };
}

/** All templates of a language as one automaton without empty moves (Glushkov): a state is one word of one template. */
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
  template: Int32Array;
  /** 1 where a template may end. */
  final: Uint8Array;
  /** Successors of state p: next[nextAt[p]] … next[nextAt[p + 1] - 1]. */
  nextAt: Int32Array;
  next: Int32Array;
  /** The sound of each successor (-1 - slot for a value); successors of one state are in this order. */
  nextFold: Int32Array;
  /** First states by class of sound, and by slot. */
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
  word: number[];
  syllable: number[];
  fold: number[];
  template: number[];
  next: Set<number>[];
  sound: (word: string) => Sound;
  slot: (name: string) => number;
}

function state(draft: Draft, template: number, sound: Sound): Part {
  const at = draft.word.length;
  draft.word.push(sound.word);
  draft.syllable.push(sound.syllable);
  draft.fold.push(sound.fold);
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

function grouped(states: number[], key: (state: number) => number): Map<number, Int32Array> {
  const lists = new Map<number, number[]>();
  for (const each of states) lists.set(key(each), [...(lists.get(key(each)) ?? []), each]);
  return new Map([...lists].map(([k, list]) => [k, Int32Array.from(list)]));
}

function flatten({ next, fold }: Draft): { nextAt: Int32Array; next: Int32Array; nextFold: Int32Array } {
  const nextAt = new Int32Array(next.length + 1);
  for (let p = 0; p < next.length; p++) nextAt[p + 1] = (nextAt[p] as number) + (next[p]?.size ?? 0);
  const flat = new Int32Array(nextAt[next.length] ?? 0);
  let at = 0;
  for (const each of next) for (const to of [...each].sort((a, b) => (fold[a] as number) - (fold[b] as number))) flat[at++] = to;
  return { nextAt, next: flat, nextFold: flat.map((to) => fold[to] as number) };
}

/** Compiles templates; `sound` gives a word its ids, `slot` a slot its number. */
export function buildAutomaton(
  source: { node: Node; info: TemplateInfo }[],
  sound: (word: string) => Sound,
  slot: (name: string) => number,
): Automaton {
  const draft: Draft = { word: [], syllable: [], fold: [], template: [], next: [], sound, slot };
  const firsts: number[] = [];
  const finals: number[] = [];
  source.forEach(({ node }, template) => {
    const part = build(draft, template, node);
    firsts.push(...part.first);
    finals.push(...part.last);
  });
  const final = new Uint8Array(draft.word.length);
  for (const p of finals) final[p] = 1;
  return {
    word: Int32Array.from(draft.word),
    syllable: Int32Array.from(draft.syllable),
    fold: Int32Array.from(draft.fold),
    template: Int32Array.from(draft.template),
    final,
    ...flatten(draft),
    firstByFold: grouped(firsts.filter((p) => (draft.word[p] as number) >= 0), (p) => draft.fold[p] as number),
    firstBySlot: grouped(firsts.filter((p) => (draft.word[p] as number) < 0), (p) => -1 - (draft.word[p] as number)),
    templates: source.map(({ info }) => info),
  };
}

/** Sentences out of templates: bounded in number, every alternative said at least once. The classifier learns from them. */
import type { Node } from './template.ts';

/** A seeded generator of numbers below 1 (mulberry32): the same sentences, and so the same weights, on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed of one's own for each text (FNV-1a). */
export function seedOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

export type Said = { word: string } | { slot: string };

/** How many alternatives the widest choice of the template has: so many sentences cover all of them. */
function width(node: Node): number {
  if (node.kind === 'word' || node.kind === 'slot') return 1;
  const inner = Math.max(1, ...node.of.map(width));
  return node.kind === 'one'
    ? Math.max(
        node.of.length,
        node.of.reduce((sum, each) => sum + width(each), 0),
      )
    : inner;
}

/** One sentence; `turn` counts through the alternatives of the choices, so that none is forgotten. */
function sayOnce(node: Node, turn: Map<Node, number>, random: () => number): Said[] {
  if (node.kind === 'word') return [{ word: node.word }];
  if (node.kind === 'slot') return [{ slot: node.slot }];
  if (node.kind === 'all') return node.of.flatMap((each) => sayOnce(each, turn, random));
  const fair = turn.get(node) ?? Math.floor(random() * node.of.length);
  turn.set(node, fair + 1);
  const optional = node.of.length === 2 && node.of[0]?.kind === 'all' && node.of[0].of.length === 0;
  const choice = optional ? (random() < 0.55 ? 0 : 1) : fair % node.of.length;
  return sayOnce(node.of[choice] as Node, turn, random);
}

/** At most `most` sentences of a template, at least enough to hear each alternative once where `most` allows. */
export function sentencesOf(node: Node, most: number, random: () => number): Said[][] {
  const turn = new Map<Node, number>();
  const count = Math.min(most, Math.max(3, Math.ceil(width(node) * 1.2)));
  return Array.from({ length: count }, () => sayOnce(node, turn, random));
}

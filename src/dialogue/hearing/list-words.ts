/** What she has of a list and what not, told in one sentence: 「身份证我有，户口本没在手边」, 「就差相片」. The words lie in intents/<locale>/_asking.yaml. Pure. */
import { bare, piecesOf } from './plain-words.ts';

/** Patterns: that it is at hand, that it is not, 就差…, 别的, 都; and what makes a question of it. */
export type ListSource = Record<'has' | 'lacks' | 'but' | 'rest' | 'all' | 'asks', string[]>;

export interface OnList {
  has: string[];
  lacks: string[];
}

type Verdict = 'has' | 'lacks';
interface Token {
  kind: 'has' | 'lacks' | 'but' | 'rest' | 'all' | 'thing';
  word: string;
}

const KINDS = ['lacks', 'but', 'rest', 'all', 'has'] as const;
/** All that she does not name. */
const REST = '*';

/** @param kinds what stands on lists, by kind. @returns a reader of her sentence; undefined where she tells of nothing on the list */
export function listReader(source: ListSource, kinds: Record<string, string[]>) {
  const asks = new RegExp(source.asks.join('|'), 'u');
  const things = Object.values(kinds).flat();
  const groups = [...KINDS.map((kind) => `(?<${kind}>${source[kind].join('|')})`), `(?<thing>${things.join('|')})`];
  const token = new RegExp(groups.join('|'), 'gu');

  const tokensOf = (clause: string): Token[] =>
    [...bare(clause).matchAll(token)].flatMap(({ groups = {} }) =>
      Object.entries(groups).flatMap(([kind, word]) => (word ? [{ kind: kind as Token['kind'], word }] : [])),
    );
  /** What the list calls the thing that she names. */
  function named(word: string, list: string[]): string | undefined {
    const names = Object.values(kinds).find((some) => some.includes(word)) ?? [];
    return list.find((one) => names.some((name) => bare(one).includes(name)));
  }

  return (text: string, list: string[], told: string[], asked?: string): OnList | undefined => {
    if (asks.test(bare(text))) return undefined;
    const verdicts = new Map<string, Verdict>();
    const clauses = piecesOf(text).map(tokensOf);
    // 「有了，照片也有」 to the question for one of them.
    const [[opens, ...behind] = []] = clauses;
    const ofAsked =
      asked && clauses.length > 1 && behind.length === 0 && (opens?.kind === 'has' || opens?.kind === 'lacks');
    if (ofAsked) verdicts.set(asked, opens.kind as Verdict);
    let waiting: string[] = [];
    for (const clause of ofAsked ? clauses.slice(1) : clauses) waiting = judged(clause, waiting, verdicts);
    return sorted(verdicts, (word) => (list.includes(word) ? word : named(word, list)), told);
  };
}

/** One clause: each thing takes the word before it or behind it. @returns the things that still wait for one */
function judged(tokens: Token[], before: string[], verdicts: Map<string, Verdict>): string[] {
  const opens = tokens[0]?.kind;
  const first = before.length === 0 && (opens === 'has' || opens === 'lacks' || opens === 'but');
  let waiting = before;
  let last: Verdict | undefined;
  for (const { kind, word } of tokens) {
    if (kind === 'rest' || (kind === 'all' && waiting.length === 0)) waiting = [...waiting, REST];
    else if (kind === 'thing' && first && last) verdicts.set(word, last);
    else if (kind === 'thing') waiting = [...waiting, word];
    else if (kind !== 'all') {
      last = kind === 'has' ? 'has' : 'lacks';
      for (const one of waiting) verdicts.set(one, last);
      waiting = [];
      if (kind === 'but') verdicts.set(REST, 'has');
    }
  }
  return waiting;
}

function sorted(
  verdicts: Map<string, Verdict>,
  named: (word: string) => string | undefined,
  told: string[],
): OnList | undefined {
  const found = new Map<string, Verdict>();
  for (const [word, verdict] of verdicts) {
    const name = named(word);
    if (name) found.set(name, verdict);
  }
  const rest = verdicts.get(REST);
  if (rest) for (const one of told) if (!found.has(one)) found.set(one, rest);
  const of = (wanted: Verdict) => [...found].flatMap(([name, verdict]) => (verdict === wanted ? [name] : []));
  return found.size > 0 ? { has: of('has'), lacks: of('lacks') } : undefined;
}

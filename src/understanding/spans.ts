/** Values found in a sentence, whatever its language. */

const SLOTS = [
  'item',
  'date',
  'time',
  'phone',
  'name',
  'ordinal',
  'rating',
  'case_no',
  'place',
  'number',
  'age',
  'elsewhere',
  'spot',
] as const;
/** What templates may ask of a value beside its slot: a matter that pays (补贴), one that is issued (证), one that can be applied for by voice; a relative or a worker. */
const KINDS = ['money', 'card', 'voice', 'kin', 'staff'] as const;
export type Kind = (typeof KINDS)[number];
export type SlotName = (typeof SLOTS)[number];

export interface Span {
  slot: SlotName;
  start: number;
  end: number;
  /** The slot's value; absent when something was said from which no value may be taken (过两天, 三十一号 in a month of thirty). */
  value?: string;
  /** Has two readings: read it back before acting. */
  doubtful?: boolean;
  /** She said that it is not this. */
  negated?: boolean;
  /** Belongs to another person in the sentence. */
  others?: boolean;
  /** Only a value while it is asked for. */
  weak?: boolean;
  kind?: Kind;
  /** Alternatives joined to it (三号或者五号). */
  joined?: boolean;
  /** Where the slip of the tongue begins that this value takes back (后天，不对，大后天). */
  takesBack?: number;
  /** She gives it as the name: 我叫王秀英. */
  introduced?: boolean;
  /** Was put in the place of an earlier value. */
  repaired?: boolean;
}

const NUMBERED: readonly string[] = [...SLOTS, ...KINDS];

/** The number of a slot or kind in the automaton, or -1. */
export function stretchNumber(name: string): number {
  return NUMBERED.indexOf(name);
}

/** The values as the automaton takes them: once under their slot, once under their kind. */
export function stretchesOf(spans: readonly Span[]): { slot: number; start: number; end: number }[] {
  const stretches = spans.map(({ slot, start, end }) => ({ slot: stretchNumber(slot), start, end }));
  for (const { kind, start, end } of spans) {
    if (kind) stretches.push({ slot: stretchNumber(kind), start, end });
    if (kind === 'voice') stretches.push({ slot: stretchNumber('card'), start, end });
  }
  return stretches;
}

/**
 * The value that she means of one slot: never a negated one, her own before another person's,
 * the correction before what it corrects; of several in a row the last, of a list (甲和乙) the first.
 * `deniedToo`: what is cancelled or withdrawn is named by being denied (乘车卡我不办了).
 */
export function meant(spans: readonly Span[], slot: SlotName, weakToo: boolean, deniedToo = false): Span | undefined {
  const kept = spans.filter((s) => s.slot === slot && (weakToo || !s.weak));
  const affirmed = kept.filter((s) => !s.negated);
  const all = affirmed.length > 0 || !deniedToo ? affirmed : kept;
  const valued = all.filter((s) => s.value !== undefined);
  const left = valued.length > 0 ? valued : all;
  const own = left.filter((s) => !s.others);
  const from = own.length > 0 ? own : left;
  const mended = from.findLastIndex((s) => s.repaired);
  if (mended >= 0) return from.slice(mended).findLast((s, k) => k === 0 || !s.joined);
  if (slot === 'item' || slot === 'name' || slot === 'place') return from[0];
  const last = from[from.length - 1];
  return last?.joined ? (from.find((s) => !s.joined) ?? last) : last;
}

/** Values found in a sentence, whatever its language. */

export const SLOTS = ['item', 'date', 'time', 'phone', 'name', 'ordinal', 'rating', 'case_no', 'place', 'number', 'age'] as const;
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
  /** Alternatives joined to it (三号或者五号). */
  joined?: boolean;
  /** Was put in the place of an earlier value. */
  repaired?: boolean;
}

/** Drops spans that lie within a longer one of the same slot. */
export function longestOnly(spans: Span[]): Span[] {
  return spans.filter(
    (a) => !spans.some((b) => b !== a && b.slot === a.slot && b.start <= a.start && b.end >= a.end && b.end - b.start > a.end - a.start),
  );
}

/**
 * The value that she means of one slot: never a negated one, her own before another person's,
 * the correction before what it corrects; of several in a row the last, of a list (甲和乙) the first.
 */
export function meant(spans: readonly Span[], slot: SlotName, weakToo: boolean): Span | undefined {
  const left = spans.filter((s) => s.slot === slot && !s.negated && (weakToo || !s.weak));
  const own = left.filter((s) => !s.others);
  const from = own.length > 0 ? own : left;
  const repaired = from.filter((s) => s.repaired);
  if (repaired.length > 0) return repaired[repaired.length - 1];
  if (slot === 'item' || slot === 'name' || slot === 'place') return from[0];
  const last = from[from.length - 1];
  return last?.joined ? from.find((s) => !s.joined) ?? last : last;
}

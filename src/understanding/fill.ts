/** Fills the slots that an intent may have, out of what was found in the sentence. */
import type { CatalogueEntry } from './grammar/source.ts';
import type { Expecting, Intent, Slots } from './meaning.ts';
import { meant, type SlotName, type Span } from './spans.ts';
import type { Hearing } from './tongue.ts';

const TAKES_BACK = new Set<Intent>(['apply.withdraw', 'pickup.cancel']);
const PLAIN: SlotName[] = ['item', 'date', 'time', 'phone', 'name', 'ordinal', 'rating', 'place'];
const KEYWORDS = ['direction', 'mode', 'kind'] as const;

/** 把明天上午的挪到后天: the old day and hour are not values. Without a new one after the change (明天的改改) nothing is dropped but what belongs to it. */
function newOnly(hearing: Hearing): Span[] {
  const from = hearing.changedFrom;
  const isWhen = (span: Span): boolean => span.slot === 'date' || span.slot === 'time';
  if (from === undefined || !hearing.spans.some((s) => isWhen(s) && s.start >= from)) return hearing.spans;
  return hearing.spans.filter((s) => !isWhen(s) || s.start >= from);
}

/** What one intent takes from the sentence. `weakToo`: values that count only while they are asked for. */
export function fill(
  intent: Intent,
  entry: CatalogueEntry,
  hearing: Hearing,
  expecting: Expecting,
  sets: Record<string, string> | undefined,
): Slots {
  const allowed = new Set(entry.slots);
  const spans = intent === 'pickup.change' ? newOnly(hearing) : hearing.spans;
  const slots: Slots = {};
  const weakFor = (slot: string): boolean =>
    expecting.asking === slot ||
    (slot === 'ordinal' && expecting.asking === 'choice') ||
    (slot === 'name' && expecting.asking === 'identity');
  for (const slot of PLAIN) {
    if (!allowed.has(slot)) continue;
    const span = meant(
      spans,
      slot,
      weakFor(slot) || (slot === 'place' && intent.startsWith('pickup.')),
      TAKES_BACK.has(intent),
    );
    if (span?.value !== undefined) slots[slot] = span.value;
  }
  if (allowed.has('case_no')) {
    const number = meant(hearing.spans, 'case_no', true);
    if (number?.value) Object.assign(slots, hearing.caseSlot(number.value));
  }
  for (const slot of KEYWORDS) {
    const value =
      allowed.has(slot) && intent !== 'emergency' && intent !== 'complaint' ? hearing.keyword(slot) : undefined;
    if (value && (slot !== 'kind' || intent === 'apply.start' || expecting.asking === 'kind')) slots[slot] = value;
  }
  for (const [slot, value] of Object.entries(sets ?? {})) if (allowed.has(slot)) slots[slot] = value;
  return slots;
}

/** Whether a slot of the answer has two readings and must be read back. */
export function doubtful(hearing: Hearing, slots: Slots): boolean {
  return hearing.spans.some(
    (span: Span) => span.doubtful === true && span.value !== undefined && slots[span.slot] === span.value,
  );
}

/** Something was named from which no value may be taken (三十一号 in a month of thirty, 过两天), and nothing better. */
export function unusable(hearing: Hearing, slot: SlotName): boolean {
  const of = hearing.spans.filter((span) => span.slot === slot && !span.negated);
  return of.length > 0 && of.every((span) => span.value === undefined);
}

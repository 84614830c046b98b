/** Answers to yes and no, and to the questions whose answers are private. */
import { ALWAYS, answerTo, intentOfErrand } from './answers.ts';
import type { Candidate } from './evidence.ts';
import type { Intent, Meaning } from './meaning.ts';
import { ACCEPT, CONFIRM, fromCandidate, HALF_ANSWER, meaning, named, type Reading, SURE_OTHER } from './reading.ts';

const LONG_ANSWER = 12; // weight above which a beginning says nothing about the rest
const YES_NO = new Set<Intent>(['yes', 'no']);

/** While the 口令 is asked for, only words of control are read; the rest stays with the dialogue and leaves no trace here. */
export function whilePrivate(r: Reading): Meaning | undefined {
  const { asking } = r.expecting;
  if (asking !== 'pin' && asking !== 'resident' && asking !== 'consent' && asking !== 'checklist') return undefined;
  const best = r.hearing.evidence.ranked.find((c) => ALWAYS.has(named(c)));
  if (best && best.score >= CONFIRM + 0.1 && best.matched >= 0.6)
    return asking === 'pin' ? withoutDigits(fromCandidate(r, best)) : fromCandidate(r, best);
  if (asking !== 'pin') {
    const other = r.hearing.evidence.ranked[0] as Candidate;
    if (other.score >= SURE_OTHER && other.matched >= 0.8 && r.hearing.weight > 3) return fromCandidate(r, other);
  }
  const intent = intentOfErrand(r.expecting);
  return intent
    ? { intent, slots: {}, decision: 'accept', confidence: 0.8, why: `asking ${asking}` }
    : { intent: 'out_of_scope', slots: {}, decision: 'ask', confidence: 0.5, why: `asking ${asking}` };
}

function withoutDigits(found: Meaning): Meaning {
  return { ...found, slots: found.slots.kind ? { kind: found.slots.kind } : {} };
}

/** What only an open question makes a yes or a no of (没人, 先不办). */
export function plainAnswer(r: Reading, first: Candidate): Candidate | undefined {
  if (r.expecting.asking !== 'yesno') return undefined;
  const fits = r.hearing.evidence.ranked.filter((c) => YES_NO.has(named(c)) && c.matched >= 0.85);
  return fits.find((c) => c.matched >= first.matched - (c.template?.asking ? 0.1 : 0.02));
}

/** 「要取消，对吗」: whoever agrees agrees, whatever word she repeats; whoever refuses keeps what stands. */
export function cancelOffered({ hearing, expecting }: Reading): Meaning | undefined {
  if (expecting.asking !== 'yesno' || expecting.offer !== 'cancel' || hearing.spans.length > 0) return undefined;
  const plain = (intent: Intent): Meaning => ({
    intent,
    slots: {},
    decision: 'accept',
    confidence: 0.9,
    why: `yesno: ${intent} to cancelling`,
  });
  if (hearing.refused || hearing.denies) return plain('no');
  return hearing.agrees ? plain('yes') : undefined;
}

/** A yes or no that was asked for, with or without a value beside it. */
export function yesNo(r: Reading, top: Candidate): Meaning | undefined {
  const { hearing, expecting } = r;
  if (expecting.asking !== 'yesno') return undefined;
  const answer = answerTo('yesno', hearing);
  const own = intentOfErrand(expecting);
  const spoken = named(top);
  if (ALWAYS.has(spoken) && spoken !== 'yes' && spoken !== 'no' && top.matched >= 0.85 && top.score >= ACCEPT)
    return fromCandidate(r, top);
  if (answer && answer.spans.length > 0) {
    const same = answer.spans.every((span) => span.value === expecting.value || span.value === expecting.item);
    const kept = hearing.spans.filter((s) => !s.negated);
    if (same && !hearing.denies)
      return meaning(
        { ...r, hearing: { ...hearing, spans: [] } },
        'yes',
        'accept',
        0.93,
        'yesno: the value was said again',
      );
    if (hearing.denies && kept.length > 0)
      return meaning(r, 'correction', 'accept', 0.9, 'yesno: denied, with another value');
    if (own && answer.share >= HALF_ANSWER) return meaning(r, own, 'accept', 0.85, 'yesno: another value');
  }
  return looseYesNo(r, top);
}

/** 不用，我自己去: nothing better was understood, but how she began is an answer. */
function looseYesNo(r: Reading, top: Candidate): Meaning | undefined {
  const { hearing } = r;
  if (top.score >= ACCEPT || hearing.weight > LONG_ANSWER) return undefined;
  if (hearing.denies) return meaning(r, 'no', 'accept', 0.7, 'yesno: begins with a no');
  return hearing.agrees ? meaning(r, 'yes', 'accept', 0.7, 'yesno: begins with a yes') : undefined;
}

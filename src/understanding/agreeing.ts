/** Answers to yes and no, and to the questions whose answers are private. */
import { ALWAYS, answerTo, intentOfErrand } from './answers.ts';
import type { Candidate } from './evidence.ts';
import type { Intent, Meaning } from './meaning.ts';
import { ACCEPT, CONFIRM, fromCandidate, HALF_ANSWER, meaning, named, type Reading, SURE_OTHER } from './reading.ts';
import type { Span } from './spans.ts';

const LONG_ANSWER = 12; // weight above which a beginning says little about a rest that is half understood
const LONGEST_ANSWER = 24; // and about one that is not understood at all
const VERY_LIKELY = 0.8;
const YES_NO = new Set<Intent>(['yes', 'no']);

/** A list of things to bring is answered by having them or not; consent by agreeing or not. */
function listAnswered(r: Reading): Meaning | undefined {
  const { asking } = r.expecting;
  const { hearing } = r;
  if (asking !== 'checklist' && asking !== 'consent') return undefined;
  const lacks = asking === 'checklist' ? hearing.bringing === 'lacks' : hearing.denies || hearing.refused;
  const has = asking === 'checklist' ? hearing.bringing === 'has' : hearing.agrees;
  if (!lacks && !has) return undefined;
  const why = `${asking}: ${lacks ? 'a no' : 'a yes'} in her words`;
  return { intent: lacks ? 'no' : 'yes', slots: {}, decision: 'accept', confidence: 0.8, why };
}

/** While the 口令 is asked for, only words of control are read; the rest stays with the dialogue and leaves no trace here. */
export function whilePrivate(r: Reading): Meaning | undefined {
  const { asking } = r.expecting;
  if (asking !== 'pin' && asking !== 'resident' && asking !== 'consent' && asking !== 'checklist') return undefined;
  const best = r.hearing.evidence.ranked.find((c) => ALWAYS.has(named(c)));
  const likely = asking !== 'pin' && best !== undefined && best.likely >= VERY_LIKELY && !YES_NO.has(named(best));
  if (best && (likely || (best.score >= CONFIRM + 0.1 && (best.matched >= 0.6 || best.score >= ACCEPT))))
    return asking === 'pin' ? withoutDigits(fromCandidate(r, best)) : fromCandidate(r, best);
  if (asking !== 'pin') {
    const other = r.hearing.evidence.ranked[0] as Candidate;
    if (other.score >= SURE_OTHER && other.matched >= 0.8 && r.hearing.weight > 3) return fromCandidate(r, other);
  }
  const listed = listAnswered(r);
  if (listed) return listed;
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
  if (r.expecting.asking !== 'yesno') return undefined;
  const spoken = named(top);
  const steers = ALWAYS.has(spoken) && !YES_NO.has(spoken);
  if (steers && top.matched >= 0.85 && top.score >= ACCEPT) return fromCandidate(r, top);
  return withValue(r, top) ?? otherWord(r) ?? looseYesNo(r, top);
}

/** What kind of value the question was about, by its form; undefined for an offer. */
function slotAsked({ value, item }: Reading['expecting']): Span['slot'] | undefined {
  if (value === undefined) return item === undefined ? undefined : 'item';
  if (/^\d{4}-\d{2}-\d{2}/.test(value)) return 'date';
  if (/^(\d{1,2}:\d{2}|AM|PM)$/.test(value)) return 'time';
  return /^\d{7,}$/.test(value) ? 'phone' : undefined;
}

/** She says that it is not so: at the beginning, by a word for it, or by denying one value beside another. */
function opposes({ hearing }: Reading): boolean {
  const instead = hearing.spans.some(
    (no) => no.negated && hearing.spans.some((s) => s.slot === no.slot && !s.negated && s.value !== undefined),
  );
  return hearing.denies || hearing.mistaken || instead;
}

/** The value again, another one instead, or a value of the errand beside it. */
function withValue(r: Reading, top: Candidate): Meaning | undefined {
  const { hearing, expecting } = r;
  const answer = answerTo('yesno', hearing);
  if (!answer || answer.spans.length === 0) return undefined;
  const opposed = opposes(r);
  const same = answer.spans.every((span) => span.value === expecting.value || span.value === expecting.item);
  if (same && !opposed)
    return meaning({ ...r, hearing: { ...hearing, spans: [] } }, 'yes', 'accept', 0.93, 'yesno: the value again');
  const offered = expecting.offer !== undefined && slotAsked(expecting) === undefined;
  const ranked = named(top) === 'correction' && top.score >= CONFIRM;
  if ((opposed || ranked) && !same && !(offered && hearing.denies))
    return meaning(r, 'correction', 'accept', 0.9, 'yesno: denied, with another value');
  const own = intentOfErrand(expecting);
  if (!opposed && answer.share >= HALF_ANSWER && answer.spans.every((span) => span.slot === 'ordinal'))
    return meaning(r, 'select.number', 'accept', 0.85, 'yesno: one of those read out before');
  return own && !opposed && answer.share >= HALF_ANSWER
    ? meaning(r, own, 'accept', 0.85, 'yesno: another value')
    : undefined;
}

/** 我没说快递，我自己上窗口: another way than the one that was read back. */
function otherWord(r: Reading): Meaning | undefined {
  const { hearing, expecting } = r;
  if (expecting.value === undefined || !(opposes(r) || hearing.refused === 'unsaid')) return undefined;
  const said = (['mode', 'direction'] as const).some((slot) => {
    const value = hearing.keyword(slot);
    return value !== undefined && value !== expecting.value;
  });
  return said ? meaning(r, 'correction', 'accept', 0.85, 'yesno: another way than was read back') : undefined;
}

/** 不用，我自己去: nothing better was understood, but how she began is an answer. */
function looseYesNo(r: Reading, top: Candidate): Meaning | undefined {
  const { hearing } = r;
  if (top.score >= ACCEPT || hearing.weight > (top.score < CONFIRM ? LONGEST_ANSWER : LONG_ANSWER)) return undefined;
  if (hearing.denies) return meaning(r, 'no', 'accept', 0.7, 'yesno: begins with a no');
  return hearing.agrees ? meaning(r, 'yes', 'accept', 0.7, 'yesno: begins with a yes') : undefined;
}

/** From a heard sentence to its meaning: safety first, then the answer to the question, then what else she may wish; a guard before every action. */
import { ALWAYS, type Answer, answerTo, intentOfErrand, ofErrand } from './answers.ts';
import type { Candidate } from './evidence.ts';
import { doubtful, fill, unusable } from './fill.ts';
import type { CatalogueEntry } from './grammar/source.ts';
import { type Decision, type Expecting, type Heard, INTENTS, type Intent, type Meaning } from './meaning.ts';
import { optionSaid } from './options.ts';
import { meant, type Span } from './spans.ts';
import type { Hearing, HearingContext, Tongue } from './tongue.ts';

const ACCEPT = 0.6;
const CONFIRM = 0.36;
const SURE_OTHER = 0.8; // how sure another wish must be to win over a fitting answer
const HALF_ANSWER = 0.5;
const LONG_ANSWER = 12; // weight above which a beginning says nothing about the rest
const LITTLE = 0.3; // weight below which a sentence says nothing by itself

/** Act only after the guard. */
const ACTIONS = new Set<Intent>([
  'pickup.book',
  'pickup.change',
  'apply.start',
  'visit.request',
  'callback.request',
  'agent.call',
  'rate',
  'complaint',
  'pickup.cancel',
  'apply.withdraw',
  'privacy.erase',
]);
const MEANS_NO = new Set<Intent>([
  'no',
  'cancel',
  'stop',
  'correction',
  'pickup.cancel',
  'apply.withdraw',
  'push.optout',
  'complaint',
  'emergency',
  'scam.check',
  'privacy.erase',
  'visit.request',
  'guide.lookup',
  'repeat',
]);

/** Said of a booking that stands, also while another is being made; a change is not: what is being made is changed by its answer. */
const MOVES_BOOKING = new Set<Intent>(['pickup.cancel', 'pickup.query']);

const YES_NO = new Set<Intent>(['yes', 'no']);
/** What may be wished of a matter that is named. */
const OF_MATTERS = new Set<Intent>([
  'guide.lookup',
  'guide.materials',
  'guide.where',
  'guide.when',
  'guide.fee',
  'guide.eligibility',
  'progress.query',
  'pickup.book',
  'apply.start',
  'policy.news',
  'visit.request',
  'complaint',
  'apply.withdraw',
  'correction',
]);

interface Reading {
  text: string;
  hearing: Hearing;
  expecting: Expecting;
  catalogue: Record<Intent, CatalogueEntry>;
}

function whyOf(candidate: Candidate): string {
  if (candidate.template && candidate.matched >= candidate.likely * 0.6) return candidate.template.name;
  return `classifier ${candidate.likely.toFixed(2)}${candidate.template ? `, ${candidate.template.name} ${candidate.matched.toFixed(2)}` : ''}`;
}

function meaning(
  r: Reading,
  intent: Intent,
  decision: Decision,
  confidence: number,
  why: string,
  sets?: Record<string, string>,
): Meaning {
  const slots = fill(intent, r.catalogue[intent], r.hearing, r.expecting, sets);
  const careful: Decision = decision === 'accept' && doubtful(r.hearing, slots) ? 'confirm' : decision;
  return { intent, slots, decision: careful, confidence: Math.round(Math.min(0.99, confidence) * 100) / 100, why };
}

function decide(score: number): Decision {
  return score >= ACCEPT ? 'accept' : score >= CONFIRM ? 'confirm' : 'ask';
}

function named(candidate: Candidate): Intent {
  return INTENTS[candidate.intent] as Intent;
}

function fromCandidate(r: Reading, candidate: Candidate): Meaning {
  const score = Math.max(candidate.score, candidate.matched >= 0.9 ? 0.5 + candidate.score / 2 : 0);
  return meaning(
    r,
    named(candidate),
    decide(score),
    score,
    whyOf(candidate),
    (candidate.template ?? candidate.hint)?.sets,
  );
}

/** Emergencies are answered before anything else, in any state. */
function safety(r: Reading): Meaning | undefined {
  const at = r.hearing.evidence.of[INTENTS.indexOf('emergency')] as Candidate;
  return at.score >= 0.9 && at.template ? fromCandidate(r, at) : undefined;
}

/** While the 口令 is asked for, only words of control are read; the rest stays with the dialogue and leaves no trace here. */
function whilePrivate(r: Reading): Meaning | undefined {
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
function plainAnswer(r: Reading, first: Candidate): Candidate | undefined {
  if (r.expecting.asking !== 'yesno') return undefined;
  const fits = r.hearing.evidence.ranked.filter((c) => YES_NO.has(named(c)) && c.matched >= 0.85);
  return fits.find((c) => c.matched >= first.matched - (c.template?.asking ? 0.1 : 0.02));
}

function best(r: Reading): Candidate {
  const [first, second] = r.hearing.evidence.ranked as [Candidate, Candidate];
  const plain = plainAnswer(r, first);
  if (plain) return plain;
  const close = ofErrand(second, r.expecting) && !ofErrand(first, r.expecting) && first.score - second.score < 0.12;
  return close ? second : first;
}

/** One of the choices that were read out, by its words. */
function optionNamed({ text, hearing, expecting }: Reading): Meaning | undefined {
  if (expecting.asking !== 'choice' || !expecting.options || hearing.denies) return undefined;
  const n = optionSaid(text, expecting.options);
  if (n === undefined) return undefined;
  return {
    intent: 'select.number',
    slots: { ordinal: String(n) },
    decision: 'accept',
    confidence: 0.97,
    why: 'choice: the option by its words',
  };
}

/** 「要取消，对吗」: whoever agrees agrees, whatever word she repeats; whoever refuses keeps what stands. */
function cancelOffered({ hearing, expecting }: Reading): Meaning | undefined {
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
function yesNo(r: Reading, top: Candidate): Meaning | undefined {
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
    const fits = own && answer.spans.some((span) => r.catalogue[own].slots.includes(span.slot));
    if (own && fits && answer.share >= HALF_ANSWER) return meaning(r, own, 'accept', 0.85, 'yesno: another value');
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

/** A choice among what was read out; a day or an hour keeps the errand's intent. */
function choice(r: Reading, answer: Answer): Meaning | undefined {
  const ordinal = answer.spans.find((span) => span.slot === 'ordinal');
  if (!ordinal) return undefined;
  return answer.share >= HALF_ANSWER || r.expecting.asking === 'choice'
    ? meaning(r, 'select.number', 'accept', 0.95, 'choice: ordinal')
    : undefined;
}

function answered(r: Reading, top: Candidate): Meaning | undefined {
  const { hearing, expecting } = r;
  const own = intentOfErrand(expecting);
  const answer = answerTo(expecting.asking, hearing);
  if (!answer) return undefined;
  const other = named(top);
  const elsewhere =
    !ofErrand(top, expecting) &&
    other !== 'select.number' &&
    other !== 'rate' &&
    other !== 'correction' &&
    other !== 'guide.lookup' &&
    other !== 'yes';
  const sure =
    top.matched >= 0.88 ? top.score >= 0.6 : top.score >= SURE_OTHER + (answer.share >= HALF_ANSWER ? 0.15 : 0);
  const rival = own && (hearing.evidence.of[INTENTS.indexOf(own)] as Candidate);
  if (elsewhere && sure && answer.share < 0.85 && !answer.instead && !(rival && rival.matched >= top.matched - 0.05))
    return undefined;
  if (own === 'pickup.book' && MOVES_BOOKING.has(other) && top.score >= 0.5 && !answer.instead) return undefined;
  const chosen = choice(r, answer);
  if (chosen) return chosen;
  const intent = own ?? other;
  if (expecting.asking === 'choice' && answer.share < 0.3) return undefined;
  return meaning(
    r,
    intent,
    'accept',
    0.75 + 0.22 * answer.share,
    `${expecting.errand ?? intent}.yaml#${expecting.asking}`,
  );
}

/** A value of the errand in hand, though something else was asked. */
function volunteered(r: Reading, top: Candidate): Meaning | undefined {
  const own = intentOfErrand(r.expecting);
  if (!own || r.hearing.spans.length === 0) return undefined;
  const allowed = r.catalogue[own].slots;
  const fitting = r.hearing.spans.filter(
    (s) => allowed.includes(s.slot) && !s.weak && !s.negated && s.value !== undefined,
  );
  if (fitting.length === 0 || r.hearing.share(fitting) < 0.75) return undefined;
  if (
    !ofErrand(top, r.expecting) &&
    top.score >= SURE_OTHER &&
    named(top) !== 'guide.lookup' &&
    named(top) !== 'select.number'
  )
    return undefined;
  return meaning(r, own, 'accept', 0.85, `${r.expecting.errand}.yaml: value`);
}

/** 不约礼拜二，礼拜三: what she refuses is the day, not the errand. */
function insteadOfDenied(r: Reading, found: Meaning): boolean {
  const { asking } = r.expecting;
  if ((asking === 'mode' || asking === 'direction' || asking === 'kind') && found.slots[asking] !== undefined)
    return true;
  return r.hearing.spans.some((s) => s.negated && found.slots[s.slot] !== undefined && found.slots[s.slot] !== s.value);
}

/** Nothing is booked, applied for or called against her word. */
function guarded(r: Reading, found: Meaning): Meaning {
  const { refused } = r.hearing;
  if (refused === undefined || MEANS_NO.has(found.intent)) return found;
  if (!ACTIONS.has(found.intent) || insteadOfDenied(r, found)) return found;
  if (refused === 'unsaid')
    return { ...meaning(r, 'correction', 'accept', 0.8, 'guard: she never said it'), slots: {} };
  const intent: Intent = r.expecting.asking === 'yesno' ? 'no' : 'cancel';
  return {
    intent,
    slots: {},
    decision: r.expecting.errand ? 'accept' : 'confirm',
    confidence: 0.75,
    why: 'guard: refused',
  };
}

function noise(r: Reading): Meaning {
  return {
    intent: 'out_of_scope',
    slots: {},
    decision: 'ask',
    confidence: 0.2,
    why: r.hearing.weight < LITTLE ? 'nothing was said' : 'no rule and no likeness',
  };
}

/** An accepted errand whose one value cannot be used asks for it again. */
function usable(r: Reading, found: Meaning): Meaning {
  const lacks = found.intent.startsWith('pickup.') && found.slots.date === undefined && unusable(r.hearing, 'date');
  return lacks && r.expecting.asking === 'date' ? { ...found, decision: 'ask' } : found;
}

/** A matter was named and little else understood: it is ours, so the likeliest wish about it is asked back. */
function aboutMatter(r: Reading): Meaning | undefined {
  const item = meant(r.hearing.spans, 'item', false);
  const likeliest = r.hearing.evidence.ranked.find((c) => OF_MATTERS.has(named(c)));
  if (!item || !likeliest) return undefined;
  const intent = likeliest.score > 0.04 ? named(likeliest) : 'guide.lookup';
  return meaning(
    r,
    intent,
    likeliest.score >= 0.2 ? 'confirm' : 'ask',
    Math.max(0.2, likeliest.score),
    'a matter was named',
  );
}

function general(r: Reading, top: Candidate): Meaning {
  const found = fromCandidate(r, top);
  const unsure = found.decision === 'ask' || (found.intent === 'out_of_scope' && found.decision === 'confirm');
  if (!unsure) return found;
  const matter = aboutMatter(r);
  if (matter) return matter;
  if (found.decision !== 'ask') return found;
  if (found.confidence < 0.22 || found.intent === 'out_of_scope') return { ...noise(r), confidence: found.confidence };
  return found;
}

function understand(r: Reading): Meaning {
  const { hearing, expecting } = r;
  const top = best(r);
  if (hearing.weight < LITTLE && !(expecting.asking && top.matched > 0.9) && top.matched < 0.95) return noise(r);
  const found =
    safety(r) ??
    whilePrivate(r) ??
    optionNamed(r) ??
    cancelOffered(r) ??
    yesNo(r, top) ??
    answered(r, top) ??
    volunteered(r, top) ??
    general(r, top);
  return usable(r, guarded(r, found));
}

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3600_000;

function contextOf(heard: Heard): HearingContext {
  const { expecting = {} } = heard;
  const booked = expecting.booking ? Date.parse(`${expecting.booking.date}T00:00:00Z`) / DAY_MS : undefined;
  return {
    today: Math.floor((heard.now.getTime() + SHANGHAI_MS) / DAY_MS),
    asking: expecting.asking === 'yesno' && /^\d{7,}$/.test(expecting.value ?? '') ? 'phone' : expecting.asking,
    errand: expecting.errand,
    options: expecting.options,
    booked: Number.isFinite(booked) ? booked : undefined,
  };
}

/** What an author of templates wants to see of a sentence: the likeliest intents with their evidence, and the values found. */
export interface Explanation extends Meaning {
  candidates: { intent: Intent; score: number; matched: number; likely: number; template?: string }[];
  values: Span[];
}

const round = (n: number): number => Math.round(n * 1000) / 1000;

/** Reads a sentence and tells how. */
export function explainWith(tongue: Tongue, catalogue: Record<Intent, CatalogueEntry>, heard: Heard): Explanation {
  const hearing = tongue.hear(heard.text, contextOf(heard));
  const candidates = hearing.evidence.ranked.slice(0, 5).map((c) => ({
    intent: named(c),
    score: round(c.score),
    matched: round(c.matched),
    likely: round(c.likely),
    template: c.template?.name,
  }));
  return {
    ...understand({ text: heard.text, hearing, expecting: heard.expecting ?? {}, catalogue }),
    candidates,
    values: hearing.spans,
  };
}

/** Reads with one language. */
export function readWith(tongue: Tongue, catalogue: Record<Intent, CatalogueEntry>, heard: Heard): Meaning {
  return understand({
    text: heard.text,
    hearing: tongue.hear(heard.text, contextOf(heard)),
    expecting: heard.expecting ?? {},
    catalogue,
  });
}

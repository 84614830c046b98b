/** Answers to the question that was asked, by value; and values of the errand in hand that were not asked for. */
import { ALWAYS, type Answer, answerTo, intentOfErrand, ofErrand } from './answers.ts';
import type { Candidate } from './evidence.ts';
import { INTENTS, type Intent, type Meaning } from './meaning.ts';
import { ACCEPT, HALF_ANSWER, meaning, named, type Reading, SURE_OTHER } from './reading.ts';

/** Said of a booking that stands, also while another is being made; a change is not: what is being made is changed by its answer. */
const MOVES_BOOKING = new Set<Intent>(['pickup.cancel', 'pickup.query']);

/** One of the choices that were read out, by its words. */
export function optionNamed({ hearing, expecting }: Reading): Meaning | undefined {
  if (expecting.asking !== 'choice' || !expecting.options || hearing.denies) return undefined;
  const n = hearing.option(expecting.options);
  if (n === undefined) return undefined;
  return {
    intent: 'select.number',
    slots: { ordinal: String(n) },
    decision: 'accept',
    confidence: 0.97,
    why: 'choice: the option by its words',
  };
}

/** A choice among what was read out; a day or an hour keeps the errand's intent. */
function choice(r: Reading, answer: Answer): Meaning | undefined {
  const ordinal = answer.spans.find((span) => span.slot === 'ordinal');
  if (!ordinal) return undefined;
  return answer.share >= HALF_ANSWER || r.expecting.asking === 'choice'
    ? meaning(r, 'select.number', 'accept', 0.95, 'choice: ordinal')
    : undefined;
}

/** The answer, unless something else was clearly meant. */
export function answered(r: Reading, top: Candidate): Meaning | undefined {
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
  const steers = answer.spans.length === 0 && ALWAYS.has(other) && top.score >= HALF_ANSWER; // a word that answers, in a call for help
  const asks =
    answer.spans.length > 0 &&
    other.startsWith('guide.') &&
    top.likely >= 0.9 &&
    top.score >= ACCEPT &&
    answer.share < HALF_ANSWER;
  const rival = own && (hearing.evidence.of[INTENTS.indexOf(own)] as Candidate);
  if (elsewhere && steers && !answer.instead) return undefined;
  if (
    elsewhere &&
    (sure || asks) &&
    answer.share < 0.85 &&
    !answer.instead &&
    !(rival && rival.matched >= top.matched - 0.05)
  )
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
export function volunteered(r: Reading, top: Candidate): Meaning | undefined {
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

/** What reading a sentence works on, and how a meaning is made. */
import type { Candidate } from './evidence.ts';
import { doubtful, fill } from './fill.ts';
import type { CatalogueEntry } from './grammar/source.ts';
import { type Decision, type Expecting, INTENTS, type Intent, type Meaning } from './meaning.ts';
import type { Hearing } from './tongue.ts';

/** Scores from which a reading is acted on, or asked back. Calibrated on the sheets of test/understanding. */
export const ACCEPT = 0.6;
export const CONFIRM = 0.36;
/** How sure another wish must be to win over a fitting answer. */
export const SURE_OTHER = 0.8;
export const HALF_ANSWER = 0.5;

export interface Reading {
  text: string;
  hearing: Hearing;
  expecting: Expecting;
  catalogue: Record<Intent, CatalogueEntry>;
}

function whyOf(candidate: Candidate): string {
  if (candidate.template && candidate.matched >= candidate.likely * 0.6) return candidate.template.name;
  return `classifier ${candidate.likely.toFixed(2)}${candidate.template ? `, ${candidate.template.name} ${candidate.matched.toFixed(2)}` : ''}`;
}

/** A meaning with the slots that its intent may have; a value with two readings is read back first. */
export function meaning(
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

/** The intent of a candidate. */
export function named(candidate: Candidate): Intent {
  return INTENTS[candidate.intent] as Intent;
}

/** The meaning of a candidate by its own score. */
export function fromCandidate(r: Reading, candidate: Candidate): Meaning {
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

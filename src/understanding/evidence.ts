/** Matcher and classifier, mixed: how likely each intent is, and by what. */
import type { Tokens } from './classify/features.ts';
import { createClassifier, type Model } from './classify/model.ts';
import type { Automaton, TemplateInfo } from './grammar/automaton.ts';
import {
  createMatcher,
  type Effort,
  LEAST_SHARE,
  type Situation,
  type Stretch,
  type Units,
  weightsUpTo,
} from './grammar/match.ts';
import { INTENTS } from './meaning.ts';

export interface Candidate {
  intent: number;
  /** Mixed score, 0 to 1. */
  score: number;
  /** Share of the sentence explained by the best template. */
  matched: number;
  /** The classifier's probability. */
  likely: number;
  template: TemplateInfo | undefined;
  /** A template that was heard in part, where none was heard whole: tells the kind of an emergency. */
  hint: TemplateInfo | undefined;
}

export interface Evidence {
  /** One an intent, in the order of INTENTS. */
  of: Candidate[];
  /** Best first. */
  ranked: Candidate[];
}

const CLASSIFIER = 0.5; // the feasibility study found .5 to .7 best
const WHOLE = 0.95;
const WHOLE_BONUS = 0.2; // a template that explains all of it
const CLEAR = 0.9; // how clean the stretch of an `anywhere` template must be
const SHORT = 3.6; // and one this short must be heard as written
const CLEAN = 0.965;
const LEAST = 1; // and how much it must say

function sharpen(matched: number): number {
  return Math.min(1, Math.max(0, (matched - LEAST_SHARE) / (WHOLE - LEAST_SHARE)));
}

/** What the matcher's offers come to, of one sentence. */
interface Heard {
  of: Candidate[];
  /** Weight of the sentence up to each unit. */
  upTo: Float64Array;
  /** Templates that hold anywhere and were heard clearly, by intent. */
  clear: Map<number, TemplateInfo>;
  vetoed: Set<number>;
  /** How much of an unclear one was heard, by intent. */
  hinted: Map<number, number>;
}

/** Whether what holds anywhere was said clearly enough; of what was not, the best is kept as a hint. */
function clearly(heard: Heard, info: TemplateInfo, explained: number, start: number, end: number): boolean {
  const stretch = (heard.upTo[end] as number) - (heard.upTo[start] as number);
  const clean = explained >= (stretch < SHORT ? CLEAN : CLEAR) * stretch;
  if (clean && (info.veto || explained >= LEAST)) return true;
  if (!info.veto && explained > (heard.hinted.get(info.intent) ?? 0)) {
    heard.hinted.set(info.intent, explained);
    (heard.of[info.intent] as Candidate).hint = info;
  }
  return false;
}

function take(heard: Heard, info: TemplateInfo, explained: number, start: number, end: number): void {
  if (info.anywhere && !clearly(heard, info, explained, start, end)) return;
  if (info.veto) {
    heard.vetoed.add(info.intent);
    return;
  }
  const candidate = heard.of[info.intent] as Candidate;
  const share = explained / ((heard.upTo[heard.upTo.length - 1] as number) || 1);
  if (info.anywhere && (!heard.clear.has(info.intent) || share > candidate.matched)) heard.clear.set(info.intent, info);
  if (share <= candidate.matched) return;
  candidate.matched = share;
  candidate.template = info;
}

/** Match and likeness of each intent, mixed. */
function mix({ of, clear, vetoed }: Heard, likely: Float32Array): void {
  for (const candidate of of) {
    candidate.likely = likely[candidate.intent] as number;
    candidate.score = CLASSIFIER * candidate.likely + (1 - CLASSIFIER) * sharpen(candidate.matched);
    if (candidate.matched >= WHOLE) candidate.score = Math.min(1, candidate.score + WHOLE_BONUS);
  }
  for (const [intent, info] of clear) {
    if (vetoed.has(intent)) continue;
    const candidate = of[intent] as Candidate;
    candidate.template = info;
    candidate.matched = Math.max(candidate.matched, WHOLE);
    candidate.score = Math.max(candidate.score, 0.97);
  }
  for (const intent of vetoed) (of[intent] as Candidate).score *= 0.3;
}

/** Best first, equals in the order of the intents. By insertion: of some forty only a few ever move. */
function ranking(of: readonly Candidate[]): Candidate[] {
  const ranked: Candidate[] = [];
  for (const candidate of of) {
    let at = ranked.length;
    ranked.push(candidate);
    for (; at > 0 && (ranked[at - 1] as Candidate).score < candidate.score; at--)
      ranked[at] = ranked[at - 1] as Candidate;
    ranked[at] = candidate;
  }
  return ranked;
}

/** Weighs one language's sentences. */
export function createWeigher(automaton: Automaton, model: Model) {
  const match = createMatcher(automaton);
  const classify = createClassifier(model);

  return function weigh(
    units: Units,
    stretches: readonly Stretch[],
    tokens: Tokens,
    now: Situation,
    effort?: Effort,
  ): Evidence {
    const heard: Heard = {
      of: INTENTS.map((_, intent) => ({
        intent,
        score: 0,
        matched: 0,
        likely: 0,
        template: undefined,
        hint: undefined,
      })),
      upTo: weightsUpTo(units),
      clear: new Map(),
      vetoed: new Set(),
      hinted: new Map(),
    };
    match(units, stretches, now, (info, explained, start, end) => take(heard, info, explained, start, end), effort);
    mix(heard, classify(tokens));
    return { of: heard.of, ranked: ranking(heard.of) };
  };
}

/** Matcher and classifier, mixed: how likely each intent is, and by what. */
import type { Tokens } from './classify/features.ts';
import { createClassifier, type Model } from './classify/model.ts';
import type { Automaton, TemplateInfo } from './grammar/automaton.ts';
import { createMatcher, type Effort, LEAST_SHARE, type Situation, type Stretch, type Units } from './grammar/match.ts';
import { INTENTS } from './meaning.ts';

export interface Candidate {
  intent: number;
  /** Mixed score, 0 to 1. */
  score: number;
  /** Share of the sentence explained by the best template. */
  matched: number;
  /** The classifier's probability. */
  likely: number;
  template?: TemplateInfo;
  /** A template that was heard in part, where none was heard whole: tells the kind of an emergency. */
  hint?: TemplateInfo;
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
    const of: Candidate[] = INTENTS.map((_, intent) => ({ intent, score: 0, matched: 0, likely: 0 }));
    const weightTo = new Float64Array(units.length + 1);
    for (let i = 0; i < units.length; i++) weightTo[i + 1] = (weightTo[i] as number) + (units.weight[i] as number);
    const total = weightTo[units.length] || 1;
    const vetoed = new Set<number>();
    const clear = new Map<number, TemplateInfo>();
    const hinted = new Map<number, number>();
    match(
      units,
      stretches,
      now,
      (info, explained, start, end) => {
        const candidate = of[info.intent] as Candidate;
        if (info.anywhere) {
          const stretch = (weightTo[end] as number) - (weightTo[start] as number);
          if (explained < (stretch < SHORT ? CLEAN : CLEAR) * stretch || (!info.veto && explained < LEAST)) {
            if (!info.veto && explained > (hinted.get(info.intent) ?? 0)) {
              hinted.set(info.intent, explained);
              candidate.hint = info;
            }
            return;
          }
          if (info.veto) vetoed.add(info.intent);
          else if (!clear.has(info.intent) || explained / total > candidate.matched) clear.set(info.intent, info);
        }
        const share = explained / total;
        if (!info.veto && share > candidate.matched) {
          candidate.matched = share;
          candidate.template = info;
        }
      },
      effort,
    );
    const likely = classify(tokens);
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
    return { of, ranked: [...of].sort((a, b) => b.score - a.score) };
  };
}

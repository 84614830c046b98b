/** From a heard sentence to its meaning: safety first, then the answer to the question, then what else she may wish; a guard before every action. */
import { cancelOffered, plainAnswer, whilePrivate, yesNo } from './agreeing.ts';
import { answered, optionNamed, volunteered } from './answering.ts';
import { ofErrand } from './answers.ts';
import type { Candidate } from './evidence.ts';
import type { CatalogueEntry } from './grammar/source.ts';
import { guarded, usable } from './guard.ts';
import { type Heard, INTENTS, type Intent, type Meaning } from './meaning.ts';
import { ACCEPT, fromCandidate, meaning, named, type Reading } from './reading.ts';
import { meant, type Span } from './spans.ts';
import type { HearingContext, Tongue } from './tongue.ts';

const LIKE_NO_ALARM = 0.02;
const LITTLE = 0.3; // weight below which a sentence says nothing by itself
const FEW_WORDS = 4; // so short a sentence is known by its words or not at all: likeness says little of it
const HALF_KNOWN = 0.4;
const VERY_LIKE = 0.45;
const CLOSE = 0.12; // how much likelier another wish must be than one of the errand in hand

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

const emergency = (r: Reading): Candidate => r.hearing.evidence.of[INTENTS.indexOf('emergency')] as Candidate;

/** 我摔了腿，约的那天去不了，换一天: a fall that is told as the reason of a plain wish, in a sentence that is like no alarm. */
function wishBesideFall(r: Reading): Candidate | undefined {
  const alarm = emergency(r);
  if (alarm.template?.sets?.kind !== 'fall' || alarm.likely > LIKE_NO_ALARM) return undefined;
  const wish = r.hearing.evidence.ranked.find((c) => c !== alarm);
  return wish && /^(pickup|guide|visit)\./.test(named(wish)) && wish.score >= ACCEPT && wish.matched >= 0.5
    ? wish
    : undefined;
}

/** Emergencies are answered before anything else, in any state. */
function safety(r: Reading): Meaning | undefined {
  const at = emergency(r);
  if (wishBesideFall(r)) return undefined;
  return at.score >= 0.9 && at.template ? fromCandidate(r, at) : undefined;
}

function best(r: Reading): Candidate {
  const wish = wishBesideFall(r);
  if (wish) return wish;
  const [first, second] = r.hearing.evidence.ranked as [Candidate, Candidate];
  const plain = plainAnswer(r, first);
  if (plain) return plain;
  const close = ofErrand(second, r.expecting) && !ofErrand(first, r.expecting) && first.score - second.score < CLOSE;
  return close ? second : first;
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
  const scant = r.hearing.weight < FEW_WORDS && top.matched < HALF_KNOWN && r.hearing.spans.length === 0;
  if (scant && found.confidence < VERY_LIKE) return noise(r);
  const unsure = found.decision === 'ask' || (found.intent === 'out_of_scope' && found.decision === 'confirm');
  if (!unsure) return found;
  const matter = aboutMatter(r);
  if (matter) return matter;
  if (found.decision !== 'ask') return found;
  const faint = found.confidence < 0.22 || found.intent === 'emergency'; // an emergency is not asked about on a faint likeness
  if (faint || found.intent === 'out_of_scope') return { ...noise(r), confidence: found.confidence };
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
    asking: expecting.asking,
    digits: expecting.asking === 'yesno' && /^\d{7,}$/.test(expecting.value ?? '') ? 'phone' : expecting.asking,
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

/** What the errand of explaining knows: the guide, how far it was told, and her checklist. */
import type { Values } from '../../speech/speech.ts';
import type { Remembered, Said, Tell } from './errand.ts';
import type { MaterialForHer } from './guide.material.ts';

export interface GuideForHer {
  matter: string;
  /** What the phrase of each element needs, by the element's phrase: `gist`, `where`, … */
  words: Record<string, Values>;
  materials: string[];
  /** What is known of each of them. */
  details?: MaterialForHer[];
  /** It can be applied for here and now. */
  byVoice?: boolean;
  /** What one gets by age, youngest first. */
  amounts?: { ageFrom: number; text: string }[];
  /** It is money that she gets. */
  pays?: boolean;
  /** Those she has said are at hand, here or another day. */
  ticked?: string[];
  /** Another matter that is done along with it (一件事一次办). */
  partner?: string;
}

export interface GuideContext extends Remembered {
  guide?: GuideForHer;
  /** Whether she may, worked out for her. */
  eligibility?: Tell;
  /** Index of the next material to be told. */
  told: number;
  /** For which day and which service the station was looked up. */
  fetchedFor?: string;
  /** Materials still to be asked about, the one in hand first. */
  open?: string[];
  /** Sentences of an answer that are still to be told. */
  rest?: string[];
}

export type GuideEvent =
  | Said
  | { type: 'FOUND'; guide: GuideForHer }
  | { type: 'UNKNOWN' }
  | { type: 'TOLD' }
  | { type: 'TICKED' }
  | { type: 'CHECKED'; eligibility?: Tell; reminded?: boolean };

const PER_BREATH = 2;
/** The materials that are read out now. */
export const breath = (context: GuideContext) =>
  context.guide?.materials.slice(context.told, context.told + PER_BREATH) ?? [];
/** How many are still to come. */
export const left = (context: GuideContext) =>
  Math.max(0, (context.guide?.materials.length ?? 0) - context.told - PER_BREATH);
/** On to the next ones. */
export const further = ({ told }: GuideContext) => ({ told: told + PER_BREATH });

/** One element of the matter, with all that it may name. */
export const words =
  (element: string) =>
  ({ context }: { context: GuideContext }): Tell => ({
    phrase: `guide.${element}`,
    values: { matter: context.guide?.matter, ...context.guide?.words[element] },
  });

/** She wants to go through the list, and there is one. */
export const wantsChecklist = ({ slots, guide }: GuideContext) =>
  slots.element === 'checklist' && (guide?.materials.length ?? 0) > 0;

/** Her sentence joins what is known; an element holds for the one question that names it. */
export function noted({ slots, intent }: GuideContext, event: GuideEvent): Partial<GuideContext> {
  if (event.type !== 'GAVE') return {};
  const { element: _, date: __, age: ___, part: ____, ...kept } = slots;
  return { slots: { ...kept, ...event.slots }, intent: event.intent.startsWith('guide.') ? event.intent : intent };
}

/** Begins the checklist with what she has not ticked yet. */
export function unticked({ guide }: GuideContext): string[] {
  const ticked = new Set(guide?.ticked);
  return guide?.materials.filter((one) => !ticked.has(one)) ?? [];
}

/** She has the one in hand, or the one she names, or has it not: on to the next. */
export function ticked({ guide, open = [] }: GuideContext, has: boolean, named?: string): Partial<GuideContext> {
  const one = named ?? open[0];
  if (!guide || !one) return {};
  const before = guide.ticked ?? [];
  return {
    open: open.filter((other) => other !== one),
    guide: { ...guide, ticked: has ? [...before, one] : before.filter((other) => other !== one) },
  };
}

/** What of the list is at hand, and what is not. */
export function tickedTold(context: GuideContext): Tell {
  const missing = unticked(context);
  return missing.length === 0
    ? { phrase: 'guide.allTicked' }
    : { phrase: 'guide.stillMissing', values: { list: missing } };
}

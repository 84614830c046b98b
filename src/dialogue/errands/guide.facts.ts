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
  /** The whole list lies at the window: what is known here is some of it. */
  partial?: boolean;
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
  /** The list is being read out. */
  reading?: true;
  /** For which day and which service the station was looked up. */
  fetchedFor?: string;
  /** Materials still to be asked about, the one in hand first. */
  open?: string[];
  /** How a card would be made anew: she asked something before she answered. */
  offered?: string;
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

/** So many things are told at a time. */
export const PER_BREATH = 2;
/** The materials that are read out now. */
export const breath = (context: GuideContext) =>
  context.guide?.materials.slice(context.told, context.told + PER_BREATH) ?? [];
/** How many are still to come. */
export const left = (context: GuideContext) =>
  Math.max(0, (context.guide?.materials.length ?? 0) - context.told - PER_BREATH);
/** The list is being read out, and there is more of it. */
export const inList = (context: GuideContext) => context.reading === true && left(context) > 0;
/** On to the next ones. */
export const further = ({ told }: GuideContext) => ({ told: told + PER_BREATH });

/** One element of the matter, with all that it may name. */
export const words =
  (element: string) =>
  ({ context }: { context: GuideContext }): Tell => ({
    phrase: `guide.${element}`,
    values: { matter: context.guide?.matter, ...context.guide?.words[element] },
  });

/** What decides whether she may, by what she was judged to be. */
const BECAUSE: Record<string, string> = {
  'guide.eligible_not_yet': 'guide.because_age',
  'guide.eligible_no': 'guide.because_hukou',
  'guide.eligible_yes': 'guide.because_old',
  'guide.eligible_gets': 'guide.because_old',
};
/** The one reason that is hers; the conditions where nobody here can judge. */
export function reasonTold(context: GuideContext): Tell {
  const { eligibility } = context;
  if (!eligibility) return words('conditions')({ context });
  return { ...eligibility, phrase: BECAUSE[eligibility.phrase] ?? eligibility.phrase };
}

/** Her sentence joins what is known; an element holds for the one question that names it. */
export function noted({ slots, intent }: GuideContext, event: GuideEvent): Partial<GuideContext> {
  if (event.type !== 'GAVE') return {};
  const {
    element: _,
    date: __,
    age: ___,
    part: ____,
    has: _____,
    lacks: ______,
    more: _______,
    also: ________,
    lost: _________,
    ...kept
  } = slots;
  return { slots: { ...kept, ...event.slots }, intent: event.intent.startsWith('guide.') ? event.intent : intent };
}

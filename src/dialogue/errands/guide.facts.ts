/** What the errand of explaining knows: the elements of a guide by the phrase that speaks them, her checklist, her station. */
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

/** The elements she may ask for next, read out as choices. */
export const NEXT_ELEMENTS = [
  { phrase: 'guide.optionMaterials', intent: 'guide.materials' },
  { phrase: 'guide.optionWhere', intent: 'guide.where' },
  { phrase: 'guide.optionWhen', intent: 'guide.lookup', element: 'timeLimit' },
] as const;

/** How long it takes is no question of opening hours. */
export function chosenElement({ slots }: GuideContext, n: number): Partial<GuideContext> {
  const one = NEXT_ELEMENTS[n - 1];
  if (!one) return { intent: 'guide.lookup' };
  return { intent: one.intent, slots: 'element' in one ? { ...slots, element: one.element } : slots };
}

/** Elements without an intent of their own (津滨政办发〔2017〕40号 names them all); she names them in her own words. */
const OF_MATTER: Record<string, string> = {
  acceptedBy: 'guide.acceptedBy',
  category: 'guide.category',
  basis: 'guide.basis',
  audience: 'guide.audience',
  mistakes: 'guide.mistakes',
  steps: 'guide.steps',
  enquiry: 'guide.enquiry',
  supervision: 'guide.supervision',
  channels: 'guide.channels',
  trips: 'guide.trips',
  source: 'guide.source',
  amount: 'guide.amount',
  /** What a card takes off for one of her age. */
  discount: 'guide.amount',
  timeLimit: 'guide.timeLimit',
  fee: 'guide.fee',
  hukou: 'guide.conditions',
  together: 'guide.partner',
  /** Why she may not yet: the condition itself. */
  rule: 'guide.conditions',
  /** A sentence of its texts. */
  part: 'guide.rest',
};
const OF_STATION: Record<string, string> = {
  mobile: 'guide.nearby',
  kiosk: 'guide.nearby',
  locker: 'guide.nearby',
  centre: 'guide.centre',
  photo: 'guide.photo',
  way: 'guide.way',
  wayCentre: 'guide.wayCentre',
  atPlace: 'guide.atPlace',
  noon: 'guide.noon',
};

/** She asks for an element that no intent has. */
export const namesElement = ({ slots, guide }: GuideContext) =>
  OF_MATTER[slots.element ?? ''] !== undefined && Boolean(guide?.matter);
/** The hours of her station, also while a matter is in hand. */
export const asksHours = ({ slots }: GuideContext) => slots.element === 'hours';
/** She asks for something at her station, and of no matter. */
export const namesService = ({ slots }: GuideContext) => OF_STATION[slots.element ?? ''] !== undefined;
/** She wants to go through the list, and there is one. */
export const wantsChecklist = ({ slots, guide }: GuideContext) =>
  slots.element === 'checklist' && (guide?.materials.length ?? 0) > 0;

/** Of the age that she names, else of her own, else the whole table. */
function amountOf(age: string | undefined, guide: GuideForHer | undefined): Values | undefined {
  const named = age ? guide?.amounts?.findLast(({ ageFrom }) => Number(age) >= ageFrom) : undefined;
  return named ? { amount: named.text } : (guide?.words.herAmount ?? guide?.words.amount);
}

const knownOf = (name: string, age: string | undefined, guide?: GuideForHer, whole?: Values) =>
  name === 'amount' ? amountOf(age, guide) : (guide?.words[name] ?? whole);

/** What an element says; where nothing is known of it, that is said. */
export function elementTold({ slots, guide }: GuideContext): Tell {
  const name = slots.element ?? '';
  const phrase = OF_MATTER[name] ?? OF_STATION[name];
  const whole = name === 'discount' ? guide?.words.amount : undefined;
  const values = name === 'part' ? { text: slots.part } : knownOf(name, slots.age, guide, whole);
  const known = values && Object.values(values).some((value) => value !== undefined);
  return phrase && known ? { phrase, values } : { phrase: 'guide.unknown' };
}

/** Of these the guides say nothing. */
const PERSONS_KNOW = new Set(['byOthers', 'special', 'written']);
/** Nothing is written down of what she asks: somebody who knows is to be asked. */
export const isUnwritten = (context: GuideContext): boolean =>
  !context.aside &&
  (PERSONS_KNOW.has(context.slots.element ?? '') ||
    (namesElement(context) && elementTold(context).phrase === 'guide.unknown'));
const ASKED_OF_PERSONS: Record<string, string> = { byOthers: 'guide.byOthers', written: 'guide.onPaper' };
/** What is said where nobody wrote it down: whom to ask, or that the window is asked. */
export const unwrittenTold = ({ slots }: GuideContext): string =>
  ASKED_OF_PERSONS[slots.element ?? ''] ?? 'guide.askWindow';

/** A lost or worn card is made anew at once, where that can be done here. */
export const wantsReplacement = ({ slots, guide, aside }: GuideContext): boolean =>
  !aside && guide?.byVoice === true && REPLACED_AS[slots.element ?? ''] !== undefined;
const REPLACED_AS: Record<string, string> = { lost: 'lost', worn: 'damaged', renew: 'renewal' };
/** How a card is made anew, by what became of the old one; nothing where that is not what she asks. */
export const replacedAs = ({ slots }: GuideContext): string => REPLACED_AS[slots.element ?? ''] ?? '';

/** Tells two questions of a station apart: the day and the service. */
export const stationKey = ({ slots }: GuideContext) =>
  `${slots.date ?? ''} ${OF_STATION[slots.element ?? ''] ? slots.element : ''}`;

const ABOUT_STATION = new Set<string>(['guide.where', 'guide.when', 'guide.who']);
/** It is asked of her station, with or without a matter in hand. */
export const isAboutStation = (context: GuideContext) =>
  ABOUT_STATION.has(context.intent) || namesService(context) || asksHours(context);

/** The hours of today, or of the day she named. */
export function stationHours({ slots, guide }: GuideContext): Tell {
  const values = guide?.words.stationWhen;
  if (slots.date && values?.unsure) return { phrase: 'guide.stationUnsure', values };
  if (slots.date) return { phrase: values?.opens ? 'guide.stationOnDay' : 'guide.stationClosedOn', values };
  return { phrase: values?.opens ? 'guide.stationWhen' : 'guide.stationClosed', values };
}

/** Whether it is open at this moment, and when next. */
export function stationNow({ slots, guide }: GuideContext): Tell | undefined {
  const values = guide?.words.stationWhen;
  if (slots.date || !values) return undefined;
  if (values.openUntil) return { phrase: 'guide.openNow', values };
  return values.nextDay ? { phrase: 'guide.shutNow', values } : undefined;
}

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

/** The elements of a guide by the phrase that speaks them; what nobody wrote down, and a card that is made anew. */
import type { Values } from '../../speech/speech.ts';
import type { Tell } from './errand.ts';
import type { GuideContext, GuideForHer } from './guide.facts.ts';
import { OF_STATION } from './guide.station.ts';

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
  /** Where she tells what she is, and it may not be for such as she. */
  forWhom: 'guide.forWhom',
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
  /** Money that goes by age: for each of the two by himself. */
  eachOwn: 'guide.eachOwn',
  together: 'guide.partner',
  /** Why she may not yet: the condition itself. */
  rule: 'guide.conditions',
  /** Whether what was not drawn in time is made good. */
  arrears: 'guide.rest',
  /** A sentence of its texts. */
  part: 'guide.rest',
};

/** She asks for an element that no intent has. */
export const namesElement = ({ slots, guide }: GuideContext) =>
  OF_MATTER[slots.element ?? ''] !== undefined && Boolean(guide?.matter);

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
  return phrase && known ? { phrase, values } : { phrase: name === 'hasLocker' ? 'guide.noLocker' : 'guide.unknown' };
}

/** Of these the guides say nothing. */
const PERSONS_KNOW = new Set(['atHome', 'byOthers', 'special', 'written', 'sent', 'noFigure', 'notAsked']);
/** Nothing is written down of what she asks: somebody who knows is to be asked. */
export const isUnwritten = (context: GuideContext): boolean =>
  !context.aside &&
  (PERSONS_KNOW.has(context.slots.element ?? '') ||
    (namesElement(context) && elementTold(context).phrase === 'guide.unknown'));
const ASKED_OF_PERSONS: Record<string, string> = {
  byOthers: 'guide.byOthers',
  written: 'guide.onPaper',
  sent: 'guide.bySms',
  remind: 'guide.noDay',
  noFigure: 'guide.noFigure',
  notAsked: 'guide.notAsked',
};
/** What is said where nobody wrote it down: whom to ask, or that the window is asked. */
export const unwrittenTold = ({ slots }: GuideContext): string =>
  ASKED_OF_PERSONS[slots.element ?? ''] ?? 'guide.askWindow';

/** She would rather not go out for it, and it can be applied for here. */
export const wantsItHere = ({ slots, guide, aside }: GuideContext): boolean =>
  !aside && guide?.byVoice === true && slots.element === 'atHome';

/** A lost or worn card is made anew at once, where that can be done here. */
export const wantsReplacement = ({ slots, guide, aside }: GuideContext): boolean =>
  !aside && guide?.byVoice === true && REPLACED_AS[slots.element ?? ''] !== undefined;
const REPLACED_AS: Record<string, string> = { lost: 'lost', worn: 'damaged', renew: 'renewal' };
/** What is lost is made anew where such a paper is given out, and not here. */
export const isReplacedElsewhere = ({ slots, guide }: GuideContext): boolean =>
  guide?.byVoice !== true && slots.element === 'lost' && guide?.words.where?.place !== undefined;
/** How a card is made anew, by what became of the old one; nothing where that is not what she asks. */
export const replacedAs = ({ slots, offered }: GuideContext): string =>
  REPLACED_AS[slots.element ?? ''] ?? offered ?? '';

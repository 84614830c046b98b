/** What she asks of a matter that is being explained, or of the list that is being read out: in words that no intent knows or that mean something else by themselves. Pure. */
import type { Intent, Meaning, Slots } from '../understanding/meaning.ts';
import type { AskingWords } from './asking-words.ts';
import type { GuideForHer } from './errands/guide.facts.ts';
import { meant } from './sentence.ts';
import type { Talk } from './talk.ts';

/** What is never bent: safety, the ways out, a wish that does something. */
const STANDS = new Set<Intent>([
  'emergency',
  'scam.check',
  'yes',
  'agent.call',
  'callback.request',
  'complaint',
  'pickup.book',
  'pickup.change',
  'pickup.cancel',
  'visit.request',
  'apply.withdraw',
  'privacy.erase',
  'wait',
]);
/** Asked of one thing on the list. */
const OF_THING = new Set(['copies', 'size', 'lacks', 'whyThis']);
/** Only where nothing else was understood: as parts of a longer sentence these words are common. */
const LOOSE = new Set([
  ...['again', 'all', 'conditions', 'together', 'timeLimit', 'enquiry'],
  ...['materials', 'where', 'canI', 'steps', 'fee', 'amount'],
]);
const AS_INTENT: Record<string, Intent> = {
  again: 'guide.materials',
  all: 'guide.materials',
  conditions: 'guide.eligibility',
  materials: 'guide.materials',
  where: 'guide.where',
  canI: 'guide.eligibility',
  until: 'guide.eligibility',
  whyNotYet: 'guide.eligibility',
};

/** Her sentence as it is meant of the matter in hand. */
export function ofGuide(words: AskingWords, meaning: Meaning, text: string, talk: Talk): Meaning {
  if (talk.asked?.offer === 'more' && words.kind('more', text))
    return { ...meaning, intent: 'yes', slots: {}, decision: 'accept' };
  const frame = talk.frames.at(-1);
  if (frame?.machine !== 'guide') return meaning;
  if (isOfItsOwn(meaning) && !isChecklist(words, text)) return meaning;
  const { guide, slots } = frame.context as { guide?: GuideForHer; slots: Slots };
  if (!guide?.matter || (meaning.slots.item && !isThingOfList(words, meaning, text, guide)))
    return ofOtherMatter(words, meaning, text);
  const said = words.kind('guide', text);
  // What one pays is asked of a card; of money, 多少钱 is what one gets.
  const element = said === 'fee' && guide.pays && words.kind('benefits', text) !== 'cost' ? 'amount' : said;
  if (!element || (LOOSE.has(element) && !isLoose(meaning, element))) return meaning;
  return OF_THING.has(element)
    ? ofThing(words, meaning, text, talk, guide)
    : asked(meaning, element, { item: slots.item ?? guide.matter, ...ageIn(words, text) });
}

/** Of another matter, too, she asks something: 「养老金认证要带嘛」 in the midst of opening hours. */
const OF_ANY = new Set(['materials', 'where', 'fee', 'timeLimit', 'canI', 'steps']);
function ofOtherMatter(words: AskingWords, meaning: Meaning, text: string): Meaning {
  const { item, element: named } = meaning.slots;
  const element = meaning.intent === 'guide.lookup' && item && !named ? words.kind('guide', text) : undefined;
  return item && OF_ANY.has(element ?? '') ? asked(meaning, element ?? '', { item }) : meaning;
}

/** 对一对 begins with a yes and is none. */
const isChecklist = (words: AskingWords, text: string) => words.kind('guide', text) === 'checklist';

/** She clearly wishes something else. */
const isOfItsOwn = ({ intent, decision, confidence }: Meaning): boolean =>
  STANDS.has(intent) && decision === 'accept' && confidence > 0.75;

/** Understanding takes them for opening hours. */
const OF_TIME = new Set(['timeLimit', 'until']);
/** Why she may not is asked of the matter, and of no question that stands. */
const isWhy = (intent: Intent, element: string) => intent === 'why' && element === 'whyNotYet';
const isLoose = ({ intent, decision }: Meaning, element: string): boolean =>
  decision !== 'accept' ||
  intent === 'out_of_scope' ||
  intent === 'smalltalk' ||
  intent === 'repeat' ||
  isWhy(intent, element) ||
  (intent === 'guide.when' && OF_TIME.has(element)) ||
  intent === 'guide.lookup';

/** 户口本 is a matter by itself; in the midst of a list it is the thing on it. */
const isThingOfList = (words: AskingWords, { slots }: Meaning, text: string, guide: GuideForHer): boolean =>
  slots.item === guide.matter ||
  (words.material(slots.item ?? '', guide.materials) !== undefined &&
    words.material(text, guide.materials) !== undefined);

/** Another age than her own, where she names one. */
function ageIn(words: AskingWords, text: string): Slots {
  const age = words.age(text);
  return age ? { age } : {};
}

function ofThing(words: AskingWords, meaning: Meaning, text: string, talk: Talk, guide: GuideForHer): Meaning {
  const element = words.kind('guide', text) ?? '';
  const thing = words.material(text, guide.materials);
  const ticking = talk.asked?.for === 'checklist';
  // Of nothing on the list she may lack much; that is no answer to it.
  if (element === 'lacks' && !thing && !ticking) return meaning;
  if (element === 'whyThis' && !thing) return meaning;
  if (element === 'size' && !thing && meaning.decision === 'accept' && meaning.intent !== 'guide.materials')
    return meaning;
  return asked(meaning, element, { item: guide.matter, ...(thing ? { material: thing.name, of: thing.kind } : {}) });
}

function asked(meaning: Meaning, element: string, slots: Slots): Meaning {
  const intent = AS_INTENT[element];
  const wanted = intent ? slots : { ...slots, element };
  return meant(meaning, intent ?? 'guide.lookup', wanted, `_asking.yaml#guide.${element}`);
}

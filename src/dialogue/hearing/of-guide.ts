/** What she asks of a matter that is being explained, or of the list that is being read out: in words that no intent knows or that mean something else by themselves. Pure. */
import type { Values } from '../../speech/speech.ts';
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import { replacedAs } from '../errands/guide.elements.ts';
import type { GuideContext, GuideForHer } from '../errands/guide.facts.ts';
import { isPaper } from '../known-matters.ts';
import type { Talk } from '../talk.ts';
import { AS_INTENT, isOfItsOwn } from './asked-of-matter.ts';
import type { AskingWords } from './asking-words.ts';
import type { Manner } from './manner.ts';
import { ofTheList } from './of-list.ts';
import { answerIn, NOBODY_WROTE, toldIn } from './of-text.ts';
import { breadthOf, piecesOf } from './plain-words.ts';
import { meant } from './sentence.ts';

/** Asked of one thing on the list. */
const OF_THING = new Set(['copies', 'size', 'colour', 'lacks', 'whyThis', 'spoilt']);
/** Only where nothing else was understood: as parts of a longer sentence these words are common. */
const LOOSE = new Set([
  ...['again', 'all', 'conditions', 'together', 'timeLimit', 'enquiry'],
  ...['materials', 'where', 'canI', 'steps', 'fee', 'amount'],
]);

/** 「户口本在老家搁着呢，那我能领这卡不」: the paper only stands beside the matter in hand, of which she asks. */
export function ofItsMatter(words: AskingWords, meaning: Meaning, text: string, { frames }: Talk): Meaning {
  const { item, ...slots } = meaning.slots;
  if (frames.length === 0 && item && meaning.intent.startsWith('guide.') && words.says('asIs', 'employee', text))
    return meant(meaning, 'guide.lookup', { item, element: 'forWhom' }, '_asking.yaml#asIs.employee');
  const frame = frames.at(-1);
  const { guide } = (frame?.machine === 'guide' ? frame.context : {}) as { guide?: GuideForHer };
  const beside =
    item && isPaper(item) && guide?.matter && !isPaper(guide.matter) && MAY_STAND_BESIDE.has(meaning.intent);
  if (!beside) return meaning;
  const asksIt =
    meaning.intent === 'guide.eligibility' ||
    [text, ...piecesOf(text)].some((one) => OF_IT.has(words.kind('guide', one) ?? ''));
  return asksIt ? meant(meaning, 'guide.eligibility', slots, OF_ITS_MATTER) : meaning;
}
const OF_ITS_MATTER = '_asking.yaml#guide.canI';
const MAY_STAND_BESIDE = new Set<Meaning['intent']>(['guide.eligibility', 'guide.lookup', 'out_of_scope']);
const OF_IT = new Set(['canI', 'hukou']);

/** Her sentence as it is meant of the matter in hand: an element of it, else the sentence of its texts that answers her, else that nobody wrote that down. */
export function ofGuide(words: AskingWords, manner: Manner, meaning: Meaning, text: string, talk: Talk): Meaning {
  const { machine, context } = talk.frames.at(-1) ?? {};
  const { guide } = (machine === 'guide' ? context : {}) as { guide?: GuideForHer };
  const other = meaning.slots.item !== undefined && meaning.slots.item !== guide?.matter;
  if (guide?.byVoice && !other && doesItNow(words, text)) {
    const anew = replacedAs(context as unknown as GuideContext);
    return meant(meaning, 'apply.start', { item: guide.matter, ...(anew ? { kind: anew } : {}) }, DOES_IT);
  }
  if (guide && talk.asked?.offer === 'callback' && words.says('asIs', 'askForMe', text))
    return meant(meaning, 'yes', {}, '_asking.yaml#asIs.askForMe');
  const wantsAsked = words.says('asIs', 'askedForMe', text) || words.says('asIs', 'askForMe', text);
  if (guide?.matter && wantsAsked)
    return meant(meaning, 'guide.lookup', { item: guide.matter, element: 'notAsked' }, '_asking.yaml#asIs.askedForMe');
  if (guide?.byVoice && !other && !isOfItsOwn(meaning) && manner.element(text) === 'atHome')
    return meant(meaning, 'guide.lookup', { item: guide.matter, element: 'atHome' }, '_manner.yaml#elements.atHome');
  if (guide?.byVoice && !other && isLost(words, manner, text, talk, guide))
    return meant(meaning, 'guide.lookup', { item: guide.matter, element: 'lost' }, '_manner.yaml#elements.lost');
  if (guide?.matter && !other && asksPrice(words, text, guide)) return ofPrice(words, meaning, guide, talk);
  const forWhom =
    guide?.matter && !other && words.says('asIs', 'employee', text) && ofEmployees(words, meaning, text, guide);
  if (forWhom) return forWhom;
  if (guide?.matter && !other && words.kind('guide', text) === 'otherPlace')
    return ofOtherPlace(words, meaning, text, guide);
  const hers =
    guide?.matter && words.says('asIs', 'thirdCard', text)
      ? toldIn(words, text, Object.values(guide.words).flatMap(textsOf))
      : undefined;
  if (hers)
    return meant(meaning, 'guide.lookup', { item: guide?.matter ?? '', ...hers }, '_asking.yaml#asIs.thirdCard');
  const element = ofElement(words, meaning, text, talk);
  if (element !== meaning || !guide?.matter || other || isOfItsOwn(meaning)) return element;
  if (talk.asked?.for === 'checklist' || manner.element(text)) return element;
  const found = answerIn(words, meaning, text, Object.values(guide.words).flatMap(textsOf));
  return found ? meant(meaning, 'guide.lookup', { item: guide.matter, ...found }, '_asking.yaml#ofText') : meaning;
}

/** 「我是职工医保，还用交这个吗」: whom it is for, where its text says that. */
function ofEmployees(words: AskingWords, meaning: Meaning, text: string, guide: GuideForHer): Meaning | undefined {
  const told = toldIn(words, text, Object.values(guide.words).flatMap(textsOf));
  return (
    told &&
    meant(meaning, 'guide.lookup', { item: guide.matter ?? '', element: 'forWhom' }, '_asking.yaml#asIs.employee')
  );
}

const DOES_IT = '_asking.yaml#asIs.doesIt';

/** 「不听了，办吧」, 「给我补吧」: she wants it done. */
const doesItNow = (words: AskingWords, text: string): boolean =>
  words.says('asIs', 'doesIt', piecesOf(text).at(-1) ?? '');

/** 「卡丢了」 of the card that is being explained, and of nothing on its list. */
const isLost = (
  words: AskingWords,
  manner: Manner,
  text: string,
  { asked }: Talk,
  { materials }: GuideForHer,
): boolean =>
  manner.element(text) === 'lost' &&
  asked?.for !== 'checklist' &&
  words.material(text, materials) === undefined &&
  !words.says('asIs', 'unticks', text) &&
  !words.says('asIs', 'thatIsAll', text);

/** 「那到底多少钱呀」 of what costs something. */
const asksPrice = (words: AskingWords, text: string, { words: { fee }, pays }: GuideForHer): boolean =>
  fee !== undefined && !pays && words.says('asIs', 'price', text);

/** What is written of the price; where that was told and names no figure, that there is none. */
function ofPrice(words: AskingWords, meaning: Meaning, guide: GuideForHer, { last }: Talk): Meaning {
  const told = last.some(({ phrase }) => TOLD_PRICE.has(phrase));
  const figure = textsOf(guide.words.fee ?? {}).some((one) => words.says('asIs', 'figure', one));
  const item: Slots = { item: guide.matter };
  return told && !figure
    ? meant(meaning, 'guide.lookup', { ...item, element: 'noFigure' }, '_asking.yaml#asIs.price')
    : meant(meaning, 'guide.fee', item, '_asking.yaml#asIs.price');
}
const TOLD_PRICE = new Set(['guide.fee', 'guide.noFigure']);

/** 「上哪个医院查」: the sentence that tells it, else somebody is to be asked; never our own station. */
function ofOtherPlace(words: AskingWords, meaning: Meaning, text: string, guide: GuideForHer): Meaning {
  const told = toldIn(words, text, Object.values(guide.words).flatMap(textsOf)) ?? NOBODY_WROTE;
  return meant(meaning, 'guide.lookup', { item: guide.matter ?? '', ...told }, '_asking.yaml#guide.otherPlace');
}
const textsOf = (values: Values): string[] => Object.values(values).filter((one) => typeof one === 'string');

function ofElement(words: AskingWords, meaning: Meaning, text: string, talk: Talk): Meaning {
  if (talk.asked?.offer === 'more' && words.kind('more', text))
    return { ...meaning, intent: 'yes', slots: {}, decision: 'accept' };
  const frame = talk.frames.at(-1);
  if (frame?.machine !== 'guide') return meaning;
  const ofList = ofTheList(words, meaning, text, talk);
  if (ofList) return ofList;
  if (meaning.why === OF_ITS_MATTER || (isOfItsOwn(meaning) && !isChecklist(words, text))) return meaning;
  const { guide, slots } = frame.context as { guide?: GuideForHer; slots: Slots };
  if (!guide?.matter || (meaning.slots.item && !isThingOfList(words, meaning, text, guide)))
    return ofOtherMatter(words, meaning, text);
  const said = whyTold(words.kind('guide', text), text, talk);
  // What one pays is asked of a card; of money, 多少钱 is what one gets.
  const element = said === 'fee' && guide.pays && words.kind('benefits', text) !== 'cost' ? 'amount' : said;
  if (!element || (LOOSE.has(element) && !isLoose(meaning, element))) return meaning;
  return OF_THING.has(element)
    ? ofThing(words, meaning, text, talk, guide)
    : asked(meaning, element, { item: slots.item ?? guide.matter, ...ageIn(words, text) });
}

/** Whether another may is the condition itself; why she may not is what decides it for her: 「为嘛呀」 alone only where she was just told whether she may. */
function whyTold(kind: string | undefined, text: string, { last }: Talk): string | undefined {
  if (kind !== 'whyNotYet' && kind !== 'ofOther') return kind;
  const judged = last.some(({ phrase }) => JUDGED.test(phrase));
  if (kind === 'ofOther') return 'rule';
  return judged ? 'reason' : breadthOf(text) > BARE ? kind : undefined;
}
const JUDGED = /^guide\.(?:eligible_|because_|conditions$|herAmount$)/;
const BARE = 6;

/** Of another matter, too, she asks something: 「养老金认证要带嘛」 in the midst of opening hours. */
const OF_ANY = new Set(['materials', 'where', 'fee', 'timeLimit', 'canI', 'steps']);
function ofOtherMatter(words: AskingWords, meaning: Meaning, text: string): Meaning {
  const { item, element: named } = meaning.slots;
  const element = meaning.intent === 'guide.lookup' && item && !named ? words.kind('guide', text) : undefined;
  return item && OF_ANY.has(element ?? '') ? asked(meaning, element ?? '', { item }) : meaning;
}

/** 对一对 begins with a yes and is none. */
const isChecklist = (words: AskingWords, text: string) => words.kind('guide', text) === 'checklist';

/** Understanding takes them for opening hours. */
const OF_TIME = new Set(['timeLimit', 'until']);
const isLoose = ({ intent, decision }: Meaning, element: string): boolean =>
  decision !== 'accept' ||
  intent === 'out_of_scope' ||
  intent === 'smalltalk' ||
  intent === 'repeat' ||
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

/** Common words, of which a thing on the list has to be named. */
const OF_LOOKS = new Set(['size', 'colour', 'spoilt']);
function ofThing(words: AskingWords, meaning: Meaning, text: string, talk: Talk, guide: GuideForHer): Meaning {
  const element = words.kind('guide', text) ?? '';
  const thing = words.material(text, guide.materials);
  const ticking = talk.asked?.for === 'checklist';
  // Of nothing on the list she may lack much; that is no answer to it.
  if (element === 'lacks' && !thing && !ticking) return meaning;
  if (element === 'whyThis' && !thing) return meaning;
  const ofNothing = !thing && !(ticking && element === 'spoilt');
  if (OF_LOOKS.has(element) && ofNothing && meaning.decision === 'accept' && meaning.intent !== 'guide.materials')
    return meaning;
  const lost = element === 'lacks' && words.says('asIs', 'lostIt', text);
  return asked(meaning, element, {
    item: guide.matter,
    ...(thing ? { material: thing.name, of: thing.kind } : {}),
    ...(lost ? { lost: 'yes' } : {}),
  });
}

function asked(meaning: Meaning, element: string, slots: Slots): Meaning {
  const intent = AS_INTENT[element];
  const wanted = intent ? slots : { ...slots, element };
  return meant(meaning, intent ?? 'guide.lookup', wanted, `_asking.yaml#guide.${element}`);
}

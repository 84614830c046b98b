/** What she asks of a service point: how far it is, what there is in it, and of another day or of noon after its hours were told. Pure but for `read`. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { matterInHand } from '../matter-in-hand.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { isOfItsOwn } from './asked-of-matter.ts';
import type { AskingWords } from './asking-words.ts';
import type { Manner } from './manner.ts';
import { breadthOf, piecesOf } from './plain-words.ts';
import { FOR_THE_DAY, meant, type Sentence } from './sentence.ts';

/** What understanding takes such a question for. */
const MAY_BE = new Set<Intent>([
  'out_of_scope',
  'smalltalk',
  'help',
  'guide.where',
  'guide.who',
  'guide.lookup',
  'guide.when',
  'correction',
]);
/** What is bent into an answer, and answers nothing. */
const isBare = ({ intent, slots }: Meaning) => intent === 'policy.news' && Object.keys(slots).length === 0;
const isOpen = (meaning: Meaning) =>
  (meaning.decision !== 'accept' || MAY_BE.has(meaning.intent) || isBare(meaning)) && !meaning.slots.item;

const HOURS =
  /^guide\.(?:station(?:When|Where|OnDay|Closed|ClosedOn)|openNow|shutNow|noon|way|wayCentre|centre|phone|phoneCentre)$/;
const toldHours = ({ last }: Talk) => last.some(({ phrase }) => HOURS.test(phrase));
const LONGEST = 10;
const isLong = (text: string) => breadthOf(text) > LONGEST;

/** Her sentence as a question about the place; in the same breath she may ask whether it is open. */
export function ofPlace(words: AskingWords, manner: Manner, meaning: Meaning, sentence: Sentence): Meaning {
  const told = placeAsked(words, manner, meaning, sentence);
  return told.slots.element === 'nearest' ? { ...told, slots: { ...told.slots, ...openToo(words, sentence) } } : told;
}

/** 「最近的在哪儿，这会儿开门吗」: that, too, and of which day. */
function openToo(words: AskingWords, { text, read }: Sentence): Slots {
  const open = piecesOf(text).find((one) => asksOpen(words, one));
  if (!open) return {};
  const { date } = read(open, FOR_THE_DAY).slots;
  return { also: 'hours', ...(date ? { date } : {}) };
}

/** Where, in a clause beside. */
const asksWhere = (words: AskingWords, text: string): boolean =>
  piecesOf(text).some((one) => words.kind('guide', one) === 'where' || words.kind('place', one) === 'nearest');

function placeAsked(words: AskingWords, manner: Manner, meaning: Meaning, sentence: Sentence): Meaning {
  const { text, talk, read } = sentence;
  // Where she may eat is no question for our station.
  const elsewhere = words.says('asIs', 'elsewhere', text) && !words.says('asIs', 'namesPlace', text);
  const kind = talk.asked?.words || elsewhere ? undefined : words.kind('place', text);
  // 「我腿脚不好，你们那儿有电梯吗」: she comes by herself, and asks.
  const comes = kind === 'atPlace' && meaning.intent === 'visit.request' && words.says('asIs', 'asks', text);
  if (comes) return asked(meaning, 'guide.lookup', { element: kind });
  // 「离我最近的在哪块儿」: none of the times that were offered.
  if (kind === 'nearest' && words.says('asIs', 'asks', text) && !meaning.slots.item)
    return asked(meaning, 'guide.lookup', { element: kind });
  if (words.says('asIs', 'ownStation', text) && !talk.asked?.words && !isOfItsOwn(meaning))
    return asked(meaning, 'guide.lookup', { element: 'nearest' });
  const { date } = meaning.slots;
  const ofMatter = meaning.intent === 'guide.when' && meaning.slots.item;
  if (ofMatter && asksWhere(words, text) && openToo(words, sentence).also)
    return asked(meaning, 'guide.where', { item: ofMatter, ...openToo(words, sentence) });
  if (meaning.intent === 'guide.when' && meaning.slots.item && date && words.kind('guide', text) === undefined)
    return asked(meaning, 'guide.lookup', { element: 'hours', item: meaning.slots.item, date });
  if (meaning.intent === 'pickup.query' && inHandIsDone(talk)) return meaning;
  if (isOfItsOwn(meaning) || !isOpen(meaning) || talk.asked?.words) return meaning;
  if (kind && OF_CENTRE[kind]) return ofCentre(words, manner, meaning, sentence, kind);
  if (kind && kind !== 'noon') return asked(meaning, 'guide.lookup', { element: kind });
  const other = asksWhere(words, text) ? otherTold(words, text, talk) : undefined;
  if (other) return asked(meaning, 'guide.lookup', { element: 'wayCentre', place: other });
  if (!toldHours(talk)) return meaning;
  if (kind && piecesOf(text).some((one) => !isLong(one) && words.kind('place', one) === kind))
    return asked(meaning, 'guide.lookup', { element: kind });
  if (isLong(text)) return meaning;
  const named = meaning.intent === 'guide.when' ? {} : read(text, FOR_THE_DAY).slots;
  return named.date ? asked(meaning, 'guide.lookup', { element: 'hours', date: named.date }) : meaning;
}

/** What may be asked of the centre, too, by how it is asked of that. */
const OF_CENTRE: Record<string, string> = { way: 'wayCentre', phone: 'phoneCentre' };

/** Of the place that was named to her last, of the centre that she names, else of her own station. A number is asked of much else. */
function ofCentre(words: AskingWords, manner: Manner, meaning: Meaning, { text, talk }: Sentence, kind: string) {
  const other = otherTold(words, text, talk);
  const centre = other || manner.element(text) === 'centre';
  if (kind === 'phone' && !centre && !toldHours(talk)) return meaning;
  const element = (centre && OF_CENTRE[kind]) || kind;
  return asked(meaning, 'guide.lookup', { element, ...(other ? { place: other } : {}) });
}

/** The other place that was told, where she means it: by what only its name has, or as the one there. */
function otherTold(words: AskingWords, text: string, { last }: Talk): string | undefined {
  const { other, station } = (last.findLast(({ values }) => values?.other)?.values ?? {}) as Record<string, string>;
  if (!other) return undefined;
  const pairs = Array.from({ length: other.length - 1 }, (_, at) => other.slice(at, at + 2));
  const own = pairs.some((pair) => !station?.includes(pair) && text.includes(pair));
  return own || words.says('asIs', 'theOther', text) ? other : undefined;
}

/** Whether it is open on a day that she names: 「我问礼拜天你们开门不」, and 「礼拜天呢？我儿子能送我」 where hours were told. No booking. */
export function opensOn(words: AskingWords, meaning: Meaning, { text, talk, read }: Sentence): Meaning | undefined {
  const { intent, slots, decision } = meaning;
  if (
    talk.asked?.words ||
    slots.item ||
    intent === 'emergency' ||
    (intent === 'guide.when' && slots.date && decision === 'accept')
  )
    return undefined;
  const asking = words.says('asIs', 'onlyAsking', text);
  if (!asking && inHandIsDone(talk)) return undefined;
  const clauses = [text, ...piecesOf(text)];
  const open = clauses.some((one) => asksOpen(words, one));
  const bare = (one: string) => !isLong(one) && words.says('asIs', 'thatDay', one);
  const day = open ? text : toldHours(talk) ? clauses.find(bare) : undefined;
  const { date } = day ? read(day, FOR_THE_DAY).slots : {};
  const now = open && isOpen(meaning) && !asksWhere(words, text) && words.says('asIs', 'rightNow', text);
  if (!date) return now ? asked(meaning, 'guide.lookup', { element: 'hours' }) : undefined;
  const item = asksWhere(words, text) ? matterInHand(talk) : undefined;
  if (open && asksWhere(words, text))
    return asked(meaning, 'guide.where', { ...(item ? { item } : {}), also: 'hours', date });
  return asked(meaning, 'guide.lookup', { element: 'hours', date });
}
const FETCHES = /[取拿领交约]/u;
/** 「那我礼拜一一早去，几点开门」: a day is named, and nothing is fetched or brought. */
const asksOpen = (words: AskingWords, clause: string): boolean =>
  (!FETCHES.test(clause) && words.says('asIs', 'opensWhen', clause)) || words.says('asIs', 'opensThen', clause);

/** 「有自取柜吗」: whether there is one, before anything is put into it. */
export function asksForLocker(words: AskingWords, meaning: Meaning, { text, talk }: Sentence): Meaning | undefined {
  if (talk.asked?.words || meaning.intent === 'emergency') return undefined;
  const told = talk.last.some(({ phrase }) => phrase === 'guide.locker');
  if (told && words.says('asIs', 'putsThere', text)) return asked(meaning, 'pickup.book', { mode: 'locker' });
  const asks = words.says('asIs', 'asksLocker', text);
  const { mode } = (talk.frames.at(-1)?.context.slots ?? {}) as Slots;
  return asks ? asked(meaning, 'guide.lookup', { element: mode === 'locker' ? 'locker' : 'hasLocker' }) : undefined;
}

/** Something is being done that has days of its own. */
const inHandIsDone = ({ frames }: Talk) => frames.length > 0 && !isPassing(frames.at(-1)?.machine);

const asked = (meaning: Meaning, intent: Intent, slots: Slots): Meaning =>
  meant(meaning, intent, slots, '_asking.yaml#place');

/** What she asks of a service point: how far it is, what there is in it, and of another day or of noon after its hours were told. Pure but for `read`. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { isOfItsOwn } from './asked-of-matter.ts';
import type { AskingWords } from './asking-words.ts';
import { FOR_THE_DAY } from './heard.ts';
import type { Manner } from './manner.ts';
import { piecesOf } from './plain-words.ts';
import { meant, type Sentence } from './sentence.ts';

/** What understanding takes such a question for. */
const MAY_BE = new Set<Intent>([
  'out_of_scope',
  'smalltalk',
  'help',
  'guide.where',
  'guide.lookup',
  'guide.when',
  'correction',
]);
/** What is bent into an answer, and answers nothing. */
const isBare = ({ intent, slots }: Meaning) => intent === 'policy.news' && Object.keys(slots).length === 0;
const isOpen = (meaning: Meaning) =>
  (meaning.decision !== 'accept' || MAY_BE.has(meaning.intent) || isBare(meaning)) && !meaning.slots.item;

const HOURS = /^guide\.(?:station(?:When|Where|OnDay|Closed|ClosedOn)|openNow|shutNow|noon|way|centre)$/;
const toldHours = ({ last }: Talk) => last.some(({ phrase }) => HOURS.test(phrase));
const LONGEST = 10;
const LONGEST_IN_LETTERS = 30;
const isLong = (text: string) => text.length > (/[a-z]/i.test(text) ? LONGEST_IN_LETTERS : LONGEST);

/** Her sentence as a question about the place. */
export function ofPlace(words: AskingWords, manner: Manner, meaning: Meaning, sentence: Sentence): Meaning {
  const { text, talk, read } = sentence;
  const kind = talk.asked?.words ? undefined : words.kind('place', text);
  // 「我腿脚不好，你们那儿有电梯吗」: she comes by herself, and asks.
  const comes = kind === 'atPlace' && meaning.intent === 'visit.request' && words.says('asIs', 'asks', text);
  if (comes) return asked(meaning, 'guide.lookup', { element: kind });
  // 「离我最近的在哪块儿」: none of the times that were offered.
  if (kind === 'nearest' && words.says('asIs', 'asks', text) && !meaning.slots.item)
    return asked(meaning, 'guide.lookup', { element: kind });
  if (isOfItsOwn(meaning) || !isOpen(meaning) || talk.asked?.words) return meaning;
  const centre = kind === 'way' && manner.element(text) === 'centre';
  if (kind && kind !== 'noon') return asked(meaning, 'guide.lookup', { element: centre ? 'wayCentre' : kind });
  if (!toldHours(talk) || isLong(text)) return meaning;
  if (kind) return asked(meaning, 'guide.lookup', { element: kind });
  const { date } = meaning.intent === 'guide.when' ? {} : read(text, FOR_THE_DAY).slots;
  return date ? asked(meaning, 'guide.lookup', { element: 'hours', date }) : meaning;
}

/** Whether it is open on a day that she names: 「我问礼拜天你们开门不」, and 「礼拜天呢？我儿子能送我」 where hours were told. No booking. */
export function opensOn(words: AskingWords, meaning: Meaning, { text, talk, read }: Sentence): Meaning | undefined {
  const { intent, slots } = meaning;
  if (talk.asked?.words || slots.item || intent === 'emergency' || (intent === 'guide.when' && slots.date))
    return undefined;
  const asking = words.says('asIs', 'onlyAsking', text);
  if (!asking && inHandIsDone(talk)) return undefined;
  const clauses = [text, ...piecesOf(text)];
  const open = clauses.some((one) => words.says('asIs', 'opensThen', one));
  const bare = (one: string) => !isLong(one) && words.says('asIs', 'thatDay', one);
  const day = open ? text : toldHours(talk) ? clauses.find(bare) : undefined;
  const { date } = day ? read(day, FOR_THE_DAY).slots : {};
  return date ? asked(meaning, 'guide.lookup', { element: 'hours', date }) : undefined;
}
/** Something is being done that has days of its own. */
const inHandIsDone = ({ frames }: Talk) => frames.length > 0 && !isPassing(frames.at(-1)?.machine);

const asked = (meaning: Meaning, intent: Intent, slots: Slots): Meaning =>
  meant(meaning, intent, slots, '_asking.yaml#place');

/** What she asks of something that was handed in, in words that name no progress: 「我那老年证咋给退了」. Pure. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import { wasRefused } from './pieces.ts';
import { breadthOf } from './plain-words.ts';
import { FOR_THE_DAY, meant, type Sentence } from './sentence.ts';

/** What understanding takes such a sentence for. */
const MAY_BE = new Set<Intent>([
  'guide.lookup',
  'guide.eligibility',
  'out_of_scope',
  'smalltalk',
  'apply.withdraw',
  'correction',
  'progress.query',
]);

/** Her sentence as a question why it was refused. */
export function ofCase(
  words: AskingWords,
  meaning: Meaning,
  text: string,
  { asked, frames, last, topic }: Talk,
): Meaning {
  const open = meaning.decision !== 'accept' || MAY_BE.has(meaning.intent);
  // 「昨天那个材料，接着对」 names a day, and wants no time.
  const ofList = frames.length === 0 && asked === undefined && words.says('ofCase', 'list', text);
  if (ofList && meaning.intent !== 'emergency')
    return meant(meaning, 'progress.query', { element: 'missing' }, '_asking.yaml#ofCase.list');
  if (!open || asked?.words || meaning.intent === 'emergency') return meaning;
  if (topic?.errand === 'progress' && clausesOf(text).some((one) => words.says('ofCase', 'another', one)))
    return meant(meaning, 'progress.query', {}, '_asking.yaml#ofCase.another');
  const { item } = meaning.slots;
  if (item && !meaning.slots.element && frames.length === 0 && words.says('ofCase', 'hers', text))
    return meant(meaning, 'progress.query', { item }, '_asking.yaml#ofCase.hers');
  const free = frames.length === 0 || isPassing(frames.at(-1)?.machine);
  const short = breadthOf(text) <= LONGEST && free;
  if (
    short &&
    words.says('ofCase', 'state', text) &&
    !(meaning.decision === 'accept' && meaning.intent.startsWith('guide.'))
  )
    return meant(
      meaning,
      'progress.query',
      { ...(item ? { item } : {}), ...outcome(last) },
      '_asking.yaml#ofCase.state',
    );
  // Of what is being told of it, its own words say more.
  const parts = last.some(({ phrase }) => phrase.startsWith('progress.')) ? PAPERS : PARTS;
  const part = free ? parts.find((one) => words.says('ofCase', one, text)) : undefined;
  if (part) return meant(meaning, 'progress.query', { element: part }, `_asking.yaml#ofCase.${part}`);
  if (meaning.intent === 'progress.query' && words.says('ofCase', 'both', text))
    return meant(meaning, 'progress.query', { both: 'yes' }, '_asking.yaml#ofCase.both');
  if (words.says('ofCase', 'outcome', text) && (item || topic?.errand === 'progress'))
    return meant(meaning, 'progress.query', item ? { item } : {}, '_asking.yaml#ofCase.outcome');
  if (!words.says('ofCase', 'turnedDown', text)) return meaning;
  return meant(
    meaning,
    'progress.query',
    { ...(item ? { item } : {}), ...(wasRefused(last) ? { told: 'yes' } : {}), element: 'why' },
    '_asking.yaml#ofCase.turnedDown',
  );
}

/** Asked of no case in particular: what it lacks, that it was handed in, who has it, whether it is lost, that it be hurried. */
const PAPERS = ['missing', 'handedIn'] as const;
const PARTS = [...PAPERS, 'who', 'lost', 'push'] as const;
const LONGEST = 20;
/** That it was refused she has heard, with the reason: only that is said once more. */
const outcome = (last: Talk['last']): Slots => (wasRefused(last) ? { told: 'yes', element: 'outcome' } : {});

/** What understanding takes it for. */
const OF_FETCHING = /^(?:pickup\.|progress\.|out_of_scope|smalltalk|guide\.lookup)/;
/** 「老年证不是做好了么，我自己去取」: she has heard that it is ready, and a time is the next thing. */
export function readyToFetch(words: AskingWords, meaning: Meaning, { text, talk, read }: Sentence): Meaning {
  const { frames, asked, topic } = talk;
  const free =
    frames.length === 0 && !asked?.words && (!topic?.done || topic.stands) && OF_FETCHING.test(meaning.intent);
  if (!free || !words.says('ofCase', 'fetches', text)) return meaning;
  const { item } = meaning.slots;
  const { date, time } = read(text, FOR_THE_DAY).slots;
  const slots = {
    direction: 'collect',
    ...(item ? { item } : {}),
    ...(date ? { date } : {}),
    ...(time ? { time } : {}),
  };
  return meant(meaning, 'pickup.book', slots, INSTEAD_OF_ASKING);
}
const INSTEAD_OF_ASKING = '_asking.yaml#ofCase.fetches';

/** Whether it is another's case that she asks about. */
export const asksOfAnother = (words: AskingWords, { intent }: Meaning, text: string): boolean =>
  intent === 'progress.query' && clausesOf(text).some((one) => words.says('ofCase', 'another', one));

const clausesOf = (text: string) => [text, ...text.split(/[\p{P}]+/u).filter((one) => one.trim())];

/** What she asks of something that was handed in, in words that name no progress: 「我那老年证咋给退了」. Pure. */
import type { Intent, Meaning } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import { wasRefused } from './pieces.ts';
import { meant } from './sentence.ts';

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
export function ofCase(words: AskingWords, meaning: Meaning, text: string, { asked, last, topic }: Talk): Meaning {
  const open = meaning.decision !== 'accept' || MAY_BE.has(meaning.intent);
  if (!open || asked?.words || meaning.intent === 'emergency') return meaning;
  if (topic?.errand === 'progress' && clausesOf(text).some((one) => words.says('ofCase', 'another', one)))
    return meant(meaning, 'progress.query', {}, '_asking.yaml#ofCase.another');
  const { item } = meaning.slots;
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

/** Whether it is another's case that she asks about. */
export const asksOfAnother = (words: AskingWords, { intent }: Meaning, text: string): boolean =>
  intent === 'progress.query' && clausesOf(text).some((one) => words.says('ofCase', 'another', one));

const clausesOf = (text: string) => [text, ...text.split(/[\p{P}]+/u).filter((one) => one.trim())];

/** What she says at the read-back of her own words, or just after they were handed in, that is no part of them: 「谁处理」, 「把名字去了」. Pure. */
import type { Intent, Meaning } from '../understanding/meaning.ts';
import type { AskingWords } from './asking-words.ts';
import type { Talk } from './talk.ts';

/** What is longer than this is her story. */
const SHORT = 14;
/** Asked of what was handed in, it is looked up. */
const OF_IT_AFTERWARDS = new Set(['who', 'when', 'tail']);
/** Never bent. */
const STANDS = new Set<Intent>(['emergency', 'scam.check']);

/** Her sentence with what it wants of her words; anything else stays as it was read. */
export function ofComplaining(words: AskingWords, meaning: Meaning, text: string, talk: Talk): Meaning {
  if (!talk.asked?.words) {
    const opens = words.kind('opening', text);
    if (opens === 'before') return { ...meaning, intent: 'complaint', slots: {}, decision: 'accept' };
    if (opens && meaning.intent === 'complaint') return { ...meaning, decision: 'accept' };
  }
  if (STANDS.has(meaning.intent) || [...text].length > SHORT) return meaning;
  const kind = words.kind('complaining', text);
  if (isReadBack(talk)) return atReadBack(words, meaning, text, kind);
  const after = kind && OF_IT_AFTERWARDS.has(kind) && hasHandedIn(talk);
  return after && isLoose(meaning) ? asked(meaning, { element: kind }) : meaning;
}

/** What somebody promised just now is asked of that, and not of a call. */
const LOOSE = new Set<Intent>([
  'callback.request',
  'agent.call',
  'guide.who',
  'out_of_scope',
  'guide.when',
  'progress.query',
]);
const isLoose = ({ intent, decision, slots }: Meaning) => decision !== 'accept' || (LOOSE.has(intent) && !slots.item);

const isReadBack = ({ asked: question, frames }: Talk) =>
  question?.offer === 'complaint' && frames.at(-1)?.machine === 'complaint';

/** What bears no name is nowhere to be found as hers. */
const hasHandedIn = ({ frames, topic, last }: Talk) =>
  frames.length === 0 &&
  topic?.errand === 'complaint' &&
  !last.some(({ phrase }) => phrase === 'complaint.notedNameless');

function atReadBack(words: AskingWords, meaning: Meaning, text: string, kind: string | undefined): Meaning {
  if (kind === 'again') return { ...meaning, intent: 'repeat', slots: {}, decision: 'accept' };
  if (kind && kind !== 'tail') return asked(meaning, { element: kind });
  const swap = words.swap(text);
  return swap ? asked(meaning, { element: 'swap', ...swap }) : meaning;
}

const asked = (meaning: Meaning, slots: Meaning['slots']): Meaning => ({
  ...meaning,
  intent: 'complaint',
  slots,
  decision: 'accept',
  confidence: 1,
  why: `_asking.yaml#complaining.${slots.element}`,
});

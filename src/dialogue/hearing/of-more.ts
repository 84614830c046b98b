/** 「就这些？」: whether there is more to be told. With a farewell it has only the words in common. Pure. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import { meant } from './sentence.ts';

const ASKED = /[?？]\s*$/u;
/** Who has more to tell, and how it is asked for there. */
const NEXT_OF: Record<string, { intent: Intent; slots: Slots }> = {
  policy: { intent: 'policy.news', slots: { element: 'next' } },
  progress: { intent: 'progress.query', slots: { element: 'second' } },
};

/** Her sentence as the question for what is left. */
export function ofMore(words: AskingWords, meaning: Meaning, text: string, { frames, topic, asked }: Talk): Meaning {
  if (asked?.words || (asked && asked.for !== 'nothing' && asked.for !== 'choice' && asked.offer !== 'more'))
    return meaning;
  if (!words.says('asIs', 'thatIsAll', text)) return meaning;
  if (!ASKED.test(text) && !words.says('asIs', 'asksEnd', text)) return meaning;
  if (asked?.offer === 'more') return meant(meaning, 'yes', {}, '_asking.yaml#asIs.thatIsAll');
  const next = NEXT_OF[frames.at(-1)?.machine ?? topic?.errand ?? ''];
  const { intent, slots } = next ?? { intent: 'smalltalk' as const, slots: { about: 'all' } };
  return meant(meaning, intent, slots, '_asking.yaml#asIs.thatIsAll');
}

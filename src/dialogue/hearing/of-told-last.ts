/** A short question that nobody understood, right after something was told: it is about that, and never about nothing. Pure. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import { asksSomething } from './of-text.ts';
import { meant } from './sentence.ts';

/** How each errand that tells is asked for what it has not told: from the text once more, or from somebody who knows. */
export const ASKED_AS: Record<string, { intent: Intent; slots: Slots }> = {
  policy: { intent: 'policy.news', slots: { element: 'more' } },
  progress: { intent: 'progress.query', slots: { element: 'ask' } },
  guide: { intent: 'guide.lookup', slots: { element: 'special' } },
};

/** 「你们那小姑娘真好」 is no mark: where there is nothing to be rated it is taken as the kind word it is. */
export const ofPraise = (words: AskingWords, meaning: Meaning, text: string): Meaning =>
  meaning.intent === 'rate' && !meaning.slots.rating && words.says('asIs', 'praises', text)
    ? { ...meaning, slots: { ...meaning.slots, about: 'praise' } }
    : meaning;

/** What she would not hear while somebody was there. */
const PUT_OFF: Record<string, Intent> = { 'progress.later': 'progress.query', 'policy.later': 'policy.news' };

/** That there was nothing to tell. */
const NOTHING = /\.(?:none|done)/;

/** 「他走了，说吧」 after 「您方便的时候再问我」: that goes on now. */
export function goesOnAlone(
  words: AskingWords,
  meaning: Meaning,
  text: string,
  { frames, last }: Talk,
): Meaning | undefined {
  const put = frames.length === 0 ? last.map(({ phrase }) => PUT_OFF[phrase]).find((one) => one) : undefined;
  return put && words.says('asIs', 'alone', text)
    ? meant(meaning, put, { alone: 'yes' }, '_asking.yaml#asIs.alone')
    : undefined;
}

/** Her sentence as a question about what was told last. */
export function ofToldLast(words: AskingWords, meaning: Meaning, text: string, talk: Talk): Meaning {
  const { frames, topic, last, asked } = talk;
  const ofIt = frames.length === 0 && topic?.item && ASKED_AS[topic.errand ?? ''] !== undefined && asked === undefined;
  if (ofIt && topic?.item && !topic.stands && meaning.decision !== 'accept' && words.says('asIs', 'askForMe', text))
    return meant(
      meaning,
      'callback.request',
      { item: topic.item, reason: topic.errand ?? '' },
      '_asking.yaml#asIs.askForMe',
    );
  if (frames.length === 0 && !asked && words.says('asIs', 'opens', text))
    return meant(meaning, 'smalltalk', {}, '_asking.yaml#asIs.opens');
  const ready = frames.length === 0 && !asked && last.length > 0 && words.says('asIs', 'ready', text);
  if (ready) return meant(meaning, 'repeat', {}, '_asking.yaml#asIs.ready');
  if (asked?.words || meaning.intent !== 'out_of_scope' || !asksSomething(words, meaning, text)) return meaning;
  const errand = frames.at(-1)?.machine ?? topic?.errand ?? '';
  const open = frames.length === 0 ? asked === undefined : errand === 'progress' && asked?.for === 'yesno';
  const told = last.some(({ phrase }) => phrase.startsWith(`${errand}.`) && !NOTHING.test(phrase));
  if (!open || !told) return meaning;
  const { intent, slots } = ASKED_AS[errand] ?? {};
  if (!intent || (errand === 'guide' && !topic?.item)) return meaning;
  const item: Slots = errand === 'guide' && topic?.item ? { item: topic.item } : {};
  return meant(meaning, intent, { ...item, ...slots }, '_asking.yaml#asIs.asks');
}

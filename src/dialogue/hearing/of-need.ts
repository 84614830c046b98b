/** What a clerk would not let pass: she is ill-treated at home, in despair she wants somebody, water runs where it should not. Pure. */
import type { Intent, Meaning } from '../../understanding/meaning.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import { meant } from './sentence.ts';

/** What understanding takes such a sentence for where it does not know it. */
const LOOSE = new Set<Intent>(['out_of_scope', 'smalltalk', 'complaint', 'guide.lookup', 'no', 'stop', 'scam.check']);

/** 「那四个数我想换一个」, whatever is in hand; asked for them, she is heard there. */
const changesPin = (words: AskingWords, text: string, { asked, alarm }: Talk): boolean =>
  !alarm && asked?.for !== 'pin' && !asked?.phrase.startsWith('identity.') && words.says('asIs', 'changesPin', text);

/** What understanding takes the wish for company for. A visit for something that she names is one. */
const MAY_BE_COMPANY = new Set<Intent>(['visit.request', 'agent.call', 'callback.request', 'help']);
const wantsCompany = (words: AskingWords, { intent, slots }: Meaning, loose: boolean, text: string): boolean =>
  !slots.item && (loose || MAY_BE_COMPANY.has(intent)) && words.says('person', 'company', text);

/** 「我想跟个真人说话」: the most needed sentence of all, out of the blue. */
const wantsPerson = (
  words: AskingWords,
  { intent, decision }: Meaning,
  text: string,
  { frames, asked }: Talk,
): boolean =>
  (frames.length === 0 || isPassing(frames.at(-1)?.machine)) &&
  asked?.for !== 'yesno' &&
  (decision !== 'accept' || LOOSE.has(intent)) &&
  words.says('person', 'speaks', text);

/** Understanding is sure of something else: 「他摔了，证还办着吗」 asks after a case. An alarm of another kind than she says, a chat or a guess gives way. */
const isAccepted = ({ intent, decision, slots }: Meaning): boolean =>
  decision === 'accept' && !LOOSE.has(intent) && (intent !== 'emergency' || slots.kind !== undefined);

/** Her sentence, where it is one of these. */
export function ofNeed(words: AskingWords, meaning: Meaning, text: string, talk: Talk): Meaning {
  const { intent, decision, slots } = meaning;
  if (talk.asked?.words) return meaning;
  if (talk.alarm === 'self_harm' && words.says('person', 'wanted', text))
    return { ...meaning, intent: 'agent.call', slots: {}, decision: 'accept', confidence: 1 };
  if (changesPin(words, text, talk))
    return { ...meaning, intent: 'privacy.who', slots: { right: 'pin' }, decision: 'accept', confidence: 1 };
  if (intent !== 'emergency' && words.says('asIs', 'knowsMe', text))
    return meant(meaning, 'smalltalk', { about: 'me' }, '_asking.yaml#asIs.knowsMe');
  const danger = words.kind('danger', text);
  if (danger && !isAccepted(meaning))
    return { ...meaning, intent: 'emergency', slots: { kind: danger }, decision: 'accept', confidence: 1 };
  if (slots.item) return meaning;
  if (wantsPerson(words, meaning, text, talk))
    return {
      ...meaning,
      intent: 'agent.call',
      slots: {},
      decision: 'accept',
      confidence: 1,
      why: '_asking.yaml#person',
    };
  const loose = decision !== 'accept' || LOOSE.has(intent) || slots.kind === 'lockedIn';
  if (!talk.alarm && wantsCompany(words, meaning, loose, text))
    return {
      ...meaning,
      intent: 'smalltalk',
      slots: { about: 'lonely' },
      decision: 'accept',
      why: '_asking.yaml#person',
    };
  if ((loose || intent === 'progress.query') && words.says('person', 'hardship', text))
    return meant(meaning, 'smalltalk', { about: 'hardship' }, '_asking.yaml#person.hardship');
  if (words.says('water', 'cold', text) && loose && intent === 'complaint')
    return { ...meaning, slots: {}, decision: 'accept', why: '_asking.yaml#water' };
  if (words.says('water', 'flooded', text) && (loose || intent === 'emergency'))
    return { ...meaning, intent: 'complaint', slots: {}, decision: 'accept', why: '_asking.yaml#water' };
  if (!loose || !words.says('harm', 'harm', text) || !words.says('harm', 'atHome', text)) return meaning;
  return { ...meaning, intent: 'smalltalk', slots: { about: 'harm' }, decision: 'accept', why: '_asking.yaml#harm' };
}

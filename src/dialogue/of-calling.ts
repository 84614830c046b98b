/** What she says while a call back is being settled: another time for it, that number, or none at all. Pure. */
import type { Expecting, Meaning, Slots } from '../understanding/meaning.ts';
import { meant } from './sentence.ts';
import type { StandingWords } from './standing-words.ts';
import type { Talk } from './talk.ts';

interface Said {
  text: string;
  talk: Talk;
  read: (text: string, expecting?: Expecting) => Meaning;
}

const OF_PHONE = new Set(['agent.knownPhone', 'agent.readPhoneBack', 'agent.whichPhone', 'agent.oddPhone']);
const AGREES = new Set(['agent.knownPhone', 'agent.readPhoneBack']);
/** The number that she was asked about. */
const THIS_ONE = new Set([
  'agent.knownPhone',
  'agent.whichPhone',
  'agent.oddPhone',
  'agent.readPhoneBack',
  'apply.confirmPhone',
  'apply.whichPhone',
  'apply.otherPhone',
]);

const ofCall = (meaning: Meaning, intent: Meaning['intent'], slots: Slots, why: string): Meaning =>
  meant(meaning, intent, slots, `_standing.yaml#calling.${why}`);

/** Her sentence as it bears on the call. */
export function ofCalling(words: StandingWords, meaning: Meaning, said: Said): Meaning {
  const { text, talk } = said;
  const at = talk.asked?.phrase ?? '';
  if (meaning.intent === 'emergency') return meaning;
  if (isBareTime(meaning, talk) && !words.names('callback', text))
    return { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' };
  if (THIS_ONE.has(at) && words.calls('thisOne', text) && !words.calls('notAtAll', text))
    return ofCall(meaning, 'yes', {}, 'thisOne');
  if (!OF_PHONE.has(at) || meaning.slots.phone) return meaning;
  if (words.calls('notAtAll', text)) return ofCall(meaning, 'callback.request', { about: 'cancel' }, 'notAtAll');
  return AGREES.has(at) ? withTime(words, meaning, said) : meaning;
}

const OF_CALL = /^agent\.callback/;
/** 「还是下午吧」 with nothing in hand: no wish to be called. */
function isBareTime({ intent, slots }: Meaning, { frames, asked, topic }: Talk): boolean {
  const names = Object.keys(slots);
  const onlyTime = names.length > 0 && names.every((name) => name === 'date' || name === 'time');
  const open = frames.length === 0 && asked?.for !== 'yesno' && !OF_CALL.test(topic?.done?.phrase ?? '');
  return open && intent === 'callback.request' && onlyTime;
}

/** 「对，下午三点」, 「电话不用换，改到下午」: when, beside or without a word about the number. */
function withTime(words: StandingWords, meaning: Meaning, { text, read }: Said): Meaning {
  const clauses = text.split(/[，,。；;、]/u).filter((one) => one.trim());
  const found = clauses.map((one) => read(one, { errand: 'callback', asking: 'date' }).slots);
  const when = found.findLast(({ date, time }) => date || time);
  const { date, time } = when ?? {};
  const agreed = meaning.intent === 'yes' || words.calls('keepsPhone', text) || /^[对行好嗯可是]/u.test(text);
  if (date || time) {
    const given = Object.entries({ date, time, agreed: agreed ? 'yes' : '' }).filter(([, value]) => value);
    return ofCall(meaning, 'callback.request', Object.fromEntries(given) as Slots, 'when');
  }
  // 「行，记着晌午别打」: what she refuses is an hour.
  const notNo = meaning.intent === 'no' || meaning.intent === 'correction';
  if (notNo && agreed && /^[对行好嗯可成中]/u.test(text) && !words.calls('ofNumber', text))
    return ofCall(meaning, 'yes', {}, 'thisOne');
  if (words.calls('otherTime', text)) return ofCall(meaning, 'callback.request', { when: 'asks' }, 'otherTime');
  return words.applies('otherPhone', text) ? ofCall(meaning, 'no', {}, 'otherPhone') : meaning;
}

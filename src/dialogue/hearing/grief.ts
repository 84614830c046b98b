/** Grief beside whatever is asked or told: it is listened to, and is neither an answer nor a wish. Pure. */
import type { Meaning } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import type { Talk } from '../talk.ts';
import type { Manner } from './manner.ts';
import { asksSomething } from './question.ts';
import { meant, SAID_OF_LIFE } from './sentence.ts';

/** The sentence as sorrow. */
export const sorrow = (meaning: Meaning): Meaning =>
  meant(meaning, 'smalltalk', { about: 'sorrow' }, '_manner.yaml#sorrow');

const COMFORTED = /^conversation\.smalltalk_sorrow$/;
const OFFERS_FOR_HIM = /^conversation\.lifeOther_deceased$/;
/** 「都走六年了」 to the offer of somebody about his papers; and whatever she tells, once comforted, that asks and wishes nothing. */
export function staysWithHer(manner: Manner, meaning: Meaning, text: string, talk: Talk): Meaning | undefined {
  const { frames, asked, last, alarm } = talk;
  if (OFFERS_FOR_HIM.test(asked?.phrase ?? '')) return manner.again('longAgo', text) ? sorrow(meaning) : undefined;
  const { intent, slots, decision } = meaning;
  const comforted = frames.length === 0 && !alarm && last.some(({ phrase }) => COMFORTED.test(phrase));
  const tells = decision !== 'accept' || SAID_OF_LIFE.has(intent);
  return comforted && tells && !slots.item && !asksSomething(manner, text) ? sorrow(meaning) : undefined;
}

/** 「唉，一个人在家，说话的都没有」 to whether something is to be done: neither yes nor no. */
export function grievesAtQuestion(
  manner: Manner,
  { intent, slots }: Meaning,
  text: string,
  { asked, frames }: Talk,
): boolean {
  if (!asked || asked.for === 'nothing' || slots.phone || OF_NUMBER.test(text)) return false;
  // 老伴 alone is nobody's name, and chooses nothing.
  const chooses = asked.for !== 'yesno' && Object.keys(slots).some((slot) => !OF_HIM.has(slot));
  if (chooses) return false;
  const inHand = errandOf(intent) === frames.at(-1)?.machine;
  const comes = !BEING_SENT.has(asked.phrase) && !inHand && SENDS.has(intent);
  return intent !== 'emergency' && intent !== 'yes' && !comes && manner.says('sorrow', text);
}
const OF_HIM = new Set(['name', 'relation', 'mode']);
/** Somebody is on the way to her already: what sounds like a wish for somebody is none there. */
const BEING_SENT = new Set(['agent.knownPhone', 'visit.byStaff']);
const SENDS = new Set<Meaning['intent']>(['agent.call', 'callback.request', 'visit.request']);
const OF_NUMBER = /[打号机]|ring|call|phone/iu;

/** What is said of the thing that was just done or talked of: 「取消吧」 after a booking, 「带嘛呀」 of the same card, 「还没来人吗」 after an alarm. Pure. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import { itemOf, matterInHand } from '../matter-in-hand.ts';
import type { Frame, Talk, Topic } from '../talk.ts';
import { bindingOf } from './binding.ts';
import type { Manner } from './manner.ts';
import { piecesOf } from './plain-words.ts';
import { asksSomething, onlyAsks } from './question.ts';

/** What takes back what was told with this phrase. */
const TAKEN_BACK_BY: Record<string, Intent> = {
  'pickup.booked': 'pickup.cancel',
  'pickup.changed': 'pickup.cancel',
  'pickup.alone': 'pickup.cancel',
  'pickup.kept': 'pickup.cancel',
  'apply.submitted': 'apply.withdraw',
  'pickup.collectorSet': 'pickup.cancel',
  'pickup.bookedBesides': 'pickup.cancel',
  // Of these the errand itself asks what is to become of them.
  'agent.callbackNoted': 'callback.request',
  'agent.callbackNotedFor': 'callback.request',
  'agent.callbackToWhich': 'callback.request',
  'agent.callbackStands': 'callback.request',
  'agent.callbackWhen': 'callback.request',
  'agent.callbackLate': 'callback.request',
  'agent.callbackMoved': 'callback.request',
  'agent.callbackPutOff': 'callback.request',
  'agent.callbackReached': 'callback.request',
  'agent.callbackNearest': 'callback.request',
  'visit.noted': 'visit.request',
  'visit.moved': 'visit.request',
  'visit.stands': 'visit.request',
  'visit.whoNotYet': 'visit.request',
};
/** Callings off that are a question to the same errand. */
const PROMISED = new Set<Intent>(['callback.request', 'visit.request']);
const DONE_AGAIN_BY: Record<string, Intent> = { 'pickup.cancelled': 'pickup.book' };

/** Questions about a matter, and the wish for it: where she names none, she means the one that is talked of. */
const OF_A_MATTER = new Set<Intent>([
  'guide.lookup',
  'guide.materials',
  'guide.fee',
  'guide.eligibility',
  'apply.start',
]);

const TELLS = new Set(['policy', 'progress']);

/** A question for the guide, in the midst of a policy or a case, is about the matter of that. */
export function ofWhatIsHeard(meaning: Meaning, { frames }: Talk): Meaning {
  const { intent, slots } = meaning;
  const inHand = frames.at(-1);
  if (slots.item || !inHand || !TELLS.has(inHand.machine) || !OF_A_MATTER.has(intent)) return meaning;
  const item = itemOf(inHand);
  return item ? { ...meaning, slots: { ...slots, item } } : meaning;
}

const GIVEN_UP = /^agent\.callbacks?GivenUp$/;
const HOW_DONE = ['mode', 'direction', 'materials', 'name', 'relation', 'callback', 'forCard'];
/** What becomes of the talk's topic when an errand is over. */
export function topicAfter(
  before: Topic | undefined,
  { errand, item, slots }: { errand: string; item?: string; slots: Slots },
  told: string[],
): Topic {
  const phrase = told.findLast((one) => TAKEN_BACK_BY[one] ?? DONE_AGAIN_BY[one]);
  const how = Object.fromEntries(HOW_DONE.flatMap((name) => (slots[name] ? [[name, slots[name]]] : [])));
  const done = phrase ? { done: { phrase, ...(item ? { item } : {}), slots: how } } : {};
  const life = before?.life && told.some((one) => GIVEN_UP.test(one)) ? { life: { ...before.life, alone: true } } : {};
  const { stands: _, ...said } = before ?? {};
  return { ...said, ...life, errand, ...(item ? { item } : {}), ...done };
}

const OF_PLACE = '_asking.yaml#place';
/** Her sentence as she means it after what was done. */
export function inTheLight(manner: Manner, meaning: Meaning, text: string, talk: Talk): Meaning {
  const taken = takenBack(manner, meaning, text, talk);
  if (taken) return taken;
  const { intent, slots } = meaning;
  const inHand = talk.frames.at(-1);
  if (slots.item || !OF_A_MATTER.has(intent) || errandOf(intent) === inHand?.machine) return meaning;
  // Of a policy or a case it may ask what that errand knows itself.
  const item =
    (talk.topic?.stands && !inHand) || (inHand && TELLS.has(inHand.machine)) ? undefined : matterInHand(talk);
  return item ? { ...meaning, slots: { ...slots, item } } : meaning;
}

/** 「要钱吗」 before anything was said: of what she has going on, where nothing else is meant by it. */
export function ofWhatGoesOn(meaning: Meaning, { frames, topic }: Talk): Meaning {
  const { intent, slots, why } = meaning;
  if (!topic?.stands || !topic.item || frames.length > 0 || slots.item || !OF_A_MATTER.has(intent)) return meaning;
  // Where the station is belongs to no matter.
  if (why === OF_PLACE) return meaning;
  return { ...meaning, slots: { ...slots, item: topic.item } };
}

/** 「取消」 with nothing in hand and nothing done in this talk: what stands is looked for, and she is asked before it ends. */
export function callsOffWhatStands(manner: Manner, meaning: Meaning, text: string, talk: Talk): Meaning {
  const { frames, asked } = talk;
  const standing = bearsOnBooking(frames.at(-1), asked);
  const loose =
    standing && meaning.intent !== 'pickup.cancel' && (meaning.decision !== 'accept' || asked?.for === 'name');
  const guessed = frames.length === 0 && !asked && meaning.intent === 'pickup.cancel' && meaning.decision !== 'accept';
  if ((meaning.intent !== 'cancel' && !loose && !guessed) || !manner.says('callsOff', text)) return meaning;
  const sure = { ...meaning, slots: {}, decision: 'accept' as const, why: '_manner.yaml#callsOff' };
  if (asked?.offer === 'cancel') return onlyAsks(manner, text, 'cancel') ? meaning : { ...sure, intent: 'yes' };
  const ofWhatStands = standing || (frames.length === 0 && asked?.for !== 'yesno');
  return ofWhatStands ? { ...sure, intent: 'pickup.cancel' } : meaning;
}

const OFFERS_CHANGE = /^pickup\.already/;
/** What is in hand is one that stands, to be moved or collected by somebody else: 「取消吧」 is the booking's, 「算了」 leaves it as it is. */
export const bearsOnBooking = (frame: Frame | undefined, asked: Talk['asked']): boolean =>
  frame?.machine === 'pickup' && (frame.context.chosenBooking !== undefined || OFFERS_CHANGE.test(asked?.phrase ?? ''));

/** Whatever she says of it in other words is a guess; a clear wish of another kind is none of this. */
const LOOSE = new Set<Intent>(['cancel', 'no', 'correction', 'stop', 'out_of_scope', 'smalltalk']);

function takenBack(manner: Manner, { intent, decision }: Meaning, text: string, talk: Talk): Meaning | undefined {
  const done = talk.topic?.done;
  if (!done || talk.frames.length > 0) return undefined;
  if (decision === 'accept' && !LOOSE.has(intent)) return undefined;
  const again = manner.says('wantsAgain', text);
  const wish = again ? DONE_AGAIN_BY[done.phrase] : manner.says('callsOff', text) && TAKEN_BACK_BY[done.phrase];
  if (!wish) return undefined;
  const { callback = '' } = done.slots ?? {};
  const about: Slots = PROMISED.has(wish) ? { about: 'cancel', ...(callback ? { callback } : {}) } : {};
  const slots: Slots = { ...about, ...(done.item ? { item: done.item } : {}) };
  return { intent: wish, slots, decision: 'accept', confidence: 1, why: `said of ${done.phrase}` };
}

/** What she says after an alarm: whether anybody comes, that it is over, that she only wants company. */
export type AfterAlarm = 'comes' | 'address' | 'safe' | 'cared' | 'company' | 'number' | 'kin' | 'stay';

/** After an alarm the errand sleeps: whatever she says is about the alarm, until it is over or she clearly wishes something else. */
export function afterAlarm(manner: Manner, meaning: Meaning, text: string, talk: Talk): AfterAlarm | undefined {
  const { intent, slots, decision, confidence } = meaning;
  const graver = (intent === 'emergency' && decision === 'accept') || (intent === 'scam.check' && decision !== 'ask');
  if (!talk.alarm || graver) return undefined;
  if (talk.alarm === 'self_harm' && isOfPerson(talk) && !manner.says('noPerson', text)) return undefined;
  if (piecesOf(text).some((one) => manner.says('whoComes', one))) return 'comes';
  if (manner.says('whereAmI', text)) return 'address';
  const despair = talk.alarm === 'self_harm';
  // 「叫我儿子来」 names nobody who is to collect for her.
  if (!despair && manner.again('tellKin', text)) return 'kin';
  const errand = errandOf(intent);
  // 「出来了，在楼道呢」 is what was waited for, and asks for no place.
  if (!despair && piecesOf(text).some((one) => manner.again('outside', one))) return 'safe';
  // 「没事了，你接着说」 is about what was being told, and no wish for the news.
  const goesOn = errand === 'policy' && manner.says('isSafe', text);
  const wishes = errand !== undefined && !goesOn && !(despair && OF_A_MOOD.has(errand));
  // 「有没有老年食堂，我能去不」: what she asks of a matter that she names is a wish to go on.
  const asks = slots.item !== undefined && asksSomething(manner, text);
  if (wishes && (asks || (decision === 'accept' && confidence >= CLEAR))) return undefined;
  // 「没事没事，我就是说说」 in the midst of something: that goes on. With nothing in hand we stay with her.
  if (despair && talk.frames.length > 0 && manner.says('isSafe', text)) return 'safe';
  if (despair) return intent === 'launch' ? undefined : 'company';
  if (manner.again('cared', text)) return 'cared';
  if (manner.says('isSafe', text) || manner.again('past', text)) return 'safe';
  return manner.says('whichNumber', text) ? 'number' : 'stay';
}
const CLEAR = 0.75;
/** Somebody to talk to was offered: what she says to that is an answer. */
const isOfPerson = ({ asked, frames }: Talk) => asked?.offer === 'callback' || frames.at(-1)?.machine === 'agent';
/** Out of despair nobody is asked to complain, nor to give a mark. */
const OF_A_MOOD = new Set(['complaint', 'rate']);

/** 「行，知道了」 to a read-back: half a yes, asked about once. */
export function isHalfYes(manner: Manner, { intent }: Meaning, text: string, { asked }: Talk): boolean {
  if (!bindingOf(asked).whole || asked?.phrase === 'conversation.shallI') return false;
  return (intent === 'stop' || manner.isEnough(text)) && manner.says('agrees', text);
}

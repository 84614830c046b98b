/** A question about what was just told, in words that no intent knows or that mean something else by themselves: 「那为嘛没批」, 「别再播这个」. Pure. */
import type { Intent, Meaning } from '../understanding/meaning.ts';
import { errandOf } from './errand-of.ts';
import type { Manner } from './manner.ts';
import type { Talk } from './talk.ts';

/** The errands that know such pieces, and the intent that carries them there. */
export const PIECED = { progress: 'progress.query', policy: 'policy.news' } as const satisfies Record<string, Intent>;
export type Pieced = keyof typeof PIECED;
const isPieced = (errand: string | undefined): errand is Pieced => errand !== undefined && errand in PIECED;

/** What is never bent: safety, the ways out, an agreement, the digits. */
const STANDS = new Set<Intent>(['emergency', 'scam.check', 'yes', 'no', 'stop', 'cancel', 'wait', 'agent.call']);
const STANDS_ALWAYS = new Set<Intent>([
  'callback.request',
  'visit.request',
  'pickup.book',
  'pickup.change',
  'pickup.cancel',
]);

/** The errand that the sentence is about: the one it names, the one in hand, or the one that has just ended. */
function aboutWhich({ intent, decision }: Meaning, { frames, topic }: Talk): Pieced | undefined {
  const named = errandOf(intent);
  const inHand = frames.at(-1)?.machine;
  const bare = inHand === 'guide' && !itemInHand(frames.at(-1));
  if (inHand && !isPieced(inHand) && !bare && decision !== 'accept') return undefined;
  if (isPieced(named)) return named;
  // She asked where the station is, and goes on about what was told before.
  const near = bare && isPieced(topic?.errand) ? topic?.errand : (inHand ?? topic?.errand);
  return isPieced(near) ? near : undefined;
}

const itemInHand = (frame: Talk['frames'][number] | undefined) =>
  (frame?.context.slots as { item?: string } | undefined)?.item;

/** Her sentence with the piece that it asks for. */
export function withPiece(manner: Manner, meaning: Meaning, text: string, talk: Talk): Meaning {
  const errand = aboutWhich(meaning, talk);
  const element = errand && manner.piece(errand, text);
  if (!errand || !element || (STANDS.has(meaning.intent) && !hasEnough(element, errand, talk))) return meaning;
  // To be told of it is no call that is wanted now: 「下来了给我打个电话」.
  if (element !== 'tell' && isOfItsOwn(meaning, errand)) return meaning;
  const own = errandOf(meaning.intent) === errand ? meaning.slots : {};
  const { ordinal: _, ...slots } = own;
  return {
    ...meaning,
    intent: PIECED[errand],
    slots: { ...slots, element },
    decision: 'accept',
    confidence: 1,
    why: `_manner.yaml#${errand}.${element}`,
  };
}

/** Enough of what is being told ends that, and not the talk. */
const hasEnough = (element: string, errand: Pieced, { frames }: Talk) =>
  element === 'enough' && frames.at(-1)?.machine === errand;

/** A clear wish about a matter that she names, or one that would do something. */
function isOfItsOwn({ intent, slots, decision }: Meaning, errand: Pieced): boolean {
  if (decision !== 'accept' || errandOf(intent) === errand) return false;
  return STANDS_ALWAYS.has(intent) || Boolean(slots.item);
}

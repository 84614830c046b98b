/** 「我没说要那个」 of what was written down from her words a moment ago: exactly that is taken back. Pure. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { asSlot } from '../errands/guide.ticks.ts';
import type { Talk } from '../talk.ts';
import type { Manner } from './manner.ts';
import { meant } from './sentence.ts';

type Told = Talk['last'][number];
/** What takes it back. */
interface Back {
  intent: Intent;
  slots: Slots;
}

const WISHED = /^(agent|visit)\.wish_(\w+)$/;
/** What whoever rings or comes was to know. */
function wishOf({ phrase }: Told): Back | undefined {
  const [, errand, wish] = WISHED.exec(phrase) ?? [];
  if (!errand || !wish) return undefined;
  return { intent: errand === 'visit' ? 'visit.request' : 'callback.request', slots: { about: 'unnote', wish } };
}

/** What of the list she was heard to have: it is told as missing. */
function tickOf({ phrase, values }: Told): Back | undefined {
  const ticked = values?.ticked as string[] | undefined;
  if (phrase !== 'guide.tickedOff' || !ticked) return undefined;
  return { intent: 'guide.lookup', slots: { element: 'ticks', has: '', lacks: asSlot(ticked) } };
}

/** Of these the errand itself asks once before anything is undone. */
const ASKED_ABOUT: Record<string, Back> = {
  'pickup.collectorSet': { intent: 'pickup.change', slots: { mode: 'window' } },
  'agent.callbackNoted': { intent: 'callback.request', slots: { about: 'cancel' } },
  'visit.noted': { intent: 'visit.request', slots: { about: 'cancel' } },
  'rate.thanked': { intent: 'rate', slots: { about: 'wrong' } },
};

/** Her sentence as it takes back what the last answer told, or the pace she never asked for; undefined where it does neither. */
export function disowned(manner: Manner, meaning: Meaning, text: string, { last, alarm }: Talk): Meaning | undefined {
  if (alarm || meaning.intent === 'emergency') return undefined;
  if (manner.again('notSlower', text)) return meant(meaning, 'faster', {}, '_manner.yaml#notSlower');
  if (manner.again('notFaster', text)) return meant(meaning, 'slower', {}, '_manner.yaml#notFaster');
  if (!manner.again('disowns', text)) return undefined;
  const backs = last.map((told) => wishOf(told) ?? tickOf(told) ?? ASKED_ABOUT[told.phrase]);
  const back = backs.findLast((one) => one);
  return back && meant(meaning, back.intent, back.slots, '_manner.yaml#disowns');
}

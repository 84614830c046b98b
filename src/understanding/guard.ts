/** Nothing is done against her word, and nothing with a value that cannot be. */
import { unusable } from './fill.ts';
import type { Intent, Meaning } from './meaning.ts';
import { meaning, type Reading } from './reading.ts';

/** Act only after the guard. */
const ACTIONS = new Set<Intent>([
  'pickup.book',
  'pickup.change',
  'apply.start',
  'visit.request',
  'callback.request',
  'agent.call',
  'rate',
  'complaint',
  'pickup.cancel',
  'apply.withdraw',
  'privacy.erase',
]);
const MEANS_NO = new Set<Intent>([
  'no',
  'cancel',
  'stop',
  'correction',
  'pickup.cancel',
  'apply.withdraw',
  'push.optout',
  'complaint',
  'emergency',
  'scam.check',
  'privacy.erase',
  'visit.request',
  'guide.lookup',
  'repeat',
]);

/** 不约礼拜二，礼拜三: what she refuses is the day, not the errand. */
function insteadOfDenied(r: Reading, found: Meaning): boolean {
  const { asking } = r.expecting;
  if ((asking === 'mode' || asking === 'direction' || asking === 'kind') && found.slots[asking] !== undefined)
    return true;
  return r.hearing.spans.some((s) => s.negated && found.slots[s.slot] !== undefined && found.slots[s.slot] !== s.value);
}

/** While a booking is being made, what half sounds like cancelling one that stands drops the one in hand. */
function dropsOwn({ expecting }: Reading, found: Meaning): boolean {
  const open = expecting.asking !== undefined && expecting.asking !== 'nothing' && expecting.booking === undefined;
  return open && expecting.errand === 'pickup' && found.intent === 'pickup.cancel' && found.decision !== 'accept';
}

/** Nothing is booked, applied for or called against her word. */
export function guarded(r: Reading, found: Meaning): Meaning {
  const { refused } = r.hearing;
  if (dropsOwn(r, found)) return refusedMeaning(r);
  if (refused === 'refused' && found.decision === 'ask' && r.expecting.errand && found.intent !== 'emergency')
    return refusedMeaning(r);
  if (refused === undefined || MEANS_NO.has(found.intent)) return found;
  if (!ACTIONS.has(found.intent) || insteadOfDenied(r, found)) return found;
  if (refused === 'unsaid')
    return { ...meaning(r, 'correction', 'accept', 0.8, 'guard: she never said it'), slots: {} };
  return refusedMeaning(r);
}

function refusedMeaning({ expecting }: Reading): Meaning {
  const intent: Intent = expecting.asking === 'yesno' ? 'no' : 'cancel';
  const decision = expecting.errand ? 'accept' : 'confirm';
  return { intent, slots: {}, decision, confidence: 0.75, why: 'guard: refused' };
}

/** An accepted errand whose one value cannot be used asks for it again. */
export function usable(r: Reading, found: Meaning): Meaning {
  const lacks = found.intent.startsWith('pickup.') && found.slots.date === undefined && unusable(r.hearing, 'date');
  return lacks && r.expecting.asking === 'date' ? { ...found, decision: 'ask' } : found;
}

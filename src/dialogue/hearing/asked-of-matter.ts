/** What is asked of a matter, as the guide hears it; and what is no such question, however it sounds. */
import type { Intent, Meaning } from '../../understanding/meaning.ts';

/** What is never bent: safety, the ways out, a wish that does something. */
const STANDS = new Set<Intent>([
  'emergency',
  'scam.check',
  'yes',
  'agent.call',
  'callback.request',
  'complaint',
  'pickup.book',
  'pickup.change',
  'pickup.cancel',
  'visit.request',
  'apply.withdraw',
  'privacy.erase',
  'privacy.who',
  'wait',
]);
/** She clearly wishes something else. */
export const isOfItsOwn = ({ intent, decision, confidence }: Meaning): boolean =>
  STANDS.has(intent) && decision === 'accept' && confidence > 0.75;

/** Elements that have an intent of their own, by the kind of question. */
export const AS_INTENT: Record<string, Intent> = {
  again: 'guide.materials',
  all: 'guide.materials',
  conditions: 'guide.eligibility',
  materials: 'guide.materials',
  where: 'guide.where',
  canI: 'guide.eligibility',
  until: 'guide.eligibility',
  whyNotYet: 'guide.eligibility',
};

/** She was treated badly, or sent away, and does not call it a complaint: 「就是不让我说话」. Pure. */
import type { Intent, Meaning } from '../../understanding/meaning.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import { INSTEAD } from './sentence.ts';

/** What understanding takes a grievance for, where she does not call it one. */
const MAY_BE = new Set<Intent>([
  'complaint',
  'out_of_scope',
  'smalltalk',
  'rate',
  'repeat',
  'no',
  'correction',
  'stop',
  'agent.call',
]);
/** Her sentence as a complaint: at once where somebody wronged her, asked about first where she is only unhappy. */
export function grievance(
  words: AskingWords,
  meaning: Meaning,
  text: string,
  { asked: question, frames }: Talk,
): Meaning | undefined {
  const { intent, decision, slots } = meaning;
  const open = decision !== 'accept' || MAY_BE.has(intent);
  const called = question?.offer === 'callback' && isPassing(frames.at(-1)?.machine);
  const free = frames.length === 0 || called || question?.for === 'nothing' || question?.for === 'rating';
  if (!open || !free || slots.item || slots.about || words.says('grievance', 'not', text)) return undefined;
  const taken = { ...meaning, intent: 'complaint' as const, slots: {}, confidence: 0.9, why: '_asking.yaml#grievance' };
  const instead = frames.at(-1)?.machine === 'rate' ? { why: INSTEAD } : {};
  if (words.says('grievance', 'wronged', text)) return { ...taken, decision: 'accept', ...instead };
  return words.says('grievance', 'unhappy', text) ? { ...taken, decision: 'confirm' } : undefined;
}

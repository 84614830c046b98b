/** Errands that only tell: they bind nothing, may be left for what they interrupted, and may offer what another errand does. Pure. */
import type { Slots } from '../understanding/meaning.ts';
import { itemOf } from './matter-in-hand.ts';
import type { Frame, Talk } from './talk.ts';

const PASSING = new Set(['guide', 'policy', 'progress']);
/** Whether this errand only tells something. */
export const isPassing = (machine: string | undefined): boolean => machine !== undefined && PASSING.has(machine);

/** The errand that an offer leads to. */
const LEADS_TO: Record<string, string> = {
  pickup: 'pickup',
  hand_in: 'pickup',
  apply: 'apply',
  visit: 'visit',
  callback: 'agent',
};
const leadsTo = ({ asked }: Frame): string | undefined => LEADS_TO[asked?.offer ?? ''];

/** What a question in passing offers, where it leads to this errand: she takes it up in her own words, and it comes back no more. */
export function offeredThere(frame: Frame | undefined, errand: string): Slots | undefined {
  const passing = frame && (isPassing(frame.machine) || frame.asked?.phrase === 'apply.waitsForHer');
  if (!frame || !passing || leadsTo(frame) !== errand) return undefined;
  if (frame.asked?.offer === 'callback') return { item: itemOf(frame) ?? '', reason: frame.machine };
  const { matter } = (frame.asked?.values ?? {}) as { matter?: string };
  const direction: Slots = frame.asked?.offer === 'hand_in' ? { direction: 'hand_in' } : {};
  return { ...(matter ? { item: matter } : {}), ...direction };
}

/** Where this errand lies beneath nothing but questions in passing; -1 where it does not. */
export function beneathPassing(frames: Frame[], errand: string): number {
  const at = frames.findIndex(({ machine }) => machine === errand);
  const above = frames.slice(at + 1);
  return above.length > 0 && above.every(({ machine }) => isPassing(machine)) ? at : -1;
}

/** A question in passing that waits for nothing, or whose offer has just been taken up elsewhere, comes back no more. */
export function isDoneWith(frame: Frame | undefined, { machine: over }: Frame): boolean {
  if (!frame || isPassing(over)) return false;
  const asksOn = frame.asked?.for === 'choice' || frame.asked?.offer === 'more';
  const menu = frame.machine === 'guide' && asksOn && over !== 'agent';
  const idle = menu || (isPassing(frame.machine) && frame.asked?.for === 'nothing');
  return idle || (leadsTo(frame) === over && frame.machine !== over);
}

/** The menu of a policy is not said again under each answer, once she asks of another matter or asks on. */
export function hasGoneOn(frame: Frame | undefined, over: Frame, last: Talk['last']): boolean {
  const menu = frame?.machine === 'policy' && (frame.asked?.for === 'choice' || frame.asked?.offer === 'more');
  if (!frame || !menu || over.machine !== 'guide') return false;
  return itemOf(over) !== itemOf(frame) || last.some(({ phrase }) => phrase.startsWith('guide.'));
}

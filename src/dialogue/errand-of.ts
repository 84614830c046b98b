/** Which errand an intent belongs to. */
import type { Values } from '../speech/speech.ts';
import type { Intent } from '../understanding/meaning.ts';

const BY_HEAD: Record<string, string> = {
  policy: 'policy',
  guide: 'guide',
  progress: 'progress',
  pickup: 'pickup',
  apply: 'apply',
  agent: 'agent',
  callback: 'agent',
  visit: 'visit',
  rate: 'rate',
  complaint: 'complaint',
};
/** The errand that an intent belongs to; undefined for control, answers and talk. */
export const errandOf = (intent: Intent): string | undefined => BY_HEAD[intent.split('.')[0] ?? ''];

/** A wish by its name, for when it is announced: who looks after her building is a question of no matter. */
export function announced({ intent, slots }: { intent: string; slots: { item?: string } }, named: boolean): Values {
  if (intent === 'guide.who') return { errand: 'station' };
  return { errand: errandOf(intent as Intent), item: named ? slots.item : undefined };
}

/** Which errand an intent belongs to. */
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

/** What a question leaves open, in the words of the vendors: a slot that the next words are to fill. */
import type { Reply } from './platform.ts';

/** Slots that a console has an entity for; what else is asked for is answered in any words. */
const SLOTS = new Set([
  'item',
  'date',
  'time',
  'phone',
  'name',
  'rating',
  'direction',
  'mode',
  'place',
  'kind',
  'case_no',
]);
/** The number of a choice. */
export const ORDINAL = 'ordinal';

/** Whether she was asked something and the microphone opens for the answer. */
export const asksHer = ({ listen, end, asking }: Reply): boolean => listen && !end && asking !== 'nothing';

/** Our slot that holds the answer; undefined where any words may be one. */
export function slotAsked({ asking, choices }: Pick<Reply, 'asking' | 'choices'>): string | undefined {
  if (asking === 'choice' || choices?.length) return ORDINAL;
  return SLOTS.has(asking) ? asking : undefined;
}

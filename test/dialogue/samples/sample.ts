/** What may befall an errand: how it begins, what a resident says, how its effects turn out. Small, and said out loud. */
import type { Intent, Slots } from '../../../src/understanding/meaning.ts';
import type { Happening, Kept } from '../support/walk.ts';

export interface Sample {
  starts: unknown[];
  events: Happening[];
  /** What tells two states apart, where the whole context would be too much. */
  keyOf?: (stop: Kept) => unknown;
  /** Which outcomes an effect can have there. */
  mayBefall?: (stop: Kept, event: Happening) => boolean;
}

export const start = (intent: Intent, slots: Slots = {}, aside = false) => ({
  residentId: 'resident',
  intent,
  slots,
  aside,
});
export const gave = (intent: Intent, slots: Slots = {}) => ({ type: 'GAVE', intent, slots });
export const said = (words: string) => ({ ...gave('out_of_scope'), words });
export const chose = (n: number) => ({ type: 'CHOSE', n });
export const YES = { type: 'YES' };
export const NO = { type: 'NO' };
export const BACK = { type: 'BACK' };

export const CARD = '老年优待证';
/** Not to be named aloud before she has said that nobody else listens. */
export const SECRET = '最低生活保障';
export const PERMIT = '天津市居住证';
export const NUMBER = '13920001234';
export const STATION = { id: 'station', name: '示例一号便民服务站' };
export const CENTRE = { id: 'centre', name: '示例一号邻里中心' };

/** How it may turn out that she has to say who she is. */
export const IDENTITY: Happening[] = [
  ...['verified', 'pin', 'none'].map((level) => ({ type: 'ASSURED', level })),
  { type: 'PIN_RIGHT', triedBefore: false },
  { type: 'PIN_RIGHT', triedBefore: true },
  { type: 'PIN_WRONG' },
  { type: 'PIN_LOCKED' },
  { type: 'FORGOT' },
];

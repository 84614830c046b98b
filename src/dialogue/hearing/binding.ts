/** Questions whose yes does something in the world, and how plainly it has to be said: the one list for all who judge a yes. Pure. */
import type { Intent } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';

export interface Binding {
  /** It stands in the sentence by itself: a word of agreeing somewhere in it, or a question, is none. */
  clear: boolean;
  /** Agreeing and taking leave in one breath (「行，知道了」) is half of one, and asked about once. */
  whole: boolean;
}

const PLAINLY: Binding = { clear: true, whole: true };
const LOOSELY: Binding = { clear: false, whole: false };

/** By what is offered. */
export const BINDING: Readonly<Record<string, Binding>> = {
  // A time is taken or moved, or a booking that stands goes over to another.
  book: PLAINLY,
  change: PLAINLY,
  hand_in: PLAINLY,
  // Somebody comes home.
  visit: PLAINLY,
  // It is handed in in her name, with all that was read back.
  apply: PLAINLY,
  right: PLAINLY,
  // Another may collect. Of one who was named before she is asked whether that is her will, and 知道了 tells nothing of it.
  proxy: { clear: true, whole: false },
  // 「取消」 is itself a yes here, and 「别取消」 none: `clear-yes.ts` weighs one against the other.
  cancel: { clear: false, whole: true },
  // Her own words answer it, and a yes may be the beginning of them.
  complaint: { clear: false, whole: true },
  // Yes and no are both only noted, and read back before anything is handed in.
  promise: { clear: false, whole: true },
};
/** It offers a time as others do, but takes it at once. */
const BY_PHRASE: Readonly<Record<string, Binding>> = { 'pickup.together': PLAINLY };

/** What is a yes where it was asked whether it is to end. */
export const ENDS: ReadonlySet<Intent> = new Set<Intent>(['cancel', 'pickup.cancel', 'apply.withdraw', 'stop']);

/** How plainly a yes to this question has to be said. */
export function bindingOf(asked: Talk['asked']): Binding {
  if (asked?.for !== 'yesno') return LOOSELY;
  return BY_PHRASE[asked.phrase] ?? BINDING[asked.offer ?? ''] ?? LOOSELY;
}

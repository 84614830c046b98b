/** Where an errand leads when it ends: the wish it opens, as if she had said it herself. */
import type { Slots } from '../../understanding/meaning.ts';
import type { Open } from './errand.ts';

/** Somebody rings her about this matter; `reason` names the errand that could not go on. */
export const personFor = (item: string | undefined, reason: string): Open => ({
  errand: 'agent',
  intent: 'callback.request',
  slots: { item: item ?? '', reason },
});

/** It is applied for here and now. */
export const applyFor = (item: string | undefined, more: Slots = {}): Open => ({
  errand: 'apply',
  intent: 'apply.start',
  slots: { item: item ?? '', ...more },
});

/** How it is done is told. */
export const guideFor = (item: string | undefined, more: Slots = {}): Open => ({
  errand: 'guide',
  intent: 'guide.lookup',
  slots: { item: item ?? '', ...more },
});

/** A time to collect it, or to hand papers in. */
export const timeFor = (item: string | undefined, direction: 'collect' | 'hand_in'): Open => ({
  errand: 'pickup',
  intent: 'pickup.book',
  slots: { item: item ?? '', direction },
});

/** The end of an errand that leads on. */
export const leading = <Context>(open: (context: Context) => Open) => ({
  type: 'final' as const,
  entry: { type: 'open' as const, params: ({ context }: { context: Context }) => open(context) },
});

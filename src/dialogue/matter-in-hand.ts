/** The matter that an errand is about, and where a wish said in the midst of it takes that along. Pure. */
import type { Slots } from '../understanding/meaning.ts';
import type { Wish } from './conversation.facts.ts';
import type { Frame } from './talk.ts';

/** The matter that the errand was about. */
export function itemOf({ context }: Frame): string | undefined {
  const { slots, chosenBooking, already } = context as Partial<Record<string, { item?: string; matter?: string }>>;
  return slots?.item || chosenBooking?.matter || already?.matter;
}

const PERSON = new Set<string>(['agent.call', 'callback.request']);
const HANDED_ON = new Set(['guide', 'pickup', 'apply', 'visit']);

/** She wants a person in the midst of an errand whose matter she has named herself: it is about that. What is read of her papers is not said aloud here. */
export function withMatterInHand({ intent, slots }: Wish, inHand: Frame | undefined): Slots {
  const herself = !slots.reason && !slots.incoming && !slots.ended;
  if (!PERSON.has(intent) || !herself || slots.item || !inHand || !HANDED_ON.has(inHand.machine)) return slots;
  const { item } = inHand.context.slots as { item?: string };
  return item ? { ...slots, item } : slots;
}

/** Which matter is talked of: the one that an errand is about, or that was talked of last; and where a wish said in the midst of it takes that along. Pure. */
import type { Slots } from '../understanding/meaning.ts';
import type { Wish } from './conversation.facts.ts';
import type { Frame, Talk } from './talk.ts';

interface Known {
  slots: Slots;
  chosenBooking: { matter?: string };
  already: { matter?: string };
  /** Policies, or cases, and which of them is being told. */
  policies: { matter?: string }[];
  cases: { matter?: string; sensitive?: boolean }[];
  /** Not to be said aloud. */
  unsaid: string[];
  at: number;
}

/** The matter that an errand is about; of a policy, or of a case that may be named, the one being told. */
export function itemOf({ context }: Frame): string | undefined {
  const { slots, chosenBooking, already, policies, cases, unsaid, at = 0 } = context as Partial<Known>;
  const own = cases?.[at]?.sensitive ? undefined : cases?.[at]?.matter;
  const matter = slots?.item || chosenBooking?.matter || already?.matter || policies?.[at]?.matter || own;
  return matter && !unsaid?.includes(matter) ? matter : undefined;
}

/** The matter in hand, else the one that was talked of last. */
export function matterInHand({ frames, topic }: Talk): string | undefined {
  const inHand = frames.at(-1);
  return (inHand && itemOf(inHand)) || topic?.item;
}

/** In the midst of a policy the guide has just told of another matter: what she asks next is of that. */
export function besidePolicy({ frames, topic, last }: Talk): string | undefined {
  const told = topic?.errand === 'guide' && last.some(({ phrase }) => phrase.startsWith('guide.'));
  return told && frames.at(-1)?.machine === 'policy' ? topic?.item : undefined;
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

/** An element of a guide that she names in her own words. */
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import type { Manner } from './manner.ts';

/** Asked with 谁 too, and no question for her own station. */
const OF_WHO = new Set(['supervision', 'acceptedBy', 'enquiry', 'audience', 'basis']);
/** Of a service point, not of a matter. */
export const OF_PLACE = new Set(['mobile', 'kiosk', 'locker', 'hours', 'centre', 'photo']);
/** What became of a card that she names. */
const OF_CARD = new Set(['lost', 'worn', 'renew']);

/** Which card it is she is asked where she does not name it. */
const isOfCard = ({ intent, slots, decision }: Meaning, free: boolean) =>
  decision !== 'ask' &&
  (intent === 'guide.lookup'
    ? slots.item !== undefined || free
    : intent === 'guide.eligibility' && slots.item !== undefined);

/** An element of a guide that has no intent of its own. */
export function withElement(manner: Manner, text: string, meaning: Meaning, { frames, topic }: Talk): Meaning {
  const inGuide = frames.at(-1)?.machine === 'guide';
  const unread = meaning.decision !== 'accept' || meaning.intent === 'out_of_scope';
  const element = manner.element(text);
  if (OF_CARD.has(element ?? '') && !isOfCard(meaning, frames.length === 0)) return meaning;
  const howTo = meaning.intent === 'help' && OF_PLACE.has(element ?? '');
  const asWho = meaning.intent === 'guide.who' && OF_WHO.has(element ?? '');
  const ofMatter = element === 'centre' && meaning.slots.item !== undefined;
  const ofPlace = OF_PLACE.has(element ?? '') && !ofMatter;
  const asPlace = meaning.intent.startsWith('guide.') && (ofPlace || OF_CARD.has(element ?? ''));
  const asList = meaning.intent === 'guide.materials' && element === 'checklist';
  const asLimit = meaning.intent === 'guide.when' && element === 'timeLimit';
  const named =
    asLimit || meaning.intent === 'guide.lookup' || asWho || asPlace || asList || howTo || (inGuide && unread);
  if (!element || !named) return meaning;
  const near = asLimit ? ((frames.at(-1)?.context.slots as Slots | undefined)?.item ?? topic?.item) : undefined;
  // A guess at what she asks may be wrong; the matter that she names is named.
  const { item } = meaning.slots;
  const guessed = item ? { item } : {};
  const slots = { ...(near ? { item: near } : {}), ...(unread ? guessed : meaning.slots), element };
  return { ...meaning, intent: 'guide.lookup', slots, decision: 'accept', why: `_manner.yaml#${element}` };
}

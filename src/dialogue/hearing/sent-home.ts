/** It is to be brought to her home, though a time to collect it stands or is being settled, or nothing of it was said yet. Pure but for `read`. */
import type { Slots } from '../../understanding/meaning.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { piecesOf } from './plain-words.ts';
import { type Ears, type Listened, meant, type Sentence } from './sentence.ts';
import { ofPickup } from './standing-said.ts';
import type { StandingWords } from './standing-words.ts';

interface Wish {
  intent: 'pickup.book' | 'pickup.change' | 'visit.request';
  slots: Slots;
  instead?: true;
}

/** 「别退了，叫送家来行不行」, 「我下不了楼，你们给我送家来呗」: nothing is ended by it, and nobody is asked to come and see her. */
export function sentHome({ standing }: Ears, sentence: Sentence): Listened | undefined {
  const { text, talk, read } = sentence;
  if (talk.alarm || talk.asked?.words) return undefined;
  const wish = standing.says('sendsHome', text) ? wishFor(standing, sentence) : posted(standing, sentence);
  if (!wish) return undefined;
  const { intent, slots, instead } = wish;
  const meaning = meant(read(text), intent, slots, '_standing.yaml#booking.sendsHome');
  return { meaning, text, ...(instead ? { instead } : {}) };
}

/** 「取证能寄不」 with nothing in hand: by post, unless she says no when it is read back. */
function posted(standing: StandingWords, { text, talk, read }: Sentence): Wish | undefined {
  const open = talk.frames.length === 0 && mayBegin(talk) && !ofPickup(talk.topic?.done?.phrase);
  if (!open || !standing.says('asksPosted', text)) return undefined;
  const { item } = read(text).slots;
  return { intent: 'pickup.book', slots: { mode: 'courier', ...(item ? { item } : {}) } };
}

function wishFor(standing: StandingWords, { text, talk, read }: Sentence): Wish | undefined {
  const parts = [text, ...piecesOf(text)];
  const weak: Slots = parts.some((part) => standing.says('weak', part)) ? { weak: 'yes' } : {};
  const home: Slots = { mode: 'home', ...weak };
  if (standsInHand(talk)) return { intent: 'pickup.change', slots: home };
  const frame = talk.frames.at(-1);
  const held = (frame?.context.slots ?? {}) as Slots;
  if (frame?.machine === 'pickup') return held.direction === 'hand_in' ? undefined : inHand(held, home);
  const item = parts.map((part) => read(part).slots.item).find((one) => one);
  const named: Slots = item ? { item } : {};
  // 「不是办，证都做好了，就是给我送来」 while somebody is to come and do something for her.
  if (frame?.machine === 'visit') return atVisit(held, { ...home, ...named });
  if (!mayBegin(talk)) return undefined;
  const { errand, done } = talk.topic ?? {};
  if (!frame && !item && done?.phrase === 'progress.ready')
    return { intent: 'pickup.book', slots: { ...home, ...(done.item ? { item: done.item } : {}) } };
  const stands = !frame && !item && errand === 'pickup' && ofPickup(done?.phrase);
  return { intent: stands ? 'pickup.change' : 'pickup.book', slots: { ...home, ...named } };
}

/** Said again of what is to be brought to her anyhow, it changes nothing. */
function atVisit(held: Slots, home: Slots): Wish | undefined {
  if (held.forPapers) return undefined;
  const { item = '' } = held;
  return held.forCard
    ? { intent: 'visit.request', slots: { item } }
    : { intent: 'pickup.book', slots: home, instead: true };
}

/** Told already that nobody comes with it, she says it again: by post it comes to her home, too. */
const inHand = (held: Slots, home: Slots): Wish => ({
  intent: 'pickup.book',
  slots: held.mode === 'home' ? { ...home, mode: 'courier' } : home,
});

/** Nothing is in hand but what only tells, and no other question waits for a yes. */
function mayBegin({ frames, asked }: Talk): boolean {
  const machine = frames.at(-1)?.machine;
  if (machine !== undefined && !isPassing(machine)) return false;
  return asked?.for !== 'yesno' || asked.offer === 'pickup' || WISH_MEANT.test(asked.phrase);
}
const WISH_MEANT = /^conversation\.meant_/;

/** She is asked about what stands: whether it is to end, or to be moved. */
function standsInHand({ frames, asked }: Talk): boolean {
  const offer = asked?.offer === 'cancel' || asked?.offer === 'change';
  return frames.at(-1)?.machine === 'pickup' && offer;
}

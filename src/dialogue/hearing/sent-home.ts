/** It is to be brought to her home, though a time to collect it stands or is being ended. Pure but for `read`. */
import type { Slots } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import { piecesOf } from './plain-words.ts';
import { type Ears, type Listened, meant, type Sentence } from './sentence.ts';
import { ofPickup } from './standing-said.ts';

/** 「别退了，叫送家来行不行」, 「把我的优待证送到家里来吧，我走不动道」: nothing is ended by it, and nobody is asked to come and see her. */
export function sentHome({ standing }: Ears, { text, talk, read }: Sentence): Listened | undefined {
  if (talk.alarm || talk.asked?.words || !standing.says('sendsHome', text)) return undefined;
  const home = (intent: 'pickup.book' | 'pickup.change', slots: Slots): Listened => ({
    meaning: meant(read(text), intent, { ...slots, mode: 'home' }, '_standing.yaml#booking.sendsHome'),
    text,
  });
  if (standsInHand(talk)) return home('pickup.change', {});
  if (talk.frames.length > 0 || talk.asked?.for === 'yesno') return undefined;
  const item = [text, ...piecesOf(text)].map((part) => read(part).slots.item).find((one) => one);
  if (item) return home('pickup.book', { item });
  const { errand, done } = talk.topic ?? {};
  if (done?.phrase === 'progress.ready') return home('pickup.book', done.item ? { item: done.item } : {});
  return errand === 'pickup' && ofPickup(done?.phrase) ? home('pickup.change', {}) : undefined;
}

/** She is asked about what stands: whether it is to end, or to be moved. */
function standsInHand({ frames, asked }: Talk): boolean {
  const offer = asked?.offer === 'cancel' || asked?.offer === 'change';
  return frames.at(-1)?.machine === 'pickup' && offer;
}

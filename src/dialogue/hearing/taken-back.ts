/** Whether what she handed in is taken back: said in words of its own, or denied wherever that is being asked. Pure but for `read`. */
import { errandOf } from '../errand-of.ts';
import { breadthOf, piecesOf } from './plain-words.ts';
import { asksSomething } from './question.ts';
import { type Ears, type Listened, meant, type Sentence } from './sentence.ts';

/** Asked before anything is settled: whether that is what she means. */
const MEANT = 'conversation.meant_apply_withdraw';
const SHORTEST = 3;

/** 「我不撤，我问上哪儿取去」 at any question on the way to it: nothing is taken back, and what stands beside it is heard next. */
export function keepsApplication({ standing, manner }: Ears, { text, talk, read }: Sentence): Listened | undefined {
  const { asked, frames, alarm } = talk;
  const context = frames.at(-1)?.context as { intent?: string } | undefined;
  const nothingAsked = asked === undefined && frames.length === 0;
  const asksIt = nothingAsked || asked?.phrase === MEANT || context?.intent === 'apply.withdraw';
  const pieces = piecesOf(text);
  const denials = pieces.filter((one) => standing.applies('withdrawsNot', one));
  if (alarm || !asksIt || denials.length === 0) return undefined;
  const others = pieces.filter((one) => !denials.includes(one) && breadthOf(one) >= SHORTEST);
  const rest = others.filter((one) => asksSomething(manner, one) || errandOf(read(one).intent));
  const meaning = meant(read(denials.join('，')), 'no', {}, '_standing.yaml#applying.withdrawsNot');
  return { meaning, text: denials.join('，'), ...(rest.length > 0 ? { beside: rest.join('，') } : {}) };
}

/** 「前两天交上去那个，给我撤了吧」, or 「想好了，还是撤了吧」 when that was talked of: an application, and no booking. */
export function withdraws({ standing, manner }: Ears, { text, talk, read }: Sentence): Listened | undefined {
  const { asked, frames, topic, alarm } = talk;
  if (alarm || asked?.for === 'yesno' || frames.length > 0) return undefined;
  const pieces = piecesOf(text);
  const back = pieces.some((one) => standing.applies('takesBack', one));
  const denied = pieces.some((one) => standing.applies('withdrawsNot', one));
  const handedIn = standing.applies('handedInBack', text);
  const talkedOf = topic?.errand === 'apply' && back && !standing.says('endsBooking', text);
  const whole = read(text);
  if (denied || asksSomething(manner, text) || ASKS.test(whole.intent) || !(handedIn || talkedOf)) return undefined;
  const { item } = whole.slots;
  const meaning = meant(whole, 'apply.withdraw', item ? { item } : {}, '_standing.yaml#applying.handedInBack');
  return { meaning, text };
}
/** What is only told, however the word for it may lie in it. */
const ASKS = /^(?:progress|guide|policy|complaint|emergency|scam)/;

/** 「刚才交的那个」: what was handed in is only named, and nothing of it is to end. */
export const withoutFalseEnd =
  ({ standing }: Ears, read: Sentence['read']): Sentence['read'] =>
  (text, expecting) => {
    const meaning = read(text, expecting);
    const named = meaning.intent === 'apply.withdraw' && !standing.applies('endsIt', text);
    return named ? { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' } : meaning;
  };

/** Two documents of hers on one trip, named side by side or one after the other: read into the slots of booking. Pure. */

import type { Meaning, Slots } from '../../understanding/meaning.ts';
import { isPaper } from '../known-matters.ts';
import { clausesOf } from './plain-words.ts';
import type { Listened, Sentence } from './sentence.ts';
import { FOR_THE_DAY } from './sentence.ts';
import { ofPickup, ofStanding, type Said, whenOf } from './standing-said.ts';
import type { StandingWords } from './standing-words.ts';

/** 「我想拿我那个老年证和乘车卡，礼拜五头晌」: both, and the day. */
export function twoDocuments(words: StandingWords, meaning: Meaning, { text, talk, read }: Said): Meaning | undefined {
  const { frames, asked } = talk;
  const open = frames.length === 0 || asked?.phrase === 'pickup.whichDay' || asked?.phrase === 'pickup.chooseDocument';
  const loose = meaning.intent === 'pickup.book' || meaning.decision !== 'accept';
  if (!open || !loose || meaning.slots.direction === 'hand_in') return undefined;
  const [left = '', right = ''] = words.halves(text) ?? [];
  const [one, other] = left && right ? [documentIn(left, read), documentIn(right, read)] : [];
  if (!one || !other || one === other) return undefined;
  const when = whenOf(read(text, FOR_THE_DAY).slots);
  const collects = meaning.intent === 'pickup.book' || words.says('collects', text) || Object.keys(when).length > 0;
  return collects ? ofStanding(meaning, 'pickup.book', { ...when, both: 'yes' }, 'booking.both') : undefined;
}

/** 「对，乘车卡也顺手拿了行吗」 to the read-back of one: no yes to that one alone. */
export function theOtherToo(
  words: StandingWords,
  meaning: Meaning,
  { text, talk, read, expecting }: Said,
): Meaning | undefined {
  const frame = talk.frames.at(-1);
  const { item, both, direction } = (frame?.context.slots ?? {}) as Slots;
  const choosing = frame?.machine === 'pickup' && ofPickup(talk.asked?.phrase) && talk.asked?.offer !== 'cancel';
  if (!choosing || !item || both || direction === 'hand_in' || meaning.slots.direction === 'hand_in') return undefined;
  const also = clausesOf(text).some((one) => words.says('along', one) && isOther(documentIn(one, read), item));
  if (!also) return undefined;
  // 「第一个，乘车卡也一块儿」: which of the times she has said, too.
  const chose = clausesOf(text).map((one) => read(one, expecting).slots.ordinal);
  const ordinal = talk.asked?.for === 'choice' ? chose.find((one) => one) : undefined;
  return ofStanding(meaning, 'pickup.book', { ...(ordinal ? { ordinal } : {}), both: 'yes' }, 'booking.both');
}

const isOther = (named: string | undefined, item: string) => named !== undefined && named !== item;

function documentIn(part: string, read: Said['read']): string | undefined {
  const { item } = read(part).slots;
  return item && !isPaper(item) ? item : undefined;
}

interface Way {
  clause: string;
  item?: string;
  mode?: string;
}

/** 「老年证放柜子里，乘车卡我自己去窗口取」: each document by its own road, one after the other. */
export function twoRoads(words: StandingWords, meaning: Meaning, { text, talk, read }: Sentence): Listened | undefined {
  const open = talk.frames.length === 0 || talk.asked?.phrase === 'pickup.chooseDocument';
  if (!open || !meaning.intent.startsWith('pickup.')) return undefined;
  const ways = clausesOf(text).map(
    (clause): Way => ({ clause, item: documentIn(clause, read), mode: road(words, clause) }),
  );
  const [first, other] = ways.filter(({ item, mode }) => item && mode);
  if (!first || !other || first.item === other.item || first.mode === other.mode) return undefined;
  const slotsOf = ({ clause, item = '', mode = '' }: Way): Slots => ({
    ...whenOf(read(clause, FOR_THE_DAY).slots),
    item,
    mode,
    direction: 'collect',
  });
  return {
    meaning: ofStanding(meaning, 'pickup.book', slotsOf(first), 'booking.both'),
    text: first.clause,
    second: { intent: 'pickup.book', slots: slotsOf(other), words: other.clause },
  };
}

const road = (words: StandingWords, clause: string): string | undefined =>
  (words.says('intoLocker', clause) && 'locker') ||
  (words.says('posts', clause) && 'courier') ||
  (words.says('herself', clause) && 'window') ||
  undefined;

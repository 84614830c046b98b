/** Two things in one breath: who she is and what she wants, or two wishes. */
import type { Intent, Meaning } from '../../understanding/meaning.ts';
import type { Wish } from '../conversation.facts.ts';
import { errandOf } from '../errand-of.ts';
import { OF_PLACE } from './element-named.ts';
import type { Manner } from './manner.ts';
import { isClear, type Listened, type Sentence } from './sentence.ts';

const SHORTEST = 7;
const MOST_CUTS = 6;

const NAMES_HERSELF =
  /^(?:[^我这，,。；;]{1,8}[，,。；;]\s*){0,3}(?:[我这]就?[是姓叫](?![问说想要])|i am |i'm |this is )[^，,。；;]{1,12}[，,。；;]\s*(.{2,})$/iu;
/** 「我是王姨，我想取证」: what stands behind who she is. */
export const behindHerName = (text: string): string | undefined => NAMES_HERSELF.exec(text.trim())?.[1];

const SHORT_NAME = /^[^，,。；;]{2,6}[，,。；;]\s*(.{5,})$/u;
/** 「老赵，我们家那口子的也一块儿拿」 to the question who she is: behind a name without 「我是」, too. */
export const behindAnyName = (text: string): string | undefined =>
  behindHerName(text) ?? SHORT_NAME.exec(text.trim())?.[1];

/** The wish that stands there, where it is a clear one. */
export function afterName({ text, read }: Sentence): Listened | undefined {
  const rest = behindHerName(text);
  const wish = rest ? read(rest) : undefined;
  if (!rest || !wish || !isClear(wish) || !errandOf(wish.intent)) return undefined;
  return { meaning: wish, text, behindName: { intent: wish.intent, slots: wish.slots, words: rest } };
}

/** The first cut of which both halves are understood well, and as two different errands. */
export function twoWishes(
  manner: Manner,
  whole: Meaning,
  { text, talk, expecting, read }: Sentence,
): Listened | undefined {
  if (text.length < SHORTEST) return undefined;
  const place = OF_PLACE.has(manner.element(text) ?? '');
  for (const [left, right] of manner.halves(text).slice(0, MOST_CUTS)) {
    const second = read(right);
    if (!isClear(second) || !errandOf(second.intent)) continue;
    // 「就那个……低保，帮我弄弄」 to the question of what it is for: one matter, and one wish.
    if (talk.asked?.for === 'item' && !second.slots.item) continue;
    const first = read(left, expecting);
    const errand = errandOf(first.intent) ?? (isAnswer(first) ? talk.frames.at(-1)?.machine : undefined);
    if (!isClear(first) || !errand || isSame(errand, first, second)) continue;
    if (isAnswer(first) && read(right, expecting).intent === 'yes') continue;
    // 「第二个，乘车卡」: the one she has chosen, by its name.
    if (isAnswer(first) && isNamedOnly(second)) continue;
    if (place && asksOfPlace(first) && asksOfPlace(second)) continue;
    // 「我闺女礼拜六有空，礼拜六行吗」: that day is asked for where it is looked for.
    if (second.intent === 'guide.when' && second.slots.date && talk.asked && manner.element(right) !== 'hours')
      continue;
    // Only together do they say of what: 「我够七十了，换个证」.
    if (whole.decision === 'accept' && whole.slots.item && !first.slots.item && !second.slots.item) continue;
    if (tellsWhy(first, second)) continue;
    if (leadsThere(first, second)) return { meaning: first, text: left };
    if (asksOfIt(first, second)) return { meaning: first, text: left, beside: right };
    if (isNamedOnly(second) && OF_THE_NAMED.has(first.intent) && !first.slots.item)
      return { meaning: { ...first, slots: { ...second.slots, ...first.slots } }, text };
    if (isNamedOnly(first) && OF_THE_NAMED.has(second.intent))
      return { meaning: { ...second, slots: { ...first.slots, ...second.slots } }, text };
    return { meaning: first, text: left, second: { ...wishOf(second, first), words: right } };
  }
  return undefined;
}

/** 「我要换老年乘车卡，卡折了」: what became of the card is why, and no question about it. */
const tellsWhy = (first: Meaning, { intent, slots }: Meaning): boolean =>
  first.intent === 'apply.start' &&
  intent === 'guide.lookup' &&
  !slots.element &&
  (slots.item ?? first.slots.item) === first.slots.item;

/** 「老年证好了没有啊，我想约个日子拿去」: what is ready is offered to be collected. */
const leadsThere = (first: Meaning, { intent, slots }: Meaning): boolean =>
  first.intent === 'progress.query' &&
  intent === 'pickup.book' &&
  slots.direction !== 'hand_in' &&
  (slots.item ?? first.slots.item) === first.slots.item;

/** 「我想去取证，得带嘛呀」: a small question about what is booked, told where that has led. */
const asksOfIt = (first: Meaning, { intent, slots }: Meaning): boolean =>
  first.intent === 'pickup.book' && OF_BRINGING.has(intent) && !slots.item;
const OF_BRINGING = new Set<Intent>(['guide.materials', 'guide.lookup', 'guide.fee']);

/** 那邻里中心呢，周末开不开: one place, where it is and when. */
const asksOfPlace = ({ intent, slots }: Meaning) =>
  (intent === 'guide.where' || intent === 'guide.when') && slots.item === undefined;

/** One thing asked in two breaths, unless it is two questions about how things are done. */
function isSame(errand: string, first: Meaning, second: Meaning): boolean {
  if (errand !== errandOf(second.intent)) return false;
  return errand !== 'guide' || first.intent === second.intent || !errandOf(first.intent);
}

/** 「听说八十往上每月给钱，我能领吗」: the first half only says of what the second asks. */
const OF_THE_NAMED = new Set<Intent>(['guide.eligibility', 'guide.fee']);
const isNamedOnly = ({ intent, slots }: Meaning) =>
  intent === 'guide.lookup' && slots.item !== undefined && slots.element === undefined;

const isAnswer = ({ intent }: Meaning) => intent === 'yes' || intent === 'select.number';

/** 「约个时间」 after 「老年证怎么办」 means that card. */
const OF_THE_SAME = new Set(['pickup', 'apply', 'guide', 'visit']);
function wishOf({ intent, slots }: Meaning, first: Meaning): Wish {
  const item = OF_THE_SAME.has(errandOf(intent) ?? '') ? first.slots.item : undefined;
  return { intent, slots: item ? { item, ...slots } : slots };
}

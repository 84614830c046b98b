/** Which day and hour she would rather have, in words that no slot has: read into the slots of booking. Pure. */

import { addDays } from '../../clock.ts';
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import { clausesOf, piecesOf } from './plain-words.ts';
import { takesBackDay } from './reasons.ts';
import { FOR_THE_DAY, type Sentence } from './sentence.ts';
import { ofPickup, ofStanding, type Said, whenOf } from './standing-said.ts';
import type { StandingWords } from './standing-words.ts';

const EARLIER = { from: 'dayEarlier', by: '-1' } as const;
const LATER = { from: 'dayLater', by: '1' } as const;
/** 「往后挪一天」: counted from what stands, or from the day that is being offered. */
export function aDayOff(words: StandingWords, meaning: Meaning, said: Said): Meaning | undefined {
  const { text, talk } = said;
  const { frames, asked } = talk;
  const moved = [LATER, EARLIER].find(({ from }) => words.says(from, text));
  const open = frames.length === 0 && (meaning.intent.startsWith('pickup.') || meaning.decision !== 'accept');
  const chosen = frames.at(-1)?.machine === 'pickup' && frames.at(-1)?.context.chosenBooking !== undefined;
  if (!moved) return undefined;
  if (!open && !chosen) return nextToOffered(meaning, moved.by, asked);
  const { time } = meaning.slots;
  const slots: Slots = time ? { shift: moved.by, time } : { shift: moved.by, edge: 'same' };
  return ofStanding(meaning, 'pickup.change', slots, 'booking.aDayOff');
}

function nextToOffered(meaning: Meaning, by: string, asked: Talk['asked']): Meaning | undefined {
  const { day } = (asked?.values ?? {}) as { day?: string };
  if (!day || !AT_TIMES.test(asked?.phrase ?? '')) return undefined;
  const { time } = meaning.slots;
  const slots: Slots = { date: addDays(day, Number(by)), ...(time ? { time } : {}) };
  return ofStanding(meaning, 'pickup.book', slots, 'booking.aDayOff');
}

/** 改到下礼拜一，别改钟点: what she refuses is another hour, not the change. */
export function sameHour(words: StandingWords, meaning: Meaning, { text, read, expecting }: Said): Meaning | undefined {
  if (!words.says('sameTime', text)) return undefined;
  const clauses = clausesOf(text);
  const changes = clauses.find((clause) => words.says('changes', clause));
  const slots = changes ? read(changes, expecting).slots : meaning.slots;
  if (!changes && !meaning.intent.startsWith('pickup.') && expecting.errand !== 'pickup') return undefined;
  return ofStanding(meaning, 'pickup.change', { ...slots, edge: 'same' }, 'booking.sameTime');
}

const MAY_HAVE = new Set(['pickup', 'hand_in']);
/** 「我闺女礼拜六有空，礼拜六行吗」 where a day is looked for, or a booking is offered: that day is wished for, and told where it cannot be had. */
export function wishedDay(words: StandingWords, meaning: Meaning, { text, talk, read }: Sentence): Meaning {
  const { asked, frames } = talk;
  const inHand = asked?.for === 'date' && frames.at(-1)?.machine === 'pickup';
  const last = clausesOf(text).at(-1) ?? '';
  const open = inHand || MAY_HAVE.has(asked?.offer ?? '');
  if (!open || !ASKS_FOR_DAY.has(meaning.intent) || !words.says('asksWhether', last)) return meaning;
  const when = whenOf(read(last, FOR_THE_DAY).slots);
  return when.date ? ofStanding(meaning, 'pickup.book', when, 'booking.dayAsked') : meaning;
}
const ASKS_FOR_DAY = new Set<Intent>(['guide.when', 'progress.query']);

const whichOffered = (words: StandingWords, text: string): string | undefined =>
  (words.says('first', text) && '1') || (words.says('last', text) && '-1') || undefined;

const OTHER = ['otherDay', 'later', 'earlier', 'tooEarly', 'tooLate', 'more'] as const;
const AT_DAY = /^pickup\.(?:whichDay|twoTimes|timesOrDay|whichOffer|oneTime|oneOrDay|nearest|readBack|nothingFree)/;
const AT_TIMES = /^pickup\.(?:twoTimes|timesOrDay|whichOffer|oneTime|oneOrDay|nearest|readBack)/;
/** Another day or hour than what is offered or read back, and she names none: 「还有别的吗」. */
function otherThan(words: StandingWords, { slots }: Meaning, said: Said) {
  const { text, talk, asks } = said;
  const { frames, asked } = talk;
  if (frames.length === 0 || !AT_TIMES.test(asked?.phrase ?? '')) return undefined;
  const { day, time, first, second } = asked?.values ?? {};
  if (slots.date && slots.date !== day) return undefined;
  const half = slots.time === 'AM' ? 'later' : slots.time === 'PM' ? 'earlier' : 'otherDay';
  const named = saysOther(words, text);
  if (named && namesHour(words, said)) return undefined;
  // 「上午十点那个能不能往后挪挪」 of the first of them.
  if (named === 'later' && slots.time === first) return 'tooEarly';
  // 「那我不在家咋办」 asks about the day, and refuses none.
  if (words.isBusy(text) && !words.says('asksWhether', text)) return named ?? (asks && !slots.time ? undefined : half);
  if (slots.time && ![time, first, second].includes(slots.time)) return undefined;
  return named;
}

/** 「有下午的吗？他上午没空」, 「头晌不行」: the half day that is asked for, or that is left, of the day she is offered. */
function otherHalf(words: StandingWords, said: Said): Slots | undefined {
  const { text, talk, read } = said;
  if (!AT_TIMES.test(talk.asked?.phrase ?? '')) return undefined;
  const { day, secondDay } = (talk.asked?.values ?? {}) as { day?: string; secondDay?: string };
  const pieces = piecesOf(text);
  const slotsOf = (one: string) => read(one.replace(BEHIND_DAY, ''), FOR_THE_DAY).slots;
  const busy = pieces.filter((one) => words.isBusy(one) && !words.says('asksWhether', one));
  const free = pieces.filter((one) => !words.isBusy(one));
  const asked = free.filter((one) => words.says('asksForHalf', one)).map((one) => slotsOf(one).time ?? '');
  const wanted = asked.find((one) => OTHER_HALF[one]);
  const halves = busy.map((one) => OTHER_HALF[slotsOf(one).time ?? '']);
  const time = wanted ?? halves.find((one) => one);
  const names = free.some((one) => slotsOf(one).date ?? slotsOf(one).time);
  if (busy.length === 0 || !time || (names && !wanted) || saysOther(words, text)) return undefined;
  const ofAnother = busy.some((one) => (slotsOf(one).date ?? day) !== day);
  return ofAnother ? undefined : { time, ...(day && !secondDay ? { date: day } : {}) };
}
const OTHER_HALF: Record<string, string> = { AM: 'PM', PM: 'AM' };
const saysOther = (words: StandingWords, text: string) =>
  OTHER.find((one) => [text, ...clausesOf(text)].some((part) => words.says(one, part)));

/** 「十点半吧，起不来」: she says which hour, and why. */
const namesHour = (words: StandingWords, { text, read, expecting }: Said): boolean =>
  clausesOf(text).some((one) => {
    const { time, ordinal } = read(one, expecting).slots;
    const plainly = !words.isBusy(one) && !OTHER.some((kind) => words.says(kind, one));
    return plainly && (ordinal !== undefined || time?.includes(':') === true);
  });

const ITS_INTENT: Record<string, Intent> = { pickup: 'pickup.book', visit: 'visit.request' };
/** 「明天后天都不行」, 「后天也没空」 to 「哪天」: whatever day she names, it is none that she wants. */
export function refusesDays(words: StandingWords, meaning: Meaning, { text, talk, read }: Said): Meaning | undefined {
  const intent = talk.asked?.for === 'date' ? ITS_INTENT[talk.frames.at(-1)?.machine ?? ''] : undefined;
  if (!intent || words.says('asksWhether', text) || words.about('visit', text) === 'cancel') return undefined;
  const clauses = clausesOf(text);
  const dayIn = (one: string) =>
    read(one, FOR_THE_DAY).slots.date ?? read(one.replace(BEHIND_DAY, ''), FOR_THE_DAY).slots.date;
  const refused = clauses.filter((one) => words.isBusy(one)).flatMap((one) => dayIn(one) ?? []);
  const other = clauses.some((one) => !words.isBusy(one) && (dayIn(one) || !words.says('otherwise', one)));
  if (refused.length === 0 || other) return undefined;
  return ofStanding(meaning, intent, { other: 'otherDay', refused: refused.join() }, 'busy');
}
/** What is said of a day, behind it. */
const BEHIND_DAY = /(?:都|也|全|可|就|不).*$/u;

/** 「那天早晨冷不冷啊」: the half day is only where her question plays, and none is chosen by it. */
function asksOfHalf(words: StandingWords, meaning: Meaning, { text, talk, asks }: Said): Meaning | undefined {
  const { time, date, item, mode } = meaning.slots;
  const half = time === 'AM' || time === 'PM';
  const only = half && !date && !item && !mode && AT_TIMES.test(talk.asked?.phrase ?? '');
  if (!only || !asks || words.says('asksForHalf', text)) return undefined;
  return { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' };
}

/** 「俩都改礼拜五」, 「俩都取消了吧」, 「俩都取」. */
const ofBoth = (words: StandingWords, text: string): Intent =>
  (words.says('moves', text) && 'pickup.change') ||
  (words.about('visit', text) === 'cancel' && 'pickup.cancel') ||
  'pickup.book';

/** Both at once; rather early or late; whatever there is. Only where a day, an hour or a document is talked of. */
export function withBesides(words: StandingWords, meaning: Meaning, said: Said): Meaning {
  const { text, talk } = said;
  const both = words.says('both', text);
  const asked = talk.asked?.phrase;
  const choosing = talk.frames.length > 0 && ofPickup(asked) && talk.asked?.for !== 'yesno';
  const named = clausesOf(text).map((one) => whichOffered(words, one));
  const which = choosing && talk.asked?.for === 'choice' ? named.findLast((one) => one) : undefined;
  if (which)
    return { ...ofStanding(meaning, 'pickup.book', { ordinal: which }, 'booking.first'), intent: 'select.number' };
  if (AT_DAY.test(asked ?? '') && takesBackDay(words, text, said.read))
    return ofStanding(meaning, 'pickup.book', { other: 'otherDay' }, 'booking.otherDay');
  const asksOnly = asksOfHalf(words, meaning, said);
  if (asksOnly) return asksOnly;
  const half = otherHalf(words, said);
  if (half) return ofStanding(meaning, 'pickup.book', half, 'booking.asksForHalf');
  const other = otherThan(words, meaning, said);
  if (other) return ofStanding(meaning, 'pickup.book', { other }, `booking.${other}`);
  const edge = choosing ? (['early', 'late', 'any'] as const).find((one) => words.says(one, text)) : undefined;
  const given = meaning.intent.startsWith('pickup.') ? meaning.slots : {};
  const inHand = talk.frames.at(-1)?.machine === 'pickup' && meaning.intent !== 'yes';
  const bothWillDo = edge === 'any' && AT_TIMES.test(asked ?? '');
  if (both && !bothWillDo && (meaning.intent.startsWith('pickup.') || inHand || asked === 'pickup.chooseDocument'))
    return ofStanding(meaning, ofBoth(words, text), { ...given, both: 'yes' }, 'booking.both');
  const chose = meaning.intent === 'select.number' && meaning.slots.ordinal !== undefined;
  if (!edge || chose || meaning.intent === 'cancel') return meaning;
  return ofStanding(
    meaning,
    meaning.intent.startsWith('pickup.') ? meaning.intent : 'pickup.book',
    { ...given, edge },
    `booking.${edge}`,
  );
}

/** What is told of collecting and handing in: which phrase, and its values. */
import type { Values } from '../../speech/speech.ts';
import type { Slots } from '../../understanding/meaning.ts';
import type { Ask, Tell } from './errand.ts';
import {
  aloud,
  collects,
  directionOf,
  documentOf,
  type Further,
  modeOf,
  type Offer,
  type PickupContext,
  type Standing,
} from './pickup.facts.ts';
import { besides, bookingFor, forCollector, partner } from './pickup.whose.ts';

/** When and where. */
export const timesOf = (offer: { day: string; start: string; place: { name: string } }): Values => ({
  day: offer.day,
  time: offer.start,
  place: offer.place.name,
});
/** An offered time as a choice. */
export const option = (offer: Offer): Tell => ({ phrase: 'pickup.option', values: timesOf(offer) });
const isPosted = ({ mode }: Standing): boolean => mode === 'courier';
/** When and where what stands is; of a parcel only the day on which it is sent. */
const standingTimes = (one: Standing): Values => (isPosted(one) ? { posted: one.day } : timesOf(one));
/** A booking that stands as a choice: by the document and the day she tells them apart. */
export const standingOption = (one: Standing): Tell => ({
  phrase: isPosted(one) ? 'pickup.standingPosted' : 'pickup.standingOption',
  values: { ...standingTimes(one), document: one.matter },
});

/** How many stand, and of each which document and on which day. */
export const whichValues = ({ standing }: PickupContext): Values => {
  const each = standing.flatMap(({ matter, day }, at): [string, string][] => [
    [`document${at + 1}`, matter],
    [`day${at + 1}`, day],
  ]);
  return { count: standing.length, ...Object.fromEntries(each) };
};

/** Whose it is, who collects, and what the one is to the other. */
export const collectorValues = ({ slots, collector, owner }: PickupContext): Values => ({
  owner: owner?.called,
  collector: collector?.name ?? slots.name,
  relation: collector?.relation ?? slots.relation,
  since: collector?.since,
});

/** Of whom it is asked what he is to her: who goes, or whose it is where she goes herself. */
export const relationValues = (context: PickupContext): Values => ({
  ...collectorValues(context),
  ...(context.owner ? { collector: context.owner.called } : {}),
});

/** When, and of whom it is taken back. */
export const takenBackValues = ({ chosenBooking }: PickupContext): Values => ({
  ...(chosenBooking ? timesOf(chosenBooking) : {}),
  collector: chosenBooking?.collector ?? undefined,
});

/** Their matters, for the read-back: told where they are several. */
export function collectedTogether(context: PickupContext): string[] | undefined {
  const booked = context.already ?? context.chosenBooking;
  const all = booked ? forCollector(context, booked).map(({ matter }) => matter) : [];
  return all.length > 1 ? all : undefined;
}

/** What somebody who comes to her home is told to bring, and when it would suit her. */
export function visitSlots(context: PickupContext): Slots {
  const { item = '', date, time, edge } = context.slots;
  const second = besides(context);
  const when = { ...(date ? { date } : {}), ...(time ? { time } : {}), ...(edge ? { edge } : {}) };
  return { item, forCard: 'yes', ...when, ...(second ? { besides: second } : {}) };
}

const WAYS = [{ phrase: 'pickup.wayCourier' }, { phrase: 'pickup.wayProxy' }, { phrase: 'pickup.wayWindow' }];
/** The roads there are where nobody comes home with it; whoever cannot go is not sent to the window. */
export const otherWays = ({ slots }: PickupContext): Ask =>
  slots.weak
    ? { phrase: 'pickup.wayForWeak', for: 'choice', options: WAYS.slice(0, -1) }
    : { phrase: 'pickup.otherWay', for: 'choice', options: WAYS };

/** Which document, or whose papers. */
export const whichPhrase = (context: PickupContext) =>
  directionOf(context) === 'hand_in' ? 'pickup.whichPapers' : 'pickup.whichDocument';

/** The booking that stands already. */
export function alreadyValues(context: PickupContext): Values {
  const standing = bookingFor(context) ?? context.already;
  if (!standing) return {};
  const matter = aloud(context, standing.matter);
  return { ...standingTimes(standing), ...(isPosted(standing) ? { parcel: matter } : { document: matter }) };
}

/** One time or two, as she wished them or near to it. */
export function offersPhrase(context: PickupContext): string {
  if (context.nothingElse) return context.offers.length === 1 ? 'pickup.oneOrDay' : 'pickup.timesOrDay';
  const exact = context.offers[0]?.exact ?? true;
  if (context.offers.length === 1) return exact ? 'pickup.oneTime' : 'pickup.nearestOne';
  return exact ? 'pickup.twoTimes' : 'pickup.nearestTwo';
}

/** Why not that day or hour, in a sentence of its own. */
export function notThenTold({ notThen }: PickupContext): Tell {
  const { why = 'hours', day, last } = notThen ?? {};
  if (why === 'far') return { phrase: 'pickup.notThen_far', values: { last } };
  return { phrase: `pickup.notThen_${why}`, values: { day } };
}

const NO_MORE: Partial<Record<Further, string>> = {
  later: 'pickup.noLater',
  tooEarly: 'pickup.noLater',
  earlier: 'pickup.noEarlier',
  tooLate: 'pickup.noEarlier',
};
/** Of that day nothing later, nothing earlier, or nothing else at all. */
export const noMoreTold = ({ further = 'more' }: PickupContext): Tell => ({
  phrase: NO_MORE[further] ?? 'pickup.noMore',
});

/** Both times; the day and the place of the second only where they are others. */
export function offersValues(context: PickupContext): Values {
  const [first, second] = context.offers;
  return {
    day: first?.day,
    place: first?.place.name,
    first: first?.start,
    second: second?.start,
    secondDay: second && second.day !== first?.day ? second.day : undefined,
    secondPlace: second && second.place.id !== first?.place.id ? second.place.name : undefined,
  };
}

/** What is held for her, for the read-back. */
export function heldValues(context: PickupContext): Values {
  return {
    whose: whoseBooking(context),
    along: partner(context)?.called,
    hers: namedOfTwo(context),
    ...(context.held ? timesOf(context.held) : {}),
    document: aloud(context, documentOf(context)),
    ...papersValues(context),
    collect:
      directionOf(context) === 'hand_in'
        ? undefined
        : [documentOf(context), besides(context) ?? ownAlong(context)].flatMap((one) => one ?? []),
  };
}

/** Both at home have one that is ready: hers is named, so that nobody's is taken for the other's. */
const namedOfTwo = (context: PickupContext): string | undefined => {
  const { others, owner, calledHere } = context;
  const alike = others.some(({ matter }) => matter === documentOf(context));
  return alike && !owner && !partner(context) && directionOf(context) !== 'hand_in' ? calledHere : undefined;
};

/** For what she hands in papers: her own matter, or his, and then whose it is. */
function papersValues(context: PickupContext): Values {
  if (directionOf(context) !== 'hand_in') return {};
  const matter = aloud(context, documentOf(context));
  if (!matter) return { bring: 'papers' };
  return context.owner ? { owner: context.owner.called, handInFor: matter } : { handIn: matter };
}

/** Her own second booking, that takes the same road. */
function ownAlong(context: PickupContext): string | undefined {
  const other = partner(context);
  return other?.residentId === context.residentId ? other.called : undefined;
}

/** Another's at home, where it is not collected but moved, called off or told. */
export const whoseBooking = ({ intent, owner }: PickupContext): string | undefined =>
  intent === 'pickup.book' ? undefined : owner?.called;

/** What it is booked for, where that is to be collected, or handed in. */
const matterOf = (context: PickupContext, booked: Standing | undefined, direction: Standing['direction']) =>
  booked?.direction === direction ? aloud(context, booked.matter) : undefined;

/** What stands and is told, or is to be called off. */
export const standingOf = (context: PickupContext, one: Standing): Values => ({
  ...standingTimes(one),
  ...(isPosted(one)
    ? { parcel: aloud(context, one.matter) }
    : {
        document: matterOf(context, one, 'collect'),
        handIn: matterOf(context, one, 'hand_in'),
        collector: one.collector ?? undefined,
      }),
});

/** What stands, at most two. */
export function standingValues(context: PickupContext): Values {
  const [first, second] = context.standing;
  return {
    whose: whoseBooking(context),
    ...(first ? standingOf(context, first) : {}),
    ...(second && isPosted(second)
      ? { secondParcel: aloud(context, second.matter), secondPosted: second.day }
      : {
          secondDocument: matterOf(context, second, 'collect'),
          secondHandIn: matterOf(context, second, 'hand_in'),
          secondDay: second?.day,
          secondTime: second?.start,
        }),
  };
}

/** How it is read back, by the road that it takes. */
export function readBackPhrase(context: PickupContext): string {
  const mode = modeOf(context);
  if (mode === 'courier') return 'pickup.readBackCourier';
  if (mode === 'locker') return 'pickup.readBackLocker';
  if (context.intent === 'pickup.change') return 'pickup.readBackChange';
  return mode === 'proxy' ? 'pickup.readBackProxy' : 'pickup.readBack';
}

function bookedPhrase(context: PickupContext): string {
  if (context.intent !== 'pickup.change') return 'pickup.booked';
  return modeOf(context) === 'courier' ? 'pickup.changedCourier' : 'pickup.changed';
}

/** What goes along with it, by the road it takes: over the counter at an hour of its own. */
export function besidesTold(context: PickupContext, along: string | undefined, phrase: string): Tell {
  const mode = modeOf(context);
  const other = partner(context);
  const another = other !== undefined && other.residentId !== context.residentId;
  const named = another ? { called: along } : { document: along };
  if (mode === 'courier') return { phrase: 'pickup.postedBesides', values: named };
  if (mode === 'locker') return { phrase: 'pickup.putBesides', values: named };
  return { phrase, values: { ...(context.together ? timesOf(context.together) : {}), document: along } };
}

/** The other's that was booked along, by the road that hers takes. */
export function togetherTold({ already, others, together }: PickupContext): Tell {
  const { called } = others[0] ?? {};
  if (already?.mode === 'courier') return { phrase: 'pickup.postedBesides', values: { called } };
  if (already?.mode === 'locker') return { phrase: 'pickup.putBesides', values: { called } };
  return { phrase: 'pickup.bookedBoth', values: { called, ...(together ? timesOf(together) : {}) } };
}

function bookedValues(context: PickupContext, booking: Standing): Values {
  const handIn = directionOf(context) === 'hand_in' ? booking.matter : undefined;
  if (modeOf(context) === 'courier') return { day: booking.day, from: booking.place.name };
  const papers = handIn ? context.papers?.[handIn] : undefined;
  return {
    ...timesOf(booking),
    document: booking.matter,
    handIn,
    papers: papers && papers.length > 0 ? papers : undefined,
    bring: handIn && !aloud(context, handIn) ? 'papers' : undefined,
    remind: booking.reminds ? 'evening' : undefined,
    ...roadValues(context),
  };
}

/** What is to be known of its road: her card alone, or both; and that a locker has no hours. */
function roadValues(context: PickupContext): Values {
  const mode = modeOf(context);
  const { collector } = collectorValues(context);
  if (mode === 'proxy') return { collector };
  return mode === 'locker' ? { fetches: collects(context) ? collector : undefined, anyTime: 'open' } : { card: 'hers' };
}

/** What stands now. */
export function bookedTold(context: PickupContext): Tell {
  return { phrase: bookedPhrase(context), values: context.already ? bookedValues(context, context.already) : {} };
}

/** Whose and which: the booking or the document that she speaks of, and what goes along with it. Pure. */
import type { Slots } from '../../understanding/meaning.ts';
import {
  directionOf,
  type OtherBooked,
  type OtherReady,
  type PickupContext,
  roadNamed,
  type Standing,
} from './pickup.facts.ts';

/** The one that stands for the document and the direction in hand. */
export const bookingFor = (context: PickupContext) =>
  context.standing.find((one) => one.matter === context.slots.item && one.direction === directionOf(context));

const OF_COLLECTOR = ['mode', 'name', 'relation', 'both'];
/** Nobody else goes for it. */
export const withoutCollector = (slots: Slots): Slots =>
  Object.fromEntries(Object.entries(slots).filter(([name]) => !OF_COLLECTOR.includes(name)));

/** What else of hers is ready, where she wants all on one trip. */
export const besides = ({ slots, ready, standing }: PickupContext): string | undefined =>
  slots.both === 'yes'
    ? ready.find((one) => one !== slots.item && !standing.some(({ matter }) => matter === one))
    : undefined;

/** Whose goes along with hers, where she wants both: something that waits, or a booking to be moved or ended. */
export function partner(context: PickupContext): OtherReady | OtherBooked | undefined {
  const { intent, slots, others, othersBooked } = context;
  if (intent === 'pickup.book') return slots.couple === 'yes' ? others[0] : undefined;
  const own = slots.both === 'yes' ? ownBesides(context) : undefined;
  return own ?? (slots.couple === 'yes' || slots.both === 'yes' ? othersBooked?.[0] : undefined);
}

/** Of her own two bookings the other: 「俩都改礼拜五」. */
function ownBesides({ residentId, standing, chosenBooking }: PickupContext): OtherBooked | undefined {
  const booking = standing.find((one) => chosenBooking !== undefined && one.id !== chosenBooking.id);
  return booking && { residentId, called: booking.matter, booking };
}

/** Somebody else is to collect what is booked already. */
export function bookingForAnother(context: PickupContext): Standing | undefined {
  const { slots, standing } = context;
  if (slots.mode !== 'proxy' || directionOf(context) === 'hand_in') return undefined;
  const collecting = standing.filter(({ direction }) => direction === 'collect');
  const fits = slots.item ? collecting.filter(({ matter }) => matter === slots.item) : collecting;
  return fits[0];
}

/** What she wants to collect herself after all: somebody else was to come for it. */
export function bookingTakenBack({ intent, slots, standing }: PickupContext): Standing | undefined {
  if (intent !== 'pickup.change' || slots.mode !== 'window') return undefined;
  return standing.find(({ matter, collector }) => collector && (!slots.item || matter === slots.item));
}

/** What stands for this document is to come by the locker or by post, or not so any more. */
export function takesOtherRoad(context: PickupContext): boolean {
  const stands = bookingFor(context)?.mode;
  const road = roadNamed({ intent: 'pickup.change', slots: context.slots });
  return stands !== undefined && road !== undefined && road !== stands;
}

/** All that the same one was to collect. */
export const collectedBy = ({ standing }: PickupContext, name: string): Standing[] =>
  standing.filter(({ collector }) => collector === name);

/** What another collects from now on: this booking, or all of hers where she says so or names none of one trip. */
export function forCollector({ slots, standing }: PickupContext, booked: Standing): Standing[] {
  const collected = standing.filter(({ direction }) => direction === 'collect');
  if (slots.both === 'yes') return collected;
  // 「让我闺女替我拿，我就不去了」 of one trip for two: neither is left for her.
  const sameTrip = (one: Standing) =>
    one.id !== booked.id && one.day === booked.day && one.place.id === booked.place.id && one.mode === booked.mode;
  return slots.item ? [booked] : [booked, ...collected.filter(sameTrip)];
}

/** The one that stands for the document she named, where there is only one. */
export function standingNamed(context: PickupContext): Standing | undefined {
  const named = context.standing.filter((one) => one.matter === context.slots.item);
  return named.length === 1 ? named[0] : undefined;
}

/** The other's at home that is ready, where she has none or speaks of it. */
export const theirs = ({ others, slots }: PickupContext): OtherReady | undefined =>
  slots.item ? others.find(({ matter }) => matter === slots.item) : others[0];

/** Hers and his no more, but his alone. */
export const withoutCouple = ({ couple: _, both: __, stead: ___, ...slots }: Slots): Slots => slots;

/** Whose it is, as she would name the other at home herself. */
export function forPartner({ others, slots }: PickupContext): Slots {
  const relation: Slots = slots.kin ? { relation: slots.kin } : {};
  return { forWhom: others[0]?.called ?? '', ...relation };
}

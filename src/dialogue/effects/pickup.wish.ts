/** What she wished for, as bookings understand it; one call of an effect of collecting and handing in. */
import { addDays } from '../../clock.ts';
import type { BookingView } from '../../services/bookings/bookings.ts';
import type { Services } from '../../services/index.ts';
import type { PickupContext } from '../errands/pickup.facts.ts';
import type { EffectInput } from './index.ts';

export type Call = EffectInput<PickupContext>;
export type BookingMode = BookingView['mode'];
export type PickupServices = Pick<
  Services,
  'bookings' | 'cases' | 'clock' | 'guides' | 'herCallbacks' | 'herVisits' | 'places' | 'proxies'
>;

/** As many as are read out. */
export const FEW = 2;
/** As many as lie near a time. */
export const MANY = 8;

/** So many days from what stands. */
function dayOff({ slots, chosenBooking }: PickupContext): string | undefined {
  return slots.shift && chosenBooking ? addDays(chosenBooking.day, Number(slots.shift)) : undefined;
}

/** Another hour for what stands is one of the same day, where she names no other. */
function dayKept({ intent, slots, chosenBooking }: PickupContext): string | undefined {
  return intent === 'pickup.change' && slots.time ? chosenBooking?.day : undefined;
}

/** A half day, a time, a day or the first of a range of days. */
export function wishOf({ context, residentId }: Call) {
  const { date, time, direction, edge } = context.slots;
  const half = time === 'AM' || time === 'PM' ? (time as 'AM' | 'PM') : undefined;
  return {
    residentId,
    matter: context.chosenBooking?.matter ?? context.slots.item ?? '',
    direction:
      context.chosenBooking?.direction ?? (direction === 'hand_in' ? ('hand_in' as const) : ('collect' as const)),
    day: date?.split('/')[0] ?? dayOff(context) ?? dayKept(context),
    half,
    time: half ? undefined : (time ?? (edge === 'same' ? context.chosenBooking?.start : undefined)),
    edge: edge === 'early' || edge === 'late' ? (edge as 'early' | 'late') : undefined,
    limit: 2,
  };
}

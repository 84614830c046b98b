import { asRefusal } from '../../errors.ts';
import type { Services } from '../../services/index.ts';
import type { Offer, PickupContext, Standing } from '../errands/pickup.facts.ts';
import type { EffectInput, Effects } from './index.ts';

type Call = EffectInput<PickupContext>;

/** What she wished for, as bookings understand it: a half day, a time, a day or the first of a range of days. */
function wishOf({ context, residentId }: Call) {
  const { date, time, direction } = context.slots;
  const half = time === 'AM' || time === 'PM' ? (time as 'AM' | 'PM') : undefined;
  return {
    residentId,
    matter: context.chosenBooking?.matter ?? context.slots.item ?? '',
    direction:
      context.chosenBooking?.direction ?? (direction === 'hand_in' ? ('hand_in' as const) : ('collect' as const)),
    day: date?.split('/')[0],
    half,
    time: half ? undefined : time,
    limit: 2,
  };
}

export function pickupEffects({ bookings, cases }: Pick<Services, 'bookings' | 'cases'>): Effects<PickupContext> {
  const offer = async (call: Call): Promise<Offer[]> => bookings.offer(wishOf(call));

  /** A place that is gone is no failure: others are offered. */
  const orOthers = async (call: Call, attempt: () => Promise<{ type: string }>) => {
    try {
      return await attempt();
    } catch (thrown) {
      const { refusal } = asRefusal(thrown);
      if (refusal === 'SeatTaken' || refusal === 'HoldExpired') return { type: 'TAKEN', offers: await offer(call) };
      throw thrown;
    }
  };

  const standingFor = async (call: Call) => {
    const { matter, direction } = wishOf(call);
    const standing: Standing[] = await bookings.live(call.residentId);
    return standing.find((one) => one.matter === matter && one.direction === direction);
  };

  return {
    look: async ({ residentId }) => {
      const [ready, standing] = await Promise.all([cases.readyToCollect(residentId), bookings.live(residentId)]);
      return { type: 'LOOKED', ready: ready.map((one) => one.matter), standing };
    },
    offer: async (call) => ({ type: 'OFFERED', offers: await offer(call) }),
    hold: (call) =>
      orOthers(call, async () => {
        const slotId = call.context.offers[0]?.slotId ?? '';
        return { type: 'HELD', held: await bookings.hold({ slotId, conversation: call.conversation }) };
      }),
    extend: async ({ conversation }) => {
      await bookings.extend({ conversation });
      return { type: 'EXTENDED' };
    },
    release: async ({ conversation }) => {
      await bookings.release({ conversation });
      return { type: 'RELEASED' };
    },
    book: (call) =>
      orOthers(call, async () => {
        const { matter, direction } = wishOf(call);
        const { key, context, conversation, residentId, home, by } = call;
        const mode = 'window' as const;
        const seatId = context.held?.seatId ?? '';
        try {
          const wish = { conversation, seatId, residentId, speakerId: home.speakerId, matter, direction, mode };
          return { type: 'BOOKED', booking: await bookings.book(key, wish, by) };
        } catch (thrown) {
          const standing = asRefusal(thrown).refusal === 'AlreadyBooked' ? await standingFor(call) : undefined;
          if (standing) return { type: 'ALREADY', booking: standing };
          throw thrown;
        }
      }),
    change: (call) =>
      orOthers(call, async () => {
        const { key, context, conversation, by } = call;
        const wish = { bookingId: context.chosenBooking?.id ?? '', conversation, seatId: context.held?.seatId ?? '' };
        return { type: 'BOOKED', booking: await bookings.change(key, wish, by) };
      }),
    cancel: async ({ key, context, by }) => {
      await bookings.cancel(key, { bookingId: context.chosenBooking?.id ?? '' }, by);
      return { type: 'CANCELLED' };
    },
  };
}

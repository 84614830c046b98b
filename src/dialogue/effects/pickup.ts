/** The hands of collecting and handing in: a place is held, booked, moved and let go; the rest stands beside, by what it is about. */
import { addDays, shanghaiInstant } from '../../clock.ts';
import { asRefusal } from '../../errors.ts';
import type { BookingView } from '../../services/bookings/bookings.ts';
import { collects, modeOf, type PickupContext, roadNamed, type Standing } from '../errands/pickup.facts.ts';
import type { Effects } from './index.ts';
import { createCollecting } from './pickup.collecting.ts';
import { createLook } from './pickup.looking.ts';
import { createOffering } from './pickup.offering.ts';
import { createTogether } from './pickup.together.ts';
import { type BookingMode, type Call, FEW, type PickupServices, wishOf } from './pickup.wish.ts';

const EVENING = '19:00';

/** The hands of collecting and handing in, by the name of the effect. */
export function pickupEffects(services: PickupServices): Effects<PickupContext> {
  const { bookings, clock } = services;
  const offering = createOffering(services);
  const collecting = createCollecting(services, offering);
  const together = createTogether(services, collecting);
  const { nameCollector } = collecting;

  /** Whether the evening before is still to come. */
  const withReminder = (booking: BookingView) => ({
    ...booking,
    reminds: shanghaiInstant(addDays(booking.day, -1), EVENING) > clock.now(),
  });

  /** A place that is gone is no failure: others are offered. */
  const orOthers = async (call: Call, attempt: () => Promise<{ type: string }>) => {
    try {
      return await attempt();
    } catch (thrown) {
      const { refusal } = asRefusal(thrown);
      if (refusal === 'SeatTaken' || refusal === 'HoldExpired')
        return { type: 'TAKEN', offers: await offering.offer(call) };
      throw thrown;
    }
  };

  const standingFor = async (call: Call) => {
    const { matter, direction } = wishOf(call);
    const standing: Standing[] = await bookings.live(call.residentId);
    return standing.find((one) => one.matter === matter && one.direction === direction);
  };

  return {
    look: createLook(services),
    offer: offering.offered,
    /** What was held for her is let go: she has said that it is not what she wants. */
    further: async (call) => {
      const offers = (await offering.further(call)).slice(0, FEW);
      if (call.context.held) await bookings.release({ conversation: call.conversation });
      return { type: 'OFFERED', offers };
    },
    hold: (call) =>
      orOthers(call, async () => {
        const slotId = (call.context.wanted ?? call.context.offers[0])?.slotId ?? '';
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
        const mode = modeOf(context) as BookingMode;
        const collector = collects(context) ? context.slots.name : undefined;
        const seatId = context.held?.seatId ?? '';
        const place = { conversation, seatId, speakerId: home.speakerId };
        try {
          const wish = { ...place, residentId, matter, direction, mode, collector };
          if (collector) await nameCollector(call, `${key}:collector`, collector, [matter]);
          return { type: 'BOOKED', booking: withReminder(await bookings.book(key, wish, by)) };
        } catch (thrown) {
          const standing = asRefusal(thrown).refusal === 'AlreadyBooked' ? await standingFor(call) : undefined;
          if (standing) return { type: 'ALREADY', booking: standing };
          throw thrown;
        }
      }),
    change: (call) =>
      orOthers(call, async () => {
        const { key, context, conversation, by } = call;
        const mode = roadNamed(context);
        const place = { conversation, seatId: context.held?.seatId ?? '' };
        const wish = { bookingId: context.chosenBooking?.id ?? '', ...place, mode };
        return { type: 'BOOKED', booking: await bookings.change(key, wish, by) };
      }),
    ...together,
    ...collecting.effects,
    cancel: async ({ key, context, by }) => {
      await bookings.cancel(key, { bookingId: context.chosenBooking?.id ?? '' }, by);
      return { type: 'CANCELLED' };
    },
  };
}

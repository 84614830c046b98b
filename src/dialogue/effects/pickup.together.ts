/** What goes along with a booking: her own second document, another's at home, on the same trip. */
import type { Offer, Standing } from '../errands/pickup.facts.ts';
import { modeOf, roadNamed } from '../errands/pickup.facts.ts';
import { besides, partner } from '../errands/pickup.whose.ts';
import type { Collecting } from './pickup.collecting.ts';
import { type BookingMode, type Call, MANY, type PickupServices } from './pickup.wish.ts';

/** The same hour, else the next one: she is there by then. */
function soonestAfter(offers: Offer[], { day, start }: Standing): Offer | undefined {
  const that = offers.filter((one) => one.day === day).sort((a, b) => a.start.localeCompare(b.start));
  return that.find((one) => one.start >= start) ?? that.at(-1);
}

/** What comes by post or into the locker takes the other's along on the same road. */
const roadBeside = (booked: Standing | undefined): BookingMode | undefined =>
  booked?.mode === 'locker' || booked?.mode === 'courier' ? booked.mode : undefined;

/** Books, moves and ends what goes along. */
export function createTogether({ bookings }: Pick<PickupServices, 'bookings'>, { nameCollector }: Collecting) {
  /** At the same place on the same day as what is booked, as near to it as there is. */
  async function alongside(
    call: Call,
    hers: Standing | undefined,
    other: { residentId: string; matter: string } | undefined,
    { collector, mode }: { collector?: string; mode?: BookingMode } = {},
  ) {
    const { key, conversation, home, by } = call;
    if (!other || !hers) return { type: 'NOT_TOGETHER' };
    const { matter, residentId } = other;
    const near = { residentId, matter, direction: 'collect' as const, day: hers.day, time: hers.start };
    const offers = await bookings.offer({ ...near, placeId: hers.place.id, limit: MANY });
    const found = soonestAfter(offers, hers);
    if (!found || found.day !== hers.day) return { type: 'NOT_TOGETHER' };
    const { seatId } = await bookings.hold({ slotId: found.slotId, conversation });
    const how = collector ? { mode: 'proxy' as const, collector } : mode ? { mode } : {};
    const wish = { conversation, seatId, residentId, speakerId: home.speakerId, matter, direction: near.direction };
    if (collector) await nameCollector(call, `${key}:besides`, collector, [matter]);
    return { type: 'TOGETHER', booking: await bookings.book(key, { ...wish, ...how }, by) };
  }

  return {
    /** The other's. */
    together: (call: Call) => {
      const { already, others } = call.context;
      return alongside(call, already, others[0], { mode: roadBeside(already) });
    },
    /** What stands for the other, to the day that hers was moved to. */
    moveAlong: async (call: Call) => {
      const { key, conversation, context, by } = call;
      const other = partner(context);
      const hers = context.already;
      if (!other || !('booking' in other) || !hers) return { type: 'NOT_TOGETHER' };
      const { matter, direction, id } = other.booking;
      const near = { residentId: other.residentId, matter, direction, day: hers.day, time: hers.start };
      const found = soonestAfter(await bookings.offer({ ...near, placeId: hers.place.id, limit: MANY }), hers);
      if (!found || found.day !== hers.day) return { type: 'NOT_TOGETHER' };
      const { seatId } = await bookings.hold({ slotId: found.slotId, conversation });
      const wish = { bookingId: id, conversation, seatId, mode: roadNamed(context) };
      return { type: 'TOGETHER', booking: await bookings.change(key, wish, by) };
    },
    /** Her own second document. */
    besides: (call: Call) => {
      const matter = besides(call.context);
      const collector = modeOf(call.context) === 'proxy' ? call.context.slots.name : undefined;
      const other = matter ? { residentId: call.residentId, matter } : undefined;
      return alongside(call, call.context.already, other, { collector, mode: modeOf(call.context) as BookingMode });
    },
  };
}

/** Who collects for her: named with a booking, for one that stands, and what she says of somebody who was named. */
import { shanghaiDay, shanghaiInstant } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { collectedBy, forCollector } from '../errands/pickup.whose.ts';
import type { Offering } from './pickup.offering.ts';
import type { Call, PickupServices } from './pickup.wish.ts';

/** Names, changes and lets go of the one who collects. */
export function createCollecting(
  { bookings, proxies }: Pick<PickupServices, 'bookings' | 'proxies'>,
  { fromWhen }: Pick<Offering, 'fromWhen'>,
) {
  const nameCollector = ({ context, residentId, by }: Call, key: Call['key'], name: string, scope: string[]) =>
    proxies.nameCollector(key, { residentId, name, relation: context.slots.relation ?? '', scope }, by);

  return {
    nameCollector,
    effects: {
      setCollector: async (call: Call) => {
        const { key, context, by } = call;
        const booked = context.already ?? context.chosenBooking;
        const { name = '' } = context.slots;
        if (!booked || !name) throw new Refusal('BookingNotLive');
        const changed = forCollector(context, booked);
        const tooSoon = changed.some(({ day, start }) => shanghaiInstant(day, start) < fromWhen());
        if (tooSoon) return { type: 'COLLECTOR_TOO_SOON', from: shanghaiDay(fromWhen()) };
        const scope = changed.map(({ matter }) => matter);
        await nameCollector(call, `${key}:collector`, name, scope);
        for (const { id } of changed)
          await bookings.setCollector(`${key}:${id}`, { bookingId: id, collector: name }, by);
        return { type: 'COLLECTOR_SET' };
      },
      dropCollector: async ({ key, context, residentId, by }: Call) => {
        const name = context.chosenBooking?.collector;
        if (!name) throw new Refusal('BookingNotLive');
        for (const { id } of collectedBy(context, name))
          await bookings.setCollector(`${key}:${id}`, { bookingId: id, collector: null }, by);
        await proxies.endCollector(`${key}:collector`, { residentId, name }, by);
        return { type: 'COLLECTOR_DROPPED' };
      },
      agreeCollector: async ({ key, context, residentId, by }: Call) => {
        await proxies.agree(key, { id: context.collector?.id ?? '', residentId }, by);
        return { type: 'COLLECTOR_KEPT' };
      },
      refuseCollector: async ({ key, context, residentId, by }: Call) => {
        await proxies.refuse(key, { id: context.collector?.id ?? '', residentId }, by);
        return { type: 'COLLECTOR_ENDED' };
      },
    },
  };
}

export type Collecting = ReturnType<typeof createCollecting>;

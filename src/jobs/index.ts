/** What happens by itself: deliveries and reminders, slots for the days ahead, bookings that have passed. Every job may run on every instance. */
import { type Clock, shanghaiDay } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services/index.ts';
import type { Database } from '../store/database.ts';
import { makeSlots } from '../store/seed/slots.ts';
import { type DeliveryParts, deliverAll } from './deliveries.ts';
import { type Receivers, routesTo } from './deliveries-routes.ts';
import { every } from './every.ts';

export interface JobParts {
  database: Database;
  services: Pick<
    Services,
    | 'bookings'
    | 'calendar'
    | 'contacts'
    | 'pairing'
    | 'fanOut'
    | 'announcing'
    | 'fleetHealth'
    | 'tally'
    | 'webhookEndpoints'
  >;
  bus: { toDevice(device: string, message: unknown): Promise<boolean> };
  clock: Clock;
  log: Log;
  /** Outside systems that are connected; none: their messages lie until they are. */
  receivers?: Receivers;
  metrics?: { delivery: DeliveryParts['count'] };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const SLOT_DAYS = 14;

/** Starts the jobs; the returned function ends them and waits for what is under way. */
export function startJobs(parts: JobParts): () => Promise<void> {
  const { database, services, clock, log, receivers = { pushes: [] } } = parts;
  const routes = routesTo({ ...parts, contacts: services.contacts, endpoints: services.webhookEndpoints, receivers });
  const deliveries = { database, clock, log, count: parts.metrics?.delivery };
  const running = [
    every(2 * SECOND, () => deliverAll(deliveries, routes), { name: 'deliveries', log }),
    every(SECOND, () => services.fanOut.run(), { name: 'fan-out of policies', log }),
    every(SECOND, () => services.announcing.run(), { name: 'notices of policies', log }),
    every(HOUR, () => services.announcing.expire(), { name: 'notices past use', log }),
    every(5 * SECOND, () => services.tally.flush(), { name: 'tally', log }),
    every(MINUTE, () => services.fleetHealth.pulse(), { name: 'fleet pulse', log }),
    every(10 * MINUTE, () => services.fleetHealth.watch(), { name: 'fleet alarms', log }),
    every(HOUR, () => services.pairing.forgetStrangers(), { name: 'strangers', log }),
    every(MINUTE, () => services.bookings.closePast(), { name: 'past bookings', log }),
    every(HOUR, () => makeSlots(database, services.calendar, shanghaiDay(clock.now()), SLOT_DAYS), {
      name: 'slots ahead',
      log,
    }),
  ];
  return async () => {
    await Promise.all(running.map((stop) => stop()));
    await services.tally.flush().catch(() => undefined); // figures only: a store that is down must not hold up the end
  };
}

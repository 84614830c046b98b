/** What happens by itself: deliveries and reminders, slots for the days ahead, bookings that have passed. Every job may run on every instance. */
import { type Clock, shanghaiDay } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services/index.ts';
import { cutAudit } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import type { KeyRing } from '../store/keys.ts';
import type { Rates } from '../store/rates.ts';
import { makeSlots } from '../store/seed/slots.ts';
import { type DeliveryParts, deliverAll } from './deliveries.ts';
import { type Receivers, routesTo } from './deliveries-routes.ts';
import { every } from './every.ts';
import { dispatchNotices, expireDeliveries, type NoticeParts } from './notices.ts';

export interface JobParts {
  database: Database;
  services: Pick<
    Services,
    | 'applications'
    | 'bookings'
    | 'calendar'
    | 'contacts'
    | 'pairing'
    | 'fanOut'
    | 'figures'
    | 'fleetHealth'
    | 'oversightAlarms'
    | 'tally'
    | 'webhookEndpoints'
  > & { calls?: Pick<Services['calls'], 'sweep'> };
  bus: { toDevice(device: string, message: unknown): Promise<boolean> };
  presence: NoticeParts['presence'];
  /** Counts for receivers' limits. */
  rates?: Pick<Rates, 'hit'>;
  clock: Clock;
  log: Log;
  /** Outside systems that are connected; none: their messages lie until they are. */
  receivers?: Receivers;
  metrics?: { delivery: DeliveryParts['count'] };
  /** Without it the audit trail grows for ever. */
  audit?: { key: KeyRing; keptDays: number };
}

const SECOND = 1000;
/** A policy reaches a speaker that listens within two seconds of its second signature. */
const NOTICES_MS = 500;
/** Rounds of a hundred homes before the other jobs have their turn of the database. */
const MOST_ROUNDS = 20;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const SLOT_DAYS = 14;

/** Starts the jobs; the returned function ends them and waits for what is under way. */
export function startJobs(parts: JobParts): () => Promise<void> {
  const { database, services, clock, log, receivers = { pushes: [] } } = parts;
  const routes = routesTo({ ...parts, contacts: services.contacts, endpoints: services.webhookEndpoints, receivers });
  const { rates } = parts;
  const allow = rates
    ? (destination: string, limit: number, windowSeconds: number) =>
        rates.hit(`outbox:${destination}`, { limit, windowSeconds })
    : undefined;
  const deliveries = { database, clock, log, count: parts.metrics?.delivery, allow };
  const notices = { ...parts, pushes: receivers.pushes, texts: receivers.sms !== undefined };
  const chimes = new Map([...routes].filter(([destination]) => destination.startsWith('push:')));
  const tell = async () => {
    for (let homes = 1, round = 0; homes > 0 && round < MOST_ROUNDS; round += 1) {
      homes = await dispatchNotices(notices);
      if (homes > 0) await deliverAll(deliveries, chimes);
    }
  };
  const running = [
    every(2 * SECOND, () => deliverAll(deliveries, routes), { name: 'deliveries', log }),
    every(SECOND, () => services.fanOut.run(), { name: 'fan-out of policies', log }),
    every(SECOND, async () => services.calls?.sweep(), { name: 'clocks of calls', log }),
    every(NOTICES_MS, tell, { name: 'notices', log }),
    every(HOUR, () => expireDeliveries(notices), { name: 'deliveries past use', log }),
    every(5 * SECOND, () => services.figures.flush(), { name: 'figures', log }),
    every(5 * SECOND, () => services.tally.flush(), { name: 'tally', log }),
    every(MINUTE, () => services.fleetHealth.pulse(), { name: 'fleet pulse', log }),
    every(10 * MINUTE, () => services.fleetHealth.watch(), { name: 'fleet alarms', log }),
    every(10 * MINUTE, () => services.oversightAlarms.watch(), { name: 'oversight alarms', log }),
    every(HOUR, () => services.applications.purge(), { name: 'old drafts', log }),
    every(HOUR, () => services.pairing.forgetStrangers(), { name: 'strangers', log }),
    every(HOUR, () => retire(parts), { name: 'audit past its time', log }),
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

/** What is older than it has to be kept leaves the audit trail, some thousands at a time; the sealed chain begins anew at a signed checkpoint. */
export async function retire({
  database,
  clock,
  audit,
}: Pick<JobParts, 'database' | 'clock' | 'audit'>): Promise<number> {
  let all = 0;
  for (let cut = -1; audit && cut !== 0; all += cut) cut = await cutAudit({ database, clock, ...audit });
  return all;
}

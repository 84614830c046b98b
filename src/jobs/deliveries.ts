/**
 * The outbox on its way out. A message is claimed (SKIP LOCKED, put off for the time of the journey), delivered outside any
 * transaction, and settled. Whoever dies on the way leaves it to be claimed again: at least once, and the receiver drops
 * repeats by the message's id.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Database, Db } from '../store/database.ts';
import {
  claimDue,
  type DueMessage,
  dueDestinations,
  markFailed,
  markSent,
  NEEDLESS,
  postpone,
  postponeAll,
} from '../store/outbox.ts';

/**
 * `later`: it failed and is tried again, `refused`: it is given up, `wait`: it is not its time yet (`all`: nor that of any other message to
 * this destination). `why` names nobody.
 */
export type Verdict =
  | { outcome: 'sent' }
  | { outcome: 'later' | 'refused'; why: string }
  | { outcome: 'wait'; until: Date; all?: true };

type Waiting = Extract<Verdict, { outcome: 'wait' }>;

/** The receiver takes nothing for so many seconds. */
export const rest = (now: Date, seconds: number): Waiting => ({
  outcome: 'wait',
  until: new Date(now.getTime() + Math.max(1, seconds) * 1000),
  all: true,
});

/** Where one destination's messages go, and with how much patience. */
export interface Route {
  /** Brings it there within its own deadline; what it throws counts as `later`. */
  deliver(message: DueMessage): Promise<Verdict>;
  /** So many are on their way at once. */
  atOnce: number;
  /** After so many it is kept for people to look at. */
  attempts: number;
  /** Milliseconds before the second attempt; doubled each time, up to `longestMs`. */
  firstMs: number;
  longestMs: number;
  /** What the receiver takes: beyond it messages wait. */
  limits?: { perMinute: number; perDay?: number };
  /** It was refused, or tried often enough: what else may be done about it. */
  gaveUp?(message: DueMessage): Promise<void>;
}

export interface DeliveryParts {
  database: Database;
  clock: Clock;
  log: Log;
  /** For counters: a destination's name and what became of one message. */
  count?: (destination: string, outcome: 'sent' | 'later' | 'dead' | 'wait') => void;
  /** Counts one more for a destination among all instances, within so many seconds. */
  allow?: (destination: string, most: number, seconds: number) => Promise<{ allowed: boolean; retryAfter: number }>;
}

/** Longer than any connector's deadline. */
const JOURNEY_MS = 60_000;
/** A destination must not keep the others waiting for ever. */
const MOST_ROUNDS = 20;

/** Delivers what is due for each destination that has a route; the others' messages lie untouched. */
export async function deliverAll(parts: DeliveryParts, routes: ReadonlyMap<string, Route>): Promise<void> {
  const due = await dueDestinations(parts.database.db, parts.clock.now(), [...routes.keys()]);
  await Promise.all(
    due.map(async (destination) => {
      const route = routes.get(destination);
      if (route) await drain(parts, destination, route);
    }),
  );
}

/** Goes on while every message of a full round arrives: a destination that is down is not knocked at by the whole queue. */
async function drain(parts: DeliveryParts, destination: string, route: Route): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if ((await deliverDue(parts, destination, route)) < route.atOnce) return;
  }
}

/** One round. @returns how many arrived */
export async function deliverDue(parts: DeliveryParts, destination: string, route: Route): Promise<number> {
  const { database, clock } = parts;
  const now = clock.now();
  const until = new Date(now.getTime() + JOURNEY_MS);
  const claimed = await database.transaction((tx) => claimDue(tx, now, destination, { limit: route.atOnce, until }));
  const arrived = await Promise.all(claimed.map((message) => carry(parts, message, route)));
  return arrived.filter(Boolean).length;
}

async function carry(parts: DeliveryParts, message: DueMessage, route: Route): Promise<boolean> {
  const verdict = await ration(parts, message, route).catch((thrown: unknown): Verdict => {
    parts.log.warn({ err: thrown, destination: message.destination, topic: message.topic }, 'a delivery failed');
    return { outcome: 'later', why: 'our own fault' };
  });
  const dead = await parts.database.transaction((tx) => settle(tx, parts, message, verdict, route));
  if (dead) await route.gaveUp?.(message);
  return verdict.outcome === 'sent';
}

/**
 * Within the receiver's limits it is delivered. Beyond them it waits, and with it all others to that destination; what would be of no
 * use by then is given up, so that another way is found in time.
 */
async function ration(parts: DeliveryParts, message: DueMessage, route: Route): Promise<Verdict> {
  const seconds = await untilAllowed(parts, message, route);
  if (seconds === undefined) return route.deliver(message);
  const waiting = rest(parts.clock.now(), seconds);
  const late = Date.parse(String(message.payload.expires)) <= waiting.until.getTime();
  return late ? { outcome: 'refused', why: NEEDLESS.noRoom } : waiting;
}

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 86_400;

/** Seconds to wait; undefined where there is room. The day is counted only for what the minute has room for. */
async function untilAllowed({ allow }: DeliveryParts, { destination }: DueMessage, { limits }: Route) {
  if (!limits || !allow) return undefined;
  const minute = await allow(destination, limits.perMinute, MINUTE_SECONDS);
  if (!minute.allowed) return minute.retryAfter;
  const day = limits.perDay === undefined ? undefined : await allow(destination, limits.perDay, DAY_SECONDS);
  return day && !day.allowed ? day.retryAfter : undefined;
}

/** @returns whether it was given up */
async function settle(
  tx: Db,
  parts: DeliveryParts,
  message: DueMessage,
  verdict: Verdict,
  route: Route,
): Promise<boolean> {
  const { id, destination, attempts } = message;
  const at = parts.clock.now();
  const again =
    verdict.outcome === 'later' && attempts + 1 < route.attempts ? nextAttempt(at, attempts, route) : undefined;
  if (verdict.outcome === 'sent') await markSent(tx, id, at);
  else if (verdict.outcome === 'wait') await putOff(tx, message, verdict, at);
  else await markFailed(tx, id, { at, error: verdict.why, again });
  const gaveUp = verdict.outcome === 'refused' || (verdict.outcome === 'later' && !again);
  parts.count?.(destination, gaveUp ? 'dead' : (verdict.outcome as 'sent' | 'later' | 'wait'));
  return gaveUp;
}

async function putOff(tx: Db, { id, destination }: DueMessage, { until, all }: Waiting, now: Date) {
  await postpone(tx, id, until);
  if (all) await postponeAll(tx, destination, { now, until });
}

function nextAttempt(at: Date, attempts: number, { firstMs, longestMs }: Route): Date {
  return new Date(at.getTime() + Math.min(longestMs, firstMs * 2 ** attempts));
}

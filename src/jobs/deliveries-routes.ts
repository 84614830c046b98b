/**
 * What each destination of the outbox means. A payload holds references; what the receiver needs is read when the message
 * leaves, so that it tells of the matter as it stands. A destination without a connector has no route: its messages lie.
 */
import { and, eq } from 'drizzle-orm';
import type { Binhai, BookingFact } from '../connectors/binhai.ts';
import type { Handed } from '../connectors/posting.ts';
import type { Sms } from '../connectors/sms.ts';
import type { Webhook } from '../connectors/webhook.ts';
import type { Contacts } from '../services/contacts.ts';
import { quietEnds } from '../services/quiet.ts';
import type { WebhookEndpoints } from '../services/webhook-endpoints.ts';
import type { Database } from '../store/database.ts';
import type { DueMessage } from '../store/outbox.ts';
import { booking, callback, caseFile, place, resident, slot, speaker } from '../store/schema.ts';
import type { Route, Verdict } from './deliveries.ts';
import { type Chime, type ReminderParts, reminderRoute } from './reminders.ts';
import { webhookRoute } from './webhooks.ts';

/** Those outside who are connected. */
export interface Receivers {
  binhai?: Binhai;
  sms?: Sms;
  /** Device events to the property system. */
  webhook?: Webhook;
  pushes: readonly Chime[];
}

export interface RouteParts extends Omit<ReminderParts, 'pushes'> {
  contacts: Contacts;
  endpoints?: Pick<WebhookEndpoints, 'at' | 'noted'>;
  receivers: Receivers;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Holds out over a weekend. */
const BINHAI = { atOnce: 10, attempts: 20, firstMs: 30_000, longestMs: 6 * HOUR };
const SMS = { atOnce: 10, attempts: 8, firstMs: 30_000, longestMs: 30 * MINUTE };
/** An emergency: often and soon. The desk has its call-back in any case. */
const STATION = { atOnce: 10, attempts: 12, firstMs: 5_000, longestMs: 5 * MINUTE };
const PUSH = { atOnce: 10, attempts: 6, firstMs: MINUTE, longestMs: 30 * MINUTE };

/** Destination → route, for what is connected. */
export function routesTo(parts: RouteParts): Map<string, Route> {
  const { pushes, binhai, sms, webhook } = parts.receivers;
  const { endpoints } = parts;
  const routes = new Map<string, Route>([['speaker', reminderRoute({ ...parts, pushes })]]);
  if (webhook && endpoints) routes.set('webhook', webhookRoute({ endpoints, webhook }));
  if (binhai) routes.set('binhai', { ...BINHAI, deliver: (message) => tellBinhai(parts, binhai, message) });
  if (sms) {
    routes.set('sms', { ...SMS, deliver: (message) => text(parts, sms, message) });
    routes.set('station', { ...STATION, deliver: (message) => alarm(parts, sms, message) });
  }
  for (const push of pushes) {
    routes.set(`push:${push.brand}`, { ...PUSH, deliver: (message) => chime(parts, push, message) });
  }
  return routes;
}

const USELESS: Verdict = { outcome: 'refused', why: 'no longer of use' };
const verdictOf = ({ outcome, why }: Handed): Verdict => (outcome === 'sent' ? { outcome } : { outcome, why });

async function tellBinhai({ database }: RouteParts, binhai: Binhai, message: DueMessage): Promise<Verdict> {
  const fact = await bookingFact(database, String(message.payload.bookingId));
  if (!fact) return USELESS;
  return verdictOf(await binhai.tell(message.id, { topic: message.topic, booking: fact }));
}

async function bookingFact({ db }: Database, bookingId: string): Promise<BookingFact | undefined> {
  const { id, matter, direction, mode, state, updatedAt } = booking;
  const [row] = await db
    .select({
      id,
      matter,
      direction,
      mode,
      state,
      place: place.code,
      day: slot.day,
      start: slot.start,
      caseNumber: caseFile.number,
      updatedAt,
    })
    .from(booking)
    .innerJoin(slot, eq(slot.id, booking.slotId))
    .innerJoin(place, eq(place.id, slot.placeId))
    .leftJoin(caseFile, eq(caseFile.id, booking.caseId))
    .where(eq(booking.id, bookingId));
  if (!row) return undefined;
  const { updatedAt: changed, caseNumber, ...fact } = row;
  return { ...fact, caseNumber: caseNumber ?? undefined, changedAt: changed.toISOString() };
}

/** `{residentId, template, values, expires?}`: the number is looked up when it leaves, and only with her consent. */
async function text({ contacts, clock }: RouteParts, sms: Sms, { id, payload }: DueMessage): Promise<Verdict> {
  if (isPast(payload.expires, clock.now())) return USELESS;
  const to = await contacts.ofResident(String(payload.residentId));
  if (!to) return { outcome: 'refused', why: 'no number or no consent' };
  const values = payload.values as Record<string, string> | undefined;
  return verdictOf(await sms.send(id, { to, template: String(payload.template), values: values ?? {} }));
}

/** `{callbackId, kind}`: everybody on duty is told that a call-back is due now; whose it is stands at the desk. */
async function alarm({ database, contacts }: RouteParts, sms: Sms, { id, payload }: DueMessage): Promise<Verdict> {
  const open = and(eq(callback.id, String(payload.callbackId)), eq(callback.state, 'open'));
  const [due] = await database.db.select({ stationId: callback.stationId }).from(callback).where(open);
  if (!due) return USELESS;
  const numbers = await contacts.ofStation(due.stationId);
  const values = { kind: String(payload.kind), number: String(payload.callbackId).slice(0, 8) };
  const handed = await Promise.all(
    numbers.map((to, n) => sms.send(`${id}:${n}`, { to, template: 'emergency', values })),
  );
  return worstOf(handed);
}

/** Tried again until each of them was reached: those who were are spared by their keys. */
function worstOf(handed: Handed[]): Verdict {
  const late = handed.find(({ outcome }) => outcome === 'later');
  if (late) return verdictOf(late);
  if (handed.some(({ outcome }) => outcome === 'sent')) return { outcome: 'sent' };
  return { outcome: 'refused', why: handed[0]?.why ?? 'nobody there has a number' };
}

/** `{speakerId, kind, expires}`: a chime at a brand's speaker that still belongs to a home. */
async function chime({ database, clock }: RouteParts, push: Chime, { id, payload }: DueMessage): Promise<Verdict> {
  const now = clock.now();
  if (isPast(payload.expires, now)) return USELESS;
  const [to] = await database.db
    .select({
      device: speaker.brandDevice,
      user: speaker.brandUser,
      brand: speaker.brand,
      householdId: speaker.householdId,
    })
    .from(speaker)
    .where(and(eq(speaker.id, String(payload.speakerId)), eq(speaker.status, 'bound')));
  if (to?.brand !== push.brand) return USELESS;
  if (push.onlyWhenOpened) return { outcome: 'refused', why: 'told when she next opens the talk' };
  const until = await quietAtHome(database, to.householdId, now);
  if (until) return { outcome: 'wait', until };
  const kind = payload.kind as 'policy' | 'progress' | 'reminder' | 'system';
  const forSeconds = Math.floor((Date.parse(String(payload.expires)) - now.getTime()) / 1000);
  const target = { device: to.device, user: to.user ?? undefined };
  const outcome = await push.send(target, { id, kind, forSeconds });
  return outcome === 'sent' ? { outcome } : { outcome, why: `${push.brand}: ${outcome}` };
}

/** Until when somebody there wants it quiet; undefined when a chime disturbs nobody. */
async function quietAtHome({ db }: Database, householdId: string | null, now: Date): Promise<Date | undefined> {
  const hours = { from: resident.quietFrom, until: resident.quietUntil };
  const people = and(eq(resident.householdId, householdId ?? ''), eq(resident.state, 'living'));
  const rows = householdId ? await db.select(hours).from(resident).where(people) : [];
  const ends = rows.flatMap((quiet) => quietEnds(now, quiet)?.getTime() ?? []);
  return ends.length > 0 ? new Date(Math.max(...ends)) : undefined;
}

/** Also where a message that must have an end has none that can be read. */
function isPast(expires: unknown, now: Date): boolean {
  return expires !== undefined && !(Date.parse(String(expires)) > now.getTime());
}

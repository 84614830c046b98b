/**
 * What each destination of the outbox means. A payload holds references; what the receiver needs is read when the message
 * leaves, so that it tells of the matter as it stands. A destination without a connector has no route: its messages lie.
 */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Binhai } from '../connectors/binhai.ts';
import type { Handed } from '../connectors/posting.ts';
import type { Sms } from '../connectors/sms.ts';
import type { Webhook } from '../connectors/webhook.ts';
import type { WebhookEndpoints } from '../services/fleet/webhook-endpoints.ts';
import { moveNotices } from '../services/notices/notices.ts';
import { readTexts, type Texts } from '../services/notices/texts.ts';
import type { Contacts } from '../services/residents/contacts.ts';
import { type DueMessage, NEEDLESS } from '../store/outbox.ts';
import { callback, notice, place, speaker } from '../store/schema.ts';
import { eventOf } from './binhai-facts.ts';
import { type Chime, type ChimeParts, chimeRoutes } from './chimes.ts';
import type { Route, Verdict } from './deliveries.ts';
import { reminderRoute } from './reminders.ts';
import { webhookRoute } from './webhooks.ts';

/** Those outside who are connected. */
export interface Receivers {
  binhai?: Binhai;
  sms?: Sms;
  /** Device events to the property system. */
  webhook?: Webhook;
  pushes: readonly Chime[];
}

export interface RouteParts extends Omit<ChimeParts, 'pushes'> {
  contacts: Contacts;
  endpoints?: Pick<WebhookEndpoints, 'at' | 'noted'>;
  receivers: Receivers;
}

type TextParts = RouteParts & { texts: Pick<Texts, 'emergency'> };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Holds out over a weekend. */
const BINHAI = { atOnce: 10, attempts: 20, firstMs: 30_000, longestMs: 6 * HOUR };
const SMS = { atOnce: 10, attempts: 8, firstMs: 30_000, longestMs: 30 * MINUTE };
/** An emergency: often and soon. The desk has its call-back in any case. */
const STATION = { atOnce: 10, attempts: 12, firstMs: 5_000, longestMs: 5 * MINUTE };

/** Destination → route, for what is connected. */
export function routesTo(parts: RouteParts): Map<string, Route> {
  const { pushes, binhai, sms, webhook } = parts.receivers;
  const routes = new Map<string, Route>([['speaker', reminderRoute(parts)], ...chimeRoutes({ ...parts, pushes })]);
  const { endpoints } = parts;
  if (webhook && endpoints) routes.set('webhook', webhookRoute({ endpoints, webhook }));
  if (binhai) routes.set('binhai', { ...BINHAI, deliver: (message) => tellBinhai(parts, binhai, message) });
  if (sms) {
    const texts = readTexts();
    routes.set('sms', {
      ...SMS,
      deliver: (message) => text(parts, sms, message),
      gaveUp: (message) => giveBack(parts, message),
    });
    routes.set('station', { ...STATION, deliver: (message) => alarm({ ...parts, texts }, sms, message) });
    routes.set('duty', { ...SMS, deliver: (message) => tellOnDuty(parts, sms, message) });
  }
  return routes;
}

const USELESS: Verdict = { outcome: 'refused', why: NEEDLESS.useless };
const verdictOf = ({ outcome, why }: Handed): Verdict => (outcome === 'sent' ? { outcome } : { outcome, why });

async function tellBinhai({ database }: RouteParts, binhai: Binhai, message: DueMessage): Promise<Verdict> {
  const event = await eventOf(database, message);
  return event ? verdictOf(await binhai.tell(message.id, event)) : USELESS;
}

/** `{residentId, template, values, expires?, notice?}`: the number is looked up when it leaves, and only with her consent. */
async function text(parts: RouteParts, sms: Sms, { id, payload }: DueMessage): Promise<Verdict> {
  const { contacts, clock, database } = parts;
  const now = clock.now();
  if (isPast(payload.expires, now)) return USELESS;
  const residentId = String(payload.residentId);
  const to = payload.notice ? await contacts.forNotice(residentId) : await contacts.ofResident(residentId);
  if (!to) return { outcome: 'refused', why: NEEDLESS.noNumber };
  const values = payload.values as Record<string, string> | undefined;
  const verdict = verdictOf(await sms.send(id, { to, template: String(payload.template), values: values ?? {} }));
  if (payload.notice && verdict.outcome === 'sent') {
    const unchimed = and(eq(notice.id, String(payload.notice)), isNull(notice.chimeId));
    await database.transaction((tx) => moveNotices(tx, unchimed, 'sent', { at: now, channel: 'sms' }));
  }
  return verdict;
}

/** No text message will reach her: what it told of looks for another way. */
async function giveBack({ database, clock }: RouteParts, { payload }: DueMessage): Promise<void> {
  const failed = sql`${notice.failed} || '["sms"]'::jsonb`;
  const unsent = and(eq(notice.id, String(payload.notice)), eq(notice.state, 'planned'), isNull(notice.chimeId));
  if (payload.notice) await database.db.update(notice).set({ failed, nextAt: clock.now() }).where(unsent);
}

/**
 * `{callbackId, kind}`: everybody on duty is told that a call-back is due now; whose it is stands at the desk. Those near
 * the people of that home are told as well, where these agreed to it.
 */
async function alarm(
  { database, contacts, texts }: TextParts,
  sms: Sms,
  { id, payload }: DueMessage,
): Promise<Verdict> {
  const open = and(eq(callback.id, String(payload.callbackId)), eq(callback.state, 'open'));
  const [due] = await database.db
    .select({ stationId: callback.stationId, householdId: speaker.householdId })
    .from(callback)
    .leftJoin(speaker, eq(speaker.id, callback.speakerId))
    .where(open);
  if (!due) return USELESS;
  const kind = String(payload.kind);
  const what = texts.emergency(kind);
  const duty = { template: 'emergency', values: { kind, what, number: String(payload.callbackId).slice(0, 8) } };
  const staff = (await contacts.ofStation(due.stationId)).map((to) => ({ to, ...duty }));
  const near = due.householdId ? await contacts.nearHome(due.householdId) : [];
  const family = near.map(({ to, called }) => ({ to, template: 'emergency_relative', values: { kind, what, called } }));
  const handed = await Promise.all([
    ...staff.map((one, n) => sms.send(`${id}:${n}`, one)),
    ...family.map((one, n) => sms.send(`${id}:near:${n}`, one)),
  ]);
  return worstOf(handed);
}

/**
 * `{what, stationId?, figures, expires}`: what oversight found is told to those on duty at the station, or to the supervisors. How
 * many, never who.
 */
async function tellOnDuty({ database, contacts, clock }: RouteParts, sms: Sms, { id, payload }: DueMessage) {
  if (isPast(payload.expires, clock.now())) return USELESS;
  const stationId = payload.stationId ? String(payload.stationId) : undefined;
  const [station] = stationId
    ? await database.db.select({ name: place.name }).from(place).where(eq(place.id, stationId))
    : [];
  const figures = Object.entries(payload.figures as Record<string, number>).map(([name, n]) => [name, String(n)]);
  const values = { ...Object.fromEntries(figures), ...(station ? { station: station.name } : {}) };
  const numbers = stationId ? await contacts.ofStation(stationId) : await contacts.ofSupervisors();
  const template = `oversight_${String(payload.what)}`;
  return worstOf(await Promise.all(numbers.map((to, n) => sms.send(`${id}:${n}`, { to, template, values }))));
}

/** Tried again until each of them was reached: those who were are spared by their keys. */
function worstOf(handed: Handed[]): Verdict {
  const late = handed.find(({ outcome }) => outcome === 'later');
  if (late) return verdictOf(late);
  if (handed.some(({ outcome }) => outcome === 'sent')) return { outcome: 'sent' };
  return { outcome: 'refused', why: handed[0]?.why ?? 'nobody there has a number' };
}

/** Also where a message that must have an end has none that can be read. */
function isPast(expires: unknown, now: Date): boolean {
  return expires !== undefined && !(Date.parse(String(expires)) > now.getTime());
}

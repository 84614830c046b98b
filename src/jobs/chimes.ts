/** The sound that says there is something: at our own speaker through its socket, at a brand's by the brand's way. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Clock, shanghaiDay } from '../clock.ts';
import type { Outcome } from '../outward.ts';
import { moveNotices } from '../services/notices/notices.ts';
import { quietUntil } from '../services/notices/quiet.ts';
import type { Database } from '../store/database.ts';
import { type DueMessage, NEEDLESS } from '../store/outbox.ts';
import { notice, resident, speaker } from '../store/schema.ts';
import { type Route, rest, type Verdict } from './deliveries.ts';
import { standingOf } from './notices-due.ts';

/** A brand's way to chime: src/platforms/push.ts. */
export interface Chime {
  brand: string;
  onlyWhenOpened?: true;
  /** What the brand takes from one sender; it is not asked for more. */
  limits?: { perMinute: number; perDay?: number };
  send(
    target: { device: string; user?: string },
    notice: { id: string; kind: 'policy' | 'progress' | 'reminder' | 'system'; forSeconds: number },
  ): Promise<Outcome | { wait: number }>;
}

export interface ChimeParts {
  database: Database;
  bus: { toDevice(device: string, message: unknown): Promise<boolean> };
  clock: Clock;
  pushes: readonly Chime[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const PUSH = { atOnce: 10, attempts: 6, firstMs: MINUTE, longestMs: 30 * MINUTE };
/** One that has just gone is tried twice more; then its notices wait for its return. */
const OWN = { atOnce: 50, attempts: 3, firstMs: 2 * SECOND, longestMs: 10 * SECOND };
const OUR_OWN = 'speaker';
const USELESS: Verdict = { outcome: 'refused', why: NEEDLESS.useless };

/** `push:<brand>` → route, for our own speaker and every brand that was given what it needs. */
export function chimeRoutes(parts: ChimeParts): [string, Route][] {
  const gaveUp = (brand: string) => (message: DueMessage) => giveBack(parts, message, brand);
  const own: Route = { ...OWN, deliver: (message) => chime(parts, message, ownChime(parts)), gaveUp: gaveUp(OUR_OWN) };
  const theirs = parts.pushes.map((push): [string, Route] => {
    const deliver = (message: DueMessage) => chime(parts, message, push);
    return [`push:${push.brand}`, { ...PUSH, limits: push.limits, deliver, gaveUp: gaveUp(push.brand) }];
  });
  return [[`push:${OUR_OWN}`, own], ...theirs];
}

/** Every speaker of ours in that home: she may be in any of its rooms. One that took it is enough. */
function ownChime({ bus, clock, database }: ChimeParts): Chime {
  return {
    brand: OUR_OWN,
    async send({ device }, { id, kind, forSeconds }) {
      const expires = new Date(clock.now().getTime() + forSeconds * SECOND).toISOString();
      const devices = await beside(database, device);
      const took = await Promise.all(devices.map((one) => bus.toDevice(one, { type: 'notice', id, kind, expires })));
      return took.some(Boolean) ? 'sent' : 'later';
    },
  };
}

/** Our speakers in the home of this one, itself among them. */
async function beside({ db }: Database, device: string): Promise<string[]> {
  const ours = and(eq(speaker.brand, OUR_OWN), eq(speaker.status, 'bound'));
  const home = db
    .select({ id: speaker.householdId })
    .from(speaker)
    .where(and(ours, eq(speaker.brandDevice, device)));
  const rows = await db
    .select({ device: speaker.brandDevice })
    .from(speaker)
    .where(and(ours, inArray(speaker.householdId, home)));
  return rows.map((row) => row.device);
}

/** `{speakerId, kind, expires}`: a chime at a speaker that still belongs to a home, not while somebody there wants it quiet. */
async function chime(parts: ChimeParts, { id, payload }: DueMessage, push: Chime): Promise<Verdict> {
  const { database, clock } = parts;
  const now = clock.now();
  const forSeconds = Math.floor((Date.parse(String(payload.expires)) - now.getTime()) / SECOND);
  if (!(forSeconds > 0)) return USELESS;
  const to = await speakerOf(database, String(payload.speakerId));
  if (to?.brand !== push.brand || !(await stillOpen(database, id, now))) return USELESS;
  if (push.onlyWhenOpened) return { outcome: 'refused', why: NEEDLESS.whenOpened };
  const until = await quietAtHome(database, to.householdId, now);
  if (until) return { outcome: 'wait', until };
  const kind = payload.kind as 'policy' | 'progress' | 'reminder' | 'system';
  const outcome = await push.send({ device: to.device, user: to.user ?? undefined }, { id, kind, forSeconds });
  if (typeof outcome === 'object') return rest(now, outcome.wait);
  if (outcome !== 'sent') return { outcome, why: `${push.brand}: ${outcome}` };
  await database.transaction((tx) => moveNotices(tx, eq(notice.chimeId, id), 'sent', { at: now, channel: push.brand }));
  return { outcome };
}

async function speakerOf({ db }: Database, speakerId: string) {
  const { brandDevice: device, brandUser: user, brand, householdId } = speaker;
  const [to] = await db
    .select({ device, user, brand, householdId })
    .from(speaker)
    .where(and(eq(speaker.id, speakerId), eq(speaker.status, 'bound')));
  return to;
}

/** Paused, recalled, heard meanwhile: a chime for nothing would only puzzle her. One that belongs to no notice stands for itself. */
async function stillOpen({ db }: Database, chimeId: string, now: Date): Promise<boolean> {
  const { state, subject } = notice;
  const rows = await db.select({ state, subject }).from(notice).where(eq(notice.chimeId, chimeId));
  const open = rows.filter((row) => row.state === 'planned' || row.state === 'sent').map((row) => row.subject);
  const standing = await standingOf(db, open, shanghaiDay(now));
  return rows.length === 0 || open.some((one) => standing(one) === 'stands');
}

/** The brand took it not: its notices look for another way, and the home's share of today is theirs again. */
async function giveBack({ database, clock }: ChimeParts, { id }: DueMessage, brand: string): Promise<void> {
  const tried = brand === OUR_OWN ? {} : { failed: sql`${notice.failed} || ${JSON.stringify([brand])}::jsonb` };
  const set = { chimeId: null, chimedOn: null, nextAt: clock.now(), ...tried };
  await database.db
    .update(notice)
    .set(set)
    .where(and(eq(notice.chimeId, id), eq(notice.state, 'planned')));
}

/** Until when somebody there wants it quiet; undefined when a chime disturbs nobody. */
async function quietAtHome({ db }: Database, householdId: string | null, now: Date): Promise<Date | undefined> {
  const hours = { from: resident.quietFrom, until: resident.quietUntil };
  const people = and(eq(resident.householdId, householdId ?? ''), eq(resident.state, 'living'));
  return quietUntil(now, householdId ? await db.select(hours).from(resident).where(people) : []);
}

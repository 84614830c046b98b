/**
 * From planned notices to chimes: what is due at one home is told by one sound, outside quiet hours, twice a day at most,
 * by the first way that works: our own speaker that is there, a brand that can begin by itself, a text message where she
 * agreed to one; else the next opening tells. A chime is a message of the outbox: `push:<brand>`, retried and limited there.
 */
import { and, eq, inArray, lt, lte } from 'drizzle-orm';
import { type Clock, shanghaiDay, shanghaiInstant } from '../clock.ts';
import { AWAY, chimeFor, moveNotices, OPENING, planNotices, policySubject } from '../services/notices/notices.ts';
import type { Database, Db } from '../store/database.ts';
import { enqueue } from '../store/outbox.ts';
import { delivery, notice, policy } from '../store/schema.ts';
import { type Decided, decide } from './notices-decided.ts';
import { type Bell, type DueNotice, type HomeDue, homesDue, lockHomesDue, standingOf } from './notices-due.ts';

export interface NoticeParts {
  database: Database;
  presence: { where(device: string): Promise<string | undefined> };
  clock: Clock;
  /** Brands that can chime, and those that only answer. */
  pushes: readonly { brand: string; onlyWhenOpened?: true }[];
  /** A gateway for text messages is connected. */
  texts: boolean;
}

/** Never due: a notice without a chime to come, a delivery that has become a notice. */
const FAR = new Date('9999-01-01T00:00:00Z');
const HOMES_AT_ONCE = 100;
const ROWS_AT_ONCE = 1000;
const POLICY_DAYS = 14;
const DAY_MS = 86_400_000;
/** Meanwhile the gateway takes it, or it is given back. */
const TEXT_PATIENCE_MS = 2 * 3600_000;

/** One round. @returns how many homes had something due */
export async function dispatchNotices(parts: NoticeParts): Promise<number> {
  await expire(parts);
  await adoptDeliveries(parts);
  return parts.database.transaction(async (tx) => {
    const now = parts.clock.now();
    const locked = await lockHomesDue(tx, now, HOMES_AT_ONCE);
    if (locked.length === 0) return 0;
    const homes = await homesDue(tx, locked, now);
    const subjects = homes.flatMap((home) => home.notices.map(({ subject }) => subject));
    const standing = await standingOf(tx, subjects, shanghaiDay(now));
    const online = await onlineAmong(parts, homes);
    const given = { now, standing, reachable: reachableBy(parts, online), mute: muteIn(parts), texts: parts.texts };
    for (const home of homes) await carryOut(tx, decide(home, given), parts);
    return homes.length;
  });
}

const reachableBy =
  ({ pushes }: NoticeParts, online: Set<string>) =>
  ({ brand, device }: Bell) =>
    brand === 'speaker' ? online.has(device) : pushes.some((one) => one.brand === brand && !one.onlyWhenOpened);

/** It answers when it is spoken to, and at no other time. */
const muteIn =
  ({ pushes }: NoticeParts) =>
  (brand: string) =>
    brand !== 'speaker' && !pushes.some((one) => one.brand === brand && !one.onlyWhenOpened);

async function onlineAmong({ presence }: NoticeParts, homes: HomeDue[]): Promise<Set<string>> {
  const devices = homes.flatMap(({ bells }) => bells.filter(({ brand }) => brand === 'speaker'));
  const found = await Promise.all(
    devices.map(async ({ device }) => ((await presence.where(device).catch(() => undefined)) ? [device] : [])),
  );
  return new Set(found.flat());
}

/** What nobody was told in time; whoever was chimed for and did not ask hears of it when she next opens the talk. */
async function expire({ database, clock }: NoticeParts): Promise<void> {
  const at = clock.now();
  const open = inArray(notice.state, ['planned', 'sent', 'announced']);
  await database.transaction(async (tx) => {
    const late = tx
      .select({ id: notice.id })
      .from(notice)
      .where(and(open, lte(notice.expiresAt, at)))
      .limit(ROWS_AT_ONCE);
    await moveNotices(tx, inArray(notice.id, late), 'expired', { at });
  });
}

/** Deliveries past the last day of their policy, those too that only waited to be asked for. */
export async function expireDeliveries({ database, clock }: Pick<NoticeParts, 'database' | 'clock'>): Promise<void> {
  const over = database.db
    .select({ id: policy.id })
    .from(policy)
    .where(lt(policy.validUntil, shanghaiDay(clock.now())));
  const open = inArray(delivery.state, ['planned', 'sent', 'announced']);
  await database.db
    .update(delivery)
    .set({ state: 'expired', dueAt: null })
    .where(and(open, inArray(delivery.policyId, over)));
}

/** A delivery that is due, of a published policy, becomes a notice; while the policy is paused it lies. */
async function adoptDeliveries({ database, clock }: NoticeParts): Promise<void> {
  await database.transaction(async (tx) => {
    const now = clock.now();
    const day = shanghaiDay(now);
    const waiting = and(eq(delivery.state, 'planned'), lte(delivery.dueAt, now));
    const rows = await tx
      .select({ id: delivery.id, residentId: delivery.residentId, policyId: policy.id, until: policy.validUntil })
      .from(delivery)
      .innerJoin(policy, eq(policy.id, delivery.policyId))
      .where(and(waiting, eq(policy.state, 'published'), lte(policy.validFrom, day)))
      .limit(ROWS_AT_ONCE)
      .for('update', { of: delivery, skipLocked: true });
    if (rows.length === 0) return;
    const planned = rows.map(({ residentId, policyId, until }) => {
      const expiresAt = endOf(now, until);
      return { residentId, kind: 'policy' as const, subject: policySubject(policyId), expiresAt };
    });
    await planNotices(tx, planned, now);
    const ids = rows.map(({ id }) => id);
    await tx.update(delivery).set({ dueAt: FAR }).where(inArray(delivery.id, ids));
  });
}

/** Two weeks, or as long as the policy is valid. */
function endOf(now: Date, validUntil: string | null): Date {
  const latest = now.getTime() + POLICY_DAYS * DAY_MS;
  return new Date(validUntil ? Math.min(latest, shanghaiInstant(validUntil, '23:59').getTime()) : latest);
}

async function carryOut(tx: Db, decided: Decided, parts: NoticeParts): Promise<void> {
  const at = parts.clock.now();
  const ids = (rows: { id: string }[]) =>
    inArray(
      notice.id,
      rows.map(({ id }) => id),
    );
  if (decided.over.length > 0) await moveNotices(tx, ids(decided.over), 'expired', { at });
  if (decided.opening.length > 0)
    await tx.update(notice).set({ channel: OPENING, nextAt: FAR }).where(ids(decided.opening));
  for (const { notice: one, until, away } of decided.waits)
    await tx
      .update(notice)
      .set({ nextAt: until, channel: away ? AWAY : one.channel })
      .where(eq(notice.id, one.id));
  await text(tx, decided.texts, at);
  if (decided.chime) await give(tx, decided.chime, at);
}

async function give(tx: Db, { bell, notices }: NonNullable<Decided['chime']>, at: Date): Promise<void> {
  const payload = { speakerId: bell.id, ...chimeFor(notices) };
  const chimeId = await enqueue(tx, { destination: `push:${bell.brand}`, topic: 'notice', payload });
  const ids = notices.map(({ id }) => id);
  await tx
    .update(notice)
    .set({ chimeId, chimedOn: shanghaiDay(at), channel: bell.brand })
    .where(inArray(notice.id, ids));
  await noteDeliveries(tx, notices, { noticeId: chimeId });
}

/** What the officer sees of it: which deliveries one chime stood for, which only wait to be asked for. */
async function noteDeliveries(
  tx: Db,
  notices: DueNotice[],
  set: { noticeId: string } | { dueAt: null },
): Promise<void> {
  for (const { residentId, subject } of notices.filter(({ kind }) => kind === 'policy')) {
    const mine = and(
      eq(delivery.residentId, residentId),
      eq(delivery.policyId, subject.slice(policySubject('').length)),
    );
    await tx.update(delivery).set(set).where(mine);
  }
}

/** That there is something, to her or to the relative she named: whose number it is and whether it may go is decided when it leaves. */
async function text(tx: Db, notices: Decided['texts'], at: Date): Promise<void> {
  for (const { id, residentId, kind, expiresAt } of notices) {
    const payload = {
      residentId,
      template: `notice_${kind}`,
      values: {},
      expires: expiresAt.toISOString(),
      notice: id,
    };
    await enqueue(tx, { destination: 'sms', topic: 'notice', payload });
    await tx
      .update(notice)
      .set({ textedAt: at, nextAt: new Date(at.getTime() + TEXT_PATIENCE_MS) })
      .where(eq(notice.id, id));
  }
}

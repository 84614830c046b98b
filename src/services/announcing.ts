/**
 * Planned deliveries on their way to homes: a chime and 「there is something for you」, one for whatever waits, never its content.
 * A claimed delivery keeps the id of its notice, so that a repeat after a crash is the same notice to the speaker.
 */
import { randomUUID } from 'node:crypto';
import { and, asc, eq, gte, inArray, isNotNull, lte, or, sql } from 'drizzle-orm';
import { addDays, type Clock, shanghaiDay, shanghaiInstant } from '../clock.ts';
import type { Bus } from '../store/bus.ts';
import type { Database, Db } from '../store/database.ts';
import { enqueue } from '../store/outbox.ts';
import { delivery, household, policy, resident, speaker } from '../store/schema.ts';
import { quietEnds } from './quiet.ts';

/** More would be a nuisance: dialogue.md section 5. */
const NOTICES_A_DAY = 2;
/** Longer than any send. */
const JOURNEY_MS = 60_000;
/** A speaker that is away is tried again; it also asks by itself when it comes back. */
const AWAY_MS = 60 * 60_000;
const MORNING = '08:00';
/** A notice that nobody asked for is of no use after this. */
const NOTICE_MS = 3 * 24 * 3600_000;

export interface PolicyNotice {
  type: 'notice';
  id: string;
  kind: 'policy';
  expires: string;
}

interface Parts {
  database: Database;
  clock: Clock;
  bus: Pick<Bus, 'toDevice'>;
}

interface Home {
  householdId: string;
  noticeId: string;
  deliveryIds: string[];
  residentIds: string[];
}

type Device = Pick<typeof speaker.$inferSelect, 'id' | 'brand' | 'brandDevice' | 'householdId'>;

export type Announcing = ReturnType<typeof createAnnouncing>;

export function createAnnouncing({ database, clock, bus }: Parts) {
  /** Announces what is due, at most `limit` deliveries. @returns how many were looked at */
  async function step(limit = 200, at?: string): Promise<number> {
    const homes = await database.transaction((tx) => claim(tx, limit, at));
    const unanswered: Home[] = [];
    for (const home of homes.ours) if (!(await chime(home))) unanswered.push(home.home);
    const taken = homes.ours.map(({ home }) => home).filter((home) => !unanswered.includes(home));
    await database.transaction((tx) => settle(tx, taken, unanswered));
    return homes.claimed;
  }

  /** Until nothing more is due. */
  async function run(most = 1000): Promise<void> {
    for (let round = 0; round < most; round += 1) if ((await step()) === 0) return;
  }

  const noticeOf = (home: Home): PolicyNotice => {
    const expires = new Date(clock.now().getTime() + NOTICE_MS).toISOString();
    return { type: 'notice', id: home.noticeId, kind: 'policy', expires };
  };

  async function chime({ home, devices }: { home: Home; devices: Device[] }): Promise<boolean> {
    const told = await Promise.all(devices.map(({ brandDevice }) => bus.toDevice(brandDevice, noticeOf(home))));
    return told.some(Boolean);
  }

  /** Takes due rows out of others' reach, and says at once what need not be sent from here. */
  async function claim(tx: Db, limit: number, at: string | undefined) {
    const now = clock.now();
    const rows = await due(tx, now, limit, at);
    const homes = groupByHome(rows);
    const ids = homes.map(({ householdId }) => householdId);
    const [devices, quiet, told] = [
      await devicesOf(tx, ids),
      await quietUntil(tx, ids, now),
      await toldToday(tx, ids, now),
    ];
    const ours: { home: Home; devices: Device[] }[] = [];
    for (const home of homes) {
      const mine = devices.filter((one) => one.householdId === home.householdId);
      const own = mine.filter(({ brand }) => brand === 'speaker');
      const later = quiet.get(home.householdId) ?? tomorrowWhenFull(told.get(home.householdId) ?? 0, now);
      if (later) await postpone(tx, home, later);
      else if (own.length > 0) ours.push({ home, devices: await hold(tx, home, own, now) });
      else await throughBrands(tx, home, mine, now);
    }
    return { ours, claimed: rows.length };
  }

  /** The rows stay planned until a speaker took the notice; meanwhile nobody else sends them. */
  async function hold(tx: Db, home: Home, devices: Device[], now: Date): Promise<Device[]> {
    const dueAt = new Date(now.getTime() + JOURNEY_MS);
    await tx.update(delivery).set({ dueAt, noticeId: home.noticeId }).where(inArray(delivery.id, home.deliveryIds));
    return devices;
  }

  /** A brand's speaker chimes by its maker's cloud; without any speaker it is told when she asks. */
  async function throughBrands(tx: Db, home: Home, devices: Device[], now: Date): Promise<void> {
    const expires = new Date(now.getTime() + NOTICE_MS).toISOString();
    for (const { id, brand } of devices) {
      await enqueue(tx, {
        destination: `push:${brand}`,
        topic: 'policy',
        payload: { speakerId: id, kind: 'policy', noticeId: home.noticeId, expires },
      });
    }
    const channel = devices[0]?.brand ?? null;
    const sent = channel ? { state: 'sent' as const, sentAt: now, noticeId: home.noticeId } : {};
    await tx
      .update(delivery)
      .set({ ...sent, channel, dueAt: null })
      .where(inArray(delivery.id, home.deliveryIds));
  }

  const postpone = (tx: Db, { deliveryIds }: Home, dueAt: Date) =>
    tx.update(delivery).set({ dueAt }).where(inArray(delivery.id, deliveryIds));

  async function settle(tx: Db, taken: Home[], away: Home[]): Promise<void> {
    const now = clock.now();
    const planned = (homes: Home[]) =>
      and(
        inArray(
          delivery.id,
          homes.flatMap(({ deliveryIds }) => deliveryIds),
        ),
        eq(delivery.state, 'planned'),
      );
    if (taken.length > 0)
      await tx
        .update(delivery)
        .set({ state: 'sent', channel: 'speaker', sentAt: now, dueAt: null })
        .where(planned(taken));
    if (away.length > 0)
      await tx
        .update(delivery)
        .set({ channel: 'speaker', dueAt: new Date(now.getTime() + AWAY_MS) })
        .where(planned(away));
  }

  /** A speaker has come back: what waits for its home is announced now, if it is not too late or too much. */
  async function connected(deviceId: string): Promise<void> {
    const [home] = await database.db
      .select({ householdId: speaker.householdId })
      .from(speaker)
      .where(and(eq(speaker.brand, 'speaker'), eq(speaker.brandDevice, deviceId), eq(speaker.status, 'bound')));
    if (home?.householdId) await step(50, home.householdId);
  }

  /** What the speaker said of a notice. A later word never makes less of an earlier one. */
  async function acknowledged(deviceId: string, noticeId: string, state: 'announced' | 'heard' | 'partly' | 'refused') {
    if (!UUID.test(noticeId)) return;
    const now = clock.now();
    const before = EARLIER[state];
    const set =
      state === 'announced' || state === 'refused'
        ? {}
        : { heardAt: sql`coalesce(${delivery.heardAt}, ${now.toISOString()}::timestamptz)` };
    await database.transaction((tx) =>
      tx
        .update(delivery)
        .set({
          state,
          ...set,
          announcedAt: sql`coalesce(${delivery.announcedAt}, ${now.toISOString()}::timestamptz)`,
          dueAt: null,
        })
        .where(
          and(
            eq(delivery.noticeId, noticeId),
            inArray(delivery.state, before),
            inArray(delivery.residentId, livingAt(tx, deviceId)),
          ),
        ),
    );
  }

  /** Of no use any more: past its last day. @returns how many */
  function expire(): Promise<number> {
    const over = sql`${delivery.policyId} in (select ${policy.id} from ${policy} where ${policy.validUntil} < ${shanghaiDay(clock.now())})`;
    return database.transaction(async (tx) => {
      const done = await tx
        .update(delivery)
        .set({ state: 'expired', dueAt: null })
        .where(and(inArray(delivery.state, ['planned', 'sent', 'announced']), over))
        .returning({ id: delivery.id });
      return done.length;
    });
  }

  return { step, run, connected, acknowledged, expire };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Heard = 'announced' | 'heard' | 'partly' | 'refused';
/** States that a word of the speaker may follow. */
const EARLIER: Record<Heard, (typeof delivery.$inferSelect)['state'][]> = {
  announced: ['planned', 'sent'],
  partly: ['planned', 'sent', 'announced'],
  heard: ['planned', 'sent', 'announced', 'partly'],
  refused: ['planned', 'sent', 'announced', 'partly'],
};

interface DueRow {
  id: string;
  residentId: string;
  noticeId: string | null;
  householdId: string;
}

/** Due rows of policies that are out, of people who live here; locked, and skipped by others. */
function due(tx: Db, now: Date, limit: number, at: string | undefined): Promise<DueRow[]> {
  const when = at ? or(lte(delivery.dueAt, now), eq(delivery.channel, 'speaker')) : lte(delivery.dueAt, now);
  return tx
    .select({
      id: delivery.id,
      residentId: delivery.residentId,
      noticeId: delivery.noticeId,
      householdId: resident.householdId,
    })
    .from(delivery)
    .innerJoin(policy, and(eq(policy.id, delivery.policyId), eq(policy.state, 'published')))
    .innerJoin(resident, and(eq(resident.id, delivery.residentId), eq(resident.state, 'living')))
    .where(
      and(
        eq(delivery.state, 'planned'),
        isNotNull(delivery.dueAt),
        when,
        at === undefined ? undefined : eq(resident.householdId, at),
      ),
    )
    .orderBy(asc(delivery.dueAt), asc(resident.householdId))
    .limit(limit)
    .for('update', { of: delivery, skipLocked: true });
}

function groupByHome(rows: DueRow[]): Home[] {
  const homes = new Map<string, Home>();
  for (const { id, residentId, noticeId, householdId } of rows) {
    const home = homes.get(householdId) ?? {
      householdId,
      noticeId: noticeId ?? randomUUID(),
      deliveryIds: [],
      residentIds: [],
    };
    home.deliveryIds.push(id);
    home.residentIds.push(residentId);
    homes.set(householdId, home);
  }
  return [...homes.values()];
}

async function devicesOf(tx: Db, households: string[]): Promise<Device[]> {
  if (households.length === 0) return [];
  const { id, brand, brandDevice, householdId } = speaker;
  const theirs = and(inArray(speaker.householdId, households), eq(speaker.status, 'bound'));
  return tx.select({ id, brand, brandDevice, householdId }).from(speaker).where(theirs);
}

/** Household → until when somebody there wants it quiet. */
async function quietUntil(tx: Db, households: string[], now: Date): Promise<Map<string, Date>> {
  if (households.length === 0) return new Map();
  const rows = await tx
    .select({ householdId: resident.householdId, from: resident.quietFrom, until: resident.quietUntil })
    .from(resident)
    .where(and(inArray(resident.householdId, households), eq(resident.state, 'living')));
  const ends = new Map<string, Date>();
  for (const { householdId, ...hours } of rows) {
    const end = quietEnds(now, hours);
    const known = ends.get(householdId);
    if (end && (!known || end > known)) ends.set(householdId, end);
  }
  return ends;
}

/** Household → how many notices it had since midnight. */
async function toldToday(tx: Db, households: string[], now: Date): Promise<Map<string, number>> {
  if (households.length === 0) return new Map();
  const midnight = shanghaiInstant(shanghaiDay(now));
  const rows = await tx
    .select({ householdId: household.id, notices: sql<number>`count(distinct ${delivery.noticeId})::int` })
    .from(delivery)
    .innerJoin(resident, eq(resident.id, delivery.residentId))
    .innerJoin(household, eq(household.id, resident.householdId))
    .where(and(inArray(household.id, households), gte(delivery.sentAt, midnight), isNotNull(delivery.noticeId)))
    .groupBy(household.id);
  return new Map(rows.map(({ householdId, notices }) => [householdId, notices]));
}

function tomorrowWhenFull(notices: number, now: Date): Date | undefined {
  return notices < NOTICES_A_DAY ? undefined : shanghaiInstant(addDays(shanghaiDay(now), 1), MORNING);
}

function livingAt(tx: Db, deviceId: string) {
  return tx
    .select({ id: resident.id })
    .from(resident)
    .innerJoin(speaker, eq(speaker.householdId, resident.householdId))
    .where(and(eq(speaker.brand, 'speaker'), eq(speaker.brandDevice, deviceId)));
}

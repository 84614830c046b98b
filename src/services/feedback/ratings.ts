/** 好差评 (GB/T 39735, GB/T 39734): 一次一评 for a call or visit, 一事一评 for a case. Of her own accord, never by default, once for each service. */
import { and, desc, eq, gt, gte, inArray, isNotNull, sql } from 'drizzle-orm';
import { type Clock, shanghaiDay, shanghaiInstant } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { call, callback, caseFile, caseStep, rating, staff, visit } from '../../store/schema.ts';
import type { FeedbackFacts } from './facts.ts';
import type { HerTickets } from './tickets.ts';

export type ServiceKind = (typeof rating.$inferSelect)['service'];

export interface FinishedService {
  service: ServiceKind;
  id: string;
  /** The day on which it was finished, `YYYY-MM-DD`. */
  day: string;
  clerk?: string;
  matter?: string;
  /** As she rated it, 1 is best; absent when she has not. */
  level?: number;
  /** She rated it today: until the day is over she may say that it was meant otherwise. */
  ratedToday?: boolean;
}

export interface RatingWish {
  residentId: string;
  service: ServiceKind;
  serviceId: string;
  /** GB/T 39046 A.8: 1 非常满意 … 5 非常不满意. */
  level: number;
  /** She says that what she gave today was meant otherwise. */
  corrects?: boolean;
}

export interface Rated {
  level: number;
  /** It had been rated before, so. */
  already: boolean;
  /** Opened for the two worst levels: who was rated does not handle it. */
  ticket?: { id: string; until: string };
}

interface Parts {
  database: Database;
  clock: Clock;
  herTickets: Pick<HerTickets, 'openIn'>;
  feedback: Pick<FeedbackFacts, 'rateWithin' | 'levels'>;
}
export type Ratings = ReturnType<typeof createRatings>;
type Finished = Omit<FinishedService, 'level' | 'ratedToday' | 'day'> & { at: Date };

const DAY_MS = 86_400_000;
const BAD = 4;
/** Nobody was spoken to: there is nothing to rate. */
const NOT_REACHED = new Set(['no_contact', 'callback', 'not_wanted']);

/** How long she may rate, and what the levels are called, are facts of catalogue/feedback.yaml; when she is asked is the dialogue's. */
export function createRatings({ database, clock, herTickets, feedback }: Parts) {
  /** Her finished services of the last 30 days, newest first, each with her rating where there is one. */
  function finished(residentId: string): Promise<FinishedService[]> {
    return database.transaction(async (tx) => {
      const since = new Date(clock.now().getTime() - feedback.rateWithin * DAY_MS);
      const calls = await callsOf(tx, residentId, since);
      const all = [...calls, ...(await visitsOf(tx, residentId, since)), ...(await casesOf(tx, residentId, since))];
      const levels = await levelsOf(tx, all);
      const now = clock.now();
      return all
        .filter(({ at }) => at <= now)
        .sort((a, b) => b.at.getTime() - a.at.getTime())
        .map(({ at, ...one }) => ({ ...one, day: shanghaiDay(at), ...ratingAt(now, levels.get(one.id)) }));
    });
  }

  /**
   * Keeps her rating. One transaction: effect key, rating, audit, and a ticket when it is a bad one. Rated before: what stands,
   * unless she corrects what she gave on the same day.
   * @throws Refusal BadInput unless the level is 1 to 5 · NotFound when she had no such service of late
   */
  async function rate(key: EffectKey, wish: RatingWish, by: Actor): Promise<Rated> {
    const { residentId, service, serviceId, level, corrects } = wish;
    if (!Number.isInteger(level) || level < 1 || level > 5) throw new Refusal('BadInput', { field: 'level' });
    const hers = (await finished(residentId)).some((one) => one.service === service && one.id === serviceId);
    if (!hers) throw new Refusal('NotFound');
    return once(database, key, async (tx) => {
      const at = clock.now();
      const values = { residentId, service, serviceId, level, createdAt: at };
      const [made] = await tx.insert(rating).values(values).onConflictDoNothing().returning({ id: rating.id });
      const id = made?.id ?? (corrects ? await corrected(tx, wish) : undefined);
      if (id === undefined) return standing(tx, service, serviceId);
      const about = { residentId, subject: `ratings/${id}` };
      const action = made ? 'rating.given' : 'rating.corrected';
      await writeAudit(tx, { at, actor: by, action, ...about, fields: ['level'], result: 'done' });
      return level < BAD ? { level, already: false } : followedUp(tx, id, wish, by);
    });
  }

  /** The rating that now has the other level, where it is hers and of today. @returns its id */
  async function corrected(tx: Db, { residentId, service, serviceId, level }: RatingWish): Promise<string | undefined> {
    const today = shanghaiInstant(shanghaiDay(clock.now()), '00:00');
    const hers = and(eq(rating.residentId, residentId), eq(rating.service, service), eq(rating.serviceId, serviceId));
    const [row] = await tx
      .update(rating)
      .set({ level })
      .where(and(hers, gte(rating.createdAt, today)))
      .returning({ id: rating.id });
    return row?.id;
  }

  /** The ticket of a bad rating; one that was opened before it was corrected stays the one. */
  async function followedUp(tx: Db, id: string, { residentId, level }: RatingWish, by: Actor): Promise<Rated> {
    const [row] = await tx.select({ ticketId: rating.ticketId }).from(rating).where(eq(rating.id, id));
    if (row?.ticketId) return { level, already: false };
    const opened = await herTickets.openIn(tx, { residentId, kind: 'bad_rating' }, by);
    await tx.update(rating).set({ ticketId: opened.id }).where(eq(rating.id, id));
    return { level, already: false, ticket: { id: opened.id, until: opened.until } };
  }

  async function standing(tx: Db, service: ServiceKind, serviceId: string): Promise<Rated> {
    const mine = and(eq(rating.service, service), eq(rating.serviceId, serviceId));
    const [row] = await tx.select({ level: rating.level }).from(rating).where(mine);
    if (!row) throw new Refusal('NotFound');
    return { level: row.level, already: true };
  }

  /** The code of a level by its official name, or by its place when the five were read out, best first. */
  function levelOf(said: string | undefined): number | undefined {
    if (!said) return undefined;
    return feedback.levels[said] ?? (/^[1-5]$/.test(said) ? Number(said) : undefined);
  }

  return { finished, rate, levelOf };
}

/** Calls that were talked, and callbacks that reached her: to her both are a call. One that became a callback is rated there. */
async function callsOf(tx: Db, residentId: string, since: Date): Promise<Finished[]> {
  const talked = await tx
    .select({ id: call.id, at: call.endedAt, clerk: staff.name, outcome: call.outcome })
    .from(call)
    .leftJoin(staff, eq(staff.id, call.clerkId))
    .where(
      and(
        eq(call.residentId, residentId),
        inArray(call.state, ['wrapping', 'ended']), // she is asked when she hangs up, not when the clerk has noted it
        isNotNull(call.talkingAt),
        gt(call.endedAt, since),
      ),
    );
  const called = await tx
    .select({ id: callback.id, at: callback.closedAt, clerk: staff.name, outcome: callback.outcome })
    .from(callback)
    .leftJoin(staff, eq(staff.id, callback.clerkId))
    .where(and(eq(callback.residentId, residentId), eq(callback.state, 'closed'), gt(callback.closedAt, since)));
  return [...talked, ...called]
    .filter(({ at, outcome }) => at !== null && !NOT_REACHED.has(outcome ?? ''))
    .map(({ id, at, clerk }) => ({ service: 'call', id, at: at as Date, clerk: clerk ?? undefined }));
}

async function visitsOf(tx: Db, residentId: string, since: Date): Promise<Finished[]> {
  const rows = await tx
    .select({ id: visit.id, day: visit.day, half: visit.half, matter: visit.matter, clerk: staff.name })
    .from(visit)
    .leftJoin(staff, eq(staff.id, visit.workerId))
    .where(and(eq(visit.residentId, residentId), eq(visit.state, 'done'), gt(visit.day, shanghaiDay(since))));
  return rows.map(({ id, day, half, matter, clerk }) => {
    const at = shanghaiInstant(day, half === 'AM' ? '08:00' : '12:00');
    return { service: 'visit', id, at, matter, clerk: clerk ?? undefined };
  });
}

/** A case is over with its last step; one that was brought in without steps, with its beginning. */
async function casesOf(tx: Db, residentId: string, since: Date): Promise<Finished[]> {
  const over = sql<string | null>`max(${caseStep.at})`;
  const rows = await tx
    .select({ id: caseFile.id, matter: caseFile.matter, begun: caseFile.createdAt, over })
    .from(caseFile)
    .leftJoin(caseStep, and(eq(caseStep.caseId, caseFile.id), eq(caseStep.status, 'concluded')))
    .where(and(eq(caseFile.residentId, residentId), eq(caseFile.status, 'concluded')))
    .groupBy(caseFile.id)
    .orderBy(desc(caseFile.createdAt));
  return rows
    .map(({ id, matter, begun, over: last }) => ({ id, matter, at: last ? new Date(last) : begun }))
    .filter(({ at }) => at > since)
    .map((one) => ({ service: 'case', ...one }));
}

interface Given {
  level: number;
  at: Date;
}

async function levelsOf(tx: Db, all: Finished[]): Promise<Map<string, Given>> {
  if (all.length === 0) return new Map();
  const ids = all.map(({ id }) => id);
  const rows = await tx
    .select({ id: rating.serviceId, level: rating.level, at: rating.createdAt })
    .from(rating)
    .where(inArray(rating.serviceId, ids));
  return new Map(rows.map(({ id, ...given }) => [id, given]));
}

const ratingAt = (now: Date, given: Given | undefined) =>
  given && { level: given.level, ratedToday: shanghaiDay(given.at) === shanghaiDay(now) };

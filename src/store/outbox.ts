/** Messages to outside systems: written with the change they tell of, delivered at least once. */
import { and, asc, eq, inArray, isNull, lte, not, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { outbox } from './schema.ts';

export interface Message {
  /** The outside system: `binhai`, `sms`, `push:aligenie`, … */
  destination: string;
  topic: string;
  /** References, not personal data, wherever the receiver allows it. */
  payload: Record<string, unknown>;
  /** Not before this instant; without one at once. */
  dueAt?: Date;
}

export interface DueMessage extends Message {
  id: string;
  attempts: number;
}

/** Not the database's now(): business time may stand before it. */
export const AT_ONCE = new Date(0);

/** Puts a message beside the change, in its transaction. @returns its id, which the receiver may use to drop repeats. */
export async function enqueue(tx: Db, { destination, topic, payload, dueAt }: Message): Promise<string> {
  const values = { destination, topic, payload, dueAt: dueAt ?? AT_ONCE };
  const [row] = await tx.insert(outbox).values(values).returning({ id: outbox.id });
  if (!row) throw new Error('the outbox took no row');
  return row.id;
}

/** Due messages for one destination, locked for this transaction and skipped by others. */
export async function takeDue(tx: Db, now: Date, to: string, limit = 20): Promise<DueMessage[]> {
  const { id, destination, topic, payload, attempts } = outbox;
  return tx
    .select({ id, destination, topic, payload, attempts })
    .from(outbox)
    .where(and(eq(outbox.destination, to), lte(outbox.dueAt, now), isNull(outbox.sentAt), isNull(outbox.deadAt)))
    .orderBy(asc(outbox.dueAt), asc(outbox.createdAt))
    .limit(limit)
    .for('update', { skipLocked: true });
}

/** Which of these destinations have something due. */
export async function dueDestinations(db: Db, now: Date, among: string[]): Promise<string[]> {
  if (among.length === 0) return [];
  const { destination, dueAt, sentAt, deadAt } = outbox;
  const due = and(inArray(destination, among), lte(dueAt, now), isNull(sentAt), isNull(deadAt));
  const rows = await db.selectDistinct({ destination }).from(outbox).where(due);
  return rows.map((row) => row.destination);
}

/**
 * Due messages for one destination, put off until `until` in the same transaction: nobody else takes them while they are
 * on their way, and they come back by themselves should their carrier die.
 */
export async function claimDue(tx: Db, now: Date, to: string, { limit, until }: { limit: number; until: Date }) {
  const due = await takeDue(tx, now, to, limit);
  const ids = due.map(({ id }) => id);
  if (ids.length > 0) await tx.update(outbox).set({ dueAt: until }).where(inArray(outbox.id, ids));
  return due;
}

/** Not to be tried before `until`; that is no failure and is not counted as one. */
export async function postpone(tx: Db, id: string, until: Date): Promise<void> {
  await tx.update(outbox).set({ dueAt: until }).where(unsettled(id));
}

/** The same for everything that is due at this destination and still of use then; what is not comes up at once, to be given up. */
export async function postponeAll(tx: Db, to: string, { now, until }: { now: Date; until: Date }): Promise<void> {
  const expires = sql`${outbox.payload} ->> 'expires'`;
  const over = sql`case when ${expires} ~ '^\\d{4}-\\d{2}-\\d{2}T' then (${expires})::timestamptz <= ${until.toISOString()}::timestamptz else false end`;
  const waiting = and(eq(outbox.destination, to), isNull(outbox.sentAt), isNull(outbox.deadAt));
  const due = and(waiting, lte(outbox.dueAt, now), not(over));
  const rows = tx.select({ id: outbox.id }).from(outbox).where(due).for('update', { skipLocked: true });
  await tx.update(outbox).set({ dueAt: until }).where(inArray(outbox.id, rows));
}

/** How many wait and how many were given up, by destination. */
export async function outboxCounts(db: Db): Promise<{ destination: string; waiting: number; dead: number }[]> {
  const waiting = sql<number>`(count(*) filter (where ${outbox.deadAt} is null))::int`;
  const dead = sql<number>`(count(*) filter (where ${outbox.deadAt} is not null))::int`;
  return db
    .select({ destination: outbox.destination, waiting, dead })
    .from(outbox)
    .where(isNull(outbox.sentAt))
    .groupBy(outbox.destination);
}

/** A slow carrier finds that another has settled it, or that it was withdrawn meanwhile: what is settled stays so. */
const unsettled = (id: string) => and(eq(outbox.id, id), isNull(outbox.sentAt), isNull(outbox.deadAt));

/** Why a message is not sent that was taken back. */
export const WITHDRAWN = 'withdrawn';

/** Why a message ended without a receiver although nobody has anything to mend: it was told in another way, or need not be. */
export const NEEDLESS = {
  withdrawn: WITHDRAWN,
  useless: 'no longer of use',
  whenOpened: 'told when she next opens the talk',
  noRoom: 'no room before it expires',
  noNumber: 'no number or no consent',
} as const;

/** Takes back what is not sent yet: messages of this topic whose payload has these members. */
export async function withdraw(tx: Db, topic: string, members: Record<string, string>, at: Date): Promise<void> {
  const same = sql`${outbox.payload} @> ${JSON.stringify(members)}::jsonb`;
  const waiting = and(eq(outbox.topic, topic), same, isNull(outbox.sentAt), isNull(outbox.deadAt));
  await tx.update(outbox).set({ deadAt: at, lastError: WITHDRAWN }).where(waiting);
}

/** In the transaction after the delivery; a process that dies in between sends it again, under the same id. */
export async function markSent(tx: Db, id: string, at: Date): Promise<void> {
  await tx
    .update(outbox)
    .set({ sentAt: at, attempts: sql`${outbox.attempts} + 1` })
    .where(eq(outbox.id, id));
}

/** `again` undefined: given up, kept for people to look at. `error` holds no personal data. */
export async function markFailed(tx: Db, id: string, failed: { at: Date; error: string; again?: Date }): Promise<void> {
  const next = failed.again ? { dueAt: failed.again } : { deadAt: failed.at };
  const attempts = sql`${outbox.attempts} + 1`;
  await tx
    .update(outbox)
    .set({ ...next, attempts, lastError: failed.error.slice(0, 300) })
    .where(unsettled(id));
}

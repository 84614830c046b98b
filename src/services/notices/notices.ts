/**
 * Things a resident is to hear of by herself: planned once, chimed for, told when she asks.
 * A producer only plans; when, where and by which chime is src/jobs/notices.ts. Planned deliveries of policies are taken
 * over by themselves, and their state follows the notice's.
 */
import { and, eq, gt, inArray, like, type SQL, sql } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type DELIVERY_STATES, delivery, type NOTICE_KINDS, notice, resident, speaker } from '../../store/schema.ts';
import { quietUntil } from './quiet.ts';

export type NoticeKind = (typeof NOTICE_KINDS)[number];
export type NoticeState = (typeof DELIVERY_STATES)[number];

export interface NewNotice {
  residentId: string;
  kind: NoticeKind;
  /** What is told when she asks: `policy:<id>`, `booking:<id>:<day>`, `case:<id>:<status>`. One of each for a resident, ever. */
  subject: string;
  /** Of no use afterwards. */
  expiresAt: Date;
  /** Not before; at once without it. */
  dueAt?: Date;
}

/** As our own speaker is told: that there is something, never what. */
export interface WaitingNotice {
  type: 'notice';
  id: string;
  kind: NoticeKind;
  /** ISO 8601. */
  expires: string;
}

/** A later word never makes less of an earlier one: the states that each may follow. */
const FROM: Record<Exclude<NoticeState, 'planned'>, NoticeState[]> = {
  sent: ['planned'],
  announced: ['planned', 'sent'],
  partly: ['planned', 'sent', 'announced', 'expired'],
  heard: ['planned', 'sent', 'announced', 'partly', 'expired'],
  refused: ['planned', 'sent', 'announced', 'partly'],
  expired: ['planned', 'sent', 'announced'],
};
/** The channel of what found nobody to chime at: its speaker's return is waited for. */
export const AWAY = 'away';
/** The channel of what is told when she opens the talk, and never chimed for. */
export const OPENING = 'opening';
/** Of several that one chime stood for, the kind that presses most. */
const PRESSING: NoticeKind[] = ['reminder', 'progress', 'policy', 'system'];

const POLICY = 'policy:';
/** What a notice of a policy is about; one for each resident and policy, ever. */
export const policySubject = (policyId: string) => `${POLICY}${policyId}`;
/** What the reminder of a booking is about: one for each of its days, so that whoever moves it is reminded anew. */
export const bookingSubject = (bookingId: string, day: string) => `booking:${bookingId}:${day}`;
/** What news of a case is about: each status is a notice of its own. */
export const caseSubject = (caseId: string, status: string) => `case:${caseId}:${status}`;

/** Plans it in the transaction of what it tells of; a second time changes nothing. */
export const planNotice = (tx: Db, one: NewNotice, now: Date): Promise<void> => planNotices(tx, [one], now);

/** Many at once: at most a thousand. */
export async function planNotices(tx: Db, planned: NewNotice[], now: Date): Promise<void> {
  if (planned.length === 0) return;
  const rows = planned.map(({ dueAt, ...one }) => ({ ...one, nextAt: dueAt ?? now, createdAt: now, updatedAt: now }));
  await tx
    .insert(notice)
    .values(rows)
    .onConflictDoNothing({ target: [notice.residentId, notice.subject] });
}

interface Moved {
  at: Date;
  channel?: string;
}

/** Moves notices on, never back, and the deliveries of their policies with them. @returns whose they are */
export async function moveNotices(
  tx: Db,
  which: SQL | undefined,
  state: keyof typeof FROM,
  { at, channel }: Moved,
): Promise<{ residentId: string; subject: string }[]> {
  const set = { state, updatedAt: at, ...(channel ? { channel } : {}), ...timesOf(state, at) };
  const rows = await tx
    .update(notice)
    .set(set)
    .where(and(which, inArray(notice.state, FROM[state])))
    .returning({ residentId: notice.residentId, subject: notice.subject });
  const told = rows.flatMap(({ residentId, subject }) =>
    subject.startsWith(POLICY) ? [sql`(${subject.slice(POLICY.length)}::uuid, ${residentId}::uuid)`] : [],
  );
  if (told.length > 0) {
    const theirs = sql`(${delivery.policyId}, ${delivery.residentId}) in (${sql.join(told, sql`, `)})`;
    await tx
      .update(delivery)
      .set(set)
      .where(and(theirs, inArray(delivery.state, FROM[state])));
  }
  return rows;
}

/** When it happened; a state that is reached at a leap leaves the steps between without a time. */
function timesOf(state: keyof typeof FROM, at: Date) {
  if (state === 'sent') return { sentAt: at };
  if (state === 'announced') return { announcedAt: at };
  return state === 'heard' || state === 'partly' ? { heardAt: at } : {};
}

/** She was told of it in the talk, by whatever way she came there: no chime follows. */
export async function toldOf(
  tx: Db,
  told: { residentId: string; subject: string; state: 'announced' | 'partly' | 'heard' | 'refused' },
  at: Date,
): Promise<void> {
  const mine = and(eq(notice.residentId, told.residentId), eq(notice.subject, told.subject));
  await moveNotices(tx, mine, told.state, { at });
}

/** The residents' side: what waits at a speaker, and what she has heard. Content is never in what these give. */
export function createNotices({ database, clock }: { database: Database; clock: Clock }) {
  /** What a speaker of ours that has just connected should chime for again: sent, and never announced. Nothing while it is quiet. */
  function waitingAt(deviceId: string): Promise<WaitingNotice[]> {
    return database.transaction(async (tx) => {
      const now = clock.now();
      const people = await residentsAt(tx, deviceId);
      if (people.length === 0) return [];
      const hers = and(
        inArray(
          notice.residentId,
          people.map(({ id }) => id),
        ),
        gt(notice.expiresAt, now),
      );
      const missed = and(hers, eq(notice.state, 'planned'), eq(notice.channel, AWAY));
      await tx.update(notice).set({ nextAt: now }).where(missed);
      if (quietUntil(now, people)) return [];
      return framesOf(
        await tx
          .select()
          .from(notice)
          .where(and(hers, eq(notice.state, 'sent'))),
      );
    });
  }

  /** The speaker's own word on a chime. Unknown ones, and those of another home, are let pass. */
  async function acknowledged(deviceId: string, chimeId: string, state: Acknowledged): Promise<void> {
    if (!UUID.test(chimeId)) return;
    await database.transaction(async (tx) => {
      const at = clock.now();
      const people = (await residentsAt(tx, deviceId)).map(({ id }) => id);
      if (people.length === 0) return;
      const which = and(eq(notice.chimeId, chimeId), inArray(notice.residentId, people));
      for (const { residentId, subject } of await moveNotices(tx, which, state, { at })) {
        const actor = { kind: 'resident', id: residentId, role: 'resident' } as const;
        await writeAudit(tx, { at, actor, action: `notice.${state}`, residentId, subject, result: 'done' });
      }
    });
  }

  /** How many things of this kind she has not been told yet: said when the talk opens. */
  function untold(residentId: string, kind: NoticeKind): Promise<number> {
    const open = inArray(notice.state, ['planned', 'sent', 'announced']);
    const hers = and(eq(notice.residentId, residentId), eq(notice.kind, kind), gt(notice.expiresAt, clock.now()));
    return database.db.$count(notice, and(hers, open));
  }

  /** She was told of all that begins with this subject (`case:<id>`, or `case:` for every case of hers). */
  async function told(residentId: string, subject: string): Promise<void> {
    const mine = and(eq(notice.residentId, residentId), like(notice.subject, `${subject}%`));
    await database.transaction((tx) => moveNotices(tx, mine, 'heard', { at: clock.now() }));
  }

  return { waitingAt, acknowledged, untold, told };
}

type Acknowledged = 'announced' | 'heard' | 'partly' | 'refused';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Who lives where a speaker of ours stands. */
function residentsAt(tx: Db, deviceId: string) {
  const here = and(eq(speaker.brand, 'speaker'), eq(speaker.brandDevice, deviceId), eq(speaker.status, 'bound'));
  return tx
    .select({ id: resident.id, from: resident.quietFrom, until: resident.quietUntil })
    .from(resident)
    .innerJoin(speaker, eq(speaker.householdId, resident.householdId))
    .where(and(here, eq(resident.state, 'living')));
}

/** One frame for each chime, however many notices it stands for. */
function framesOf(rows: (typeof notice.$inferSelect)[]): WaitingNotice[] {
  const chimes = new Map<string, (typeof notice.$inferSelect)[]>();
  for (const row of rows) if (row.chimeId) chimes.set(row.chimeId, [...(chimes.get(row.chimeId) ?? []), row]);
  return [...chimes].map(([id, its]) => ({ type: 'notice', id, ...chimeFor(its) }));
}

/** What a chime for these says: the kind that presses most, and until when any of them is of use. */
export function chimeFor(rows: { kind: NoticeKind; expiresAt: Date }[]): { kind: NoticeKind; expires: string } {
  const kind = PRESSING.find((one) => rows.some((row) => row.kind === one)) ?? 'system';
  const last = Math.max(...rows.map(({ expiresAt }) => expiresAt.getTime()));
  return { kind, expires: new Date(last).toISOString() };
}

/** What is due at whose home, and all that decides about a chime there: read in a few queries for many homes at once. */
import { and, desc, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import { shanghaiDay } from '../clock.ts';
import type { Quiet } from '../services/notices/quiet.ts';
import type { Db } from '../store/database.ts';
import { booking, consent, household, notice, policy, resident, slot, speaker } from '../store/schema.ts';

export type DueNotice = typeof notice.$inferSelect;

export interface Person extends Quiet {
  id: string;
  /** How she wants to be told. */
  channel: 'voice' | 'paper' | 'sms' | 'relative';
  /** She agreed to be spoken to unasked. */
  agreed: boolean;
}

export interface Bell {
  id: string;
  brand: string;
  device: string;
}

/** One home with something due. */
export interface HomeDue {
  householdId: string;
  people: Person[];
  notices: DueNotice[];
  /** Chimes that this home has had today, those under way included. */
  chimedToday: number;
  /** Bound here, the one heard of last first. */
  bells: Bell[];
}

/** Homes with something due, locked until the end of the transaction; those that another instance works on are left out. */
export async function lockHomesDue(tx: Db, now: Date, most: number): Promise<string[]> {
  const due = tx
    .selectDistinct({ id: resident.householdId })
    .from(notice)
    .innerJoin(resident, eq(resident.id, notice.residentId))
    .where(isDue(now))
    .limit(most);
  const rows = await tx
    .select({ id: household.id })
    .from(household)
    .where(inArray(household.id, due))
    .for('update', { skipLocked: true });
  return rows.map(({ id }) => id);
}

const isDue = (now: Date) => and(eq(notice.state, 'planned'), isNull(notice.chimeId), lte(notice.nextAt, now));

/** All that is to be known of these homes. */
export async function homesDue(tx: Db, householdIds: string[], now: Date): Promise<HomeDue[]> {
  const people = await peopleOf(tx, householdIds);
  const ids = people.map(({ id }) => id);
  const notices = await tx
    .select()
    .from(notice)
    .where(and(inArray(notice.residentId, ids), isDue(now)));
  const chimed = await chimesOn(tx, ids, shanghaiDay(now));
  const bells = await bellsOf(tx, householdIds);
  return householdIds.map((householdId) => {
    const here = people.filter((one) => one.householdId === householdId);
    const mine = new Set(here.map(({ id }) => id));
    return {
      householdId,
      people: here.filter(({ living }) => living),
      notices: notices.filter(({ residentId }) => mine.has(residentId)),
      chimedToday: new Set(chimed.filter(({ residentId }) => mine.has(residentId)).map(({ chimeId }) => chimeId)).size,
      bells: bells.filter((one) => one.householdId === householdId),
    };
  });
}

async function peopleOf(tx: Db, householdIds: string[]) {
  const { id, householdId, quietFrom: from, quietUntil: until, channel, state } = resident;
  const rows = await tx
    .select({ id, householdId, from, until, channel, state })
    .from(resident)
    .where(inArray(resident.householdId, householdIds));
  const agreed = await agreedAmong(
    tx,
    rows.map((row) => row.id),
  );
  return rows.map(({ state, ...row }) => ({ ...row, living: state === 'living', agreed: agreed.has(row.id) }));
}

/** Whose newest word on being spoken to is yes; who was never asked that is asked for her data at installation. */
async function agreedAmong(tx: Db, ids: string[]): Promise<Set<string>> {
  const rows = await tx
    .selectDistinctOn([consent.residentId, consent.purpose])
    .from(consent)
    .where(and(inArray(consent.residentId, ids), inArray(consent.purpose, ['push', 'data'])))
    .orderBy(consent.residentId, consent.purpose, desc(consent.createdAt), desc(consent.id));
  const word = (id: string, purpose: string) =>
    rows.find((row) => row.residentId === id && row.purpose === purpose)?.given;
  return new Set(ids.filter((id) => word(id, 'push') ?? word(id, 'data') ?? false));
}

function chimesOn(tx: Db, residentIds: string[], day: string) {
  const { residentId, chimeId, chimedOn } = notice;
  return tx
    .selectDistinct({ residentId, chimeId })
    .from(notice)
    .where(and(inArray(residentId, residentIds), eq(chimedOn, day), isNotNull(chimeId)));
}

function bellsOf(tx: Db, householdIds: string[]) {
  const { id, householdId, brand, brandDevice: device } = speaker;
  return tx
    .select({ id, householdId, brand, device })
    .from(speaker)
    .where(and(inArray(householdId, householdIds), eq(speaker.status, 'bound')))
    .orderBy(sql`${speaker.lastSeenAt} desc nulls last`, speaker.id);
}

/** Whether what a notice tells of still stands; `paused`: not now, perhaps later. */
export type Standing = 'stands' | 'paused' | 'over';

/** Of each subject that can fall away: its policy was paused or recalled, its booking cancelled or moved to another day. */
export async function standingOf(tx: Db, subjects: string[], day: string): Promise<(subject: string) => Standing> {
  const idsOf = (head: string) =>
    subjects.filter((one) => one.startsWith(`${head}:`)).map((one) => one.split(':')[1] ?? '');
  const policies = await tx
    .select({ id: policy.id, state: policy.state, until: policy.validUntil })
    .from(policy)
    .where(inArray(policy.id, idsOf('policy')));
  const bookings = await tx
    .select({ id: booking.id, day: slot.day })
    .from(booking)
    .innerJoin(slot, eq(slot.id, booking.slotId))
    .where(and(inArray(booking.id, idsOf('booking')), eq(booking.state, 'booked')));
  const booked = new Map(bookings.map((one) => [one.id, one.day]));
  return (subject) => {
    const [head = '', id = '', on = booked.get(id)] = subject.split(':'); // an older row of a booking names no day
    if (head === 'booking') return booked.has(id) && booked.get(id) === on ? 'stands' : 'over';
    if (head !== 'policy') return 'stands';
    const one = policies.find((row) => row.id === id);
    if (one?.state === 'paused') return 'paused';
    return one?.state === 'published' && (one.until ?? day) >= day ? 'stands' : 'over';
  };
}

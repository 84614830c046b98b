/** The board of the desks: who waits, who is there, which callbacks are owed, which calls go on. */
import { and, asc, desc, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { call, callback, callLeg, callOffer, household, place, resident, speaker, staff } from '../schema.ts';
import { type Scope, within } from './page.ts';

const GOING = ['connecting', 'talking', 'held', 'transferring', 'wrapping'] as const;

/** Calls that wait in these stations, the next one first, each with whom it rings for. */
export async function waitingCalls(db: Db, scope: Scope) {
  const rows = await db
    .select({ call, resident: { id: resident.id, name: resident.name }, station: { id: place.id, name: place.name } })
    .from(call)
    .leftJoin(resident, eq(resident.id, call.residentId))
    .leftJoin(place, eq(place.id, call.stationId))
    .where(and(inArray(call.state, ['queued', 'offered']), eq(call.direction, 'in'), within(scope, call.stationId)))
    .orderBy(desc(call.priority), asc(call.createdAt), asc(call.id));
  const rings = await db
    .select({ callId: callOffer.callId, id: staff.id, name: staff.name })
    .from(callOffer)
    .innerJoin(staff, eq(staff.id, callOffer.staffId))
    .where(isNull(callOffer.closedAt));
  return rows.map((row) => ({ ...row, ringing: rings.filter((one) => one.callId === row.call.id) }));
}

/** Clerks of these places with the call each of them has. */
export async function desks(db: Db, staffIds: string[]) {
  if (staffIds.length === 0) return [];
  const rows = await db
    .select({ staff, place: { id: place.id, name: place.name, parentId: place.parentId } })
    .from(staff)
    .leftJoin(place, eq(place.id, staff.placeId))
    .where(and(inArray(staff.id, staffIds), eq(staff.role, 'clerk'), isNull(staff.disabledAt)))
    .orderBy(asc(place.code), asc(staff.duty), asc(staff.id));
  const calls = await db
    .select({ id: call.id, clerkId: call.clerkId })
    .from(call)
    .where(and(inArray(call.clerkId, staffIds), inArray(call.state, [...GOING, 'offered'])));
  return rows.map((row) => ({ ...row, call: calls.find((one) => one.clerkId === row.staff.id)?.id ?? null }));
}

/** How many callbacks are owed, and how many of them are late. */
export async function callbackCounts(db: Db, scope: Scope, now: Date) {
  const open = and(eq(callback.state, 'open'), within(scope, callback.stationId));
  const count = (where: typeof open) => db.$count(db.select({ id: callback.id }).from(callback).where(where).as('c'));
  return { open: await count(open), overdue: await count(and(open, lt(callback.dueAt, now))) };
}

/** The speakers of these devices that stand in a home, with the station that looks after it. */
export function speakersOf(db: Db, devices: string[]) {
  return db
    .select({ id: speaker.id, device: speaker.brandDevice, stationId: household.stationId })
    .from(speaker)
    .innerJoin(household, eq(household.id, speaker.householdId))
    .where(and(inArray(speaker.brandDevice, devices), eq(speaker.brand, 'speaker')));
}

/** Calls under way, with who listens in. */
export async function goingCalls(db: Db) {
  const rows = await db
    .select({
      call,
      resident: { id: resident.id, name: resident.name },
      clerk: { id: staff.id, name: staff.name },
    })
    .from(call)
    .leftJoin(resident, eq(resident.id, call.residentId))
    .leftJoin(staff, eq(staff.id, call.clerkId))
    .where(inArray(call.state, [...GOING]))
    .orderBy(asc(call.createdAt));
  const watchers = await db
    .select({ callId: callLeg.callId, role: callLeg.role, id: staff.id, name: staff.name })
    .from(callLeg)
    .innerJoin(staff, eq(staff.id, callLeg.staffId))
    .where(and(isNull(callLeg.closedAt), inArray(callLeg.role, ['listen', 'coach', 'barge'])));
  return rows.map((row) => ({ ...row, watchers: watchers.filter((one) => one.callId === row.call.id) }));
}

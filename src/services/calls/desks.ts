/** Who could take a call: at the desk, in her hours, with the language and the matter, and not somebody she complained about. */
import { and, desc, eq, gt, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../store/database.ts';
import type { ClerkPresence, Presence } from '../../store/presence.ts';
import { call, callback, callOffer, place, rating, staff } from '../../store/schema.ts';
import type { Calendar } from '../calendar.ts';
import { TAKEN } from './arrows.ts';
import type { CallRow } from './rows.ts';

export interface Clerk {
  id: string;
  name: string;
  placeId: string | null;
  placeKind: string | null;
  duty: 'A' | 'B' | null;
  /** Can be rung now; otherwise she is on a call or at the window, and will be free. */
  free: boolean;
}

interface Parts {
  presence: Pick<Presence, 'clerks'>;
  calendar: Calendar;
  clock: Clock;
}

const DAY_MS = 86_400_000;
/** So long she comes back to the same clerk. */
const SAME_CLERK_DAYS = 90;
const BAD = 4;

export type Whom = Pick<CallRow, 'residentId' | 'stationId' | 'matter' | 'locale'>;
export type Desks = ReturnType<typeof createDesks>;

/** Whom a call may ring at and in which order: whoever had her last, A, B, her centre, any centre. Decides only; ringing.ts rings. */
export function createDesks({ presence, calendar, clock }: Parts) {
  /** Everybody at a desk now. Asked of Redis before a transaction is opened. @throws Refusal StoreUnavailable */
  const here = () => presence.clerks();

  /**
   * Hours close a desk that somebody forgot to close; who has said since then that she is there, is there.
   */
  function serves(at: { hours: Record<string, [string, string][]>; status: string } | null, since?: string): boolean {
    const now = clock.now();
    if (!at || calendar.isOpen(at, now)) return true;
    if (since === undefined) return false;
    const opened = calendar.nextOpen(at, new Date(since));
    return opened === undefined || opened > now;
  }

  /** Those who may take this call, free or soon to be. */
  async function able(tx: Db, whom: Whom, present: Map<string, ClerkPresence>): Promise<Clerk[]> {
    const ids = [...present].filter(([, one]) => one.state !== 'away').map(([id]) => id);
    if (ids.length === 0) return [];
    const rows = await tx
      .select({ staff, place })
      .from(staff)
      .leftJoin(place, eq(place.id, staff.placeId))
      .where(and(inArray(staff.id, ids), eq(staff.role, 'clerk'), isNull(staff.disabledAt)));
    const [taken, shunned] = [await takenAmong(tx, ids), await shunnedBy(tx, whom.residentId)];
    return rows
      .filter(({ staff: one }) => !shunned.has(one.id) && one.languages.includes(whom.locale))
      .filter(({ staff: one }) => !whom.matter || one.skills.length === 0 || one.skills.includes(whom.matter))
      .filter(({ staff: one, place: at }) => serves(at, present.get(one.id)?.at))
      .map(({ staff: one, place: at }) => ({
        id: one.id,
        name: one.name,
        placeId: one.placeId,
        placeKind: at?.kind ?? null,
        duty: one.duty,
        free: present.get(one.id)?.state === 'available' && !taken.has(one.id),
      }));
  }

  /** Those who are on a call, are wrapping one up, or at whom it rings. */
  async function takenAmong(tx: Db, ids: string[]): Promise<Set<string>> {
    const calls = await tx
      .select({ id: call.clerkId })
      .from(call)
      .where(and(inArray(call.clerkId, ids), inArray(call.state, [...TAKEN, 'wrapping', 'offered'])));
    const rings = await tx
      .select({ id: callOffer.staffId })
      .from(callOffer)
      .where(and(inArray(callOffer.staffId, ids), isNull(callOffer.closedAt)));
    return new Set([...calls, ...rings].map(({ id }) => id ?? ''));
  }

  /** Whom she rated badly does not get her again. */
  async function shunnedBy(tx: Db, residentId: string | null): Promise<Set<string>> {
    if (!residentId) return new Set();
    const bad = and(eq(rating.residentId, residentId), eq(rating.service, 'call'), gt(rating.level, BAD - 1));
    const rows = await tx
      .select({ one: call.clerkId, other: callback.clerkId })
      .from(rating)
      .leftJoin(call, eq(call.id, rating.serviceId))
      .leftJoin(callback, eq(callback.id, rating.serviceId))
      .where(bad);
    return new Set(rows.flatMap(({ one, other }) => [one, other]).filter((id) => id !== null));
  }

  /** Who spoke with her last: she need not tell it all again. */
  async function lastWith(tx: Db, residentId: string | null): Promise<string | undefined> {
    if (!residentId) return undefined;
    const since = new Date(clock.now().getTime() - SAME_CLERK_DAYS * DAY_MS);
    const [row] = await tx
      .select({ id: call.clerkId })
      .from(call)
      .where(
        and(
          eq(call.residentId, residentId),
          isNotNull(call.talkingAt),
          isNotNull(call.clerkId),
          or(gt(call.endedAt, since), isNull(call.endedAt)),
        ),
      )
      .orderBy(desc(call.createdAt), desc(call.id))
      .limit(1);
    return row?.id ?? undefined;
  }

  /** 同一人 → A → B → her centre's windows → any centre's windows. Each group rings together. */
  async function plan(tx: Db, whom: Whom, clerks: Clerk[]): Promise<Clerk[][]> {
    const last = await lastWith(tx, whom.residentId);
    const [station] = whom.stationId
      ? await tx.select({ parentId: place.parentId }).from(place).where(eq(place.id, whom.stationId))
      : [];
    const atStation = (one: Clerk) => whom.stationId !== null && one.placeId === whom.stationId;
    const rules: ((one: Clerk) => boolean)[] = [
      (one) => one.id === last,
      (one) => atStation(one) && one.duty === 'A',
      (one) => atStation(one),
      (one) => one.placeId !== null && one.placeId === station?.parentId,
      (one) => one.placeKind === 'centre',
    ];
    const left = new Set(clerks);
    return rules.map((rule) => {
      const group = [...left].filter(rule);
      for (const one of group) left.delete(one);
      return group;
    });
  }

  return { here, able, plan };
}

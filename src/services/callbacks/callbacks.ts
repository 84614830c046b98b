/** Callbacks: a named time within opening hours, a place in the queue, and somebody who owes the call. */
import { randomUUID } from 'node:crypto';
import { and, asc, count, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { type Clock, shanghaiDay, shanghaiTime } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { type EffectKey, once } from '../../store/once.ts';
import type { Presence } from '../../store/presence.ts';
import { callback, household, place, resident, speaker, staff } from '../../store/schema.ts';
import type { Calendar } from '../calendar.ts';
import { phoneOf } from '../residents/homes.ts';
import { dueTime } from './times.ts';

export interface CallbackWish {
  residentId?: string;
  speakerId: string;
  reason: string;
  matter?: string;
  brief?: Record<string, unknown>;
  /** Digits; hers on file when she names none. */
  phone?: string;
  /** `HH:MM`, `AM` or `PM`. */
  wanted?: string;
  /** Of a call that became this callback, and since when it has waited: it keeps its place. */
  callId?: string;
  since?: Date;
}

export interface CallbackView {
  id: string;
  station: { id: string; name: string };
  clerk?: { id: string; name: string };
  dueAt: Date;
  before: { day: string; time: string };
  /** In the queue of the station, 1 is next. */
  place: number;
  /** One for the same reason stood already. */
  already?: boolean;
  /** The day on which it should have been made, where that is over: it is owned up to. */
  missed?: string;
  phoneTail?: string;
}

interface Parts {
  database: Database;
  fields: Pick<Fields, 'seal' | 'open'>;
  presence: Pick<Presence, 'clerk'>;
  clock: Clock;
  calendar: Calendar;
}

type Station = Pick<typeof place.$inferSelect, 'id' | 'name' | 'hours' | 'status'>;
type Row = typeof callback.$inferSelect;
interface Made {
  id: string;
  already: boolean;
  missed?: string;
}
export type Callbacks = ReturnType<typeof createCallbacks>;

/** She wants somebody, and no more is known of it. */
const PLAIN = new Set(['agent.call', 'callback.request']);
/** Never the same call as another. */
const OWN_CALL = new Set(['emergency', 'life', 'fraud', 'privacy', 'identity', 'moved', 'harm', 'company']);

/** Where the sealed phone of a callback is bound to. */
export const callbackPhoneOf = (callbackId: string) => `callback.phoneSealed:${callbackId}`;

export function createCallbacks({ database, fields, presence, clock, calendar }: Parts) {
  /**
   * Asks for a call. One open callback per resident (or speaker) and reason: the standing one is told as success.
   * @throws Refusal SpeakerUnknown when the speaker is at nobody's home
   */
  async function request(key: EffectKey, wish: CallbackWish, by: Actor): Promise<CallbackView> {
    const made = await once(database, key, (tx) => requestIn(tx, wish, by));
    const view = await viewOf(made.id, by);
    const missed = made.missed ? { missed: made.missed } : {};
    return made.already ? { ...view, already: true, ...missed } : view;
  }

  async function requestIn(tx: Db, wish: CallbackWish, by: Actor): Promise<Made> {
    const station = await stationOf(tx, wish.speakerId);
    const standing = await standingOf(tx, wish);
    if (standing) {
      const due = shanghaiDay(standing.dueAt);
      const missed = due < shanghaiDay(clock.now()) ? { missed: due } : {};
      return { id: await stillStands(tx, standing, wish, station), already: true, ...missed };
    }
    const id = randomUUID();
    const { residentId, speakerId, reason, matter, callId, wanted, phone, since } = wish;
    const dueAt = dueTime(calendar, station, clock.now(), wanted);
    const phoneSealed = phone ? fields.seal(phone, callbackPhoneOf(id)) : undefined;
    const values = {
      id,
      residentId,
      speakerId,
      callId,
      reason,
      matter,
      wanted,
      phoneSealed,
      dueAt,
      stationId: station.id,
    };
    const made = await tx
      .insert(callback)
      .values({ ...values, brief: wish.brief ?? {}, createdAt: since ?? clock.now() })
      .onConflictDoNothing()
      .returning({ id: callback.id });
    if (made.length === 0) return { id: (await standingOf(tx, wish))?.id ?? id, already: true };
    const subject = `callback:${id}`;
    await writeAudit(tx, {
      at: clock.now(),
      actor: by,
      action: 'callback.requested',
      residentId,
      subject,
      result: 'done',
    });
    return { id, already: false };
  }

  /** Requests of one speaker take turns on its row, so that two at once become one. */
  async function stationOf(tx: Db, speakerId: string): Promise<Station> {
    const [row] = await tx
      .select({ id: place.id, name: place.name, hours: place.hours, status: place.status, parentId: place.parentId })
      .from(speaker)
      .innerJoin(household, eq(household.id, speaker.householdId))
      .innerJoin(place, eq(place.id, household.stationId))
      .where(eq(speaker.id, speakerId))
      .for('update', { of: speaker });
    if (!row) throw new Refusal('SpeakerUnknown');
    if (row.status === 'operating' || !row.parentId) return row;
    const [centre] = await tx.select().from(place).where(eq(place.id, row.parentId));
    return centre ?? row;
  }

  /** What is promised is not in the past; a wish for anybody at all is that for something, once it is known; another telephone is the one that is rung. */
  async function stillStands(tx: Db, row: Row, wish: CallbackWish, station: Station): Promise<string> {
    const names = PLAIN.has(row.reason) && !PLAIN.has(wish.reason);
    const known = names ? { reason: wish.reason, matter: wish.matter ?? row.matter } : {};
    const late = row.dueAt <= clock.now() ? { dueAt: dueTime(calendar, station, clock.now(), wish.wanted) } : {};
    const reached = wish.phone ? { phoneSealed: fields.seal(wish.phone, callbackPhoneOf(row.id)) } : {};
    const changes = { ...known, ...late, ...reached };
    if (Object.keys(changes).length > 0) await tx.update(callback).set(changes).where(eq(callback.id, row.id));
    return row.id;
  }

  /** For the same reason, or where one of the two only wants somebody: it is the same call. */
  async function standingOf(tx: Db, { residentId, speakerId, reason }: CallbackWish): Promise<Row | undefined> {
    const hers = residentId
      ? eq(callback.residentId, residentId)
      : and(eq(callback.speakerId, speakerId), isNull(callback.residentId));
    const rows = await tx
      .select()
      .from(callback)
      .where(and(hers, eq(callback.state, 'open')))
      .orderBy(asc(callback.createdAt), asc(callback.id));
    const same = rows.find((row) => row.reason === reason);
    if (same || OWN_CALL.has(reason)) return same;
    const others = rows.filter((row) => !OWN_CALL.has(row.reason));
    return PLAIN.has(reason) ? others[0] : others.find((row) => PLAIN.has(row.reason));
  }

  /** As she is told of it. @throws Refusal NotFound */
  async function viewOf(id: string, by: Actor): Promise<CallbackView> {
    const { row, station, ahead, phoneTail } = await database.transaction(async (tx) => {
      const [found] = await tx
        .select({ row: callback, station: { id: place.id, name: place.name } })
        .from(callback)
        .innerJoin(place, eq(place.id, callback.stationId))
        .where(eq(callback.id, id));
      if (!found) throw new Refusal('NotFound');
      const [queue] = await tx.select({ ahead: count() }).from(callback).where(before(found.row));
      return { ...found, ahead: Number(queue?.ahead ?? 0), phoneTail: await tailOf(tx, found.row, by) };
    });
    const [clerk] = await onDuty(station.id);
    const { dueAt } = row;
    const due = { day: shanghaiDay(dueAt), time: shanghaiTime(dueAt) };
    return { id, station, clerk, dueAt, before: due, place: ahead + 1, phoneTail };
  }

  async function tailOf(tx: Db, { id, phoneSealed, residentId }: Row, by: Actor): Promise<string | undefined> {
    if (phoneSealed) return fields.open(phoneSealed, callbackPhoneOf(id)).slice(-4);
    if (!residentId) return undefined;
    const [her] = await tx.select({ sealed: resident.phoneSealed }).from(resident).where(eq(resident.id, residentId));
    await writeAudit(tx, {
      at: clock.now(),
      actor: by,
      action: 'read',
      residentId,
      fields: ['phoneTail'],
      result: 'done',
    });
    return her?.sealed ? fields.open(her.sealed, phoneOf(residentId)).slice(-4) : undefined;
  }

  /** The station's clerks who are at their desks now, A before B; nobody when that is not known. */
  async function onDuty(stationId: string): Promise<{ id: string; name: string }[]> {
    const clerks = await database.db
      .select({ id: staff.id, name: staff.name })
      .from(staff)
      .where(and(eq(staff.placeId, stationId), eq(staff.role, 'clerk'), isNull(staff.disabledAt)))
      .orderBy(sql`${staff.duty} nulls last`, asc(staff.id));
    const here = await Promise.all(clerks.map(({ id }) => presence.clerk(id).catch(() => undefined)));
    return clerks.filter((_, n) => here[n] !== undefined && here[n]?.state !== 'away');
  }

  /** A call that reached nobody: it stays open, and is this clerk's. @throws Refusal NotFound · NotInThisState */
  async function tried(
    key: EffectKey,
    callbackId: string,
    { notes }: { notes?: string },
    by: Actor,
  ): Promise<CallbackView> {
    await once(database, key, (tx) =>
      change(tx, callbackId, by, 'tried', (row) => ({
        tries: row.tries + 1,
        notes: notes ?? row.notes,
        clerkId: ownerOf(row, by),
      })),
    );
    return viewOf(callbackId, by);
  }

  /** The same inside another's transaction; a callback that was closed meanwhile is left alone. */
  async function missedIn(tx: Db, callbackId: string, by: Actor): Promise<void> {
    const [row] = await tx.select({ state: callback.state }).from(callback).where(eq(callback.id, callbackId));
    if (row?.state !== 'open') return;
    await change(tx, callbackId, by, 'tried', (found) => ({ tries: found.tries + 1 }));
  }

  /** The call was made, or will not be: with its outcome. @throws Refusal NotFound · NotInThisState */
  async function close(
    key: EffectKey,
    callbackId: string,
    { outcome, notes }: { outcome: string; notes?: string },
    by: Actor,
  ): Promise<{ id: string; outcome: string }> {
    return once(database, key, async (tx) => {
      const closed = { state: 'closed' as const, outcome, closedAt: clock.now() };
      await change(tx, callbackId, by, 'closed', (row) => ({
        ...closed,
        notes: notes ?? row.notes,
        clerkId: ownerOf(row, by),
      }));
      return { id: callbackId, outcome };
    });
  }

  /** A supervisor gives it to somebody else. @throws Refusal NotFound · NotInThisState */
  async function reassign(callbackId: string, to: string, by: Actor): Promise<void> {
    await database.transaction(async (tx) => {
      const [clerk] = await tx
        .select({ id: staff.id })
        .from(staff)
        .where(and(eq(staff.id, to), eq(staff.role, 'clerk'), isNull(staff.disabledAt)));
      if (!clerk) throw new Refusal('NotFound');
      await change(tx, callbackId, by, 'reassigned', () => ({ clerkId: to }));
    });
  }

  async function change(tx: Db, id: string, by: Actor, what: string, next: (row: Row) => Partial<Row>): Promise<void> {
    const [row] = await tx.select().from(callback).where(eq(callback.id, id)).for('update');
    if (!row) throw new Refusal('NotFound');
    if (row.state !== 'open') throw new Refusal('NotInThisState');
    await tx.update(callback).set(next(row)).where(eq(callback.id, id));
    const residentId = row.residentId ?? undefined;
    const entry = { action: `callback.${what}`, residentId, subject: `callback:${id}`, result: 'done' as const };
    await writeAudit(tx, { at: clock.now(), actor: by, ...entry });
  }

  return { request, requestIn, onDuty, tried, missedIn, reassign, view: viewOf, close };
}

/** Open ones of the same station that were asked for earlier. */
function before({ stationId, createdAt, id }: Row) {
  const earlier = or(lt(callback.createdAt, createdAt), and(eq(callback.createdAt, createdAt), lt(callback.id, id)));
  return and(eq(callback.stationId, stationId), eq(callback.state, 'open'), earlier);
}

/** Whoever calls first owns it until it is closed (首问负责). */
const ownerOf = (row: Row, by: Actor) => row.clerkId ?? (by.kind === 'staff' ? by.id : null);

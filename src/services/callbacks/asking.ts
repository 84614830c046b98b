/** A call is asked for: one that stands for the same reason is the same call, and what is promised is never in the past. */
import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { type Clock, shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { callback, household, place, speaker } from '../../store/schema.ts';
import type { Calendar } from '../calendar.ts';
import { callbackPhoneOf } from './telling.ts';
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
  /** She speaks of this one, whatever it is about: it is changed, and no other is written. */
  callbackId?: string;
  /** Her telephone on file after all, where she had named another. */
  ownPhone?: boolean;
}

export interface Made {
  id: string;
  already: boolean;
  missed?: string;
}

type Station = Pick<typeof place.$inferSelect, 'id' | 'name' | 'hours' | 'status'>;
type Row = typeof callback.$inferSelect;

/** She wants somebody, and no more is known of it. */
const PLAIN = new Set(['agent.call', 'callback.request']);
/** Never the same call as another. */
const OWN_CALL = new Set(['emergency', 'life', 'fraud', 'privacy', 'identity', 'moved', 'harm', 'company']);

/** Both are about where her case is. */
const OF_CASE = new Set(['overdue', 'progress']);

interface Parts {
  fields: Pick<Fields, 'seal'>;
  clock: Clock;
  calendar: Calendar;
}

/** Writes a call that is owed, inside the transaction of whoever asks. */
export function createAsking({ fields, clock, calendar }: Parts) {
  /** @throws Refusal SpeakerUnknown when the speaker is at nobody's home */
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
    const own = wish.ownPhone ? { phoneSealed: null } : {};
    const reached = wish.phone ? { phoneSealed: fields.seal(wish.phone, callbackPhoneOf(row.id)) } : own;
    const changes = { ...known, ...late, ...reached };
    if (Object.keys(changes).length > 0) await tx.update(callback).set(changes).where(eq(callback.id, row.id));
    return row.id;
  }

  /** For the same reason, about the same case, or where one of the two only wants somebody: it is the same call. */
  async function standingOf(tx: Db, wish: CallbackWish): Promise<Row | undefined> {
    const { residentId, speakerId, reason, matter } = wish;
    const hers = residentId
      ? eq(callback.residentId, residentId)
      : and(eq(callback.speakerId, speakerId), isNull(callback.residentId));
    const rows = await tx
      .select()
      .from(callback)
      .where(and(hers, eq(callback.state, 'open')))
      .orderBy(asc(callback.createdAt), asc(callback.id));
    const sameCase = (row: Row) => OF_CASE.has(row.reason) && OF_CASE.has(reason) && row.matter === (matter ?? null);
    const named = await namedIn(tx, wish);
    if (named) return named;
    const same = rows.find((row) => row.reason === reason) ?? rows.find(sameCase) ?? (await aboutLife(tx, wish));
    if (same || OWN_CALL.has(reason)) return same;
    const others = rows.filter((row) => !OWN_CALL.has(row.reason));
    return PLAIN.has(reason) ? others[0] : others.find((row) => PLAIN.has(row.reason));
  }

  /** Whose it is by its speaker: of a call about another of the home she may be the one who is rung. */
  async function namedIn(tx: Db, { callbackId, speakerId }: CallbackWish): Promise<Row | undefined> {
    if (!callbackId) return undefined;
    const hers = and(eq(callback.id, callbackId), eq(callback.speakerId, speakerId), eq(callback.state, 'open'));
    const [row] = await tx.select().from(callback).where(hers);
    return row;
  }

  /** About one of the home who died or lies in hospital those who are left are rung: where they name a telephone, it is for that call. */
  async function aboutLife(tx: Db, { speakerId, reason, phone }: CallbackWish): Promise<Row | undefined> {
    if (reason !== 'life' || !phone) return undefined;
    const [row] = await tx
      .select()
      .from(callback)
      .where(and(eq(callback.speakerId, speakerId), eq(callback.reason, reason), eq(callback.state, 'open')))
      .orderBy(asc(callback.createdAt), asc(callback.id));
    return row;
  }

  return { requestIn };
}

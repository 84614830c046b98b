/** Callbacks as she has them: which one stands, another time for it, and that it is not needed any more. */
import { and, asc, eq, isNull, or } from 'drizzle-orm';
import { type Clock, shanghaiDay, shanghaiInstant } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { callback, place, WISHES, type WishOfHers } from '../../store/schema.ts';
import type { Calendar } from '../calendar.ts';
import type { Callbacks } from './callbacks.ts';
import type { CallbackView } from './telling.ts';
import { dueTime } from './times.ts';

/** Whose they are: hers, or those asked for at this speaker by nobody in particular. */
export interface Whose {
  residentId?: string;
  speakerId: string;
}

export interface HerCallback extends CallbackView {
  /** She should have been called by now. */
  late: boolean;
  /** What it is about. */
  reason: string;
}

interface Parts {
  database: Database;
  clock: Clock;
  calendar: Calendar;
  callbacks: Pick<Callbacks, 'view'>;
}

/** Each is found by whose it is, never by its id alone: another's is NotFound. */
export function createHerCallbacks({ database, clock, calendar, callbacks }: Parts) {
  /** The one that is due first; undefined when nobody owes her a call. */
  async function live(whose: Whose, by: Actor): Promise<HerCallback | undefined> {
    const [first] = await open(whose, by);
    return first;
  }

  /** All that are owed to her, the one that is due first before the others. */
  async function open(whose: Whose, by: Actor): Promise<HerCallback[]> {
    const rows = await openOf(database.db, whose);
    const told = (row: (typeof rows)[number]) => callbacks.view(row.id, by);
    return Promise.all(
      rows.map(async (row) => ({ ...(await told(row)), late: row.dueAt <= clock.now(), reason: row.reason })),
    );
  }

  /** Another day or half day; late ones are promised anew. @throws Refusal NotFound · NotInThisState */
  async function move(
    key: EffectKey,
    wish: Whose & { callbackId: string; day?: string; wanted?: string },
    by: Actor,
  ): Promise<CallbackView> {
    await once(database, key, async (tx) => {
      const row = await hersOpen(tx, wish);
      const [station] = await tx.select().from(place).where(eq(place.id, row.stationId));
      if (!station) throw new Refusal('NotFound');
      const day = wish.day ?? dayKept(row.dueAt, wish.wanted, clock.now());
      const from = day ? shanghaiInstant(day, '00:00') : clock.now();
      const wanted = wish.wanted ?? (wish.day ? 'AM' : undefined);
      const dueAt = dueTime(calendar, station, from > clock.now() ? from : clock.now(), wanted);
      await tx.update(callback).set({ dueAt, wanted }).where(eq(callback.id, row.id));
      await recorded(tx, 'moved', row, by);
      return {};
    });
    return callbacks.view(wish.callbackId, by);
  }

  /** She needs no call any more. Asked again: it is so already. @throws Refusal NotFound */
  function giveUp(key: EffectKey, wish: Whose & { callbackId: string }, by: Actor): Promise<{ done: true }> {
    return once(database, key, async (tx) => {
      const row = await hersOpen(tx, wish).catch((thrown) => {
        if (thrown instanceof Refusal && thrown.refusal === 'NotInThisState') return undefined;
        throw thrown;
      });
      if (!row) return { done: true };
      const closed = { state: 'closed' as const, outcome: 'not_wanted', closedAt: clock.now() };
      await tx.update(callback).set(closed).where(eq(callback.id, row.id));
      await recorded(tx, 'given_up', row, by);
      return { done: true };
    });
  }

  /** What it was about is over: nobody rings for it any more. @returns how many were open */
  function giveUpAbout(
    key: EffectKey,
    { residentId, reason, matter }: { residentId: string; reason: string; matter: string },
    by: Actor,
  ): Promise<{ ended: number }> {
    return once(database, key, async (tx) => {
      const about = and(eq(callback.residentId, residentId), eq(callback.reason, reason), eq(callback.matter, matter));
      const closed = { state: 'closed' as const, outcome: 'not_wanted', closedAt: clock.now() };
      const rows = await tx
        .update(callback)
        .set(closed)
        .where(and(about, eq(callback.state, 'open')))
        .returning({ id: callback.id, residentId: callback.residentId });
      for (const row of rows) await recorded(tx, 'given_up', row, by);
      return { ended: rows.length };
    });
  }

  /** What whoever rings is to know, the same twice is one; or is `gone` again. @throws Refusal NotFound · NotInThisState */
  function note(
    key: EffectKey,
    wish: Whose & { callbackId: string; wish: WishOfHers; gone?: boolean },
    by: Actor,
  ): Promise<{ done: true }> {
    return once(database, key, async (tx) => {
      const row = await hersOpen(tx, wish);
      const wishes = wishesAfter(wishesIn(row.brief), wish);
      await tx
        .update(callback)
        .set({ brief: { ...row.brief, wishes } })
        .where(eq(callback.id, row.id));
      await recorded(tx, wish.gone ? 'unwished' : 'wished', row, by);
      return { done: true };
    });
  }

  async function hersOpen(tx: Db, { callbackId, residentId, speakerId }: Whose & { callbackId: string }) {
    const [row] = await tx
      .select()
      .from(callback)
      .where(and(eq(callback.id, callbackId), ownedBy({ residentId, speakerId })))
      .for('update');
    if (!row) throw new Refusal('NotFound');
    if (row.state !== 'open') throw new Refusal('NotInThisState');
    return row;
  }

  const recorded = (tx: Db, change: string, { id, residentId }: { id: string; residentId: string | null }, by: Actor) =>
    writeAudit(tx, {
      at: clock.now(),
      actor: by,
      action: `callback.${change}`,
      residentId: residentId ?? undefined,
      subject: `callback:${id}`,
      result: 'done',
    });

  return { live, open, move, giveUp, giveUpAbout, note };
}

/** Of these names those that are a wish. */
export const knownWishes = (names: unknown): WishOfHers[] =>
  Array.isArray(names) ? WISHES.filter((one) => names.includes(one)) : [];
/** What stands with one more of them, or without the one that was none of hers. */
export const wishesAfter = (
  before: WishOfHers[],
  { wish, gone }: { wish: WishOfHers; gone?: boolean },
): WishOfHers[] =>
  gone ? before.filter((one) => one !== wish) : [...new Set([...before.filter((one) => one !== OPPOSITE[wish]), wish])];
/** She may have changed her mind: the last holds. */
const OPPOSITE: Partial<Record<WishOfHers, WishOfHers>> = { woman: 'man', man: 'woman' };
/** What she wished of whoever rings her, as it lies in the brief. */
export const wishesIn = ({ wishes }: Record<string, unknown>): WishOfHers[] => knownWishes(wishes);

/** 「上午」 of a call for another day: on that day. */
const dayKept = (dueAt: Date, wanted: string | undefined, now: Date): string | undefined =>
  wanted && shanghaiDay(dueAt) > shanghaiDay(now) ? shanghaiDay(dueAt) : undefined;

function ownedBy({ residentId, speakerId }: Whose) {
  // About one of the home who died or lies in hospital: those who are left ask when somebody comes.
  const anybody = and(eq(callback.speakerId, speakerId), or(isNull(callback.residentId), eq(callback.reason, 'life')));
  return residentId ? or(eq(callback.residentId, residentId), anybody) : anybody;
}

function openOf(db: Db, whose: Whose) {
  return db
    .select({ id: callback.id, dueAt: callback.dueAt, reason: callback.reason })
    .from(callback)
    .where(and(ownedBy(whose), eq(callback.state, 'open')))
    .orderBy(asc(callback.dueAt), asc(callback.id));
}

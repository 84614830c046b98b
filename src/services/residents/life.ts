/** Somebody is in hospital, moved away or died: pushes, reminders and bookings stop at once; a person sees to the rest. */
import { and, desc, eq, gt, inArray } from 'drizzle-orm';
import { type Clock, shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { audit, booking, callback, delivery, resident, seat, slot, visit } from '../../store/schema.ts';

export type LifeState = 'hospital' | 'moved' | 'deceased';

export interface LifeWish {
  residentId: string;
  householdId: string;
  state: LifeState;
}

/** Not yet at her ear: they are not sent any more. */
const OPEN_DELIVERIES = ['planned', 'sent', 'announced'] as const;

/** For what is told at the speaker, by whoever is at home there; the office's own change is state.ts. */
export function createLife({ database, clock }: { database: Database; clock: Clock }) {
  /** Told at the speaker of that very household. What stands is ended; a clerk may set it right again. @throws Refusal NotFound */
  function changed(key: EffectKey, wish: LifeWish, by: Actor): Promise<{ done: true }> {
    return once(database, key, async (tx) => {
      const { residentId, householdId, state } = wish;
      const hers = and(eq(resident.id, residentId), eq(resident.householdId, householdId));
      const done = await tx.update(resident).set({ state }).where(hers).returning({ id: resident.id });
      if (done.length === 0) throw new Refusal('NotFound');
      await endBookings(tx, residentId);
      await tx
        .update(visit)
        .set({ state: 'cancelled' })
        .where(and(eq(visit.residentId, residentId), inArray(visit.state, ['requested', 'planned'])));
      await tx
        .update(delivery)
        .set({ state: 'expired' })
        .where(and(eq(delivery.residentId, residentId), inArray(delivery.state, [...OPEN_DELIVERIES])));
      const entry = { at: clock.now(), actor: by, residentId, fields: ['state'], result: 'done' as const };
      await writeAudit(tx, { ...entry, action: `resident.${state}` });
      return { done: true };
    });
  }

  /**
   * It was told wrongly at that very speaker, or is over: she is at home as before, and nobody need come about it.
   * What ended with it stands again where the place is still free; `lost` is what could not. @throws Refusal NotFound
   */
  function undone(key: EffectKey, wish: Omit<LifeWish, 'state'>, by: Actor): Promise<{ done: true; lost: number }> {
    return once(database, key, async (tx) => {
      const { residentId, householdId } = wish;
      const hers = and(eq(resident.id, residentId), eq(resident.householdId, householdId));
      const done = await tx.update(resident).set({ state: 'living' }).where(hers).returning({ id: resident.id });
      if (done.length === 0) throw new Refusal('NotFound');
      const owed = and(eq(callback.residentId, residentId), eq(callback.reason, 'life'), eq(callback.state, 'open'));
      const closed = { state: 'closed' as const, outcome: 'withdrawn', closedAt: clock.now() };
      await tx.update(callback).set(closed).where(owed);
      const lost = await bookAgain(tx, residentId);
      const entry = { at: clock.now(), actor: by, residentId, fields: ['state'], result: 'done' as const };
      await writeAudit(tx, { ...entry, action: 'resident.living' });
      return { done: true, lost };
    });
  }

  /** Those of her times to come that ended when she was said to be gone. @returns how many of them are taken */
  async function bookAgain(tx: Db, residentId: string): Promise<number> {
    const stopped = await stoppedAt(tx, residentId);
    if (!stopped) return 0;
    const rows = await tx
      .select({ id: booking.id, seatId: booking.seatId })
      .from(booking)
      .innerJoin(slot, eq(slot.id, booking.slotId))
      .where(
        and(
          eq(booking.residentId, residentId),
          eq(booking.state, 'cancelled'),
          eq(booking.closedAt, stopped),
          gt(slot.day, shanghaiDay(clock.now())),
        ),
      );
    let lost = 0;
    for (const one of rows) if (!(await takeAgain(tx, residentId, one))) lost += 1;
    return lost;
  }

  async function stoppedAt(tx: Db, residentId: string): Promise<Date | undefined> {
    const told = ['resident.hospital', 'resident.moved', 'resident.deceased'];
    const [row] = await tx
      .select({ at: audit.at })
      .from(audit)
      .where(and(eq(audit.residentId, residentId), inArray(audit.action, told)))
      .orderBy(desc(audit.at))
      .limit(1);
    return row?.at;
  }

  async function takeAgain(tx: Db, residentId: string, one: { id: string; seatId: string }): Promise<boolean> {
    const [row] = await tx.select().from(booking).where(eq(booking.id, one.id));
    const same = and(
      eq(booking.residentId, residentId),
      eq(booking.matter, row?.matter ?? ''),
      eq(booking.direction, row?.direction ?? 'collect'),
      eq(booking.state, 'booked'),
    );
    if ((await tx.select({ id: booking.id }).from(booking).where(same)).length > 0) return true;
    const [taken] = await tx
      .update(seat)
      .set({ state: 'booked', heldBy: null, heldUntil: null })
      .where(and(eq(seat.id, one.seatId), eq(seat.state, 'free')))
      .returning({ id: seat.id });
    if (taken) await tx.update(booking).set({ state: 'booked', closedAt: null }).where(eq(booking.id, one.id));
    return taken !== undefined;
  }

  async function endBookings(tx: Db, residentId: string): Promise<void> {
    const live = and(eq(booking.residentId, residentId), eq(booking.state, 'booked'));
    const ended = await tx
      .update(booking)
      .set({ state: 'cancelled', closedAt: clock.now() })
      .where(live)
      .returning({ seatId: booking.seatId });
    if (ended.length === 0) return;
    const seats = inArray(
      seat.id,
      ended.map(({ seatId }) => seatId),
    );
    await tx.update(seat).set({ state: 'free', heldBy: null, heldUntil: null }).where(seats);
  }

  return { changed, undone };
}

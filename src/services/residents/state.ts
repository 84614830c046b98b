/** Where a resident is now: at home, in hospital, moved away, dead. Whatever would still reach for her stops in the same breath. */
import { and, eq, gt, inArray, isNull, ne, or } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { application, booking, delivery, notice, proxy, resident, visit } from '../../store/schema.ts';
import type { Bookings } from '../bookings/bookings.ts';

export type ResidentState = (typeof resident.$inferSelect)['state'];

/** What was stopped, by number. */
export interface Stopped {
  bookings: number;
  visits: number;
  notices: number;
  applications: number;
  proxies: number;
}

interface Parts {
  database: Database;
  clock: Clock;
  bookings: Pick<Bookings, 'cancel'>;
}

/** For the office, with a reason. Told at the speaker it is life.ts. */
export function createResidentStates({ database, clock, bookings }: Parts) {
  /**
   * Notices and chimes, visits not yet made and, unless she comes back from hospital, drafts and powers of others end with
   * the change; each booking ends under a key of its own right after it.
   * @throws Refusal NotFound · NotInThisState for somebody who died
   */
  async function change(
    key: EffectKey,
    residentId: string,
    { state, reason }: { state: ResidentState; reason: string },
    by: Actor,
  ): Promise<Stopped> {
    const stopped = await once<Omit<Stopped, 'bookings'>>(database, key, async (tx) => {
      const [row] = await tx.select().from(resident).where(eq(resident.id, residentId)).for('update');
      if (!row) throw new Refusal('NotFound');
      if (row.state === 'deceased' && state !== 'deceased') throw new Refusal('NotInThisState');
      await tx.update(resident).set({ state }).where(eq(resident.id, residentId));
      const action = `resident.${state}`;
      await writeAudit(tx, {
        at: clock.now(),
        actor: by,
        action,
        residentId,
        fields: ['state'],
        reason,
        result: 'done',
      });
      return state === 'living' ? NOTHING : stop(tx, residentId, state, clock.now());
    });
    return { ...stopped, bookings: state === 'living' ? 0 : await cancelAll(key, residentId, by) };
  }

  async function cancelAll(key: EffectKey, residentId: string, by: Actor): Promise<number> {
    const live = await database.db
      .select({ id: booking.id })
      .from(booking)
      .where(and(eq(booking.residentId, residentId), eq(booking.state, 'booked')));
    for (const { id } of live) await bookings.cancel(`${key}:${id}`, { bookingId: id }, by);
    return live.length;
  }

  return { change };
}

const NOTHING = { visits: 0, notices: 0, applications: 0, proxies: 0 };
const OPEN = ['planned', 'sent', 'announced'] as const;

async function stop(tx: Db, residentId: string, state: ResidentState, now: Date): Promise<Omit<Stopped, 'bookings'>> {
  const hers = { notice: eq(notice.residentId, residentId), delivery: eq(delivery.residentId, residentId) };
  const notices = await tx
    .update(notice)
    .set({ state: 'expired' })
    .where(and(hers.notice, inArray(notice.state, [...OPEN])))
    .returning({ id: notice.id });
  await tx
    .update(delivery)
    .set({ state: 'expired', dueAt: null })
    .where(and(hers.delivery, inArray(delivery.state, [...OPEN])));
  const visits = await tx
    .update(visit)
    .set({ state: 'cancelled' })
    .where(and(eq(visit.residentId, residentId), inArray(visit.state, ['requested', 'planned'])))
    .returning({ id: visit.id });
  const stopped = { ...NOTHING, visits: visits.length, notices: notices.length };
  return state === 'hospital' ? stopped : { ...stopped, ...(await endForGood(tx, residentId, now)) };
}

async function endForGood(tx: Db, residentId: string, now: Date) {
  const drafts = await tx
    .update(application)
    .set({ state: 'withdrawn', expiresAt: null })
    .where(and(eq(application.residentId, residentId), eq(application.state, 'draft')))
    .returning({ id: application.id });
  const powers = await tx
    .update(proxy)
    .set({ validUntil: now })
    .where(
      and(
        eq(proxy.residentId, residentId),
        ne(proxy.kind, 'guardian'),
        or(isNull(proxy.validUntil), gt(proxy.validUntil, now)),
      ),
    )
    .returning({ id: proxy.id });
  return { applications: drafts.length, proxies: powers.length };
}

/** 上门: a resident asks that somebody comes home; who goes is settled at the desk (desk.ts). */
import { and, asc, eq, gte, inArray, type SQL } from 'drizzle-orm';
import { type Clock, shanghaiDay, shanghaiTime } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { enqueue } from '../../store/outbox.ts';
import { type ResidentFlags, resident, staff, visit, type WishOfHers } from '../../store/schema.ts';
import type { Calendar } from '../calendar.ts';
import { wishesAfter } from '../callbacks/hers.ts';

export interface VisitView {
  id: string;
  matter: string;
  day: string;
  half: 'AM' | 'PM';
  /** Who comes, once the desk has said. */
  worker?: string;
  /** What was ready to be collected is brought to her. */
  brings?: true;
}

export interface VisitWish {
  residentId: string;
  matter: string;
  day: string;
  half: 'AM' | 'PM';
  /** What whoever comes is to know. */
  wishes?: WishOfHers[];
}

export interface HerNote {
  visitId: string;
  residentId: string;
  wish: WishOfHers;
  /** It was none of hers. */
  gone?: boolean;
}

interface Parts {
  database: Database;
  clock: Clock;
  calendar: Pick<Calendar, 'isWorkday'>;
}

const NOON = '12:00';
const END_OF_DAY = '17:00';
export type Visits = ReturnType<typeof createVisits>;

/** The resident's side. Who is not on the list is written down all the same: a person decides, not the machine. */
export function createVisits({ database, clock, calendar }: Parts) {
  /** Whether she is on the list of those who are visited. Audited, as the reading of her flags is. @throws Refusal NotFound */
  function listed(residentId: string, by: Actor = herself(residentId)): Promise<boolean> {
    return database.transaction(async (tx) => {
      const [row] = await tx.select({ flags: resident.flags }).from(resident).where(eq(resident.id, residentId));
      if (!row) throw new Refusal('NotFound');
      await writeAudit(tx, { ...entry('read', by, residentId), fields: ['flags'] });
      return isListed(row.flags);
    });
  }

  /** Those still to come, in the order of their days. Audited. */
  function live(residentId: string, by: Actor = herself(residentId)): Promise<VisitView[]> {
    return database.transaction(async (tx) => {
      const rows = await standing(tx, residentId);
      await writeAudit(tx, { ...entry('read', by, residentId), fields: ['visits'] });
      return rows;
    });
  }

  /** Whether somebody can come then: on a workday, in a half day that is not over. */
  function possible(day: string, half: 'AM' | 'PM'): boolean {
    const now = clock.now();
    const today = shanghaiDay(now);
    if (day < today || !calendar.isWorkday(day)) return false;
    return day > today || shanghaiTime(now) < (half === 'AM' ? NOON : END_OF_DAY);
  }

  /**
   * Notes the wish. One live visit per resident, matter and day: asked again, the standing one is told, `already`.
   * @throws Refusal BadInput when nobody can come then · NotFound
   */
  function request(key: EffectKey, wish: VisitWish, by: Actor): Promise<{ visit: VisitView; already: boolean }> {
    return once(database, key, async (tx) => {
      const { residentId, matter, day, half, wishes = [] } = wish;
      if (!possible(day, half)) throw new Refusal('BadInput', { field: 'day' });
      await takeTurns(tx, residentId);
      const before = (await standing(tx, residentId)).find((one) => one.matter === matter && one.day === day);
      if (before) return { visit: before, already: true };
      const [made] = await tx
        .insert(visit)
        .values({ residentId, matter, day, half, wishes })
        .returning({ id: visit.id });
      if (!made) throw new Refusal('Unexpected');
      await recorded(tx, 'requested', { id: made.id, residentId }, by);
      return { visit: { id: made.id, matter, day, half, ...bringing(wishes) }, already: false };
    });
  }

  /** What whoever comes is to know, said afterwards, the same twice is one; or is `gone` again. @throws Refusal NotInThisState when it is over */
  function note(key: EffectKey, wish: HerNote, by: Actor): Promise<{ done: true }> {
    return once(database, key, async (tx) => {
      const { visitId, residentId } = wish;
      const [row] = await tx
        .select({ wishes: visit.wishes })
        .from(visit)
        .where(
          and(eq(visit.id, visitId), eq(visit.residentId, residentId), inArray(visit.state, ['requested', 'planned'])),
        )
        .for('update');
      if (!row) throw new Refusal('NotInThisState');
      const wishes = wishesAfter(row.wishes, wish);
      await tx.update(visit).set({ wishes }).where(eq(visit.id, visitId));
      await recorded(tx, wish.gone ? 'unwished' : 'wished', { id: visitId, residentId }, by);
      return { done: true };
    });
  }

  /**
   * Moves what nobody has planned yet. Planned meanwhile: it is the desk's to change.
   * @throws Refusal NotInThisState when it is planned or over · BadInput when nobody can come then
   */
  function move(
    key: EffectKey,
    wish: { visitId: string; residentId: string; day: string; half: 'AM' | 'PM' },
    by: Actor,
  ): Promise<VisitView> {
    return once(database, key, async (tx) => {
      const { visitId, residentId, day, half } = wish;
      if (!possible(day, half)) throw new Refusal('BadInput', { field: 'day' });
      const [moved] = await tx
        .update(visit)
        .set({ day, half })
        .where(and(eq(visit.id, visitId), eq(visit.state, 'requested'), eq(visit.residentId, residentId)))
        .returning();
      if (!moved) throw new Refusal('NotInThisState');
      await recorded(tx, 'moved', moved, by);
      return { id: moved.id, matter: moved.matter, day, half, ...bringing(moved.wishes) };
    });
  }

  /** Two wishes of one resident at once take turns on her row: the second finds the first's visit. */
  async function takeTurns(tx: Db, residentId: string): Promise<void> {
    const [row] = await tx
      .select({ id: resident.id })
      .from(resident)
      .where(eq(resident.id, residentId))
      .for('no key update');
    if (!row) throw new Refusal('NotFound');
  }

  async function standing(tx: Db, residentId: string): Promise<VisitView[]> {
    const rows = await tx
      .select({
        id: visit.id,
        matter: visit.matter,
        day: visit.day,
        half: visit.half,
        wishes: visit.wishes,
        worker: staff.name,
      })
      .from(visit)
      .leftJoin(staff, eq(staff.id, visit.workerId))
      .where(
        and(
          eq(visit.residentId, residentId),
          inArray(visit.state, ['requested', 'planned']),
          gte(visit.day, shanghaiDay(clock.now())),
        ),
      )
      .orderBy(asc(visit.day), asc(visit.half), asc(visit.id));
    return rows.map(({ worker, wishes, ...row }) => ({ ...row, worker: worker ?? undefined, ...bringing(wishes) }));
  }

  /** She needs nobody any more, whoever was to come. Asked again: it is so already. @throws Refusal NotInThisState when it is over */
  function cancel(key: EffectKey, wish: { visitId: string; residentId: string }, by: Actor): Promise<{ done: true }> {
    return once(database, key, async (tx) => {
      const { visitId, residentId } = wish;
      const hers = and(eq(visit.id, visitId), eq(visit.residentId, residentId));
      const [gone] = await tx
        .update(visit)
        .set({ state: 'cancelled', workerId: null })
        .where(and(hers, inArray(visit.state, ['requested', 'planned'])))
        .returning({ id: visit.id });
      if (gone) await recorded(tx, 'cancelled', { id: gone.id, residentId }, by);
      else await alreadyCancelled(tx, hers);
      return { done: true };
    });
  }

  async function alreadyCancelled(tx: Db, hers: SQL | undefined): Promise<void> {
    const [row] = await tx.select({ state: visit.state }).from(visit).where(hers);
    if (row?.state !== 'cancelled') throw new Refusal('NotInThisState');
  }

  const entry = (action: string, actor: Actor, residentId: string) => ({
    at: clock.now(),
    actor,
    action,
    residentId,
    result: 'done' as const,
  });

  async function recorded(
    tx: Db,
    change: 'requested' | 'moved' | 'wished' | 'unwished' | 'cancelled',
    { id, residentId }: { id: string; residentId: string },
    by: Actor,
  ): Promise<void> {
    await writeAudit(tx, { ...entry(`visit.${change}`, by, residentId), subject: `visits/${id}` });
    await enqueue(tx, { destination: 'binhai', topic: `visit.${change}`, payload: { visitId: id } });
  }

  return { listed, live, possible, request, note, move, cancel };
}

/** The special-difficulty list, those who cannot walk, and the severely disabled (domain facts of 上门帮办代办). */
export const isListed = ({ special, mobility, disability, tekun }: ResidentFlags): boolean =>
  Boolean(special || mobility || tekun || (disability && disability.grade <= 2));

const bringing = (wishes: WishOfHers[]): Pick<VisitView, 'brings'> => (wishes.includes('card') ? { brings: true } : {});

const herself = (residentId: string): Actor => ({ kind: 'resident', id: residentId, role: 'resident' });

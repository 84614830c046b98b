/** Home visits from the desk's side: who goes, and that it was done. Asking for one is the resident's. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import { type Database, isUniqueViolation } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { staff, visit } from '../../store/schema.ts';

export interface VisitPlan {
  workerId: string;
  day?: string;
  half?: 'AM' | 'PM';
}

/** In scope by the interface; that a worker goes to one home at a time is a unique index, not a check. */
export function createVisitDesk({ database, clock }: { database: Database; clock: Clock }) {
  /**
   * Plans a visit, or plans it anew: a worker, and another half-day where one is given.
   * @throws Refusal WorkerNotFree when she has a visit in that half-day (unique in the database)
   * @throws Refusal NotInThisState when the visit is over
   * @throws Refusal BadInput when the worker is no clerk at work here
   */
  async function assign(key: EffectKey, visitId: string, plan: VisitPlan, by: Actor): Promise<void> {
    const work = once(database, key, async (tx) => {
      const [worker] = await tx
        .select({ role: staff.role, disabledAt: staff.disabledAt })
        .from(staff)
        .where(eq(staff.id, plan.workerId));
      if (worker?.role !== 'clerk' || worker.disabledAt) throw new Refusal('BadInput', { field: 'workerId' });
      const [planned] = await tx
        .update(visit)
        .set({ state: 'planned', workerId: plan.workerId, ...given({ day: plan.day, half: plan.half }) })
        .where(and(eq(visit.id, visitId), inArray(visit.state, ['requested', 'planned'])))
        .returning({ residentId: visit.residentId });
      if (!planned) throw new Refusal('NotInThisState');
      await writeAudit(tx, { ...entry('visit.assign', visitId, by), residentId: planned.residentId, result: 'done' });
    });
    await work.catch((error: unknown) => {
      throw isUniqueViolation(error, 'visit_worker_free') ? new Refusal('WorkerNotFree') : error;
    });
  }

  /** It was done. @throws Refusal NotInThisState unless it was planned */
  async function done(key: EffectKey, visitId: string, { notes }: { notes?: string }, by: Actor): Promise<void> {
    await once(database, key, async (tx) => {
      const [closed] = await tx
        .update(visit)
        .set({ state: 'done', ...given({ notes }) })
        .where(and(eq(visit.id, visitId), eq(visit.state, 'planned')))
        .returning({ residentId: visit.residentId });
      if (!closed) throw new Refusal('NotInThisState');
      await writeAudit(tx, { ...entry('visit.done', visitId, by), residentId: closed.residentId, result: 'done' });
    });
  }

  const entry = (action: string, id: string, actor: Actor) => ({
    at: clock.now(),
    actor,
    action,
    subject: `visits/${id}`,
  });

  return { assign, done };
}

/** Only the members that have a value: a column is not emptied by leaving it out. */
function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

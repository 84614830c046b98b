/** What residents asked for of their own data: owed to them within the term, done or refused with a reason. */
import { and, eq } from 'drizzle-orm';
import { addDays, type Clock, shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { dataRequest, resident } from '../../store/schema.ts';

/** Days within which she hears what became of it. */
const ANSWER_DAYS = 15;
const MOST_WISHES = 200;

/** The list of what is owed. */
export function createDataWishes({ database, clock }: { database: Database; clock: Clock }) {
  /** She asked for it herself, and it is owed to her: one open request of a kind, however often she asks. */
  function wished(residentId: string, kind: 'lookers' | 'export' | 'forget', by: Actor): Promise<void> {
    return database.transaction(async (tx) => {
      const [her] = await tx
        .select({ id: resident.id })
        .from(resident)
        .where(eq(resident.id, residentId))
        .for('update');
      if (!her || (await tx.$count(dataRequest, openOf(residentId, kind))) > 0) return;
      const at = clock.now();
      await tx.insert(dataRequest).values({ residentId, kind, state: 'open', createdAt: at });
      await writeAudit(tx, { at, actor: by, action: 'rights.wished', residentId, fields: [kind], result: 'done' });
    });
  }

  /** What residents asked for and nobody has done yet, the oldest first, each with the day by which it is owed. Audited by how many. */
  function wishes(by: Actor) {
    return database.transaction(async (tx) => {
      const { id, kind, createdAt } = dataRequest;
      const rows = await tx
        .select({ id, kind, at: createdAt, residentId: resident.id, name: resident.name, called: resident.called })
        .from(dataRequest)
        .innerJoin(resident, eq(resident.id, dataRequest.residentId))
        .where(eq(dataRequest.state, 'open'))
        .orderBy(createdAt, id)
        .limit(MOST_WISHES);
      const entry = { at: clock.now(), actor: by, action: 'read', subject: 'residents/wishes' };
      await writeAudit(tx, { ...entry, fields: [`count:${rows.length}`], result: 'done' });
      return rows.map((row) => ({ ...row, dueOn: addDays(shanghaiDay(row.at), ANSWER_DAYS) }));
    });
  }

  /** It is not done, and why. @throws Refusal NotFound · NotInThisState when it was settled meanwhile */
  function refuse(
    key: EffectKey,
    residentId: string,
    wishId: string,
    reason: string,
    by: Actor,
  ): Promise<{ id: string }> {
    return once(database, key, async (tx) => {
      const hers = and(eq(dataRequest.id, wishId), eq(dataRequest.residentId, residentId));
      if ((await tx.$count(dataRequest, hers)) === 0) throw new Refusal('NotFound');
      const set = { state: 'refused' as const, reason, byStaff: byStaffOf(by), doneAt: clock.now() };
      const [done] = await tx
        .update(dataRequest)
        .set(set)
        .where(and(hers, eq(dataRequest.state, 'open')))
        .returning({ id: dataRequest.id });
      if (!done) throw new Refusal('NotInThisState');
      const entry = { at: clock.now(), actor: by, action: 'rights.refused', residentId, reason };
      await writeAudit(tx, { ...entry, result: 'done' });
      return done;
    });
  }

  return { wished, wishes, refuse };
}

type Kind = (typeof dataRequest.$inferSelect)['kind'];

const openOf = (residentId: string, kind: Kind) =>
  and(eq(dataRequest.residentId, residentId), eq(dataRequest.kind, kind), eq(dataRequest.state, 'open'));

/** The member of staff who did it, where it was one. */
export const byStaffOf = (by: Actor) => (by.kind === 'staff' ? by.id : null);

/** What was open is done with it; else it was asked for and done in one. */
export async function settle(
  tx: Db,
  residentId: string,
  kind: Kind,
  done: Partial<typeof dataRequest.$inferInsert>,
): Promise<void> {
  const set = { ...done, state: 'done' as const };
  const open = await tx.update(dataRequest).set(set).where(openOf(residentId, kind)).returning({ id: dataRequest.id });
  if (open.length === 0) await tx.insert(dataRequest).values({ ...set, residentId, kind });
}

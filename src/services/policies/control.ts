/** Policies that are out: paused, gone on with, taken back with a correction, and from the hundredth part to everybody. */
import { and, eq, inArray } from 'drizzle-orm';
import { type Clock, shanghaiDay } from '../../clock.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { delivery, fanOut, policy } from '../../store/schema.ts';
import { locked, type PolicyDesk, type PolicyRow } from './desk.ts';

interface Parts {
  database: Database;
  clock: Clock;
  desk: Pick<PolicyDesk, 'submit'>;
}

export interface Correction {
  title: string;
  gist: string;
  body: string;
}

/** Whoever was told already cannot be untold: that is what a correction is for. */
export function createPolicyControl({ database, clock, desk }: Parts) {
  /** From this commit on nobody is told of it, whether she was reached already or not. @throws Refusal NotInThisState */
  function pause(key: EffectKey, id: string, reason: string | undefined, by: Actor) {
    return once(database, key, async (tx) => {
      const row = await locked(tx, id, ['published', 'paused']);
      if (row.state === 'published') {
        await tx
          .update(policy)
          .set({ state: 'paused', remark: reason ?? null })
          .where(eq(policy.id, id));
        await running(tx, id, ['waiting', 'running', 'canary'], 'paused');
        await note(tx, id, 'policy.paused', by, reason);
      }
      return { state: 'paused' };
    });
  }

  /** Goes on where it stood. @throws Refusal NotInThisState */
  function resume(key: EffectKey, id: string, by: Actor) {
    return once(database, key, async (tx) => {
      const row = await locked(tx, id, ['published', 'paused']);
      if (row.state === 'paused') {
        await tx.update(policy).set({ state: 'published', remark: null }).where(eq(policy.id, id));
        await running(tx, id, ['paused'], 'waiting');
        await note(tx, id, 'policy.resumed', by);
      }
      return { state: 'published' };
    });
  }

  /** The hundredth part went well: to everybody. @throws Refusal NotInThisState */
  function release(key: EffectKey, id: string, by: Actor) {
    return once(database, key, async (tx) => {
      await locked(tx, id, ['published']);
      const whole = { state: 'waiting' as const, share: 100, cursor: null };
      await tx
        .update(fanOut)
        .set(whole)
        .where(and(eq(fanOut.policyId, id), eq(fanOut.state, 'canary')));
      await note(tx, id, 'policy.released', by);
      return { state: 'published' };
    });
  }

  /**
   * Taken back for good: nobody is told of it any more. A correction becomes a policy of its own for those who heard it,
   * and goes the way of every policy.
   * @throws Refusal NotInThisState
   */
  async function recall(
    key: EffectKey,
    id: string,
    { reason, correction }: { reason: string; correction?: Correction },
    by: Actor,
  ): Promise<{ correctionId?: string }> {
    const done = await once<{ correctionId?: string }>(database, key, async (tx) => {
      const row = await locked(tx, id, ['submitted', 'published', 'paused']);
      const correctionId = correction && (await correct(tx, row, correction, by));
      const set = { state: 'recalled' as const, remark: reason, correctedBy: correctionId ?? null };
      await tx.update(policy).set(set).where(eq(policy.id, id));
      await running(tx, id, ['waiting', 'running', 'canary', 'paused'], 'stopped');
      await tx
        .update(delivery)
        .set({ state: 'expired', dueAt: null })
        .where(and(eq(delivery.policyId, id), inArray(delivery.state, ['planned', 'sent', 'announced'])));
      await note(tx, id, 'policy.recalled', by, reason);
      return { correctionId };
    });
    if (done.correctionId) await desk.submit(`${key}:correction`, done.correctionId, by);
    return done;
  }

  async function correct(tx: Db, wrong: PolicyRow, correction: Correction, by: Actor): Promise<string> {
    const { matter, source, sensitive } = wrong;
    const today = shanghaiDay(clock.now());
    const [row] = await tx
      .insert(policy)
      .values({
        ...correction,
        code: `${wrong.code}-correction-${wrong.version}`,
        source,
        matter,
        sensitive,
        audience: { heard: wrong.id, reason: 'policy.reason_correction' },
        validFrom: today,
        submittedBy: by.id,
      })
      .returning({ id: policy.id });
    if (!row) throw new Error('the correction was not written');
    return row.id;
  }

  const note = (tx: Db, id: string, action: string, actor: Actor, reason?: string) =>
    writeAudit(tx, { at: clock.now(), actor, action, subject: `policies/${id}`, reason, result: 'done' });

  return { pause, resume, release, recall };
}

type RunState = (typeof fanOut.$inferSelect)['state'];

function running(tx: Db, id: string, from: RunState[], state: RunState) {
  return tx
    .update(fanOut)
    .set({ state })
    .where(and(eq(fanOut.policyId, id), inArray(fanOut.state, from)));
}

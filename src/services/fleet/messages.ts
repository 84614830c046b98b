/** What an operator does about a message that was given up: she has mended what was wrong, and it goes out again. */
import { and, eq } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { MAY_GO_AGAIN } from '../../store/queries/messages.ts';
import { outbox } from '../../store/schema.ts';

/** For the outbox's dead letters; what goes out again goes under its old id, so that a receiver drops what it had. */
export function createMessages({ database, clock }: { database: Database; clock: Clock }) {
  /** Once per key, audited; its attempts are counted anew. @throws Refusal NotInThisState when it waits, is sent or was taken back */
  function again(key: EffectKey, id: string, by: Actor): Promise<void> {
    const at = clock.now();
    return once(database, key, async (tx) => {
      const set = { deadAt: null, attempts: 0, dueAt: at };
      const mine = and(eq(outbox.id, id), MAY_GO_AGAIN);
      const done = await tx.update(outbox).set(set).where(mine).returning({ id: outbox.id });
      if (done.length === 0) throw new Refusal('NotInThisState');
      await writeAudit(tx, { at, actor: by, action: 'message.again', subject: `messages/${id}`, result: 'done' });
    });
  }

  return { again };
}

/** Complaints and the like from the desk's side: answered, then closed. */
import { and, eq, ne } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { ticket } from '../../store/schema.ts';

/** Her words are not read here: who sees them is the interface's rule. */
export function createTicketDesk({ database, clock }: { database: Database; clock: Clock }) {
  /** Answers, or answers better. The resident hears it when she next speaks to her speaker. @throws Refusal NotInThisState when closed */
  async function answer(
    key: EffectKey,
    ticketId: string,
    { answer: words }: { answer: string },
    by: Actor,
  ): Promise<void> {
    await once(database, key, async (tx) => {
      const set = { answer: words, state: 'answered' as const, toldAt: null };
      const [row] = await tx
        .update(ticket)
        .set(set)
        .where(and(eq(ticket.id, ticketId), ne(ticket.state, 'closed')))
        .returning({ residentId: ticket.residentId });
      if (!row) throw new Refusal('NotInThisState');
      await record(tx, 'ticket.answer', ticketId, row.residentId, by);
    });
  }

  /** Closes what has been answered. @throws Refusal NotInThisState when it is open still, or closed already */
  async function close(key: EffectKey, ticketId: string, by: Actor): Promise<void> {
    await once(database, key, async (tx) => {
      const [row] = await tx
        .update(ticket)
        .set({ state: 'closed' })
        .where(and(eq(ticket.id, ticketId), eq(ticket.state, 'answered')))
        .returning({ residentId: ticket.residentId });
      if (!row) throw new Refusal('NotInThisState');
      await record(tx, 'ticket.close', ticketId, row.residentId, by);
    });
  }

  async function record(tx: Db, action: string, id: string, residentId: string | null, actor: Actor): Promise<void> {
    const her = residentId ?? undefined;
    await writeAudit(tx, { at: clock.now(), actor, action, residentId: her, subject: `tickets/${id}`, result: 'done' });
  }

  return { answer, close };
}

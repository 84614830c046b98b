/** Whether what is said in her calls may be written along: her own last word, asked by the clerk and written down by her. */
import { and, desc, eq } from 'drizzle-orm';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../store/audit.ts';
import type { Db } from '../../store/database.ts';
import { consent } from '../../store/schema.ts';
import { isOneOf, TALKED } from './arrows.ts';
import type { CallRows } from './rows.ts';

/** The words that the clerk's page gives her to ask with. */
const TEXT_VERSION = 'captions-1';

/** Her consent is a row of its own beside the others and holds for later calls too, until she takes it back. */
export function createCaptionConsents({ rows }: { rows: CallRows }) {
  /** @throws Refusal Forbidden where another clerk has the call, NotInThisState where they do not speak or nobody is known */
  function agreeToCaptions(callId: string, staffId: string, on: boolean, by: Actor): Promise<void> {
    return rows.within(callId, async (tx, row) => {
      if (row.clerkId !== staffId) throw new Refusal('Forbidden');
      const { residentId } = row;
      if (!residentId || !isOneOf(row.state, TALKED)) throw new Refusal('NotInThisState');
      if ((await hasAgreedToCaptions(tx, residentId)) === on) return;
      const said = { purpose: 'captions', textVersion: TEXT_VERSION, turn: `calls/${callId}`, given: on };
      await tx.insert(consent).values({ residentId, ...said });
      await rows.note(tx, row, on ? 'call.captionsAgreed' : 'call.captionsRefused', by);
      await rows.set(tx, row, {});
    });
  }

  return { agreeToCaptions };
}

/** Her last word on it; without one: no. */
export async function hasAgreedToCaptions(tx: Db, residentId: string): Promise<boolean> {
  const [last] = await tx
    .select({ given: consent.given })
    .from(consent)
    .where(and(eq(consent.residentId, residentId), eq(consent.purpose, 'captions')))
    .orderBy(desc(consent.createdAt), desc(consent.id))
    .limit(1);
  return last?.given === true;
}

/** What she is asked of our own accord when she opens the talk: not the same thing again before its time. */
import { and, eq, gt } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../store/database.ts';
import { talkNote } from '../../store/schema.ts';

const DAY_MS = 86_400_000;

/** Kept in the database and not in the conversation: a speaker that loses Redis does not ask again. */
export function createOpenings({ database, clock }: { database: Database; clock: Clock }) {
  /** Whether she may be asked this now; being told so counts as asking. */
  function mayAsk(residentId: string, what: 'draft' | 'rate', everyDays: number): Promise<boolean> {
    return database.transaction(async (tx) => {
      const errand = `opening:${what}`;
      const hers = and(eq(talkNote.residentId, residentId), eq(talkNote.errand, errand));
      const now = clock.now();
      const [asked] = await tx
        .select({ id: talkNote.id })
        .from(talkNote)
        .where(and(hers, gt(talkNote.expiresAt, now)));
      if (asked) return false;
      const kept = { note: {}, expiresAt: new Date(now.getTime() + everyDays * DAY_MS) };
      await tx
        .insert(talkNote)
        .values({ residentId, errand, ...kept })
        .onConflictDoUpdate({ target: [talkNote.residentId, talkNote.errand], set: kept });
      return true;
    });
  }

  return { mayAsk };
}

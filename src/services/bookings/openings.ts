/** What she is asked of our own accord when she opens the talk: not the same thing again before its time. */
import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../store/database.ts';
import { callback, talkNote } from '../../store/schema.ts';

const DAY_MS = 86_400_000;
const HARD_DAYS = 7;

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

  /** Whether somebody at this speaker died, fell ill or was in danger of late: it is no time to ask how we have served her. */
  async function isHardTime(speakerId: string): Promise<boolean> {
    const since = new Date(clock.now().getTime() - HARD_DAYS * DAY_MS);
    const ofHome = and(eq(callback.speakerId, speakerId), inArray(callback.reason, ['life', 'emergency']));
    const [one] = await database.db
      .select({ id: callback.id })
      .from(callback)
      .where(and(ofHome, gt(callback.dueAt, since)))
      .limit(1);
    return one !== undefined;
  }

  return { mayAsk, isHardTime };
}

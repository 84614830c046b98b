/** The service seen as a whole: a month's figures, people nobody has reached, blockages with an owner and a day, sentences to label. */
import { desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { addDays, type Clock, shanghaiDay, shanghaiInstant } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import {
  blockagesIn,
  caseLights,
  errandFigures,
  finishedCases,
  handOvers,
  type Month,
  ratingsByLevel,
  ratingsByPlace,
  specialCount,
  ticketFigures,
  unreached,
  waits,
} from '../../store/queries/oversight.ts';
import { blockage, staff, unmatched } from '../../store/schema.ts';

/** A case is near its day for so many days. */
const SOON_DAYS = 2;

/** Counts; the one list of people is audited. A month that is still running is counted so far. */
export function createOversight({ database, clock }: { database: Database; clock: Clock }) {
  const thisMonth = () => shanghaiDay(clock.now()).slice(0, 7);

  /** A month's figures; `month` is `YYYY-MM`, this one unless given. Read in one snapshot. */
  function figures(month = thisMonth()) {
    return database.transaction(async (tx) => {
      const span = spanOf(month);
      const now = clock.now();
      const today = shanghaiDay(now);
      return {
        month,
        errands: await errandFigures(tx, span),
        handOvers: await handOvers(tx, span),
        waits: await waits(tx, span),
        levels: await ratingsByLevel(tx, span),
        places: await ratingsByPlace(tx, span),
        tickets: await ticketFigures(tx, span, now),
        lights: await caseLights(tx, span, today, addDays(today, SOON_DAYS)),
        finished: await finishedCases(tx, span),
        special: await specialCount(tx),
        unreached: (await unreached(tx, span)).length,
      };
    });
  }

  /** Those of the special list nobody has reached in a month. The read is audited by how many. */
  function notReached(month: string | undefined, by: Actor) {
    return database.transaction(async (tx) => {
      const rows = await unreached(tx, spanOf(month ?? thisMonth()));
      const fields = [`count:${rows.length}`];
      const at = clock.now();
      await writeAudit(tx, { at, actor: by, action: 'read', subject: 'oversight/unreached', fields, result: 'done' });
      return rows;
    });
  }

  /** Looks for this month's blockages; known ones get the new figure and keep owner and day. */
  function findBlockages(key: EffectKey, month: string, by: Actor): Promise<{ found: number }> {
    return once(database, key, async (tx) => {
      const rows = await blockagesIn(tx, spanOf(month), shanghaiDay(clock.now()));
      for (const row of rows) {
        await tx
          .insert(blockage)
          .values({ month, ...row })
          .onConflictDoUpdate({
            target: [blockage.month, blockage.kind, blockage.subject],
            set: { figure: row.figure },
          });
      }
      const at = clock.now();
      await writeAudit(tx, { at, actor: by, action: 'blockage.found', subject: month, result: 'done' });
      return { found: rows.length };
    });
  }

  function blockages(month = thisMonth()) {
    const owner = { id: staff.id, name: staff.name };
    return database.db
      .select({ blockage, owner })
      .from(blockage)
      .leftJoin(staff, eq(staff.id, blockage.ownerId))
      .where(eq(blockage.month, month))
      .orderBy(blockage.state, desc(blockage.figure));
  }

  /** Who mends it by when, or that it is mended. @throws Refusal NotFound */
  function carry(key: EffectKey, id: string, set: BlockageChange, by: Actor): Promise<{ id: string }> {
    return once(database, key, async (tx) => {
      const [done] = await tx.update(blockage).set(set).where(eq(blockage.id, id)).returning({ id: blockage.id });
      if (!done) throw new Refusal('NotFound');
      const at = clock.now();
      await writeAudit(tx, { at, actor: by, action: 'blockage.carried', subject: `blockages/${id}`, result: 'done' });
      return done;
    });
  }

  /** Sentences nobody understood, redacted; the most frequent first. */
  function sentences(labelled: boolean, limit = 100) {
    return database.db
      .select()
      .from(unmatched)
      .where(labelled ? isNotNull(unmatched.label) : isNull(unmatched.label))
      .orderBy(desc(unmatched.count), desc(unmatched.createdAt), unmatched.id)
      .limit(limit);
  }

  /** What it should have been understood as. @throws Refusal NotFound */
  function label(key: EffectKey, id: string, intent: string, by: Actor): Promise<{ id: string }> {
    return once(database, key, async (tx) => {
      const [done] = await tx
        .update(unmatched)
        .set({ label: intent, labelledBy: by.id })
        .where(eq(unmatched.id, id))
        .returning({ id: unmatched.id });
      if (!done) throw new Refusal('NotFound');
      const at = clock.now();
      await writeAudit(tx, { at, actor: by, action: 'sentence.labelled', subject: `sentences/${id}`, result: 'done' });
      return done;
    });
  }

  /** How many wait for a label. */
  const unlabelled = () => database.db.$count(unmatched, isNull(unmatched.label));

  return { figures, notReached, findBlockages, blockages, carry, sentences, label, unlabelled };
}

export interface BlockageChange {
  ownerId?: string;
  dueOn?: string;
  note?: string;
  state?: 'open' | 'solved';
}

/** @throws Refusal BadInput when it is no month */
export function spanOf(month: string): Month {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new Refusal('BadInput', { field: 'month' });
  const firstDay = `${month}-01`;
  const nextDay = `${addDays(firstDay, 31).slice(0, 7)}-01`;
  return { from: shanghaiInstant(firstDay), until: shanghaiInstant(nextDay), firstDay, nextDay };
}

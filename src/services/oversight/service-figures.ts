/** Figures of the service by day: counted in memory, added to the database every few seconds. A lost process costs some seconds of figures. */
import { sql } from 'drizzle-orm';
import { type Clock, shanghaiDay } from '../../clock.ts';
import type { Database } from '../../store/database.ts';
import { serviceFigure } from '../../store/schema.ts';

/** Kinds and names are ours (an errand, a decision), never anything that was said. */
export function createServiceFigures({ database, clock }: { database: Database; clock: Clock }) {
  const counts = new Map<string, { day: string; kind: string; name: string; count: number }>();

  function note(figures: { kind: string; name: string }[]): void {
    const day = shanghaiDay(clock.now());
    for (const { kind, name } of figures) {
      const key = `${day} ${kind} ${name}`;
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { day, kind, name, count: 1 });
    }
  }

  /** Adds what was counted; when the database cannot take it, it is kept for the next time. */
  async function flush(): Promise<void> {
    const rows = [...counts.values()];
    if (rows.length === 0) return;
    counts.clear();
    const added = sql`${serviceFigure.count} + excluded.count`;
    const target = [serviceFigure.day, serviceFigure.kind, serviceFigure.name];
    try {
      await database.db
        .insert(serviceFigure)
        .values(rows)
        .onConflictDoUpdate({ target, set: { count: added } });
    } catch (thrown) {
      for (const row of rows) restore(row);
      throw thrown;
    }
  }

  function restore(row: { day: string; kind: string; name: string; count: number }): void {
    const key = `${row.day} ${row.kind} ${row.name}`;
    const newer = counts.get(key);
    counts.set(key, { ...row, count: row.count + (newer?.count ?? 0) });
  }

  return { note, flush };
}

/** What stands in the database for the people of a home, to be held against what stands later. */
import { inArray } from 'drizzle-orm';
import type { Db } from '../../src/store/database.ts';
import { application, booking, callback, caseFile, rating, ticket, visit } from '../../src/store/schema.ts';

const TABLES = { booking, callback, visit, application, caseFile, rating, ticket };
export type Standing = Record<keyof typeof TABLES, object[]>;

/** Everything that stands for these people, by its table, without what only tells when it was touched. */
export async function standing(db: Db, residents: string[]): Promise<Standing> {
  const found = {} as Standing;
  for (const [name, table] of Object.entries(TABLES)) {
    const rows = await db.select().from(table).where(inArray(table.residentId, residents));
    found[name as keyof Standing] = rows.map(({ updatedAt: _, ...row }) => row);
  }
  return found;
}

/** The tables in which anything is other than it was. */
export const changedIn = (before: Standing, after: Standing): string[] =>
  Object.keys(before).filter(
    (name) => JSON.stringify(before[name as keyof Standing]) !== JSON.stringify(after[name as keyof Standing]),
  );

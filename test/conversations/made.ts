/** What the residents of a home have made by talking, oldest first: read from the database, which has the last word. */
import { inArray } from 'drizzle-orm';
import type { Db } from '../../src/store/database.ts';
import { application, caseFile, dataRequest, proxy, visit } from '../../src/store/schema.ts';

export const MADE = {
  applications: (db: Db, residents: string[]) =>
    db
      .select()
      .from(application)
      .where(inArray(application.residentId, residents))
      .orderBy(application.createdAt, application.id),
  cases: (db: Db, residents: string[]) =>
    db.select().from(caseFile).where(inArray(caseFile.residentId, residents)).orderBy(caseFile.createdAt, caseFile.id),
  proxies: (db: Db, residents: string[]) =>
    db.select().from(proxy).where(inArray(proxy.residentId, residents)).orderBy(proxy.createdAt, proxy.id),
  visits: (db: Db, residents: string[]) =>
    db.select().from(visit).where(inArray(visit.residentId, residents)).orderBy(visit.createdAt, visit.id),
  wishes: (db: Db, residents: string[]) =>
    db
      .select()
      .from(dataRequest)
      .where(inArray(dataRequest.residentId, residents))
      .orderBy(dataRequest.createdAt, dataRequest.id),
} as const;

export type MadeKind = keyof typeof MADE;

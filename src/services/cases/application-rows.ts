/** Applications as rows: finding the live one, and the cases that belong to a matter. All inside the caller's transaction. */
import { and, desc, eq, exists, inArray, notInArray } from 'drizzle-orm';
import type { Db } from '../../store/database.ts';
import { application, caseFile } from '../../store/schema.ts';
import { OPEN_STATUSES } from './rules.ts';

export type ApplicationRow = typeof application.$inferSelect;

export interface Whose {
  residentId: string;
  matter: string;
}

const hers = (residentId: string, matter: string) =>
  and(eq(application.residentId, residentId), eq(application.matter, matter));

/** The live application of this matter, locked until the transaction ends. */
export async function lockedRow(tx: Db, { residentId, matter }: Whose): Promise<ApplicationRow | undefined> {
  await closeEnded(tx, residentId);
  const [row] = await tx
    .select()
    .from(application)
    .where(and(hers(residentId, matter), inArray(application.state, ['draft', 'submitted'])))
    .for('update');
  return row;
}

/** Where the window has come to an end with a case, its application no longer stands in the way of another. */
async function closeEnded(tx: Db, residentId: string): Promise<void> {
  const ended = tx
    .select({ id: caseFile.id })
    .from(caseFile)
    .where(and(eq(caseFile.applicationId, application.id), notInArray(caseFile.status, OPEN_STATUSES)));
  const submitted = and(eq(application.residentId, residentId), eq(application.state, 'submitted'));
  await tx
    .update(application)
    .set({ state: 'closed' })
    .where(and(submitted, exists(ended)));
}

/** The number of the case that an application opened. */
export async function caseOf(tx: Db, applicationId: string): Promise<{ number: string; tail: string }> {
  const [row] = await tx
    .select({ number: caseFile.number, shortNumber: caseFile.shortNumber })
    .from(caseFile)
    .where(eq(caseFile.applicationId, applicationId));
  return { number: row?.number ?? '', tail: row?.shortNumber.slice(-4) ?? '' };
}

/** Her case of this matter that is still going on, also one that was handed in at the window. */
export async function openCase(tx: Db, { residentId, matter }: Whose): Promise<{ id: string } | undefined> {
  const [row] = await tx
    .select({ id: caseFile.id })
    .from(caseFile)
    .where(
      and(eq(caseFile.residentId, residentId), eq(caseFile.matter, matter), inArray(caseFile.status, OPEN_STATUSES)),
    )
    .orderBy(desc(caseFile.createdAt))
    .limit(1);
  return row;
}

/** She had one and took it back. */
export async function wasWithdrawn(tx: Db, { residentId, matter }: Whose): Promise<boolean> {
  const [row] = await tx
    .select({ id: application.id })
    .from(application)
    .where(and(hers(residentId, matter), eq(application.state, 'withdrawn')))
    .limit(1);
  return row !== undefined;
}

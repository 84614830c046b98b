/** What lies open for a resident: shown to the clerk with the call, so that she goes on where the dialogue stopped. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { application, booking, caseFile, place, slot } from '../../store/schema.ts';

export interface Papers {
  applications: { id: string; matter: string; state: string }[];
  bookings: { id: string; matter: string; day: string; start: string; place: string }[];
  cases: { id: string; matter: string; status: string }[];
}

const MOST = 10;
/** The pick-up of a certificate is still to come when the case is concluded. */
const OPEN = ['submitted', 'received', 'correction', 'accepted', 'reviewing', 'producing', 'concluded'] as const;

/** At most ten of each kind, without what she answered in them. */
export function createPapers({ database, clock }: { database: Database; clock: Clock }) {
  /** Her drafts and applications, live bookings, and cases. The reading is audited. */
  function papersOf(residentId: string, by: Actor): Promise<Papers> {
    return database.transaction(async (tx) => {
      const applications = await tx
        .select({ id: application.id, matter: application.matter, state: application.state })
        .from(application)
        .where(and(eq(application.residentId, residentId), inArray(application.state, ['draft', 'submitted'])))
        .orderBy(desc(application.updatedAt))
        .limit(MOST);
      const bookings = await tx
        .select({ id: booking.id, matter: booking.matter, day: slot.day, start: slot.start, place: place.name })
        .from(booking)
        .innerJoin(slot, eq(slot.id, booking.slotId))
        .innerJoin(place, eq(place.id, slot.placeId))
        .where(and(eq(booking.residentId, residentId), eq(booking.state, 'booked')))
        .orderBy(asc(slot.day), asc(slot.start))
        .limit(MOST);
      const cases = await tx
        .select({ id: caseFile.id, matter: caseFile.matter, status: caseFile.status })
        .from(caseFile)
        .where(and(eq(caseFile.residentId, residentId), inArray(caseFile.status, [...OPEN])))
        .orderBy(desc(caseFile.createdAt))
        .limit(MOST);
      const fields = ['name', 'applications', 'bookings', 'cases'];
      const at = clock.now();
      await writeAudit(tx, { at, actor: by, action: 'read', residentId, subject: 'calls', fields, result: 'done' });
      return { applications, bookings, cases: cases.map((one) => ({ ...one, status: one.status as string })) };
    });
  }

  return { papersOf };
}

/** What the district's service platform is told of a thing that changed here, as it stands when the message leaves. */
import { eq } from 'drizzle-orm';
import type { ApplicationFact, BinhaiEvent, BookingFact, VisitFact } from '../connectors/binhai.ts';
import type { Database } from '../store/database.ts';
import type { DueMessage } from '../store/outbox.ts';
import { application, booking, caseFile, place, slot, visit } from '../store/schema.ts';

/** By the reference that the payload holds; undefined when there is no such thing any more, or it is none of these. */
export async function eventOf({ db }: Database, { topic, payload }: DueMessage): Promise<BinhaiEvent | undefined> {
  const { bookingId, visitId, applicationId } = payload as Record<string, string | undefined>;
  if (bookingId) return about(topic, 'booking', await bookingFact(db, bookingId));
  if (visitId) return about(topic, 'visit', await visitFact(db, visitId));
  return applicationId ? about(topic, 'application', await applicationFact(db, applicationId)) : undefined;
}

const about = <Kind extends string, Fact>(topic: string, kind: Kind, fact: Fact | undefined) =>
  fact && ({ topic, [kind]: fact } as { topic: string } & Record<Kind, Fact>);

type Db = Database['db'];

async function bookingFact(db: Db, bookingId: string): Promise<BookingFact | undefined> {
  const { id, matter, direction, mode, state, updatedAt } = booking;
  const where = { place: place.code, day: slot.day, start: slot.start, caseNumber: caseFile.number };
  const [row] = await db
    .select({ id, matter, direction, mode, state, ...where, updatedAt })
    .from(booking)
    .innerJoin(slot, eq(slot.id, booking.slotId))
    .innerJoin(place, eq(place.id, slot.placeId))
    .leftJoin(caseFile, eq(caseFile.id, booking.caseId))
    .where(eq(booking.id, bookingId));
  return row && changed({ ...row, caseNumber: row.caseNumber ?? undefined });
}

async function visitFact(db: Db, visitId: string): Promise<VisitFact | undefined> {
  const { id, matter, day, half, state, updatedAt } = visit;
  const [row] = await db.select({ id, matter, day, half, state, updatedAt }).from(visit).where(eq(visit.id, visitId));
  return row && changed(row);
}

async function applicationFact(db: Db, applicationId: string): Promise<ApplicationFact | undefined> {
  const { id, matter, kind, state, updatedAt } = application;
  const [row] = await db
    .select({ id, matter, kind, state, caseNumber: caseFile.number, updatedAt })
    .from(application)
    .leftJoin(caseFile, eq(caseFile.applicationId, application.id))
    .where(eq(application.id, applicationId));
  return row && changed({ ...row, kind: row.kind ?? undefined, caseNumber: row.caseNumber ?? undefined });
}

const changed = <Row extends { updatedAt: Date }>({ updatedAt, ...fact }: Row) => ({
  ...fact,
  changedAt: updatedAt.toISOString(),
});

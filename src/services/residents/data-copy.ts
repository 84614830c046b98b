/** Everything that is kept of a resident, as she may have it. */
import { eq } from 'drizzle-orm';
import type { Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import {
  booking,
  caseFile,
  consent,
  delivery,
  type household,
  rating,
  type resident,
  talkNote,
  visit,
} from '../../store/schema.ts';
import { phoneOf } from './homes.ts';

/** Herself, her numbers opened for her. */
export function personOf(
  fields: Pick<Fields, 'open'>,
  row: { resident: typeof resident.$inferSelect; household: typeof household.$inferSelect },
) {
  const { phoneSealed, idNumberSealed, phoneIndex: _p, idNumberIndex: _i, pinHash, ...her } = row.resident;
  return {
    ...her,
    phone: phoneSealed && fields.open(phoneSealed, phoneOf(her.id)),
    idNumber: idNumberSealed && fields.open(idNumberSealed, `resident.idNumberSealed:${her.id}`),
    hasSpokenCode: pinHash !== null,
    address: `${row.household.community} ${row.household.building} ${row.household.unit}`,
  };
}

/** What was done with her and for her. */
export async function recordsOf(tx: Db, residentId: string) {
  return {
    consents: await tx.select().from(consent).where(eq(consent.residentId, residentId)),
    bookings: await tx.select().from(booking).where(eq(booking.residentId, residentId)),
    cases: await tx.select().from(caseFile).where(eq(caseFile.residentId, residentId)),
    visits: await tx.select().from(visit).where(eq(visit.residentId, residentId)),
    deliveries: await tx.select().from(delivery).where(eq(delivery.residentId, residentId)),
    ratings: await tx.select().from(rating).where(eq(rating.residentId, residentId)),
    told: await tx.select().from(talkNote).where(eq(talkNote.residentId, residentId)),
  };
}

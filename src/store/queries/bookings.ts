import { and, desc, eq, gte, lte } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { booking, household, place, resident, slot, speaker } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll, within } from './page.ts';

export interface BookingFilter {
  state?: string;
  direction?: string;
  mode?: string;
  matter?: string;
  resident?: string;
  speaker?: string;
  case?: string;
  place?: string;
  day?: string;
  from?: string;
  until?: string;
}

/** Bookings of the residents in scope, newest first. */
export function bookings(db: Db, asked: Asked<BookingFilter>) {
  const { filter, scope } = asked;
  const where = and(
    within(scope, household.stationId),
    same(booking.id, filter.id),
    same(booking.state, filter.state),
    same(booking.direction, filter.direction),
    same(booking.mode, filter.mode),
    same(booking.matter, filter.matter),
    same(booking.residentId, filter.resident),
    same(booking.speakerId, filter.speaker),
    same(booking.caseId, filter.case),
    same(slot.placeId, filter.place),
    same(slot.day, filter.day),
    given(filter.from, (day) => gte(slot.day, day)),
    given(filter.until, (day) => lte(slot.day, day)),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        id: booking.id,
        createdAt: booking.createdAt,
        updatedAt: booking.updatedAt,
        matter: booking.matter,
        direction: booking.direction,
        mode: booking.mode,
        collector: booking.collector,
        state: booking.state,
        closedAt: booking.closedAt,
        caseId: booking.caseId,
        slotId: booking.slotId,
        day: slot.day,
        start: slot.start,
        minutes: slot.minutes,
        place: { id: place.id, name: place.name },
        resident: { id: resident.id, name: resident.name },
        speaker: { id: speaker.id, serial: speaker.serial, device: speaker.brandDevice },
        total: totalOfAll(),
      })
      .from(booking)
      .innerJoin(slot, eq(slot.id, booking.slotId))
      .innerJoin(place, eq(place.id, slot.placeId))
      .innerJoin(resident, eq(resident.id, booking.residentId))
      .innerJoin(household, eq(household.id, resident.householdId))
      .leftJoin(speaker, eq(speaker.id, booking.speakerId))
      .where(where)
      .orderBy(desc(booking.createdAt), desc(booking.id))
      .limit(limit)
      .offset(offset),
  );
}

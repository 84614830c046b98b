import { and, desc, eq, lt } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { callback, place, resident, speaker, staff } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll, within } from './page.ts';

export interface CallbackFilter {
  state?: string;
  reason?: string;
  matter?: string;
  resident?: string;
  speaker?: string;
  station?: string;
  clerk?: string;
  /** Still open though it was due before this instant. */
  overdueAt?: Date;
}

/** Callbacks that the stations in scope owe, newest first. */
export function callbacks(db: Db, asked: Asked<CallbackFilter>) {
  const { filter, scope } = asked;
  const where = and(
    within(scope, callback.stationId),
    same(callback.id, filter.id),
    same(callback.state, filter.state),
    same(callback.reason, filter.reason),
    same(callback.matter, filter.matter),
    same(callback.residentId, filter.resident),
    same(callback.speakerId, filter.speaker),
    same(callback.stationId, filter.station),
    same(callback.clerkId, filter.clerk),
    given(filter.overdueAt, (instant) => and(lt(callback.dueAt, instant), eq(callback.state, 'open'))),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        callback,
        station: { id: place.id, name: place.name },
        resident: { id: resident.id, name: resident.name },
        speaker: { id: speaker.id, serial: speaker.serial, device: speaker.brandDevice },
        clerk: { id: staff.id, name: staff.name },
        total: totalOfAll(),
      })
      .from(callback)
      .innerJoin(place, eq(place.id, callback.stationId))
      .leftJoin(resident, eq(resident.id, callback.residentId))
      .leftJoin(speaker, eq(speaker.id, callback.speakerId))
      .leftJoin(staff, eq(staff.id, callback.clerkId))
      .where(where)
      .orderBy(desc(callback.createdAt), desc(callback.id))
      .limit(limit)
      .offset(offset),
  );
}

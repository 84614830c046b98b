import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { household, speaker, speakerAlarm, staff } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll } from './page.ts';

export interface AlarmFilter {
  open?: boolean;
  kind?: string;
  speaker?: string;
}

/** What somebody should look at, newest first. */
export function alarms(db: Db, asked: Asked<AlarmFilter>) {
  const { filter } = asked;
  const where = and(
    same(speakerAlarm.id, filter.id),
    same(speakerAlarm.kind, filter.kind),
    same(speakerAlarm.speakerId, filter.speaker),
    given(filter.open, (open) => (open ? isNull(speakerAlarm.closedAt) : isNotNull(speakerAlarm.closedAt))),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        alarm: speakerAlarm,
        speaker: {
          id: speaker.id,
          serial: speaker.serial,
          device: speaker.brandDevice,
          lastSeenAt: speaker.lastSeenAt,
        },
        household: {
          id: household.id,
          community: household.community,
          building: household.building,
          unit: household.unit,
        },
        noted: { id: staff.id, name: staff.name },
        total: totalOfAll(),
      })
      .from(speakerAlarm)
      .innerJoin(speaker, eq(speaker.id, speakerAlarm.speakerId))
      .leftJoin(household, eq(household.id, speaker.householdId))
      .leftJoin(staff, eq(staff.id, speakerAlarm.notedBy))
      .where(where)
      .orderBy(desc(speakerAlarm.createdAt), desc(speakerAlarm.id))
      .limit(limit)
      .offset(offset),
  );
}

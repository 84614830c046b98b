/** The places that can be booked: slots of every window in opening hours, each with its seats, made ahead. */
import { eq, sql } from 'drizzle-orm';
import { addDays } from '../../clock.ts';
import type { Database, Db } from '../database.ts';
import { place, serviceWindow } from '../schema.ts';

/** What of the windows' calendar is needed here. */
export interface OpeningCalendar {
  hoursOn(place: { hours: Record<string, [string, string][]>; status?: string }, day: string): [string, string][];
}

interface Planned {
  window_id: string;
  place_id: string;
  day: string;
  start: string;
  minutes: number;
  sample: boolean;
}

const SLOT_MINUTES = 30;
/** A locker is open day and night; a half day is when somebody fills it. */
const LOCKER_HALVES: [string, string][] = [
  ['08:00', '12:00'],
  ['12:00', '18:00'],
];

/**
 * Makes the slots of `days` days beginning with `from`, with one free seat for each of the window's places.
 * What is there already stays as it is: may run daily, and twice. @returns how many slots were made
 */
export async function makeSlots(
  database: Database,
  calendar: OpeningCalendar,
  from: string,
  days: number,
): Promise<number> {
  let made = 0;
  for (let n = 0; n < days; n += 1) {
    made += await database.transaction((tx) => makeSlotsOfDay(tx, calendar, addDays(from, n)));
  }
  return made;
}

/** The slots of one day, inside another's transaction. */
export async function makeSlotsOfDay(tx: Db, calendar: OpeningCalendar, day: string): Promise<number> {
  const windows = await tx
    .select({ window: serviceWindow, place })
    .from(serviceWindow)
    .innerJoin(place, eq(place.id, serviceWindow.placeId))
    .where(eq(place.bookable, true));
  const planned = windows.flatMap(({ window, place: at }) =>
    plan(at.kind, calendar.hoursOn(at, day)).map(
      ([start, minutes]): Planned => ({
        window_id: window.id,
        place_id: at.id,
        day,
        start,
        minutes,
        sample: at.sample,
      }),
    ),
  );
  if (planned.length === 0) return 0;
  const made = await tx.execute(sql`
    insert into slot (window_id, place_id, day, start, minutes, sample)
    select window_id, place_id, day, start, minutes, sample
    from jsonb_to_recordset(${JSON.stringify(planned)}::jsonb)
      as planned (window_id uuid, place_id uuid, day date, start text, minutes integer, sample boolean)
    on conflict do nothing
    returning id`);
  await tx.execute(sql`
    insert into seat (slot_id, number)
    select slot.id, places.number
    from slot join service_window on service_window.id = slot.window_id
      cross join lateral generate_series(1, service_window.capacity) as places (number)
    where slot.day = ${day}::date
    on conflict do nothing`);
  return (made as unknown as { rows: unknown[] }).rows.length;
}

/** Start and length of each slot. */
function plan(kind: string, hours: [string, string][]): [string, number][] {
  if (hours.length === 0) return [];
  if (kind === 'locker') return LOCKER_HALVES.map(([from, until]) => [from, minutesOf(until) - minutesOf(from)]);
  return hours.flatMap(([from, until]) => {
    const count = Math.floor((minutesOf(until) - minutesOf(from)) / SLOT_MINUTES);
    return Array.from({ length: count }, (_, n): [string, number] => [
      timeOf(minutesOf(from) + n * SLOT_MINUTES),
      SLOT_MINUTES,
    ]);
  });
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** By when a callback is promised: never outside opening hours, near the time she wished for. */
import { addDays, shanghaiDay, shanghaiInstant, shanghaiTime } from '../../clock.ts';
import type { Calendar, OpeningHours } from '../calendar.ts';

/** Part-time clerks are out of the room for hours: two hours of opening time is what a station can keep. */
const PROMISED_MINUTES = 120;
const ROUND_TO_MS = 10 * 60_000; // 「两点前」 is understood, 「一点四十七分前」 is not
const NOON = '12:00';
const LOOK_AHEAD_DAYS = 60;

/** The instant before which she is called. `wanted` is `HH:MM`, `AM` or `PM`; where the station never opens: after the usual time. */
export function dueTime(calendar: Calendar, station: OpeningHours, now: Date, wanted?: string): Date {
  const named = wanted ? wished(calendar, station, now, wanted) : undefined;
  const usual = calendar.addOpenMinutes(station, now, PROMISED_MINUTES);
  return named ?? roundUp(calendar, station, usual ?? new Date(now.getTime() + PROMISED_MINUTES * 60_000));
}

/** The end of the wished half day, or half an hour after the wished time, on the next day on which it is not past. */
function wished(calendar: Calendar, station: OpeningHours, now: Date, wanted: string): Date | undefined {
  for (let n = 0; n < LOOK_AHEAD_DAYS; n += 1) {
    const day = addDays(shanghaiDay(now), n);
    const end = endOfWish(calendar.hoursOn(station, day), wanted);
    if (end && shanghaiInstant(day, end) > now) return shanghaiInstant(day, end);
  }
  return undefined;
}

function endOfWish(hours: [string, string][], wanted: string): string | undefined {
  if (wanted === 'AM') return hours.filter(([from]) => from < NOON).at(-1)?.[1];
  if (wanted === 'PM') return hours.filter(([from]) => from >= NOON).at(-1)?.[1];
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(wanted)) return undefined;
  const within = hours.find(([from, until]) => from <= wanted && wanted < until);
  return within && earlier(halfHourAfter(wanted), within[1]);
}

/** `HH:MM`. */
export const halfHourAfter = (time: string) =>
  shanghaiTime(new Date(shanghaiInstant('2026-01-01', time).getTime() + 30 * 60_000));
const earlier = (one: string, other: string) => (one < other ? one : other);

/** To the next ten minutes, but not past closing. */
function roundUp(calendar: Calendar, station: OpeningHours, instant: Date): Date {
  const rounded = new Date(Math.ceil(instant.getTime() / ROUND_TO_MS) * ROUND_TO_MS);
  return calendar.isOpen(station, new Date(rounded.getTime() - 1)) ? rounded : instant;
}

/** When the windows are open: the State Council's days off and make-up workdays over each place's own week. */
import { addDays, shanghaiDay, shanghaiInstant, shanghaiTime } from '../clock.ts';
import type { HolidayFacts } from '../store/seed/facts.ts';

/** What of a place decides whether it is open. */
export interface OpeningHours {
  /** Intervals of Shanghai time by ISO weekday, `{"1":[["09:00","12:00"],…]}`. */
  hours: Record<string, [string, string][]>;
  status?: string;
}

export type DayKind = 'workday' | 'weekend' | 'holiday' | 'makeup';
/** A day reached by counting; `certain` is false when the count crosses a year that is not announced. */
export interface CountedDay {
  day: string;
  certain: boolean;
}

const LOOK_AHEAD_DAYS = 60; // longer than any run of closed days, short enough to end
const ROUND_THE_CLOCK = '24:00';

export type Calendar = ReturnType<typeof createCalendar>;

/** The calendar of windows over `holidays`. Days are `YYYY-MM-DD` in Shanghai, the week begins on Monday. */
export function createCalendar(holidays: HolidayFacts) {
  const off = daysOff(holidays);
  const work = new Set(Object.values(holidays.years).flatMap((year) => year.work));

  /** Whether the State Council has announced the arrangement of this year. */
  const announced = (year: number): boolean => String(year) in holidays.years;

  function kindOf(day: string): DayKind {
    if (work.has(day)) return 'makeup';
    if (off.has(day)) return 'holiday';
    return weekday(day) > 5 ? 'weekend' : 'workday';
  }
  const isWorkday = (day: string) => ['workday', 'makeup'].includes(kindOf(day));

  /** The opening intervals of that day; empty when closed. A make-up day is opened like a Monday. */
  function hoursOn({ hours, status = 'operating' }: OpeningHours, day: string): [string, string][] {
    if (status !== 'operating') return [];
    const kind = kindOf(day);
    const usual = hours[String(weekday(day))] ?? [];
    if (isRoundTheClock(usual)) return usual;
    if (kind === 'holiday') return [];
    return kind === 'makeup' ? (hours['1'] ?? usual) : usual;
  }

  /** The opening interval that the instant lies in. */
  function intervalAt(place: OpeningHours, instant: Date): [string, string] | undefined {
    const time = shanghaiTime(instant);
    return hoursOn(place, shanghaiDay(instant)).find(([from, until]) => from <= time && time < until);
  }
  const isOpen = (place: OpeningHours, instant: Date): boolean => intervalAt(place, instant) !== undefined;

  /** The first instant, this one included, at which the place is open; undefined when not within two months. */
  function nextOpen(place: OpeningHours, instant: Date): Date | undefined {
    if (isOpen(place, instant)) return instant;
    for (const day of daysFrom(shanghaiDay(instant), LOOK_AHEAD_DAYS)) {
      const starts = hoursOn(place, day).map(([from]) => shanghaiInstant(day, from));
      const next = starts.find((start) => start > instant);
      if (next) return next;
    }
    return undefined;
  }

  /** Days on which the place is open, of `days` days beginning with `from`. */
  const openDays = (place: OpeningHours, from: string, days: number): string[] =>
    daysFrom(from, days).filter((day) => hoursOn(place, day).length > 0);

  /** The instant after `minutes` of opening time have passed since `instant`; undefined as in `nextOpen`. */
  function addOpenMinutes(place: OpeningHours, instant: Date, minutes: number): Date | undefined {
    let at: Date | undefined = instant;
    let left = minutes;
    for (let guard = 0; guard < 1000; guard += 1) {
      at = nextOpen(place, at);
      const interval = at && intervalAt(place, at);
      if (!at || !interval) return undefined;
      const closes = endOf(shanghaiDay(at), interval[1]);
      const room = (closes.getTime() - at.getTime()) / 60_000;
      if (left <= room) return new Date(at.getTime() + left * 60_000);
      left -= room;
      at = closes;
    }
    return undefined;
  }

  const isCertain = (from: string, to: string): boolean => {
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1)
      if (!announced(year)) return false;
    return true;
  };

  /** The `count`th workday after `day`. */
  function addWorkdays(day: string, count: number): CountedDay {
    let at = day;
    for (let left = count; left > 0; ) {
      at = addDays(at, 1);
      if (isWorkday(at)) left -= 1;
    }
    return { day: at, certain: isCertain(day, at) };
  }

  /** Workdays after `from` up to and including `to`; 0 when `to` is not later. */
  function workdaysBetween(from: string, to: string): number {
    let count = 0;
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(day)) count += 1;
    return count;
  }

  return {
    announced,
    kindOf,
    isWorkday,
    hoursOn,
    isOpen,
    nextOpen,
    openDays,
    addOpenMinutes,
    addWorkdays,
    workdaysBetween,
  };
}

function daysOff(holidays: HolidayFacts): Set<string> {
  const ranges = [
    ...Object.values(holidays.years).flatMap((year) => year.off),
    ...Object.values(holidays.unannounced).flat(),
  ];
  const days = new Set<string>();
  for (const { from, to } of ranges) for (let day = from; day <= to; day = addDays(day, 1)) days.add(day);
  return days;
}

function daysFrom(from: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => addDays(from, n));
}

/** Monday is 1, Sunday 7. */
function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

const isRoundTheClock = (intervals: [string, string][]) =>
  intervals.length === 1 && intervals[0]?.[0] === '00:00' && intervals[0][1] === ROUND_THE_CLOCK;

function endOf(day: string, time: string): Date {
  return time === ROUND_THE_CLOCK ? shanghaiInstant(addDays(day, 1)) : shanghaiInstant(day, time);
}

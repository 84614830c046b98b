/** 服务点: where it is, when it is open, and what else there is near it. */
import { and, asc, eq } from 'drizzle-orm';
import { type Clock, shanghaiDay, shanghaiTime } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { colleaguesAt } from '../store/queries/staff.ts';
import { place } from '../store/schema.ts';
import type { Calendar } from './calendar.ts';

export interface PlaceToday {
  name: string;
  address: string;
  phone?: string;
  /** How to find it, in words. */
  route?: string;
  /** The day that the hours are of. */
  day: string;
  /** `HH:MM`; absent on a day it stays closed. */
  opens?: string;
  closes?: string;
  /** The break at noon, where it has one. */
  breakFrom?: string;
  breakUntil?: string;
  /** Open at this moment, until then. */
  openUntil?: string;
  /** Shut at this moment: when it opens next. */
  nextDay?: string;
  nextOpens?: string;
  /** The State Council has not announced that year. */
  unsure?: 'yes';
}

/** Another that is open on a day when one's own is not. */
export interface OpenInstead {
  other: string;
  otherOpens?: string;
  otherCloses?: string;
}

/** A kiosk, a locker or the 大篷车 that belongs to the same centre. */
export interface ServiceNearby {
  id: string;
  name: string;
  route?: string;
  address: string;
}

/** Times are `HH:MM` and days `YYYY-MM-DD` in Shanghai. Absent hours mean closed, and `unsure` that the year's holidays are not announced. */
export function createPlaces({ database, clock, calendar }: { database: Database; clock: Clock; calendar: Calendar }) {
  /** A service point with its hours of a day, today unless told, holidays and 调休 counted; and whether it is open now. */
  async function today(placeId: string, day = shanghaiDay(clock.now())): Promise<PlaceToday | undefined> {
    const [found] = await database.db.select().from(place).where(eq(place.id, placeId));
    if (!found) return undefined;
    const hours = calendar.hoursOn(found, day);
    const [first, second] = hours;
    const unsure = calendar.announced(Number(day.slice(0, 4))) ? {} : { unsure: 'yes' as const };
    return {
      name: found.name,
      address: found.address,
      phone: found.phone ?? undefined,
      route: found.route ?? undefined,
      day,
      opens: first?.[0],
      closes: hours.at(-1)?.[1],
      breakFrom: second && first?.[1],
      breakUntil: second?.[0],
      ...unsure,
      ...now(found),
    };
  }

  function now(found: typeof place.$inferSelect): Pick<PlaceToday, 'openUntil' | 'nextDay' | 'nextOpens'> {
    const instant = clock.now();
    const time = shanghaiTime(instant);
    const running = calendar.hoursOn(found, shanghaiDay(instant)).find(([from, until]) => from <= time && time < until);
    if (running) return { openUntil: running[1] };
    const next = calendar.nextOpen(found, instant);
    return next ? { nextDay: shanghaiDay(next), nextOpens: shanghaiTime(next) } : {};
  }

  /** The nearest of a kind around a station: those of its own centre. */
  async function nearby(stationId: string, kind: 'locker' | 'kiosk' | 'mobile'): Promise<ServiceNearby | undefined> {
    const [station] = await database.db.select({ centre: place.parentId }).from(place).where(eq(place.id, stationId));
    if (!station?.centre) return undefined;
    const [found] = await database.db
      .select({ id: place.id, name: place.name, route: place.route, address: place.address })
      .from(place)
      .where(and(eq(place.parentId, station.centre), eq(place.kind, kind), eq(place.status, 'operating')))
      .limit(1);
    return found && { ...found, route: found.route ?? undefined };
  }

  /** The 邻里中心 that the station belongs to, with its hours of a day. */
  async function centreOf(stationId: string, day?: string): Promise<PlaceToday | undefined> {
    const [station] = await database.db.select({ centre: place.parentId }).from(place).where(eq(place.id, stationId));
    return station?.centre ? today(station.centre, day) : undefined;
  }

  /** Where one can go on a day when the station is shut: its own centre first, then any other. */
  async function openInstead(stationId: string, day: string): Promise<OpenInstead | undefined> {
    const own = await centreOf(stationId, day);
    const centres = await database.db
      .select({ id: place.id })
      .from(place)
      .where(and(eq(place.kind, 'centre'), eq(place.status, 'operating')))
      .orderBy(asc(place.code));
    const others = await Promise.all(centres.map(({ id }) => today(id, day)));
    const found = [own, ...others].find((one) => one?.opens && !one.unsure);
    return found && { other: found.name, otherOpens: found.opens, otherCloses: found.closes };
  }

  /** A bookable service point by the name it is known by; undefined for what is none. */
  async function named(name: string): Promise<{ id: string; name: string } | undefined> {
    const [found] = await database.db
      .select({ id: place.id, name: place.name })
      .from(place)
      .where(and(eq(place.name, name), eq(place.bookable, true)));
    return found;
  }

  /** Who sits at the window of a service point, A before B: their names stand on the door, too (公示帮办代办人员名单). */
  async function clerksOf(placeId: string): Promise<string[]> {
    const there = await colleaguesAt(database.db, [placeId]);
    return there.filter(({ duty }) => duty).map(({ name }) => name);
  }

  return { today, nearby, centreOf, openInstead, named, clerksOf };
}

/** 服务点: where it is and when it is open today. */
import { eq } from 'drizzle-orm';
import { type Clock, shanghaiDay } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { place } from '../store/schema.ts';
import type { Calendar } from './calendar.ts';

export interface PlaceToday {
  name: string;
  address: string;
  phone?: string;
  /** `HH:MM`; absent on a day it stays closed. */
  opens?: string;
  closes?: string;
  /** The break at noon, where it has one. */
  breakFrom?: string;
  breakUntil?: string;
}

export function createPlaces({ database, clock, calendar }: { database: Database; clock: Clock; calendar: Calendar }) {
  /** A service point with its hours of today, holidays and 调休 counted. */
  async function today(placeId: string): Promise<PlaceToday | undefined> {
    const [found] = await database.db.select().from(place).where(eq(place.id, placeId));
    if (!found) return undefined;
    const hours = calendar.hoursOn(found, shanghaiDay(clock.now()));
    const [first, second] = hours;
    return {
      name: found.name,
      address: found.address,
      phone: found.phone ?? undefined,
      opens: first?.[0],
      closes: hours.at(-1)?.[1],
      breakFrom: second && first?.[1],
      breakUntil: second?.[0],
    };
  }

  return { today };
}

export type Places = ReturnType<typeof createPlaces>;

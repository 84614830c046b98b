/** Bookings of the sample: live ones in the week ahead, and a few that are over. */
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { addDays } from '../../clock.ts';
import type { Db } from '../database.ts';
import { booking, seat, serviceWindow, slot } from '../schema.ts';
import type { Person } from './people.ts';

interface Wish {
  person: Person;
  stationId: string;
  speakerId: string;
  matter: string;
  direction: 'collect' | 'hand_in';
  caseId?: string;
}

interface Parts {
  today: string;
  now: Date;
  isWorkday(day: string): boolean;
}

const FIRST_AFTER_SLOTS = 16; // from the second open day on, so that she may still change her mind

/** Takes a seat for each wish at the household's own station, spread over the coming days. */
export async function bookAhead(tx: Db, parts: Parts, wishes: Wish[]): Promise<void> {
  const taken = new Set<string>();
  for (const [n, wish] of wishes.entries()) {
    const free = await tx
      .select({ seatId: seat.id, slotId: slot.id })
      .from(seat)
      .innerJoin(slot, eq(slot.id, seat.slotId))
      .where(
        and(eq(slot.placeId, wish.stationId), gt(slot.day, parts.today), eq(seat.state, 'free'), eq(seat.number, 1)),
      )
      .orderBy(asc(slot.day), asc(slot.start))
      .limit(FIRST_AFTER_SLOTS + 5 * wishes.length);
    const one = free.slice(FIRST_AFTER_SLOTS + 3 * n).find(({ seatId }) => !taken.has(seatId)) ?? free[0];
    if (!one) throw new Error('the sample community has no free seat');
    taken.add(one.seatId);
    await tx.update(seat).set({ state: 'booked' }).where(eq(seat.id, one.seatId));
    await tx.insert(booking).values(rowOf(wish, one));
  }
}

/** Of the last two weeks: attended, missed, cancelled in turn. */
export async function bookBehind(tx: Db, parts: Parts, wishes: Wish[]): Promise<void> {
  const states = ['attended', 'missed', 'cancelled'] as const;
  for (const [n, wish] of wishes.entries()) {
    const day = pastWorkday(parts, 2 + n);
    const [window] = await tx.select().from(serviceWindow).where(eq(serviceWindow.placeId, wish.stationId)).limit(1);
    if (!window) continue;
    const values = { windowId: window.id, placeId: wish.stationId, day, start: '10:00', minutes: 30, sample: true };
    const same = { target: [slot.windowId, slot.day, slot.start], set: { minutes: sql`excluded.minutes` } };
    const [made] = await tx.insert(slot).values(values).onConflictDoUpdate(same).returning({ id: slot.id });
    const slotId = made?.id ?? '';
    const [place] = await tx
      .insert(seat)
      .values({ slotId, number: 1 + n, state: 'free' })
      .returning({ id: seat.id });
    const ended = { state: states[n % states.length] as (typeof states)[number], closedAt: parts.now };
    await tx.insert(booking).values({ ...rowOf(wish, { seatId: place?.id ?? '', slotId }), ...ended });
  }
}

function pastWorkday({ today, isWorkday }: Parts, back: number): string {
  let day = today;
  for (let left = back; left > 0; ) {
    day = addDays(day, -1);
    if (isWorkday(day)) left -= 1;
  }
  return day;
}

function rowOf(
  { person, speakerId, matter, direction, caseId }: Wish,
  { seatId, slotId }: { seatId: string; slotId: string },
) {
  return { seatId, slotId, residentId: person.row.id, speakerId, caseId, matter, direction, sample: true };
}

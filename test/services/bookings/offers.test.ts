import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createBookings } from '../../../src/services/bookings/bookings.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { booking } from '../../../src/store/schema.ts';
import { aHousehold, allBookings, aResident, aSlot, aStation } from '../../support/records.ts';
import { atEnd, freshDatabase } from '../../support/stores.ts';
import { aWindow, BOTH, by, clock, DAY, key } from './window.ts';

describe.each(BOTH)('what is offered on %s', (_engine, fresh) => {
  const { at, anotherResident, atStation, booked } = aWindow(fresh);

  describe('why not then', () => {
    const when = (over: object) =>
      at.bookings.whyNot({ residentId: at.residentId, matter: 'senior card', direction: 'collect', ...over });

    it('says closed, too far, over, not at that hour, full; and nothing where some of it is free', async () => {
      const slot = await atStation(DAY, '10:00');
      await atStation('2026-11-23', '09:00');
      await atStation('2026-11-28', '09:00');
      expect(await when({ day: DAY })).toBeUndefined();
      expect(await when({ day: '2026-11-27' })).toEqual({ why: 'closed', day: '2026-11-27' });
      expect(await when({ day: '2026-12-24' })).toEqual({ why: 'far', day: '2026-12-24', last: '2026-11-28' });
      expect(await when({ day: '2026-11-22' })).toMatchObject({ why: 'past' });
      expect(await when({ day: '2026-11-23' })).toMatchObject({ why: 'past' });
      expect(await when({ day: DAY, half: 'PM' })).toEqual({ why: 'hours', day: DAY });
      await at.bookings.hold({ slotId: slot.id, conversation: randomUUID() });
      expect(await when({ day: DAY, time: '10:00' })).toEqual({ why: 'full', day: DAY });
    });
  });

  describe('what is offered', () => {
    const offer = (over: Partial<Parameters<typeof at.bookings.offer>[0]> = {}) =>
      at.bookings.offer({ residentId: at.residentId, matter: 'senior card', direction: 'collect', ...over });
    const times = async (over: Parameters<typeof offer>[0] = {}) =>
      (await offer(over)).map(({ day, start, exact }) => `${day} ${start}${exact ? '' : ' near'}`);
    const whole = async (day: string) => {
      for (const start of ['09:00', '09:30', '10:00', '14:00', '14:30', '15:00']) await atStation(day, start);
    };

    it('is one time in the morning and one later', async () => {
      await whole(DAY);
      expect(await times({ day: DAY })).toEqual([`${DAY} 09:30`, `${DAY} 14:30`]);
    });

    it('keeps to the half of the day that was wished', async () => {
      await whole(DAY);
      expect(await times({ day: DAY, half: 'AM' })).toEqual([`${DAY} 09:00`, `${DAY} 10:00`]);
      expect(await times({ day: DAY, half: 'PM' })).toEqual([`${DAY} 14:00`, `${DAY} 15:00`]);
    });

    it('is nearest to the time that was wished', async () => {
      await whole(DAY);
      expect(await times({ day: DAY, time: '14:30' })).toEqual([`${DAY} 14:30`, `${DAY} 14:00 near`]);
      expect(await times({ day: DAY, time: '12:00', limit: 1 })).toEqual([`${DAY} 10:00 near`]);
    });

    it('is the next best half when the wished one is full, and says that it is not the wish', async () => {
      await atStation(DAY, '14:00');
      await atStation('2026-11-27', '09:00');
      expect(await times({ day: DAY, half: 'AM' })).toEqual([`${DAY} 14:00 near`, '2026-11-27 09:00 near']);
    });

    it('is the nearest other day when the wished one is full, closed or past', async () => {
      await atStation('2026-11-25', '10:00');
      await atStation('2026-11-27', '10:00');
      const full = await atStation(DAY, '10:00');
      await booked(full.id, { residentId: await anotherResident() });
      expect(await times({ day: DAY })).toEqual(['2026-11-25 10:00 near', '2026-11-27 10:00 near']);
      expect(await times({ day: '2026-11-28' })).toEqual(['2026-11-25 10:00 near', '2026-11-27 10:00 near']);
      expect(await times({ day: '2026-11-20', limit: 1 })).toEqual(['2026-11-25 10:00 near']);
    });

    it('is never in the past, nor held by another', async () => {
      await atStation('2026-11-23', '09:30');
      await atStation('2026-11-23', '09:00');
      const held = await atStation('2026-11-23', '10:00');
      await at.bookings.hold({ slotId: held.id, conversation: 'another' });
      expect(await times({ day: '2026-11-23' })).toEqual([]);
      clock.advance({ minutes: 6 });
      expect(await times({ day: '2026-11-23' })).toEqual(['2026-11-23 10:00']);
    });

    it('is her station before its centre, on the wished day at least the centre', async () => {
      await aSlot(at.database.db, at.here.centreWindow, DAY, '10:00');
      const there = await offer({ day: DAY, limit: 1 });
      expect(there).toMatchObject([{ place: { id: at.here.centre.id }, exact: true }]);
      await atStation(DAY, '15:00');
      expect(await offer({ day: DAY, limit: 1 })).toMatchObject([{ place: { id: at.here.station.id } }]);
    });

    it('is her own station within the week when she names no day', async () => {
      await aSlot(at.database.db, at.here.centreWindow, '2026-11-24', '10:00');
      await atStation('2026-11-25', '10:00');
      expect(await offer({ limit: 1 })).toMatchObject([{ place: { id: at.here.station.id }, exact: true }]);
    });

    it('leaves out places that are closed, not bookable, or do not do the matter', async () => {
      for (const over of [{ status: 'preparing' as const }, { bookable: false }, { matters: ['another matter'] }]) {
        at.here = await aStation(at.database.db, over);
        at.residentId = await anotherResident();
        await atStation(DAY, '10:00');
        expect(await times({ day: DAY })).toEqual([]);
      }
    });

    it('is one of several windows with the same time, not each', async () => {
      await aSlot(at.database.db, at.here.centreWindow, DAY, '10:00');
      await atStation(DAY, '10:00', 4);
      expect(await times({ day: DAY, limit: 5 })).toEqual([`${DAY} 10:00`, `${DAY} 10:00`]);
    });
  });

  describe('a hundred residents and one seat', () => {
    it('make one booking and ninety-nine refusals, each with other times on offer', async () => {
      const slot = await atStation(DAY, '10:00');
      await atStation(DAY, '15:00', 2);
      const home = await aHousehold(at.database.db, at.here.station.id);
      const residents = await Promise.all(Array.from({ length: 100 }, () => aResident(at.database.db, home.id)));
      const attempts = residents.map(async ({ id }) => {
        try {
          return { view: await booked(slot.id, { residentId: id, conversation: id }) };
        } catch (error) {
          const others = await at.bookings.offer({
            residentId: id,
            matter: 'senior card',
            direction: 'collect',
            day: DAY,
          });
          return { refusal: (error as { refusal: string }).refusal, others };
        }
      });
      const outcomes = await Promise.all(attempts);
      expect(outcomes.filter((outcome) => 'view' in outcome)).toHaveLength(1);
      const refused = outcomes.filter((outcome) => 'refusal' in outcome);
      expect(refused.map((outcome) => outcome.refusal)).toEqual(Array(99).fill('SeatTaken'));
      for (const { others } of refused) expect(others).toMatchObject([{ start: '15:00' }]);
      const live = and(eq(booking.slotId, slot.id), eq(booking.state, 'booked'));
      expect(await at.database.db.select().from(booking).where(live)).toHaveLength(1);
    });
  });
});

it('two instances give ten seats to ten of forty residents, none twice', async () => {
  const one = await freshDatabase();
  const two = await openDatabase({ url: one.url, deadlines: { connect: 15_000 } });
  atEnd(() => two.close());
  const both = [createBookings({ database: one, clock }), createBookings({ database: two, clock })];
  clock.set('2026-11-23T09:30');
  const here = await aStation(one.db);
  const slot = await aSlot(one.db, here.stationWindow, DAY, '10:00', 10);
  const home = await aHousehold(one.db, here.station.id);
  const residents = await Promise.all(Array.from({ length: 40 }, () => aResident(one.db, home.id)));
  const tries = residents.map(async ({ id }, n) => {
    const bookings = both[n % 2] ?? createBookings({ database: one, clock });
    const { seatId } = await bookings.hold({ slotId: slot.id, conversation: id });
    const wish = { conversation: id, seatId, residentId: id, matter: 'senior card', direction: 'collect' as const };
    return bookings.book(key(), wish, by);
  });
  const outcomes = await Promise.allSettled(tries);
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(10);
  const seats = (await allBookings(one.db)).map((row) => row.seatId);
  expect(new Set(seats).size).toBe(10);
});

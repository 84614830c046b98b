import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { audit, effect, outbox, seat } from '../../../src/store/schema.ts';
import { aCase, aStation } from '../../support/records.ts';

import { aWindow, BOTH, by, clock, DAY, key } from './window.ts';

describe.each(BOTH)('bookings on %s', (_engine, fresh) => {
  const { at, anotherResident, atStation, wish, booked, seatState, rowsOfResident } = aWindow(fresh);

  describe('somebody else collects', () => {
    it('what is booked: once by its key, the reminder stays, and what is over is refused', async () => {
      const made = await booked((await atStation(DAY, '10:00')).id);
      const wanted = { bookingId: made.id, collector: '王芳' };
      const one = key();
      const named = await at.bookings.setCollector(one, wanted, by);
      expect(named).toMatchObject({ id: made.id, mode: 'proxy', collector: '王芳', start: '10:00', state: 'booked' });
      expect(await at.bookings.setCollector(one, { ...wanted, collector: '别人' }, by)).toEqual(named);
      const waiting = await at.database.db
        .select({ topic: outbox.topic })
        .from(outbox)
        .where(
          and(
            eq(outbox.destination, 'speaker'),
            sql`${outbox.payload} ->> 'bookingId' = ${made.id}`,
            sql`${outbox.deadAt} is null`,
          ),
        );
      expect(waiting.length).toBeGreaterThanOrEqual(1);
      await at.bookings.cancel(key(), { bookingId: made.id }, by);
      await expect(at.bookings.setCollector(key(), wanted, by)).rejects.toMatchObject({ refusal: 'BookingNotLive' });
    });
  });

  describe('taking a place', () => {
    it('holds, books and tells where and when', async () => {
      const slot = await atStation(DAY, '10:00');
      const held = await at.bookings.hold({ slotId: slot.id, conversation: 'c1' });
      expect(held).toMatchObject({
        slotId: slot.id,
        day: DAY,
        start: '10:00',
        end: '10:30',
        place: { id: at.here.station.id },
      });
      expect(held.until).toEqual(new Date('2026-11-23T01:35:00Z'));
      const view = await at.bookings.book(key(), wish({ seatId: held.seatId }), by);
      expect(view).toMatchObject({
        residentId: at.residentId,
        state: 'booked',
        day: DAY,
        start: '10:00',
        mode: 'window',
      });
      expect(view).not.toHaveProperty('already');
      expect(await seatState(held.seatId)).toBe('booked');
      expect(await at.bookings.live(at.residentId)).toEqual([view]);
    });

    it('writes the effect, the audit row and the messages with the booking', async () => {
      const slot = await atStation(DAY, '10:00');
      const view = await booked(slot.id);
      const audits = await at.database.db.select().from(audit).where(eq(audit.subject, view.id));
      expect(audits).toMatchObject([
        { action: 'pickup.booked', residentId: at.residentId, actorKind: 'resident', result: 'done' },
      ]);
      const messages = await at.database.db.select().from(outbox).where(sql`payload ->> 'bookingId' = ${view.id}`);
      expect(messages.map((row) => row.topic).sort()).toEqual(['booking.booked', 'pickup.reminder']);
      const reminder = messages.find((row) => row.topic === 'pickup.reminder');
      expect(reminder?.dueAt).toEqual(new Date('2026-11-25T11:00:00Z'));
    });

    it('writes none of them when it is refused', async () => {
      const slot = await atStation(DAY, '10:00');
      await booked(slot.id, { residentId: await anotherResident() });
      const lost = key();
      const before = await at.database.db.select().from(audit);
      await expect(at.bookings.book(lost, wish({ seatId: slot.seats[0]?.id ?? '' }), by)).rejects.toMatchObject({
        refusal: 'SeatTaken',
      });
      expect(await at.database.db.select().from(effect).where(eq(effect.key, lost))).toEqual([]);
      expect(await at.database.db.select().from(audit)).toHaveLength(before.length);
    });

    it('lets go of what the conversation held before', async () => {
      const [first, second] = [await atStation(DAY, '10:00'), await atStation(DAY, '10:30')];
      await at.bookings.hold({ slotId: first.id, conversation: 'c1' });
      await at.bookings.hold({ slotId: second.id, conversation: 'c1' });
      expect(await seatState(first.seats[0]?.id ?? '')).toBe('free');
      expect(await seatState(second.seats[0]?.id ?? '')).toBe('held');
    });

    it('refuses a time that has passed', async () => {
      const slot = await atStation('2026-11-23', '09:00');
      await expect(at.bookings.hold({ slotId: slot.id, conversation: 'c1' })).rejects.toMatchObject({
        refusal: 'SeatTaken',
      });
    });

    it('frees a released seat for the next one', async () => {
      const slot = await atStation(DAY, '10:00');
      await at.bookings.hold({ slotId: slot.id, conversation: 'c1' });
      await expect(at.bookings.hold({ slotId: slot.id, conversation: 'c2' })).rejects.toMatchObject({
        refusal: 'SeatTaken',
      });
      await at.bookings.release({ conversation: 'c1' });
      await expect(at.bookings.hold({ slotId: slot.id, conversation: 'c2' })).resolves.toMatchObject({
        slotId: slot.id,
      });
    });
  });

  describe('a hold', () => {
    it("that ran out is another's for the taking, and then no longer hers", async () => {
      const slot = await atStation(DAY, '10:00');
      const mine = await at.bookings.hold({ slotId: slot.id, conversation: 'c1' });
      clock.advance({ minutes: 6 });
      await at.bookings.hold({ slotId: slot.id, conversation: 'thief' });
      await expect(at.bookings.book(key(), wish({ seatId: mine.seatId }), by)).rejects.toMatchObject({
        refusal: 'HoldExpired',
      });
      await booked(slot.id, { conversation: 'thief', residentId: await anotherResident() });
      await expect(at.bookings.book(key(), wish({ seatId: mine.seatId }), by)).rejects.toMatchObject({
        refusal: 'SeatTaken',
      });
    });

    it('that ran out still books when nobody took the seat', async () => {
      const slot = await atStation(DAY, '10:00');
      const { seatId } = await at.bookings.hold({ slotId: slot.id, conversation: 'c1' });
      clock.advance({ minutes: 20 });
      await expect(at.bookings.book(key(), wish({ seatId }), by)).resolves.toMatchObject({ state: 'booked' });
    });

    it('that was extended is kept', async () => {
      const slot = await atStation(DAY, '10:00');
      await at.bookings.hold({ slotId: slot.id, conversation: 'c1' });
      clock.advance({ minutes: 4 });
      await at.bookings.extend({ conversation: 'c1' });
      clock.advance({ minutes: 4 });
      await expect(at.bookings.hold({ slotId: slot.id, conversation: 'c2' })).rejects.toMatchObject({
        refusal: 'SeatTaken',
      });
    });

    it('does not book a time that passed meanwhile', async () => {
      const slot = await atStation('2026-11-23', '09:40');
      const { seatId } = await at.bookings.hold({ slotId: slot.id, conversation: 'c1' });
      clock.advance({ minutes: 11 });
      await expect(at.bookings.book(key(), wish({ seatId }), by)).rejects.toMatchObject({ refusal: 'HoldExpired' });
      expect(await seatState(seatId)).toBe('held');
    });
  });

  describe('asking twice', () => {
    it('with the same key tells the first outcome, twenty at once as well', async () => {
      const slot = await atStation(DAY, '10:00', 3);
      const { seatId } = await at.bookings.hold({ slotId: slot.id, conversation: 'c1' });
      const same = key();
      const views = await Promise.all(Array.from({ length: 20 }, () => at.bookings.book(same, wish({ seatId }), by)));
      expect(new Set(views.map((view) => JSON.stringify(view))).size).toBe(1);
      expect(await rowsOfResident()).toHaveLength(1);
      const messages = await at.database.db.select().from(outbox).where(sql`payload ->> 'bookingId' = ${views[0]?.id}`);
      expect(messages).toHaveLength(2);
    });

    it('for the same matter, place and time in another conversation gets the standing booking', async () => {
      const slot = await atStation(DAY, '10:00', 2);
      const first = await booked(slot.id);
      const again = await booked(slot.id);
      expect(again).toEqual({ ...first, already: true });
      const states = (await at.database.db.select().from(seat).where(eq(seat.slotId, slot.id)))
        .map((row) => row.state)
        .sort();
      expect(states).toEqual(['booked', 'free']);
    });

    it('for another time is refused with the standing day, time and place', async () => {
      await booked((await atStation(DAY, '10:00')).id);
      const other = await atStation(DAY, '14:00');
      await expect(booked(other.id)).rejects.toMatchObject({
        refusal: 'AlreadyBooked',
        values: { day: DAY, start: '10:00', place: at.here.station.name },
      });
    });

    it('for another matter or direction is another booking', async () => {
      const slot = await atStation(DAY, '10:00', 3);
      await booked(slot.id);
      await booked(slot.id, { direction: 'hand_in' });
      await booked(slot.id, { matter: 'disability card' });
      expect(await rowsOfResident()).toHaveLength(3);
    });

    it('from two speakers at once for two times books one and names it to the other', async () => {
      for (let round = 0; round < 10; round++) {
        at.residentId = await anotherResident();
        const slots = [await atStation(DAY, '10:00'), await atStation(DAY, '14:00')];
        const outcomes = await Promise.allSettled(slots.map((slot) => booked(slot.id)));
        const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
        expect(refused).toMatchObject([{ refusal: 'AlreadyBooked', values: { day: DAY } }]);
        at.here = await aStation(at.database.db);
      }
    });

    it('from two speakers at once for the same time books once and tells both', async () => {
      for (let round = 0; round < 10; round++) {
        at.residentId = await anotherResident();
        const slot = await atStation(DAY, '10:00', 2);
        const [one, two] = await Promise.all([booked(slot.id), booked(slot.id)]);
        expect(one?.id).toBe(two?.id);
        expect([one?.already, two?.already].filter(Boolean)).toEqual([true]);
        at.here = await aStation(at.database.db);
      }
    });

    it('when the standing one lies in the past books anew', async () => {
      const past = await booked((await atStation('2026-11-23', '10:00')).id);
      clock.set('2026-11-23T12:00');
      const next = await booked((await atStation(DAY, '10:00')).id);
      expect(next.id).not.toBe(past.id);
      expect((await rowsOfResident()).map((row) => row.state).sort()).toEqual(['booked', 'missed']);
    });
  });

  describe('changing and cancelling', () => {
    it('moves to the held seat and frees the old one', async () => {
      const [old, target] = [await atStation(DAY, '10:00'), await atStation(DAY, '14:00')];
      const { id } = await booked(old.id);
      const { seatId } = await at.bookings.hold({ slotId: target.id, conversation: 'c1' });
      const moved = await at.bookings.change(key(), { bookingId: id, conversation: 'c1', seatId }, by);
      expect(moved).toMatchObject({ id, start: '14:00', state: 'booked' });
      expect(await seatState(old.seats[0]?.id ?? '')).toBe('free');
      expect(await seatState(seatId)).toBe('booked');
    });

    it('takes the old reminder back and reminds of the new day', async () => {
      const { id } = await booked((await atStation(DAY, '10:00')).id);
      const { seatId } = await at.bookings.hold({
        slotId: (await atStation('2026-11-27', '10:00')).id,
        conversation: 'c1',
      });
      await at.bookings.change(key(), { bookingId: id, conversation: 'c1', seatId }, by);
      const reminders = async () => {
        const sent = and(
          eq(outbox.topic, 'pickup.reminder'),
          sql`payload ->> 'bookingId' = ${id}`,
          sql`dead_at is null`,
        );
        return (await at.database.db.select().from(outbox).where(sent)).map((row) => row.dueAt.toISOString());
      };
      expect(await reminders()).toEqual(['2026-11-26T11:00:00.000Z']);
      await at.bookings.cancel(key(), { bookingId: id }, by);
      expect(await reminders()).toEqual([]);
    });

    it('to the time it has already changes nothing', async () => {
      const slot = await atStation(DAY, '10:00', 2);
      const { id } = await booked(slot.id);
      const { seatId } = await at.bookings.hold({ slotId: slot.id, conversation: 'c1' });
      expect(await at.bookings.change(key(), { bookingId: id, conversation: 'c1', seatId }, by)).toMatchObject({
        id,
        already: true,
      });
      expect(await seatState(seatId)).toBe('free');
    });

    it('keeps the old time when the new one is gone', async () => {
      const [old, target] = [await atStation(DAY, '10:00'), await atStation(DAY, '14:00')];
      const { id } = await booked(old.id);
      await booked(target.id, { residentId: await anotherResident() });
      const wishes = { bookingId: id, conversation: 'c1', seatId: target.seats[0]?.id ?? '' };
      await expect(at.bookings.change(key(), wishes, by)).rejects.toMatchObject({ refusal: 'SeatTaken' });
      expect(await at.bookings.live(at.residentId)).toMatchObject([{ start: '10:00' }]);
    });

    it('cancels once and says so again', async () => {
      const slot = await atStation(DAY, '10:00');
      const { id } = await booked(slot.id);
      expect(await at.bookings.cancel(key(), { bookingId: id }, by)).toMatchObject({ state: 'cancelled' });
      expect(await at.bookings.cancel(key(), { bookingId: id }, by)).toMatchObject({
        state: 'cancelled',
        already: true,
      });
      expect(await seatState(slot.seats[0]?.id ?? '')).toBe('free');
      expect(await at.bookings.live(at.residentId)).toEqual([]);
    });

    it('of a booking that is over is refused', async () => {
      const { id } = await booked((await atStation(DAY, '10:00')).id);
      await at.bookings.attended(id, by);
      await expect(at.bookings.cancel(key(), { bookingId: id }, by)).rejects.toMatchObject({
        refusal: 'BookingNotLive',
      });
      await expect(at.bookings.cancel(key(), { bookingId: randomUUID() }, by)).rejects.toMatchObject({
        refusal: 'NotFound',
      });
    });
  });

  describe('afterwards', () => {
    it('the window may set right whether she came', async () => {
      const { id } = await booked((await atStation(DAY, '10:00')).id);
      expect(await at.bookings.missed(id, by)).toMatchObject({ state: 'missed' });
      expect(await at.bookings.attended(id, by)).toMatchObject({ state: 'attended' });
      expect(await at.bookings.attended(id, by)).toMatchObject({ state: 'attended', already: true });
    });

    it('past days are closed: attended where the document was collected, else missed', async () => {
      const done = await aCase(at.database.db, at.residentId, { delivery: 'collected' });
      const slot = await atStation('2026-12-03', '10:00', 2);
      await booked(slot.id, { caseId: done.id });
      await booked(slot.id, { matter: 'other card' });
      clock.set('2026-12-03T23:00');
      await at.bookings.closePast();
      expect(await at.bookings.live(at.residentId)).toEqual([]);
      expect((await rowsOfResident()).map((row) => row.state)).toEqual(['booked', 'booked']);
      clock.set('2026-12-04T00:10');
      expect(await at.bookings.closePast()).toBe(2);
      expect((await rowsOfResident()).map((row) => [row.matter, row.state]).sort()).toEqual([
        ['other card', 'missed'],
        ['senior card', 'attended'],
      ]);
    });
  });
});

import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BookingWish, createBookings } from '../../../src/services/bookings/bookings.ts';
import type { Actor } from '../../../src/store/audit.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { audit, booking, effect, outbox, seat } from '../../../src/store/schema.ts';
import { aCase, aHousehold, allBookings, aResident, aSlot, aStation } from '../../support/records.ts';
import { atEnd, fixedClock, freshDatabase, freshLite } from '../../support/stores.ts';

const DAY = '2026-11-26';
const clock = fixedClock('2026-11-23T09:30');
const by: Actor = { kind: 'resident', id: 'r', role: 'resident' };
const key = () => `test:${randomUUID()}`;

describe.each([
  ['PostgreSQL', freshDatabase],
  ['PGlite', freshLite],
])('bookings on %s', (_engine, fresh) => {
  let database: Database;
  let bookings: ReturnType<typeof createBookings>;
  let here: Awaited<ReturnType<typeof aStation>>;
  let residentId: string;

  beforeAll(async () => {
    database = await fresh();
    bookings = createBookings({ database, clock });
  });
  beforeEach(async () => {
    clock.set('2026-11-23T09:30');
    here = await aStation(database.db);
    residentId = await anotherResident();
  });

  const anotherResident = async () => {
    const home = await aHousehold(database.db, here.station.id);
    return (await aResident(database.db, home.id)).id;
  };
  const atStation = (day: string, start: string, seats = 1) =>
    aSlot(database.db, here.stationWindow, day, start, seats);
  const wish = (over: Partial<BookingWish> = {}): BookingWish => ({
    conversation: 'c1',
    seatId: '',
    residentId,
    matter: 'senior card',
    direction: 'collect',
    ...over,
  });
  const booked = async (slotId: string, over: Partial<BookingWish> = {}) => {
    const conversation = over.conversation ?? randomUUID();
    const { seatId } = await bookings.hold({ slotId, conversation });
    return bookings.book(key(), wish({ ...over, conversation, seatId }), by);
  };
  const seatState = async (id: string) => (await database.db.select().from(seat).where(eq(seat.id, id)))[0]?.state;
  const rowsOfResident = async (id = residentId) =>
    (await allBookings(database.db)).filter((row) => row.residentId === id);

  describe('somebody else collects', () => {
    it('what is booked: once by its key, the reminder stays, and what is over is refused', async () => {
      const made = await booked((await atStation(DAY, '10:00')).id);
      const wanted = { bookingId: made.id, collector: '王芳' };
      const one = key();
      const named = await bookings.setCollector(one, wanted, by);
      expect(named).toMatchObject({ id: made.id, mode: 'proxy', collector: '王芳', start: '10:00', state: 'booked' });
      expect(await bookings.setCollector(one, { ...wanted, collector: '别人' }, by)).toEqual(named);
      const waiting = await database.db
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
      await bookings.cancel(key(), { bookingId: made.id }, by);
      await expect(bookings.setCollector(key(), wanted, by)).rejects.toMatchObject({ refusal: 'BookingNotLive' });
    });
  });

  describe('why not then', () => {
    const when = (over: object) =>
      bookings.whyNot({ residentId, matter: 'senior card', direction: 'collect', ...over });

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
      await bookings.hold({ slotId: slot.id, conversation: randomUUID() });
      expect(await when({ day: DAY, time: '10:00' })).toEqual({ why: 'full', day: DAY });
    });
  });

  describe('taking a place', () => {
    it('holds, books and tells where and when', async () => {
      const slot = await atStation(DAY, '10:00');
      const held = await bookings.hold({ slotId: slot.id, conversation: 'c1' });
      expect(held).toMatchObject({
        slotId: slot.id,
        day: DAY,
        start: '10:00',
        end: '10:30',
        place: { id: here.station.id },
      });
      expect(held.until).toEqual(new Date('2026-11-23T01:35:00Z'));
      const view = await bookings.book(key(), wish({ seatId: held.seatId }), by);
      expect(view).toMatchObject({ residentId, state: 'booked', day: DAY, start: '10:00', mode: 'window' });
      expect(view).not.toHaveProperty('already');
      expect(await seatState(held.seatId)).toBe('booked');
      expect(await bookings.live(residentId)).toEqual([view]);
    });

    it('writes the effect, the audit row and the messages with the booking', async () => {
      const slot = await atStation(DAY, '10:00');
      const view = await booked(slot.id);
      const audits = await database.db.select().from(audit).where(eq(audit.subject, view.id));
      expect(audits).toMatchObject([{ action: 'pickup.booked', residentId, actorKind: 'resident', result: 'done' }]);
      const messages = await database.db.select().from(outbox).where(sql`payload ->> 'bookingId' = ${view.id}`);
      expect(messages.map((row) => row.topic).sort()).toEqual(['booking.booked', 'pickup.reminder']);
      const reminder = messages.find((row) => row.topic === 'pickup.reminder');
      expect(reminder?.dueAt).toEqual(new Date('2026-11-25T11:00:00Z'));
    });

    it('writes none of them when it is refused', async () => {
      const slot = await atStation(DAY, '10:00');
      await booked(slot.id, { residentId: await anotherResident() });
      const lost = key();
      const before = await database.db.select().from(audit);
      await expect(bookings.book(lost, wish({ seatId: slot.seats[0]?.id ?? '' }), by)).rejects.toMatchObject({
        refusal: 'SeatTaken',
      });
      expect(await database.db.select().from(effect).where(eq(effect.key, lost))).toEqual([]);
      expect(await database.db.select().from(audit)).toHaveLength(before.length);
    });

    it('lets go of what the conversation held before', async () => {
      const [first, second] = [await atStation(DAY, '10:00'), await atStation(DAY, '10:30')];
      await bookings.hold({ slotId: first.id, conversation: 'c1' });
      await bookings.hold({ slotId: second.id, conversation: 'c1' });
      expect(await seatState(first.seats[0]?.id ?? '')).toBe('free');
      expect(await seatState(second.seats[0]?.id ?? '')).toBe('held');
    });

    it('refuses a time that has passed', async () => {
      const slot = await atStation('2026-11-23', '09:00');
      await expect(bookings.hold({ slotId: slot.id, conversation: 'c1' })).rejects.toMatchObject({
        refusal: 'SeatTaken',
      });
    });

    it('frees a released seat for the next one', async () => {
      const slot = await atStation(DAY, '10:00');
      await bookings.hold({ slotId: slot.id, conversation: 'c1' });
      await expect(bookings.hold({ slotId: slot.id, conversation: 'c2' })).rejects.toMatchObject({
        refusal: 'SeatTaken',
      });
      await bookings.release({ conversation: 'c1' });
      await expect(bookings.hold({ slotId: slot.id, conversation: 'c2' })).resolves.toMatchObject({ slotId: slot.id });
    });
  });

  describe('a hold', () => {
    it("that ran out is another's for the taking, and then no longer hers", async () => {
      const slot = await atStation(DAY, '10:00');
      const mine = await bookings.hold({ slotId: slot.id, conversation: 'c1' });
      clock.advance({ minutes: 6 });
      await bookings.hold({ slotId: slot.id, conversation: 'thief' });
      await expect(bookings.book(key(), wish({ seatId: mine.seatId }), by)).rejects.toMatchObject({
        refusal: 'HoldExpired',
      });
      await booked(slot.id, { conversation: 'thief', residentId: await anotherResident() });
      await expect(bookings.book(key(), wish({ seatId: mine.seatId }), by)).rejects.toMatchObject({
        refusal: 'SeatTaken',
      });
    });

    it('that ran out still books when nobody took the seat', async () => {
      const slot = await atStation(DAY, '10:00');
      const { seatId } = await bookings.hold({ slotId: slot.id, conversation: 'c1' });
      clock.advance({ minutes: 20 });
      await expect(bookings.book(key(), wish({ seatId }), by)).resolves.toMatchObject({ state: 'booked' });
    });

    it('that was extended is kept', async () => {
      const slot = await atStation(DAY, '10:00');
      await bookings.hold({ slotId: slot.id, conversation: 'c1' });
      clock.advance({ minutes: 4 });
      await bookings.extend({ conversation: 'c1' });
      clock.advance({ minutes: 4 });
      await expect(bookings.hold({ slotId: slot.id, conversation: 'c2' })).rejects.toMatchObject({
        refusal: 'SeatTaken',
      });
    });

    it('does not book a time that passed meanwhile', async () => {
      const slot = await atStation('2026-11-23', '09:40');
      const { seatId } = await bookings.hold({ slotId: slot.id, conversation: 'c1' });
      clock.advance({ minutes: 11 });
      await expect(bookings.book(key(), wish({ seatId }), by)).rejects.toMatchObject({ refusal: 'HoldExpired' });
      expect(await seatState(seatId)).toBe('held');
    });
  });

  describe('asking twice', () => {
    it('with the same key tells the first outcome, twenty at once as well', async () => {
      const slot = await atStation(DAY, '10:00', 3);
      const { seatId } = await bookings.hold({ slotId: slot.id, conversation: 'c1' });
      const same = key();
      const views = await Promise.all(Array.from({ length: 20 }, () => bookings.book(same, wish({ seatId }), by)));
      expect(new Set(views.map((view) => JSON.stringify(view))).size).toBe(1);
      expect(await rowsOfResident()).toHaveLength(1);
      const messages = await database.db.select().from(outbox).where(sql`payload ->> 'bookingId' = ${views[0]?.id}`);
      expect(messages).toHaveLength(2);
    });

    it('for the same matter, place and time in another conversation gets the standing booking', async () => {
      const slot = await atStation(DAY, '10:00', 2);
      const first = await booked(slot.id);
      const again = await booked(slot.id);
      expect(again).toEqual({ ...first, already: true });
      const states = (await database.db.select().from(seat).where(eq(seat.slotId, slot.id)))
        .map((row) => row.state)
        .sort();
      expect(states).toEqual(['booked', 'free']);
    });

    it('for another time is refused with the standing day, time and place', async () => {
      await booked((await atStation(DAY, '10:00')).id);
      const other = await atStation(DAY, '14:00');
      await expect(booked(other.id)).rejects.toMatchObject({
        refusal: 'AlreadyBooked',
        values: { day: DAY, start: '10:00', place: here.station.name },
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
        residentId = await anotherResident();
        const slots = [await atStation(DAY, '10:00'), await atStation(DAY, '14:00')];
        const outcomes = await Promise.allSettled(slots.map((slot) => booked(slot.id)));
        const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
        expect(refused).toMatchObject([{ refusal: 'AlreadyBooked', values: { day: DAY } }]);
        here = await aStation(database.db);
      }
    });

    it('from two speakers at once for the same time books once and tells both', async () => {
      for (let round = 0; round < 10; round++) {
        residentId = await anotherResident();
        const slot = await atStation(DAY, '10:00', 2);
        const [one, two] = await Promise.all([booked(slot.id), booked(slot.id)]);
        expect(one?.id).toBe(two?.id);
        expect([one?.already, two?.already].filter(Boolean)).toEqual([true]);
        here = await aStation(database.db);
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
      const { seatId } = await bookings.hold({ slotId: target.id, conversation: 'c1' });
      const moved = await bookings.change(key(), { bookingId: id, conversation: 'c1', seatId }, by);
      expect(moved).toMatchObject({ id, start: '14:00', state: 'booked' });
      expect(await seatState(old.seats[0]?.id ?? '')).toBe('free');
      expect(await seatState(seatId)).toBe('booked');
    });

    it('takes the old reminder back and reminds of the new day', async () => {
      const { id } = await booked((await atStation(DAY, '10:00')).id);
      const { seatId } = await bookings.hold({
        slotId: (await atStation('2026-11-27', '10:00')).id,
        conversation: 'c1',
      });
      await bookings.change(key(), { bookingId: id, conversation: 'c1', seatId }, by);
      const reminders = async () => {
        const sent = and(
          eq(outbox.topic, 'pickup.reminder'),
          sql`payload ->> 'bookingId' = ${id}`,
          sql`dead_at is null`,
        );
        return (await database.db.select().from(outbox).where(sent)).map((row) => row.dueAt.toISOString());
      };
      expect(await reminders()).toEqual(['2026-11-26T11:00:00.000Z']);
      await bookings.cancel(key(), { bookingId: id }, by);
      expect(await reminders()).toEqual([]);
    });

    it('to the time it has already changes nothing', async () => {
      const slot = await atStation(DAY, '10:00', 2);
      const { id } = await booked(slot.id);
      const { seatId } = await bookings.hold({ slotId: slot.id, conversation: 'c1' });
      expect(await bookings.change(key(), { bookingId: id, conversation: 'c1', seatId }, by)).toMatchObject({
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
      await expect(bookings.change(key(), wishes, by)).rejects.toMatchObject({ refusal: 'SeatTaken' });
      expect(await bookings.live(residentId)).toMatchObject([{ start: '10:00' }]);
    });

    it('cancels once and says so again', async () => {
      const slot = await atStation(DAY, '10:00');
      const { id } = await booked(slot.id);
      expect(await bookings.cancel(key(), { bookingId: id }, by)).toMatchObject({ state: 'cancelled' });
      expect(await bookings.cancel(key(), { bookingId: id }, by)).toMatchObject({ state: 'cancelled', already: true });
      expect(await seatState(slot.seats[0]?.id ?? '')).toBe('free');
      expect(await bookings.live(residentId)).toEqual([]);
    });

    it('of a booking that is over is refused', async () => {
      const { id } = await booked((await atStation(DAY, '10:00')).id);
      await bookings.attended(id, by);
      await expect(bookings.cancel(key(), { bookingId: id }, by)).rejects.toMatchObject({ refusal: 'BookingNotLive' });
      await expect(bookings.cancel(key(), { bookingId: randomUUID() }, by)).rejects.toMatchObject({
        refusal: 'NotFound',
      });
    });
  });

  describe('afterwards', () => {
    it('the window may set right whether she came', async () => {
      const { id } = await booked((await atStation(DAY, '10:00')).id);
      expect(await bookings.missed(id, by)).toMatchObject({ state: 'missed' });
      expect(await bookings.attended(id, by)).toMatchObject({ state: 'attended' });
      expect(await bookings.attended(id, by)).toMatchObject({ state: 'attended', already: true });
    });

    it('past days are closed: attended where the document was collected, else missed', async () => {
      const done = await aCase(database.db, residentId, { delivery: 'collected' });
      const slot = await atStation('2026-12-03', '10:00', 2);
      await booked(slot.id, { caseId: done.id });
      await booked(slot.id, { matter: 'other card' });
      clock.set('2026-12-03T23:00');
      await bookings.closePast();
      expect(await bookings.live(residentId)).toEqual([]);
      expect((await rowsOfResident()).map((row) => row.state)).toEqual(['booked', 'booked']);
      clock.set('2026-12-04T00:10');
      expect(await bookings.closePast()).toBe(2);
      expect((await rowsOfResident()).map((row) => [row.matter, row.state]).sort()).toEqual([
        ['other card', 'missed'],
        ['senior card', 'attended'],
      ]);
    });
  });

  describe('what is offered', () => {
    const offer = (over: Partial<Parameters<typeof bookings.offer>[0]> = {}) =>
      bookings.offer({ residentId, matter: 'senior card', direction: 'collect', ...over });
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
      await bookings.hold({ slotId: held.id, conversation: 'another' });
      expect(await times({ day: '2026-11-23' })).toEqual([]);
      clock.advance({ minutes: 6 });
      expect(await times({ day: '2026-11-23' })).toEqual(['2026-11-23 10:00']);
    });

    it('is her station before its centre, on the wished day at least the centre', async () => {
      await aSlot(database.db, here.centreWindow, DAY, '10:00');
      const there = await offer({ day: DAY, limit: 1 });
      expect(there).toMatchObject([{ place: { id: here.centre.id }, exact: true }]);
      await atStation(DAY, '15:00');
      expect(await offer({ day: DAY, limit: 1 })).toMatchObject([{ place: { id: here.station.id } }]);
    });

    it('is her own station within the week when she names no day', async () => {
      await aSlot(database.db, here.centreWindow, '2026-11-24', '10:00');
      await atStation('2026-11-25', '10:00');
      expect(await offer({ limit: 1 })).toMatchObject([{ place: { id: here.station.id }, exact: true }]);
    });

    it('leaves out places that are closed, not bookable, or do not do the matter', async () => {
      for (const over of [{ status: 'preparing' as const }, { bookable: false }, { matters: ['another matter'] }]) {
        here = await aStation(database.db, over);
        residentId = await anotherResident();
        await atStation(DAY, '10:00');
        expect(await times({ day: DAY })).toEqual([]);
      }
    });

    it('is one of several windows with the same time, not each', async () => {
      await aSlot(database.db, here.centreWindow, DAY, '10:00');
      await atStation(DAY, '10:00', 4);
      expect(await times({ day: DAY, limit: 5 })).toEqual([`${DAY} 10:00`, `${DAY} 10:00`]);
    });
  });

  describe('a hundred residents and one seat', () => {
    it('make one booking and ninety-nine refusals, each with other times on offer', async () => {
      const slot = await atStation(DAY, '10:00');
      await atStation(DAY, '15:00', 2);
      const home = await aHousehold(database.db, here.station.id);
      const residents = await Promise.all(Array.from({ length: 100 }, () => aResident(database.db, home.id)));
      const attempts = residents.map(async ({ id }) => {
        try {
          return { view: await booked(slot.id, { residentId: id, conversation: id }) };
        } catch (error) {
          const others = await bookings.offer({
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
      expect(await database.db.select().from(booking).where(live)).toHaveLength(1);
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

import { desc, eq, gt } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/jobs/deliveries.ts';
import { standingOf } from '../../src/jobs/notices-due.ts';
import { reminderRoute } from '../../src/jobs/reminders.ts';
import { createLog } from '../../src/log.ts';
import type { Database } from '../../src/store/database.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { booking, notice, outbox, resident, slot } from '../../src/store/schema.ts';
import { seeded } from '../services/sample.ts';
import { fixedClock, freshDatabase } from '../support/stores.ts';

const clock = fixedClock('2026-11-23T09:30');
const log = createLog({ level: 'silent' });
let database: Database;
let her: { id: string; residentId: string; day: string; start: string };

beforeAll(async () => {
  database = await freshDatabase();
  await seeded(database, clock);
  const { id, residentId } = booking;
  const [row] = await database.db
    .select({ id, residentId, day: slot.day, start: slot.start })
    .from(booking)
    .innerJoin(slot, eq(slot.id, booking.slotId))
    .where(eq(booking.state, 'booked'));
  if (!row) throw new Error('nobody has a booking');
  her = row;
});
beforeEach(async () => {
  await database.db.delete(outbox);
  await database.db.delete(notice);
  await database.db.update(booking).set({ state: 'booked' }).where(eq(booking.id, her.id));
  await remindOf(her.id);
  const before = new Date(Date.parse(`${her.day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  clock.set(`${before}T19:00`);
});

const remindOf = (bookingId: string) =>
  database.transaction((tx) =>
    enqueue(tx, { destination: 'speaker', topic: 'pickup.reminder', payload: { bookingId } }),
  );
const run = () => deliverDue({ database, clock, log }, 'speaker', reminderRoute({ database, clock }));
const notices = () => database.db.select().from(notice);
const messages = () => database.db.select().from(outbox);

describe('the evening before', () => {
  it('becomes one notice, of use until the booking’s time, however often it comes', async () => {
    await remindOf(her.id);
    await run();
    const expiresAt = new Date(`${her.day}T${her.start}:00+08:00`);
    const [planned, ...others] = await notices();
    expect(others).toEqual([]);
    expect(planned).toMatchObject({
      residentId: her.residentId,
      kind: 'reminder',
      subject: `booking:${her.id}:${her.day}`,
      state: 'planned',
      nextAt: clock.now(),
      expiresAt,
    });
    expect((await messages()).map(({ sentAt }) => sentAt)).toEqual([clock.now(), clock.now()]);
  });

  it('comes again where she moved the booking after she had heard of the first day, which falls away', async () => {
    const subject = (day: string) => `booking:${her.id}:${day}`;
    await run();
    await database.db.update(notice).set({ state: 'heard' });
    const [first] = await database.db.select({ slotId: booking.slotId }).from(booking).where(eq(booking.id, her.id));
    const [later] = await database.db.select().from(slot).where(gt(slot.day, her.day)).orderBy(desc(slot.day)).limit(1);
    if (!first || !later) throw new Error('there is no later slot');
    await database.db.update(booking).set({ slotId: later.id }).where(eq(booking.id, her.id));
    await remindOf(her.id);
    await run();
    const planned = await notices();
    const standing = await standingOf(
      database.db,
      planned.map((one) => one.subject),
      later.day,
    );
    await database.db.update(booking).set(first).where(eq(booking.id, her.id));
    expect(new Map(planned.map((one) => [one.subject, [one.state, standing(one.subject)]]))).toEqual(
      new Map([
        [subject(her.day), ['heard', 'over']],
        [subject(later.day), ['planned', 'stands']],
      ]),
    );
  });

  it('is of no use once its time has come', async () => {
    clock.set(`${her.day}T${her.start}`);
    await run();
    expect([await notices(), (await messages())[0]?.lastError]).toEqual([[], 'no longer of use']);
  });

  it('is not told of a booking that stands no longer', async () => {
    await database.db.update(booking).set({ state: 'cancelled' }).where(eq(booking.id, her.id));
    await run();
    expect([await notices(), (await messages())[0]?.lastError]).toEqual([[], 'no longer of use']);
  });

  it('is not told to whoever has died meanwhile', async () => {
    await database.db.update(resident).set({ state: 'deceased' }).where(eq(resident.id, her.residentId));
    await run();
    await database.db.update(resident).set({ state: 'living' }).where(eq(resident.id, her.residentId));
    expect(await notices()).toEqual([]);
  });
});

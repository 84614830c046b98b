import { and, eq, isNull } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/jobs/deliveries.ts';
import { type Chime, reminderRoute } from '../../src/jobs/reminders.ts';
import { createLog } from '../../src/log.ts';
import type { Outcome } from '../../src/outward.ts';
import type { Database } from '../../src/store/database.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { booking, outbox, resident, slot, speaker } from '../../src/store/schema.ts';
import { seeded } from '../services/sample.ts';
import { fixedClock, freshDatabase } from '../support/stores.ts';

const clock = fixedClock('2026-11-23T09:30');
const log = createLog({ level: 'silent' });
let database: Database;
let her: { id: string; residentId: string; speakerId: string; day: string; start: string };
let away = false;
let answers: Outcome[] = [];
let chimes: unknown[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  await seeded(database, clock);
  const [row] = await database.db
    .select({
      id: booking.id,
      residentId: booking.residentId,
      day: slot.day,
      start: slot.start,
      home: resident.householdId,
    })
    .from(booking)
    .innerJoin(slot, eq(slot.id, booking.slotId))
    .innerJoin(resident, eq(resident.id, booking.residentId))
    .where(eq(booking.state, 'booked'));
  if (!row) throw new Error('nobody has a booking');
  const [own] = await database.db
    .select()
    .from(speaker)
    .where(and(eq(speaker.householdId, row.home), eq(speaker.brand, 'speaker')));
  her = { ...row, speakerId: own?.id ?? '' };
});
beforeEach(async () => {
  away = false;
  answers = [];
  chimes = [];
  await database.db.delete(outbox);
  await at('speaker');
  await database.db.transaction((tx) =>
    enqueue(tx, { destination: 'speaker', topic: 'pickup.reminder', payload: { bookingId: her.id } }),
  );
  clock.set(eveningBefore('19:00'));
});

const eveningBefore = (time: string) => {
  const before = new Date(Date.parse(`${her.day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return `${before}T${time}`;
};
/** Her booking was made at a speaker of this brand. */
async function at(brand: 'speaker' | 'alexa' | 'dueros') {
  const home = (await database.db.select().from(resident).where(eq(resident.id, her.residentId)))[0]?.householdId ?? '';
  const [row] = await database.db
    .select()
    .from(speaker)
    .where(and(eq(speaker.householdId, home), eq(speaker.brand, brand)));
  const set = { speakerId: row?.id ?? null, state: 'booked' as const };
  await database.db.update(booking).set(set).where(eq(booking.id, her.id));
  return row;
}
const alexa: Chime = {
  brand: 'alexa',
  send: async (target, notice) => {
    chimes.push([target, notice]);
    return answers.shift() ?? 'sent';
  },
};
const dueros: Chime = { brand: 'dueros', onlyWhenOpened: true, send: async () => 'later' };
const bus = {
  toDevice: async (device: string, message: unknown) => {
    if (!away) chimes.push([device, message]);
    return !away;
  },
};
const run = () =>
  deliverDue({ database, clock, log }, 'speaker', reminderRoute({ database, bus, clock, pushes: [alexa, dueros] }));
const message = async () => (await database.db.select().from(outbox))[0];

describe('the evening before', () => {
  it('chimes once at our own speaker, and says nothing of the matter', async () => {
    await run();
    await run();
    const { id } = (await message()) ?? {};
    const expires = new Date(`${her.day}T${her.start}:00+08:00`).toISOString();
    expect(chimes).toEqual([[expect.any(String), { type: 'notice', id, kind: 'reminder', expires }]]);
  });

  it('comes again every ten minutes to one that is away, but not into her quiet night', async () => {
    away = true;
    await run();
    expect(await message()).toMatchObject({ attempts: 1, lastError: 'speaker away' });
    clock.set(eveningBefore('21:05'));
    away = false;
    await run();
    expect(chimes).toEqual([]);
    expect((await message())?.dueAt).toEqual(new Date(`${her.day}T08:00:00+08:00`));
    clock.set(`${her.day}T08:00`);
    await run();
    expect(chimes).toHaveLength(1);
  });

  it('is of no use once its time has come', async () => {
    clock.set(`${her.day}T${her.start}`);
    await run();
    expect([chimes, (await message())?.lastError]).toEqual([[], 'no longer of use']);
  });

  it('is not told of a booking that stands no longer', async () => {
    await database.db.update(booking).set({ state: 'cancelled' }).where(eq(booking.id, her.id));
    await run();
    expect([chimes, (await message())?.lastError]).toEqual([[], 'no longer of use']);
  });

  it('is not told at a speaker that has left her home', async () => {
    await database.db.update(speaker).set({ status: 'suspended' }).where(eq(speaker.id, her.speakerId));
    await run();
    await database.db.update(speaker).set({ status: 'bound' }).where(eq(speaker.id, her.speakerId));
    expect([chimes, (await message())?.lastError]).toEqual([[], 'no longer of use']);
  });

  it('goes by the brand’s chime where she spoke to a brand’s speaker', async () => {
    const row = await at('alexa');
    answers = ['later', 'sent'];
    await run();
    clock.advance({ minutes: 10 });
    await run();
    expect(chimes).toHaveLength(2);
    expect(chimes[1]).toMatchObject([
      { device: row?.brandDevice, user: row?.brandUser },
      { id: (await message())?.id, kind: 'reminder' },
    ]);
    expect((await message())?.sentAt).toEqual(clock.now());
  });

  it('is left for the next opening where the brand cannot begin by itself', async () => {
    await at('dueros');
    await run();
    expect(await message()).toMatchObject({ attempts: 1, lastError: 'told when she next opens the talk' });
    expect(await database.db.select().from(outbox).where(isNull(outbox.deadAt))).toEqual([]);
  });
});

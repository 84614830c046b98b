import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import * as schema from '../../src/store/schema.ts';
import { atSpeaker, openStage, type Stage } from '../conversations/stage.ts';
import { freshDatabase } from '../support/postgres.ts';

const RESIDENTS = 100;
/** Homes that are furnished at the same time. */
const AT_ONCE = 9;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await freshDatabase());
});

test('a hundred residents want the one place: one is booked, ninety-nine hear a kind alternative', async () => {
  const first = await stage.home({
    now: '2026-11-23T09:30',
    resident: { readyCertificates: ['老年优待证'] },
    onlySlots: 1,
  });
  const another = () =>
    stage.home({
      now: '2026-11-23T09:30',
      resident: { readyCertificates: ['老年优待证'] },
      stationId: first.stationId,
    });
  const homes = [first];
  while (homes.length < RESIDENTS) homes.push(...(await Promise.all(Array.from({ length: AT_ONCE }, another))));
  expect(homes).toHaveLength(RESIDENTS);
  const speakers = homes.map((home) => atSpeaker(stage, home.device));

  await Promise.all(speakers.map((speak) => speak({ text: '约后天上午去取老年证' })));
  const chosen = await Promise.all(speakers.map((speak) => speak({ text: '行' })));
  const held = chosen.filter(({ reply }) => reply.phrase === 'pickup.readBack');
  const confirmed = await Promise.all(speakers.map((speak) => speak({ text: '对' })));

  expect(held).toHaveLength(1);
  expect(confirmed.filter(({ reply }) => reply.phrase === 'pickup.booked')).toHaveLength(1);
  for (const { reply } of confirmed) expect(reply.text).not.toBe('');
  const rows = await stage.database.db
    .select()
    .from(schema.booking)
    .innerJoin(schema.slot, eq(schema.booking.slotId, schema.slot.id))
    .where(eq(schema.slot.placeId, first.stationId));
  expect(rows).toHaveLength(1);
}, 120_000);

test('the same request twenty times at once is one booking and twenty equal replies', async () => {
  const before = await stage.database.db.$count(schema.booking);
  const home = await stage.home({ now: '2026-11-23T09:30', resident: { readyCertificates: ['老年优待证'] } });
  const speak = atSpeaker(stage, home.device);
  await speak({ text: '约后天上午去取老年证' });
  await speak({ text: '第一个' });
  const requestId = randomUUID();
  const replies = await Promise.all(Array.from({ length: 20 }, () => speak({ text: '对', requestId })));

  expect(new Set(replies.map(({ reply }) => JSON.stringify(reply))).size).toBe(1);
  expect(replies[0]?.reply.phrase).toBe('pickup.booked');
  expect(await stage.database.db.$count(schema.booking)).toBe(before + 1);
});

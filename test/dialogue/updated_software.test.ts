import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { createHands } from '../../src/dialogue/effects/index.ts';
import type { ErrandDefinition } from '../../src/dialogue/errands/errand.ts';
import { errands } from '../../src/dialogue/errands/index.ts';
import { createDialogue, type Next } from '../../src/dialogue/index.ts';
import type { Utterance } from '../../src/platforms/platform.ts';
import * as schema from '../../src/store/schema.ts';
import { createTurn } from '../../src/turn.ts';
import { openStage, type Stage } from '../conversations/stage.ts';
import { freshDatabase } from '../support/postgres.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await freshDatabase());
});

const newer = (name: string): ErrandDefinition => {
  const errand = errands[name];
  if (!errand) throw new Error(`no errand ${name}`);
  return { ...errand, version: errand.version + 1 };
};

/** The same stores under a build whose errands are these. */
function build(definitions: Record<string, ErrandDefinition>) {
  const { core } = stage;
  const seen: { next?: Next } = {};
  const turn = createTurn({
    ...core.services,
    ...core,
    dialogue: createDialogue({ errands: definitions }),
    handsFor: createHands(core.services),
    watch: ({ next }) => {
      seen.next = next;
    },
  });
  return async (device: string, text: string) => {
    const said: Utterance = {
      brand: 'speaker',
      device,
      requestId: randomUUID(),
      kind: 'words',
      text,
      locale: 'zh-CN',
      medium: 'plain',
      newSession: false,
    };
    const reply = await turn(said);
    return { reply, phrases: seen.next?.says.map(({ phrase }) => phrase), frames: seen.next?.talk.frames };
  };
}

const homeWithCard = () => stage.home({ now: '2026-11-23T09:30', resident: { readyCertificates: ['老年优待证'] } });

test('an errand begun by the former software is dropped, said so, and what she says now begins it anew', async () => {
  const { device } = await homeWithCard();
  await build(errands)(device, '约后天上午去取老年证');
  const after = build({ ...errands, pickup: newer('pickup') });

  const told = await after(device, '约大后天上午去取老年证');
  expect(told.phrases).toEqual(['conversation.updated', 'pickup.twoTimes']);
  expect(told.frames).toEqual([expect.objectContaining({ machine: 'pickup', version: newer('pickup').version })]);

  expect((await after(device, '第一个')).phrases).toEqual(['pickup.readBack']);
  expect((await after(device, '对')).phrases).toEqual(['pickup.booked']);
});

test('an answer to a question that the update took away is never taken for another', async () => {
  const { device } = await homeWithCard();
  const before = build(errands);
  await before(device, '约后天上午去取老年证');
  await before(device, '第一个');
  const bookings = await stage.database.db.$count(schema.booking);

  const updated: typeof errands = { ...errands, pickup: newer('pickup') };
  const told = await build(updated)(device, '对');
  expect(told.phrases?.[0]).toBe('conversation.updated');
  expect(told.phrases).not.toContain('pickup.booked');
  for (const { machine, version } of told.frames ?? []) expect(version, machine).toBe(updated[machine]?.version);
  expect(await stage.database.db.$count(schema.booking)).toBe(bookings);
});

test('a value said to a question that the update took away joins what was known, and nothing is asked twice', async () => {
  const { device } = await stage.home({
    now: '2026-11-23T09:30',
    resident: { readyCertificates: ['老年优待证', '居住证'] },
  });
  const before = build(errands);
  await before(device, '约后天上午去取老年证');
  await before(device, '第一个');

  const told = await build({ ...errands, pickup: newer('pickup') })(device, '礼拜五');
  expect(told.phrases).toEqual(['conversation.updated', 'pickup.twoTimes']);
  expect(told.frames?.[0]?.context.slots).toMatchObject({ item: '老年优待证', date: '2026-11-27' });
});

test('a day that is corrected in one breath after the update counts as it was corrected', async () => {
  const { device } = await homeWithCard();
  const before = build(errands);
  await before(device, '约后天上午去取老年证');
  await before(device, '第一个');

  const told = await build({ ...errands, pickup: newer('pickup') })(device, '后天，不对，礼拜五');
  expect(told.phrases).toEqual(['conversation.updated', 'pickup.twoTimes']);
  expect(told.frames?.[0]?.context.slots).toMatchObject({ item: '老年优待证', date: '2026-11-27' });
});

test('what lies beneath an outdated errand and is still good stays as it was', async () => {
  const { device } = await homeWithCard();
  const before = build(errands);
  await before(device, '约后天上午去取老年证');
  const aside = await before(device, '老年证要带什么');
  expect(aside.frames?.map(({ machine }) => machine)).toEqual(['pickup', 'guide']);

  const updated: typeof errands = { ...errands, guide: newer('guide') };
  const told = await build(updated)(device, '好');
  expect(told.phrases?.[0]).toBe('conversation.updated');
  expect(told.frames?.[0]).toMatchObject({ machine: 'pickup', value: 'choosing' });
  for (const { machine, version } of told.frames ?? []) expect(version, machine).toBe(updated[machine]?.version);
});

test('an errand of a kind that the new software has not is dropped too', async () => {
  const { device } = await homeWithCard();
  await build(errands)(device, '约后天上午去取老年证');
  const { pickup: _, ...others } = errands;

  const told = await build(others)(device, '第一个');
  expect(told.phrases?.[0]).toBe('conversation.updated');
  expect(told.frames).toEqual([]);
});

test('the same software goes on where she was', async () => {
  const { device } = await homeWithCard();
  await build(errands)(device, '约后天上午去取老年证');
  const told = await build(errands)(device, '第一个');
  expect(told.phrases).toEqual(['pickup.readBack']);
});

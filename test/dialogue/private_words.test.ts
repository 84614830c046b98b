/** What may not outlive its moment: her own words once they are sealed, the agreed digits at all, a sensitive matter before she is known. */
import { beforeAll, expect, test } from 'vitest';
import { audit, effect } from '../../src/store/schema.ts';
import { atSpeaker, openStage, type Stage } from '../conversations/stage.ts';
import { freshDatabase } from '../support/postgres.ts';

const NOW = '2026-11-23T09:30';
let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await freshDatabase());
});

/** All that is kept of the talk. */
const kept = () => JSON.stringify(stage.seen.last?.next.talk);
const durable = async () => {
  const { db } = stage.database;
  return JSON.stringify([await db.select().from(audit), await db.select().from(effect)]);
};

test('her complaint is in the talk until it is handed in, and then in its sealed column alone', async () => {
  const say = atSpeaker(stage, (await stage.home({ now: NOW })).device);
  await say({ text: '我要投诉' });
  await say({ text: '那个窗口的人让我跑了三回' });
  expect(kept()).toContain('跑了三回');
  expect((await say({ text: '行' })).phrases).toContain('complaint.noted');
  expect(kept()).not.toContain('跑了三回');
  expect(await durable()).not.toContain('跑了三回');
});

test('why she is dissatisfied is kept no longer', async () => {
  const resident = { finished: [{ service: 'call' as const, daysAgo: 1 }] };
  const say = atSpeaker(stage, (await stage.home({ now: NOW, resident })).device);
  await say({ text: '我要评价' });
  await say({ text: '不满意' });
  expect((await say({ text: '电话里说话太快，一句没听明白' })).phrases).toContain('rate.followed');
  expect(kept()).not.toContain('说话太快');
  expect(await durable()).not.toContain('说话太快');
});

test('the agreed digits are nowhere, and what they guard is not there before them', async () => {
  const cases = [{ matter: '最低生活保障', status: 'reviewing' as const, sensitive: true }];
  const say = atSpeaker(stage, (await stage.home({ now: NOW, resident: { pin: '3719', cases } })).device);
  const digits = /3719|三七一九|三七一八|3718/;
  const all = [];
  for (const text of ['我的事办到哪了', '方便', '三七一八']) {
    await say({ text });
    all.push(kept());
    expect(kept()).not.toContain('最低生活保障');
  }
  expect((await say({ text: '三七一九' })).phrases).toContain('progress.reviewing');
  all.push(kept(), JSON.stringify(stage.seen.last?.meaning));
  // An id may hold any digits by chance.
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
  for (const one of all) expect(one?.replace(id, '')).not.toMatch(digits);
  expect(await durable()).not.toMatch(/三七一[八九]/);
});

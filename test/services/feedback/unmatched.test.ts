import { expect, test } from 'vitest';
import { createUnmatched, redacted } from '../../../src/services/feedback/unmatched.ts';
import { unmatched } from '../../../src/store/schema.ts';
import { freshDatabase } from '../../support/stores.ts';

test('names and numbers are cut out before a sentence is kept', () => {
  expect(redacted({ text: '王姨的电话是幺三九二零零零', names: ['王姨'] })).toBe('◇的电话是#');
  expect(redacted({ text: '我那个什么 120115193901011234', names: [] })).toBe('我那个什么 #');
});

test('an answer about herself is never kept', () => {
  for (const asking of ['pin', 'phone', 'name', 'resident', 'kind']) {
    expect(redacted({ text: '嘛嘛嘛', asking, names: [] })).toBeUndefined();
  }
});

test('a long sentence, like the television’s, is not kept', () => {
  expect(redacted({ text: '各'.repeat(61), names: [] })).toBeUndefined();
});

test('the same sentence again is counted, not kept twice', async () => {
  const database = await freshDatabase();
  const { note } = createUnmatched({ database });
  const sentence = { text: '那个嘛来着', locale: 'zh-CN', names: [] };
  await note(sentence);
  await note(sentence);
  const rows = await database.db.select().from(unmatched);
  expect(rows).toMatchObject([{ redacted: '那个嘛来着', count: 2, label: null }]);
});

/** Days as they are said, on several days: month ends, New Year, the Spring Festival. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createUnderstanding } from '../../src/understanding/index.ts';

const { read } = createUnderstanding();
const sheet = parse(readFileSync(join(import.meta.dirname, 'zh-CN', 'dates.yaml'), 'utf8')) as Record<
  string,
  Record<string, string | null>
>;

for (const [today, phrases] of Object.entries(sheet)) {
  describe(`said on ${today}`, () => {
    it.each(Object.entries(phrases))('%s is %s', (phrase, wanted) => {
      const now = new Date(`${today}T09:30:00+08:00`);
      const found = read({ text: phrase, now, locale: 'zh-CN', expecting: { errand: 'pickup', asking: 'date' } });
      expect(found.slots.date).toBe(wanted?.replace('?', ''));
      if (wanted?.endsWith('?')) expect(found.decision).toBe('confirm');
    });
  });
}

describe('the day turns over in Shanghai', () => {
  it('at half past midnight it is already tomorrow, whatever the clock of the machine says', () => {
    const found = read({
      text: '今天',
      now: new Date('2026-11-23T16:30:00Z'),
      locale: 'zh-CN',
      expecting: { errand: 'pickup', asking: 'date' },
    });
    expect(found.slots.date).toBe('2026-11-24');
  });
});

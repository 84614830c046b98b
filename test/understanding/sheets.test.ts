/** The sheets: every sentence is understood as its sheet says; the known gaps are still gaps. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Locale } from '../../src/platforms/platform.ts';
import { createUnderstanding } from '../../src/understanding/index.ts';
import { type Case, judge, readSheet } from './sheet.ts';

const here = import.meta.dirname;
const { read } = createUnderstanding();

function sheets(locale: string): string[] {
  return readdirSync(join(here, locale)).filter(
    (name) => name.endsWith('.yaml') && name !== 'dates.yaml' && !name.startsWith('_'),
  );
}

function failing(path: string, locale: Locale): string[] {
  return readSheet(path).flatMap((wanted) => {
    const found = read({ text: wanted.say, now: wanted.now, locale, expecting: wanted.expecting });
    const { intent, slots, decision } = judge(found, wanted);
    return intent && slots && decision
      ? []
      : [`${wanted.say} → ${found.intent} ${JSON.stringify(found.slots)} ${found.decision} (${found.why})`];
  });
}

for (const locale of ['zh-CN', 'en-US'] as const) {
  describe(locale, () => {
    for (const sheet of sheets(locale)) {
      it(`${sheet} is understood`, () => {
        expect(failing(join(here, locale, sheet), locale)).toEqual([]);
      });
    }

    it('what is known not to be understood is still not', () => {
      const gaps: Case[] = readSheet(join(here, locale, '_known-gaps.yaml'));
      const understood = gaps.filter((wanted) => {
        const { intent, slots } = judge(
          read({ text: wanted.say, now: wanted.now, locale, expecting: wanted.expecting }),
          wanted,
        );
        return intent && slots;
      });
      expect(understood.map((gap) => gap.say)).toEqual([]);
    });
  });
}

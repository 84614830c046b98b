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

describe('sentences that the templates were not written for', () => {
  const folder = join(here, 'unseen');
  const cases = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => readSheet(join(folder, name)));
  const verdicts = cases.map((wanted) => {
    const found = read({ text: wanted.say, now: wanted.now, locale: 'zh-CN', expecting: wanted.expecting });
    return {
      ...judge(found, wanted),
      accepted: found.decision === 'accept',
      outside: wanted.intents.includes('out_of_scope'),
    };
  });
  const share = (of: (v: (typeof verdicts)[number]) => boolean, among = verdicts): number =>
    among.filter(of).length / Math.max(1, among.length);

  it('nine in ten are understood', () => {
    expect(share((v) => v.intent)).toBeGreaterThan(0.9);
    expect(
      share(
        (v) => v.slots,
        verdicts.filter((v) => v.intent),
      ),
    ).toBeGreaterThan(0.93);
  });

  it('hardly any is acted on wrongly', () => {
    expect(share((v) => v.accepted && !v.intent)).toBeLessThan(0.03);
    expect(
      share(
        (v) => v.accepted && !v.intent,
        verdicts.filter((v) => v.outside),
      ),
    ).toBeLessThan(0.05);
  });
});

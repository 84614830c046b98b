/** Nothing that names or reaches anybody is left in a sentence that is kept, whoever says it and however. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { redacted } from '../../../src/services/feedback/unmatched.ts';
import { createUnderstanding } from '../../../src/understanding/index.ts';

const { persons } = createUnderstanding();
const kept = (text: string): string => redacted({ text, names: persons(text) }) ?? '';
const people = parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'intents', 'zh-CN', '_people.yaml'), 'utf8'),
) as { surnames: string; givenNames: string; titles: string[] };

const surname = fc.constantFrom(...people.surnames);
const given = fc.string({ unit: fc.constantFrom(...people.givenNames), minLength: 1, maxLength: 2 });
const frame = fc.constantFrom(['邻居', '说要来'], ['我找', '问点事'], ['就是那个', '来着'], ['', '上我家来过']);
const english = fc.constantFrom('zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine');
const pause = fc.constantFrom(' ', ', ', '-', '  ');

describe('names of third persons', () => {
  it('in Chinese go, whatever stands around them', () => {
    fc.assert(
      fc.property(surname, given, frame, (family, own, [before, after]) => {
        expect(kept(`${before}${family}${own}${after}`)).not.toContain(family + own);
      }),
      { numRuns: 300 },
    );
  });

  it.each(["Mary-Ann O'Brien", 'J. (Joe) Smith', 'Anna [A] \\ B', 'Li Wei'])(
    'in English go, however it is written: %s',
    (name) => {
      expect(redacted({ text: `please ask ${name} to call`, names: [name] })).toBe('please ask ◇ to call');
    },
  );

  it('of any letters never end the keeping', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.string({ minLength: 1, maxLength: 12 }), (text, name) => {
        redacted({ text, names: [name] });
      }),
    );
  });

  it('with a title go too', () => {
    fc.assert(
      fc.property(surname, fc.constantFrom(...people.titles), (family, title) => {
        expect(kept(`楼下${family}${title}家那个嘛来着`)).not.toContain(family + title);
      }),
      { numRuns: 200 },
    );
  });

  it('in English go after a title, after an introduction, and by their capitals', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Wang', 'Harding', 'Olsen', 'Li', 'Mbeki'),
        fc.constantFrom('Mr', 'Mrs', 'auntie', 'my name is', 'I met', 'the one called'),
        (name, before) => {
          expect(kept(`well ${before} ${name} came by the other day`)).not.toContain(name);
        },
      ),
    );
    expect(kept('my neighbor wang xiuying has the thing')).not.toMatch(/wang|xiuying/);
  });

  it('words of ours stay: the author can still read the sentence', () => {
    expect(kept('高龄的那个金不金的怎么着')).toBe('高龄的那个金不金的怎么着');
    expect(kept('my neighbor has that thing for the bus')).toBe('my neighbor has that thing for the bus');
  });
});

describe('figures', () => {
  const digits = fc.array(fc.nat(9), { minLength: 3, maxLength: 12 });
  const spoken = (all: number[], words: string): string => all.map((n) => words[n]).join('');

  it('go as digits, with pauses too', () => {
    fc.assert(
      fc.property(digits, pause, (all, between) => {
        expect(kept(`那嘛 ${all.join('')} 嘛`)).not.toMatch(/\d/);
        expect(kept(`那嘛 ${all.join(between)} 嘛`)).not.toMatch(/\d/);
      }),
    );
  });

  it('go as characters', () => {
    fc.assert(
      fc.property(digits, fc.constantFrom('零幺二三四五六七八九', '〇一二三四五六七八九'), (all, words) => {
        expect(kept(`那嘛是${spoken(all, words)}吧`)).not.toMatch(/[零幺〇一二三四五六七八九]/);
      }),
    );
  });

  it('go as English words', () => {
    fc.assert(
      fc.property(fc.array(english, { minLength: 3, maxLength: 6 }), pause, (all, between) => {
        expect(kept(`it was ${all.join(between)} i think`)).toBe('it was # i think');
      }),
    );
    expect(kept('it was double four, one hundred and thirty i think')).toBe('it was # i think');
  });
});

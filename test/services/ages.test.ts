import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, ageOn, birthdayAt, latestBirth } from '../../src/ages.ts';
import { addDays } from '../../src/clock.ts';

describe('ages', () => {
  it('turn on the birthday', () => {
    expect([ageOn('1961-11-24', '2026-11-23'), ageOn('1961-11-23', '2026-11-23')]).toEqual([64, 65]);
  });

  it('of whoever was born on 29 February turn on the 28th in a common year', () => {
    expect(birthdayAt('1964-02-29', 65)).toBe('2029-02-28');
    expect(birthdayAt('1964-02-29', 64)).toBe('2028-02-29');
    expect([ageOn('1964-02-29', '2029-02-27'), ageOn('1964-02-29', '2029-02-28')]).toEqual([64, 65]);
  });

  it('months before the end of a long month end with the short one', () => {
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addMonths('2028-03-30', -1)).toBe('2028-02-29');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
  });

  it('searched for by birth date are those that are counted', () => {
    const day = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays('1925-01-01', n));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 50, max: 101 }), (birth, n, age) => {
        const today = addDays('2024-02-25', n);
        expect(birth <= latestBirth(today, age)).toBe(ageOn(birth, today) >= age);
      }),
      { numRuns: 2000 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { spokenDigits } from '../../src/dialogue/hearing/spoken-digits.ts';

describe('the agreed digits as they are spoken', () => {
  it.each([
    ['三七一九', '3719'],
    ['三七幺九', '3719'],
    ['三，七，幺，九。', '3719'],
    ['3719', '3719'],
    ['３７１９', '3719'],
    ['3 7 1 9', '3719'],
    ['四个数是三七一九', '3719'],
    ['两零二四吧', '2024'],
    ['三七一八，不对，三七一九', '3719'],
    ['three seven one nine', '3719'],
    ['it is zero, oh, two, five', '0025'],
  ])('%s', (said, digits) => expect(spokenDigits(said)).toBe(digits));

  it.each(['', '我忘了', '三七一', '三七一九五', '四个数'])('nothing of ours in %s', (said) =>
    expect(spokenDigits(said)).toBeUndefined(),
  );

  it.each(['六二二二零二三七一九', '123456'])('%s may be a card or a code', (said) =>
    expect(spokenDigits(said)).toBe('card'),
  );
});

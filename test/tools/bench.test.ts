import { describe, expect, it } from 'vitest';
import { interleaved, median } from '../../bench/measure.ts';
import { emptyFolder, run } from './installation.ts';

describe('measuring side by side', () => {
  it('takes turns, lets nobody always go first, and counts no warm-up', async () => {
    const order: string[] = [];
    const subject = (name: string, figures: number[]) => ({
      name,
      block: async () => {
        order.push(name);
        return figures[order.filter((one) => one === name).length - 1] ?? 0;
      },
    });
    const results = await interleaved([subject('a', [99, 2, 2, 8]), subject('b', [99, 4, 6, 5])], {
      rounds: 3,
      times: 1,
      warmUp: 1,
    });
    expect(order.join('')).toBe('baabbaab');
    expect(results).toEqual([
      { name: 'a', median: 2, least: 2, most: 8, ratio: 1, blocks: [2, 2, 8] },
      { name: 'b', median: 5, least: 4, most: 6, ratio: 2.5, blocks: [4, 6, 5] },
    ]);
  });

  it('takes the middle, or what lies between the two middle ones', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('says which scenarios there are', { timeout: 30_000 }, async () => {
    const { code, said } = await run(emptyFolder(), 'bench', ['everything']);
    expect({ code, said }).toEqual({
      code: 1,
      said: 'There is no scenario everything: take turn, booking, understanding, start, speech, fanout, call, elders.\n',
    });
  });
});

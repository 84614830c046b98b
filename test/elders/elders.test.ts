import { beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../conversations/stage.ts';
import { freshDatabase } from '../support/postgres.ts';
import { loadNoise, spoil } from './noise.ts';
import { seeded } from './random.ts';
import { elders, printed } from './report.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await freshDatabase());
});

test('the same seed is the same elder, another is another', () => {
  const model = loadNoise();
  const words = (seed: number) => {
    const random = seeded(seed);
    return Array.from({ length: 20 }, () =>
      spoil('我想约个时间去拿老年证', model.elders.rambling ?? {}, model, random),
    );
  };
  expect(words(7)).toEqual(words(7));
  expect(words(7)).not.toEqual(words(8));
  expect(new Set(words(7)).size).toBeGreaterThan(5);
});

/** The long form is `npm run bench -- elders`; here two errands of each kind of elder, on a seed of their own. */
test('elders of every kind get what they came for, and most failed turns are mended at the next', async () => {
  const figures = await elders(stage, [211], { goals: ['collect', 'apply'] });
  const report = printed(figures);
  expect(figures.firstRetry, report).toBeGreaterThanOrEqual(0.8);
  expect(figures.holds, report).toBeGreaterThanOrEqual(0.9);
  expect(figures.sittings.flatMap(({ twice }) => twice)).toEqual([]);
}, 120_000);

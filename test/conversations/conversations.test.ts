import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../support/postgres.ts';
import { conversations } from './file.ts';
import { play } from './play.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await freshDatabase());
});

test('there are enough of them, and no two say the same', () => {
  const all = conversations();
  expect(all.length).toBeGreaterThanOrEqual(150);
  const steps = new Map<string, string>();
  for (const one of all) {
    const key = JSON.stringify([
      one.home,
      one.steps.map(({ say, silence, launch, minutes }) => [say, silence, launch, minutes]),
    ]);
    expect(steps.get(key), `${one.folder}/${one.name} repeats another`).toBeUndefined();
    steps.set(key, one.name);
  }
});

for (const folder of new Set(conversations().map((one) => one.folder))) {
  describe(folder, () => {
    for (const one of conversations().filter((file) => file.folder === folder)) test(one.name, () => play(stage, one));
  });
}

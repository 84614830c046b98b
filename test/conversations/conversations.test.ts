import { beforeAll, describe, test } from 'vitest';
import { freshDatabase } from '../support/postgres.ts';
import { conversations } from './file.ts';
import { play } from './play.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await freshDatabase());
});

for (const folder of new Set(conversations().map((one) => one.folder))) {
  describe(folder, () => {
    for (const one of conversations().filter((file) => file.folder === folder)) test(one.name, () => play(stage, one));
  });
}

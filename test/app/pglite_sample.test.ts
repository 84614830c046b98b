import { beforeAll, expect, test } from 'vitest';
import { conversations } from '../conversations/file.ts';
import { play } from '../conversations/play.ts';
import { openStage, type Stage } from '../conversations/stage.ts';
import { freshLite } from '../support/stores.ts';

/** One for each thing that the embedded database must do as the large one does: take a place, free it, move it, keep a promise. */
const PLAYED = [
  'pickup/resident books a day and confirms',
  'pickup/resident corrects the day at the read back',
  'pickup/resident changes the time',
  'pickup/resident cancels after being asked once',
  'pickup/resident wants another time for the same document and is refused kindly',
  'agent/resident gives another number and corrects it',
  'progress/ready document leads to a booking',
];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await freshLite());
});

const all = new Map(conversations().map((one) => [`${one.folder}/${one.name}`, one]));

test.each(PLAYED)('on the embedded database: %s', async (name) => {
  const file = all.get(name);
  if (!file) throw new Error(`no conversation ${name}`);
  expect(stage.database.engine).toBe('pglite');
  await play(stage, file);
});

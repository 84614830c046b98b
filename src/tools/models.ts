/** npm run models: what vendors' consoles are fed with, made from intents/ into dist/models/. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findRoot } from '../understanding/grammar/source.ts';
import { alexaModel } from './models/alexa.ts';
import { problemsOf } from './models/alexa-schema.ts';
import { BRANDS, listsFor } from './models/lists.ts';
import { Mistake, runTool, say } from './opened.ts';

async function write(folder: string, files: Record<string, string>): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  process.stdout.write(`${folder}\t${Object.keys(files).length} files\n`);
}

await runTool(async () => {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const root = findRoot();
  const out = values.out ?? join(root, 'dist', 'models');
  const model = alexaModel(root);
  const problems = problemsOf(model);
  if (problems.length > 0) throw new Mistake(`Alexa would refuse this model:\n${problems.slice(0, 50).join('\n')}`);
  await write(join(out, 'alexa'), { 'en-US.json': `${JSON.stringify(model, null, 2)}\n` });
  for (const brand of BRANDS) await write(join(out, brand.folder), listsFor(brand, root));
  const { intents, types } = model.interactionModel.languageModel;
  say(
    `Alexa: ${intents.length} intents, ${intents.flatMap(({ samples }) => samples).length} samples, ${types.length} types of ours.`,
  );
  return 0;
});

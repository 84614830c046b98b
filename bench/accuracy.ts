/** How well the sentences of test/understanding/unseen are understood, as written and as they reach a machine. Counts only: the sets stay unread. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createUnderstanding } from '../src/understanding/index.ts';
import { readSheet } from '../test/understanding/sheet.ts';
import { rowOf, TABLE_HEAD, tally } from '../test/understanding/tally.ts';
import { variantsOf } from '../test/understanding/variants.ts';

const folder = join(import.meta.dirname, '..', 'test', 'understanding', 'unseen');
const { read } = createUnderstanding();
const files = process.argv.slice(2).filter((word) => word.endsWith('.yaml'));
const sheets = files.length > 0 ? files : readdirSync(folder).map((name) => join(folder, name));

const rows = sheets.flatMap((path) =>
  Object.entries(variantsOf(readSheet(path))).map(([name, cases]) =>
    rowOf(`${path.split('/').at(-1)?.replace('.yaml', '')}, ${name}`, tally(cases, read)),
  ),
);
process.stdout.write(`${[...TABLE_HEAD, ...rows].join('\n')}\n`);

/** Understanding alone: time of a sentence beside nlp.js and beside what another library needs only to spell it in pinyin; start, memory, accuracy. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pinyin } from 'pinyin-pro';
import { createUnderstanding } from '../src/understanding/index.ts';
import type { Heard } from '../src/understanding/meaning.ts';
import { type Case, readSheet } from '../test/understanding/sheet.ts';
import { rowOf, TABLE_HEAD, tally } from '../test/understanding/tally.ts';
import { variantsOf } from '../test/understanding/variants.ts';
import { interleaved, median, type Subject } from './measure.ts';
import { nlpjs } from './peers/nlpjs.ts';
import { tell } from './report.ts';

const MEGABYTE = 1_048_576;
const quick = process.argv.includes('--quick');
const sheets = join(import.meta.dirname, '..', 'test', 'understanding');

function casesOf(folder: string): Case[] {
  const files = readdirSync(join(sheets, folder)).filter((name) => name.endsWith('.yaml') && name !== 'dates.yaml');
  return files.flatMap((name) => readSheet(join(sheets, folder, name)));
}

function sentences(locale: 'zh-CN' | 'en-US'): Heard[] {
  return casesOf(locale).map(({ say, now, expecting }) => ({ text: say, now, locale, expecting }));
}

/** CPU microseconds of one call, over all sentences in turn. */
function subject(name: string, heard: Heard[], once: (each: Heard) => unknown): Subject {
  let at = 0;
  const block = async (times: number): Promise<number> => {
    const before = process.cpuUsage();
    for (let k = 0; k < times; k++) await once(heard[at++ % heard.length] as Heard);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / times;
  };
  return { name, block };
}

/** Of each sentence the median of some passes, so that what else the machine does is not counted as hers. */
function percentiles(heard: Heard[], once: (each: Heard) => unknown, passes: number): string {
  const times = heard.map(() => [] as number[]);
  for (let pass = 0; pass < passes; pass++) {
    heard.forEach((each, k) => {
      const start = process.hrtime.bigint();
      once(each);
      times[k]?.push(Number(process.hrtime.bigint() - start) / 1000);
    });
  }
  const typical = times.map(median).sort((a, b) => a - b);
  const least = times.map((of) => Math.min(...of)).sort((a, b) => a - b);
  const at = (of: number[], share: number): string => (of[Math.floor(of.length * share)] as number).toFixed(0);
  const line = (of: number[]): string => `p50 ${at(of, 0.5)} µs, p90 ${at(of, 0.9)} µs, p99 ${at(of, 0.99)} µs`;
  return `${line(typical)} (the least of ${passes} passes: ${line(least)})`;
}

/** What the whole of it takes in memory: after the first sentence, with the garbage collected where the process may. */
function resident(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

const empty = resident();
const began = performance.now();
const { read } = createUnderstanding();
const opened = performance.now() - began;
const chinese = sentences('zh-CN');
const english = sentences('en-US');
read(chinese[0] as Heard);
const taken = (resident() - empty) / MEGABYTE;

/** The first intent that is right names the sentence. */
const taught = casesOf('zh-CN').map(({ say, intents }) => ({ text: say, intent: intents[0] as string }));
const peer = await nlpjs(taught);
const peers = peer ? [subject('nlp.js names the intent', chinese, ({ text }) => peer.intentOf(text))] : [];

const results = await interleaved(
  [
    ...peers,
    subject('pinyin-pro spells the sentence', chinese, ({ text }) => pinyin(text, { toneType: 'none' })),
    subject('the product understands Chinese', chinese, read),
    subject('the product understands English', english, read),
  ],
  quick ? { rounds: 4, times: 1000, warmUp: 2 } : { rounds: 20, times: 4000, warmUp: 4 },
);
const unseen = readdirSync(join(sheets, 'unseen')).map((name) => ({
  name: name.replace('.yaml', ''),
  cases: readSheet(join(sheets, 'unseen', name)),
}));
const accuracy = unseen.flatMap(({ name, cases }) =>
  Object.entries(variantsOf(cases)).map(([variant, of]) => rowOf(`${name}, ${variant}`, tally(of, read))),
);

/** Only the sentences that no question opened: nlp.js knows of none. */
async function byPeer(cases: readonly Case[]): Promise<string> {
  const open = cases.filter(({ expecting }) => expecting === undefined);
  let right = 0;
  for (const { say, intents } of open) if (peer && intents.includes(await peer.intentOf(say))) right += 1;
  return `${((100 * right) / open.length).toFixed(1)} % (ours ${(100 * tally(open, read).intent).toFixed(1)} %)`;
}
const beside = peer
  ? await Promise.all(
      unseen.map(async ({ name, cases }) => `nlp.js on ${name}, where nothing was asked: ${await byPeer(cases)}`),
    )
  : [];
peer?.close();

tell(
  {
    scenario: 'understanding',
    unit: 'CPU µs a sentence',
    results,
    notes: [
      `${chinese.length} Chinese and ${english.length} English sentences of the test sheets, with their expectations`,
      `warm, wall time, Chinese: ${percentiles(chinese, read, quick ? 5 : 15)}`,
      `opened in ${opened.toFixed(0)} ms; ${taken.toFixed(0)} MB above the process before`,
      ...beside,
    ],
  },
  quick,
);
process.stdout.write(`\n${[...TABLE_HEAD, ...accuracy].join('\n')}\n`);

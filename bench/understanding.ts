/** Understanding alone: CPU time of a sentence beside what another library needs only to spell it in pinyin; percentiles and memory. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pinyin } from 'pinyin-pro';
import { createUnderstanding } from '../src/understanding/index.ts';
import type { Heard } from '../src/understanding/meaning.ts';
import { readSheet } from '../test/understanding/sheet.ts';
import { interleaved, type Subject } from './measure.ts';
import { tell } from './report.ts';

const MEGABYTE = 1_048_576;
const quick = process.argv.includes('--quick');
const sheets = join(import.meta.dirname, '..', 'test', 'understanding');

function sentences(locale: 'zh-CN' | 'en-US'): Heard[] {
  const files = readdirSync(join(sheets, locale)).filter((name) => name.endsWith('.yaml') && name !== 'dates.yaml');
  return files.flatMap((name) =>
    readSheet(join(sheets, locale, name)).map(({ say, now, expecting }) => ({ text: say, now, locale, expecting })),
  );
}

/** CPU microseconds of one call, over all sentences in turn. */
function subject(name: string, heard: Heard[], once: (each: Heard) => unknown): Subject {
  let at = 0;
  const block = async (times: number): Promise<number> => {
    const before = process.cpuUsage();
    for (let k = 0; k < times; k++) once(heard[at++ % heard.length] as Heard);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / times;
  };
  return { name, block };
}

function percentiles(heard: Heard[], once: (each: Heard) => unknown): string {
  const times = heard.map((each) => {
    const start = process.hrtime.bigint();
    once(each);
    return Number(process.hrtime.bigint() - start) / 1000;
  });
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] as number).toFixed(0);
  return `p50 ${at(0.5)} µs, p90 ${at(0.9)} µs, p99 ${at(0.99)} µs`;
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

const results = await interleaved(
  [
    subject('pinyin-pro spells the sentence', chinese, ({ text }) => pinyin(text, { toneType: 'none' })),
    subject('the product understands Chinese', chinese, read),
    subject('the product understands English', english, read),
  ],
  quick ? { rounds: 4, times: 1000, warmUp: 2 } : { rounds: 20, times: 4000, warmUp: 4 },
);
tell(
  {
    scenario: 'understanding',
    unit: 'CPU µs a sentence',
    results,
    notes: [
      `${chinese.length} Chinese and ${english.length} English sentences of the test sheets, with their expectations`,
      `warm, wall time, Chinese: ${percentiles(chinese, read)}`,
      `opened in ${opened.toFixed(0)} ms; ${taken.toFixed(0)} MB above the process before`,
    ],
  },
  quick,
);

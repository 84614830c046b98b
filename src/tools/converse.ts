/** npm run converse -- --device ID: play the resident in the terminal, against the server that runs on this data directory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { type Answer, connectSpeaker } from './speaker-client.ts';

interface DemoSpeaker {
  deviceId: string;
  token: string;
  household: string;
  residents: { name: string; age: number; pin?: string; traits: string[] }[];
}
interface Demo {
  baseUrl: string;
  speakers: DemoSpeaker[];
}

const HELP = [
  '  (an empty line)   she says nothing',
  '  :wake             she calls the speaker',
  '  :home             who lives here',
  '  :homes            the homes to choose from',
  '  :ready            what the server said of this speaker',
  '  :quit             hang up',
].join('\n');

const { values } = parseArgs({
  options: { device: { type: 'string' }, wake: { type: 'boolean' } },
  allowPositionals: true,
});
const demo = readDemo(readConfig().dataDir);
const home = demo.speakers.find((one) => one.deviceId === values.device) ?? choose(demo);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const speaker = connectSpeaker({
  url: `${demo.baseUrl.replace(/^http/, 'ws')}/speaker`,
  credentials: { deviceId: home.deviceId, token: home.token },
  heard: (frame) => {
    if (frame.type === 'notice') say(`  ♪ ${frame.kind}`);
  },
});
const ready = await speaker.ready;
say(describe(home));
say(HELP);
tell(await speaker.wake());
await talk();
speaker.close();
process.exit(0);

function readDemo(dataDir: string): Demo {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as Demo;
  } catch {
    process.stderr.write('No demo.json here: start the server first (npm start), with the same DATA_DIR.\n');
    return process.exit(1);
  }
}

function choose({ speakers }: Demo): DemoSpeaker {
  if (values.device) process.stderr.write(`There is no speaker ${values.device}; taking the first.\n`);
  const [first] = speakers;
  if (!first) throw new Error('the sample community has no speaker');
  return first;
}

function describe({ deviceId, household, residents }: DemoSpeaker): string {
  const people = residents.map(
    (one) => `  ${one.name}, ${one.age}${one.pin ? `, 口令 ${one.pin}` : ''}: ${one.traits.join(' ')}`,
  );
  return [`${deviceId}  ${household}`, ...people].join('\n');
}

function tell(answer: Answer): void {
  if (answer.type === 'error') {
    say(`  ! ${answer.code} ${answer.text}`);
    return;
  }
  say(`  ${answer.text || '(silent)'}`);
  for (const choice of answer.choices ?? []) say(`     ${choice.n}. ${choice.text}`);
  const state = [
    answer.phrase,
    answer.asking,
    answer.errand ?? '-',
    answer.listen ? 'listens' : 'closed',
    `${answer.pace}/min`,
  ];
  say(`     [${state.join(' · ')}]`);
}

async function talk(): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  lines.prompt();
  for await (const line of lines) {
    const text = line.trim();
    if (text === ':quit') return;
    if (text === ':home') say(describe(home));
    else if (text === ':homes') for (const one of demo.speakers) say(describe(one));
    else if (text === ':ready') say(JSON.stringify(ready));
    else if (text === ':help') say(HELP);
    else
      tell(text === '' ? await speaker.silence() : text === ':wake' ? await speaker.wake() : await speaker.say(text));
    lines.prompt();
  }
}

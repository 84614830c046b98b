/**
 * From the end of a spoken question to the first sound of the answer, by stage, through the product's own socket, the
 * vendor's SDK and a recogniser and a voice that speak its protocol; and how soon its voice stops when she speaks into it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { median, type Result } from '../measure.ts';
import { percentile, type Report } from '../report.ts';
import { ask, askOpenly, connect, interrupt, type Stages } from '../speech/asking.ts';
import { type House, openHouse } from '../speech/house.ts';
import { createMouth, type Mouth } from '../speech/mouth.ts';
import type { Stores } from '../stores.ts';

/** What the stand-in takes by itself, from the end of the sound to the words; and its voice to the first sound. */
const RECOGNISER_MS = 150;
const VOICE_MS = 80;
const QUESTIONS = ['老年证怎么办', '我的证办到哪了', '有什么跟我有关的政策', '帮助', '再说一遍', '窗口几点开门'];
/** What people say into an answer; some begin without a voice: 停, 算了, 听不清. */
const INTERRUPTIONS = ['等一下', '停', '不对', '别说了', '换一个', '听不清', '我要找人', '算了'];
/** Her words as fast as they may come: what is waited for is not measured. */
const QUICKLY = 400;
const WARM_UP = 3;

const amounts = (quick: boolean) => (quick ? { held: 12, open: 3, stops: 8 } : { held: 60, open: 12, stops: 32 });

export async function speech(stores: Stores, quick: boolean): Promise<Report> {
  const house = await openHouse(stores, VOICE_MS);
  const bare = await openBare();
  const late = monitorEventLoopDelay({ resolution: 5 });
  try {
    const mouth = createMouth();
    const amount = amounts(quick);
    await held(house, mouth, WARM_UP);
    late.enable();
    const bareTimes: number[] = [];
    const turns = await held(house, mouth, amount.held, async () => void bareTimes.push(await bare.trip()));
    const waited = await openly(house, mouth, amount.open);
    const stops = await interrupted(house, mouth, amount.stops);
    late.disable();
    return report({ bareTimes, turns, waited, stops, lateMs: late.percentile(95) / 1e6 });
  } finally {
    bare.close();
    await house.close();
  }
}

async function held(house: House, mouth: Mouth, amount: number, between?: () => Promise<void>): Promise<Stages[]> {
  const turns: Stages[] = [];
  for (let n = 0; n < amount; n++) {
    const client = await connect(house, speakerAt(house, n));
    const text = QUESTIONS[n % QUESTIONS.length] ?? '';
    turns.push(await ask(house, client, { text, sound: await mouth.sound(text, QUICKLY), takesMs: RECOGNISER_MS }));
    client.close();
    await between?.();
  }
  return turns;
}

async function openly(house: House, mouth: Mouth, amount: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < amount; n++) {
    const client = await connect(house, speakerAt(house, n));
    const text = QUESTIONS[n % QUESTIONS.length] ?? '';
    const sound = await mouth.sound(text, QUICKLY);
    times.push(await askOpenly(house, client, { text, sound, takesMs: RECOGNISER_MS }));
    client.close();
  }
  return times;
}

async function interrupted(house: House, mouth: Mouth, amount: number): Promise<number[]> {
  const stops: number[] = [];
  for (let n = 0; n < amount; n++) {
    const text = INTERRUPTIONS[n % INTERRUPTIONS.length] ?? '';
    stops.push(await interrupt(house, speakerAt(house, n), text, await mouth.sound(text)));
  }
  return stops;
}

function speakerAt({ speakers }: House, n: number) {
  const speaker = speakers[n % speakers.length];
  if (!speaker) throw new Error('the sample community has no speaker of one person');
  return speaker;
}

/** A server that does nothing: what this machine takes for one request at this moment. */
async function openBare() {
  const server = createServer((_, response) => response.end('x'.repeat(1000)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    async trip(): Promise<number> {
      const begun = performance.now();
      await (await fetch(url)).text();
      return performance.now() - begun;
    },
    close: () => void server.close(),
  };
}

interface Measured {
  bareTimes: number[];
  turns: Stages[];
  waited: number[];
  stops: number[];
  lateMs: number;
}

function report({ bareTimes, turns, waited, stops, lateMs }: Measured): Report {
  const bare = median(bareTimes);
  const row = (name: string, blocks: number[]): Result => ({
    name,
    median: median(blocks),
    least: Math.min(...blocks),
    most: Math.max(...blocks),
    ratio: median(blocks) / bare,
    blocks,
  });
  const stage = (name: string, of: keyof Stages) =>
    row(
      name,
      turns.map((turn) => turn[of]),
    );
  return {
    scenario: 'speech',
    unit: "ms beyond the recogniser's own time",
    percentiles: true,
    results: [
      row('a request to a bare server, meanwhile', bareTimes),
      stage('end of the question → first sound of the answer', 'whole'),
      stage('  her last sound → the words', 'words'),
      stage('  dialogue', 'dialogue'),
      stage('  answer → its first sound', 'voice'),
      stage('  reply frame on its way', 'frame'),
      stage('  the sound on its way', 'fetch'),
      row('the same with an open microphone: her pause is waited for', waited),
      row('her first sound → our voice is told to stop', stops),
    ],
    notes: [
      `${turns.length} questions: p95 ${Math.round(
        percentile(
          turns.map(({ whole }) => whole),
          95,
        ),
      )} ms (promised: under 700)`,
      `${stops.length} interruptions: p95 ${Math.round(percentile(stops, 95))} ms (promised: within 250; 160 ms of speech are waited for)`,
      `the stand-in takes ${RECOGNISER_MS} ms from the end of the sound to the words (left out), its voice ${VOICE_MS} ms to the first sound (counted)`,
      `load of the machine ${loadavg()[0]?.toFixed(1)}; its event loop was late by ${lateMs.toFixed(1)} ms (p95): more than 10, and the figures tell of others' work`,
    ],
  };
}

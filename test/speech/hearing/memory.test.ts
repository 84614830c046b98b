/**
 * Memory stays flat over many utterances, each with its own connection, detector and decoder. A few here;
 * a thousand with `npm run test:utterances`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, it } from 'vitest';
import { startAzureSpeech } from '../../../src/connectors/stand-ins/azure-speech.ts';
import { createAzureRecogniser } from '../../../src/speech/hearing/azure.ts';
import { createEnduring } from '../../../src/speech/hearing/enduring.ts';
import { createListening, createVoiceActivity, loadHearingWords } from '../../../src/speech/hearing/index.ts';

const UTTERANCES = Number(process.env.HEARING_UTTERANCES ?? 60);
const WARM_UP = 20;
/** Bytes an utterance may leave behind on the heap: what a single one holds while it lasts is forty times as much. */
const LEFT_BEHIND = 8_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const service = await startAzureSpeech();
afterAll(() => service.close());

it(`is flat over ${UTTERANCES} utterances`, async () => {
  const parts = {
    recogniser: createEnduring(createAzureRecogniser({ host: service.url, key: service.key })),
    activity: await createVoiceActivity(),
    words: loadHearingWords(),
  };
  const packets = packetsIn(readFileSync(join(import.meta.dirname, 'samples', 'sentence.opus-packets'))).slice(0, 60);
  const one = async (n: number) => {
    service.next({ text: `第${n}句`, interim: ['第'] });
    const codec = n % 2 ? 'opus' : 'pcm16';
    const listening = createListening(parts, { locale: 'zh-CN', codec, hints: ['老年优待证'], endpoint: false });
    for (const packet of packets) listening.write(codec === 'opus' ? packet : Buffer.alloc(640, n));
    if (n % 7 === 0) return listening.abort();
    expect((await listening.finish()).text).not.toBe('');
  };
  for (let n = 0; n < WARM_UP; n++) await one(n);
  const before = held();
  for (let n = 0; n < UTTERANCES; n++) await one(n);
  const after = held();
  const left = Math.round((after.heap - before.heap) / UTTERANCES);
  console.log(
    `${left} bytes of heap and ${Math.round((after.outside - before.outside) / UTTERANCES)} outside it left by each`,
  );
  expect(left).toBeLessThan(LEFT_BEHIND);
}, 600_000);

function held() {
  collect();
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed, outside: external + arrayBuffers };
}

function packetsIn(file: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  for (let at = 0; at < file.length; at += 2 + file.readUInt16BE(at)) {
    packets.push(file.subarray(at + 2, at + 2 + file.readUInt16BE(at)));
  }
  return packets;
}

/** sherpa-onnx on this machine: no sound leaves it. The package is not one of ours; it is taken where an operator installed it. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Refusal } from '../../errors.ts';
import { type Opening, RATE, type Recogniser, type RecognitionStream } from './hearing.ts';

/** As much of sherpa-onnx-node as is used. */
export interface SherpaPackage {
  OnlineRecognizer: new (config: object) => SherpaRecognizer;
}

interface SherpaRecognizer {
  createStream(): SherpaStream;
  isReady(stream: SherpaStream): boolean;
  decode(stream: SherpaStream): void;
  getResult(stream: SherpaStream): { text: string };
}

interface SherpaStream {
  acceptWaveform(sound: { sampleRate: number; samples: Float32Array }): void;
  inputFinished(): void;
}

export interface SherpaOptions {
  /** The folder with tokens.txt and the .onnx files of one streaming model. */
  modelDir: string;
  /** The folder from which the package is found; where the product was started by default. */
  from?: string;
  /** Loads the package; the installed one by default. */
  load?: () => Promise<SherpaPackage>;
}

/** What is not there, in words for the operator. */
export class SherpaMissing extends Error {}

const THREADS = 2;
const FEATURES = 80;
/** Zeros that push the last word through the model's look-ahead. */
const TAIL = new Float32Array(RATE * 0.4);

/** @throws SherpaMissing naming the package or the file that is not there */
export async function createSherpaRecogniser({ modelDir, from, load }: SherpaOptions): Promise<Recogniser> {
  const model = modelIn(modelDir);
  const config = {
    featConfig: { sampleRate: RATE, featureDim: FEATURES },
    modelConfig: { ...model, numThreads: THREADS, provider: 'cpu', debug: 0 },
    decodingMethod: 'greedy_search',
    enableEndpoint: false,
  };
  const { OnlineRecognizer } = await (load ? load() : installed(config, from));
  const engine = new OnlineRecognizer(config);
  return {
    profile: 'sherpa',
    status: () => ({ live: true, detail: `sherpa-onnx, ${'transducer' in model ? 'transducer' : 'paraformer'}` }),
    open: (opening) => openStream(engine, opening),
    close: () => undefined,
  };
}

/** The native package is CommonJS. A damaged model ends the process that opens it: so another one opens it first. */
async function installed(config: object, from = process.cwd()): Promise<SherpaPackage> {
  const found = packageFrom(from);
  const opened = await run(process.execPath, ['-e', OPENS, found, JSON.stringify(config)], { timeout: OPENED_MS }).then(
    () => true,
    () => false,
  );
  if (!opened) throw new SherpaMissing('its model cannot be opened: fetch its files again');
  const loaded = (await import(pathToFileURL(found).href)) as { default: SherpaPackage };
  return loaded.default;
}

const run = promisify(execFile);
const OPENS = 'const [, found, config] = process.argv; new (require(found).OnlineRecognizer)(JSON.parse(config));';
const OPENED_MS = 120_000;

function packageFrom(folder: string): string {
  try {
    return createRequire(join(folder, 'package.json')).resolve('sherpa-onnx-node');
  } catch {
    throw new SherpaMissing('the package sherpa-onnx-node is not installed: npm install sherpa-onnx-node');
  }
}

function openStream(engine: SherpaRecognizer, { partial }: Opening): RecognitionStream {
  const stream = engine.createStream();
  let told = '';
  let over = false;

  function decode(): void {
    while (engine.isReady(stream)) engine.decode(stream);
    const { text } = engine.getResult(stream);
    if (text && text !== told && !over) partial?.(text);
    told = text;
  }

  return {
    write(pcm) {
      if (over) return;
      stream.acceptWaveform({ sampleRate: RATE, samples: samplesOf(pcm) });
      decode();
    },
    async finish() {
      try {
        over = true;
        stream.acceptWaveform({ sampleRate: RATE, samples: TAIL });
        stream.inputFinished();
        decode();
        return told.trim();
      } catch (cause) {
        throw new Refusal('RecogniserUnavailable', {}, { cause });
      }
    },
    abort() {
      over = true;
    },
  };
}

function samplesOf(pcm: Buffer): Float32Array {
  return Float32Array.from({ length: pcm.length >> 1 }, (_, n) => pcm.readInt16LE(n * 2) / 32768);
}

/** One streaming model by the names that the project publishes them under; the small (int8) form first. */
function modelIn(dir: string) {
  const files = filesIn(dir);
  const named = (part: string) => {
    const found = files.filter((file) => file.includes(part) && file.endsWith('.onnx')).sort(int8First)[0];
    return found && join(dir, found);
  };
  const [encoder, decoder, joiner] = [named('encoder'), named('decoder'), named('joiner')];
  if (!files.includes('tokens.txt')) throw new SherpaMissing(`${dir} has no tokens.txt`);
  if (!encoder || !decoder) throw new SherpaMissing(`${dir} has no encoder and decoder of a streaming model`);
  const tokens = join(dir, 'tokens.txt');
  return joiner ? { transducer: { encoder, decoder, joiner }, tokens } : { paraformer: { encoder, decoder }, tokens };
}

function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    throw new SherpaMissing(`${dir} cannot be read`);
  }
}

const int8First = (a: string, b: string): number => Number(b.includes('int8')) - Number(a.includes('int8'));

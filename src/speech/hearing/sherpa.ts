/** sherpa-onnx on this machine: no sound leaves it. The package is not one of ours; it is taken where an operator installed it. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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
  /** Finds the package; the installed one by default. */
  load?: () => Promise<SherpaPackage>;
}

/** What is not there, in words for the operator. */
export class SherpaMissing extends Error {}

const THREADS = 2;
const FEATURES = 80;
/** Zeros that push the last word through the model's look-ahead. */
const TAIL = new Float32Array(RATE * 0.4);

/** @throws SherpaMissing naming the package or the file that is not there */
export async function createSherpaRecogniser({ modelDir, load = installed }: SherpaOptions): Promise<Recogniser> {
  const model = modelIn(modelDir);
  const { OnlineRecognizer } = await load().catch(() => {
    throw new SherpaMissing('the package sherpa-onnx-node is not installed: npm install sherpa-onnx-node');
  });
  const engine = new OnlineRecognizer({
    featConfig: { sampleRate: RATE, featureDim: FEATURES },
    modelConfig: { ...model, numThreads: THREADS, provider: 'cpu', debug: 0 },
    decodingMethod: 'greedy_search',
    enableEndpoint: false,
  });
  return {
    profile: 'sherpa',
    status: () => ({ live: true, detail: `sherpa-onnx, ${'transducer' in model ? 'transducer' : 'paraformer'}` }),
    open: (opening) => openStream(engine, opening),
    close: () => undefined,
  };
}

/** The native package is CommonJS: found from the folder where the product was started. */
async function installed(): Promise<SherpaPackage> {
  const found = createRequire(join(process.cwd(), 'package.json')).resolve('sherpa-onnx-node');
  const loaded = (await import(pathToFileURL(found).href)) as { default: SherpaPackage };
  return loaded.default;
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

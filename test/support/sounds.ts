/** Sound for tests: sentences by espeak-ng at 16 kHz, silence, the noise of a room. */
import { createEmbeddedVoice } from '../../src/speech/synthesiser/index.ts';
import { readWav } from '../../src/speech/synthesiser/wav.ts';

const RATE = 16_000;
const voice = createEmbeddedVoice({ deadlineMs: 60_000 });

/** Whether the program is here at all. */
export const canSpeak = async (): Promise<boolean> => (await voice.status()).live;

/** A sentence as a person of eighty might say it, a third of full loudness. */
export async function said(text: string, pace = 190): Promise<Int16Array> {
  const spoken = await voice.speak({ text }, { locale: 'zh-CN', pace });
  const sound = spoken && readWav(spoken.wav);
  if (!sound) throw new Error('espeak-ng is not here');
  const samples = new Int16Array(Math.floor((sound.samples.length * RATE) / sound.rate));
  for (let n = 0; n < samples.length; n++) {
    const at = (n * sound.rate) / RATE;
    const [low, high] = [sound.samples[Math.floor(at)] ?? 0, sound.samples[Math.floor(at) + 1] ?? 0];
    samples[n] = Math.round((low + (high - low) * (at % 1)) / 3);
  }
  return samples;
}

export const silence = (ms: number): Int16Array => new Int16Array((RATE * ms) / 1000);

export function joined(...parts: Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** With white noise of a root mean square of `loudness` laid over it; the same each time. */
export function inNoise(samples: Int16Array, loudness: number): Int16Array {
  const random = seeded(7);
  return samples.map((sample) => clipped(sample + (random() + random() + random() - 1.5) * 2 * loudness));
}

/** Softer or louder. */
export const scaled = (samples: Int16Array, by: number): Int16Array => samples.map((sample) => clipped(sample * by));

/** As a recogniser takes it. */
export const pcm = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

/** Frames of 20 ms. */
export function* frames(samples: Int16Array): Generator<Int16Array> {
  for (let at = 0; at + 320 <= samples.length; at += 320) yield samples.subarray(at, at + 320);
}

const clipped = (sample: number) => Math.max(-32768, Math.min(32767, Math.round(sample)));

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

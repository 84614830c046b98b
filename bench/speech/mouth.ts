/** What is said to the speaker: sentences by espeak-ng, sent as a microphone would. */
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { writeAudio } from '../../src/platforms/speaker/audio.ts';
import { createEmbeddedVoice } from '../../src/speech/synthesiser/index.ts';
import { readWav } from '../../src/speech/synthesiser/wav.ts';
import type { SpeakerClient } from '../../src/tools/speaker-client.ts';

const FRAME_MS = 20;
const FRAME_BYTES = 640;
const RATE = 16_000;
/** A third of full scale: a person of eighty at arm's length. */
const LOUDNESS = 1 / 3;
/** Of the softest sample that counts as the beginning. */
const AUDIBLE = 330;

/** Sends it in real time: a frame leaves when its last sample has been heard. */
export async function say(client: SpeakerClient, sound: Buffer): Promise<void> {
  const begun = performance.now();
  for (let n = 0; (n + 1) * FRAME_BYTES <= sound.length; n++) {
    const early = begun + (n + 1) * FRAME_MS - performance.now();
    if (early > 0) await after(early);
    const frame = sound.subarray(n * FRAME_BYTES, (n + 1) * FRAME_BYTES);
    client.sound(writeAudio({ kind: 'mic', codec: 'pcm16', seq: n, ms: n * FRAME_MS, sound: frame }));
  }
}

export const silence = (ms: number): Buffer => Buffer.alloc((ms / FRAME_MS) * FRAME_BYTES);

export interface Mouth {
  /** The sentence at 16 kHz, from its first audible sample to its last; without the program a buzz of the same length. */
  sound(text: string, pace?: number): Promise<Buffer>;
}

export function createMouth(): Mouth {
  const voice = createEmbeddedVoice();
  const made = new Map<string, Buffer>();
  return {
    async sound(text, pace = 190) {
      const known = made.get(text);
      if (known) return known;
      const wav = (await voice.speak({ text }, { locale: 'zh-CN', pace }))?.wav;
      const pcm = pcmOf((wav && readWav(wav)) ?? buzz(text));
      made.set(text, pcm);
      return pcm;
    },
  };
}

const buzz = (text: string) => ({
  rate: RATE,
  samples: Int16Array.from({ length: text.length * RATE * 0.3 }, (_, n) => ((n % 107) - 53) * 300),
});

function pcmOf({ rate, samples }: { rate: number; samples: Int16Array }): Buffer {
  const heard = samples.map((sample) => sample * LOUDNESS);
  const first = heard.findIndex((sample) => Math.abs(sample) > AUDIBLE);
  const last = heard.findLastIndex((sample) => Math.abs(sample) > AUDIBLE);
  const pcm = Buffer.alloc(Math.floor(((last - first) * RATE) / rate) * 2);
  for (let n = 0; n < pcm.length / 2; n++) {
    pcm.writeInt16LE(heard[first + Math.floor((n * rate) / RATE)] ?? 0, n * 2);
  }
  return pcm;
}

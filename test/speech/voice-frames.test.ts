/** An answer's sound on its way to a device that takes it as frames. */
import { expect, it } from 'vitest';
import { createResampler } from '../../src/speech/resampler.ts';
import { writeWav } from '../../src/speech/synthesiser/wav.ts';
import { voiceFrames } from '../../src/speech/voice-frames.ts';

const sine = (hertz: number, rate: number, ms: number) =>
  Int16Array.from({ length: (rate * ms) / 1000 }, (_, n) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * hertz * n) / rate)),
  );
const bytes = (samples: Int16Array) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
const samplesOf = (pcm: Buffer) => Array.from({ length: pcm.length / 2 }, (_, n) => pcm.readInt16LE(n * 2));
const loudness = (pcm: Buffer) => {
  let sum = 0;
  for (let at = 0; at + 1 < pcm.length; at += 2) sum += pcm.readInt16LE(at) ** 2;
  return Math.sqrt(sum / (pcm.length / 2));
};
const crossings = (pcm: Buffer) => {
  let count = 0;
  for (let at = 2; at + 1 < pcm.length; at += 2)
    if (pcm.readInt16LE(at - 2) < 0 !== pcm.readInt16LE(at) < 0) count += 1;
  return count;
};

async function* inPieces(whole: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}
const collect = async (frames: AsyncGenerator<Buffer>) => {
  const all: Buffer[] = [];
  for await (const one of frames) all.push(Buffer.from(one));
  return all;
};

it('keeps what is heard, takes out what the lower rate cannot hold', () => {
  const heard = createResampler(22_050, 16_000)(bytes(sine(1000, 22_050, 1000)));
  expect(Math.abs(heard.length / 2 - 16_000)).toBeLessThan(40);
  expect(Math.abs(crossings(heard) - 2000)).toBeLessThan(8);
  expect(loudness(heard)).toBeGreaterThan(6500);
  const tooHigh = createResampler(22_050, 16_000)(bytes(sine(10_000, 22_050, 1000)));
  expect(loudness(tooHigh)).toBeLessThan(100);
});

it('is the same in whatever pieces it comes', async () => {
  const wav = writeWav({ rate: 22_050, samples: sine(440, 22_050, 1000) });
  const whole = Buffer.concat(await collect(voiceFrames(inPieces(wav, wav.length))));
  const frames = await collect(voiceFrames(inPieces(wav, 777)));
  const [sent, wanted] = [samplesOf(Buffer.concat(frames)), samplesOf(whole)];
  expect(sent.length).toBe(wanted.length);
  expect(Math.max(...sent.map((sample, n) => Math.abs(sample - (wanted[n] ?? 0))))).toBeLessThanOrEqual(1); // rounding
  expect(new Set(frames.map(({ length }) => length))).toEqual(new Set([640]));
  expect(frames.length).toBe(50);
});

it('passes sound of its own rate on untouched, and fills the last frame up with silence', async () => {
  const samples = sine(300, 16_000, 50);
  const frames = await collect(voiceFrames(inPieces(writeWav({ rate: 16_000, samples }), 101)));
  expect(frames.length).toBe(3);
  const sent = Buffer.concat(frames);
  expect(sent.subarray(0, samples.byteLength).equals(bytes(samples))).toBe(true);
  expect(sent.subarray(samples.byteLength).every((byte) => byte === 0)).toBe(true);
});

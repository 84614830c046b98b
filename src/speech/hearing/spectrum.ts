/** What a frame of sound looks like, beside what the voice detector says: noise is flat, speech has shape, a hum lies low. */
import { RATE } from './hearing.ts';

export interface Shape {
  /** Root mean square, 0 to 32767. */
  loudness: number;
  /** Geometric by arithmetic mean of the power between 200 and 4000 Hz: white noise about 0.55, a vowel below 0.2. */
  flatness: number;
  /** Power between 200 and 4000 Hz, and the part of it that a closed mouth does not make: above 700 Hz. */
  power: number;
  open: number;
}

const SIZE = 512;
const BIN = RATE / SIZE;
const [LOWEST, MOUTH, HIGHEST] = [200, 700, 4000].map((hertz) => Math.round(hertz / BIN)) as [number, number, number];

/** Made once per detector: it reuses its own memory. */
export function createSpectrum(): (samples: Int16Array) => Shape {
  const window = new Float64Array(SIZE);
  const real = new Float64Array(SIZE);
  const imaginary = new Float64Array(SIZE);
  let windowed = 0;

  function prepare(samples: Int16Array): number {
    if (windowed !== samples.length) {
      windowed = samples.length;
      for (let n = 0; n < windowed; n++) window[n] = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / windowed);
    }
    let power = 0;
    imaginary.fill(0);
    real.fill(0, samples.length);
    for (let n = 0; n < samples.length; n++) {
      const sample = samples[n] ?? 0;
      power += sample * sample;
      real[n] = sample * (window[n] ?? 0);
    }
    return Math.sqrt(power / Math.max(1, samples.length));
  }

  return (samples) => {
    const loudness = prepare(samples);
    transform(real, imaginary);
    let [sum, logs, open] = [0, 0, 0];
    for (let bin = LOWEST; bin < HIGHEST; bin++) {
      const power = (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2 + 1e-3;
      sum += power;
      logs += Math.log(power);
      if (bin > MOUTH) open += power;
    }
    const bins = HIGHEST - LOWEST;
    return { loudness, flatness: Math.exp(logs / bins) / (sum / bins), power: sum, open };
  };
}

/** Sines of a whole turn: fifty times a second and microphone, each is looked up and not computed. */
const COS = Float64Array.from({ length: SIZE / 2 }, (_, n) => Math.cos((-2 * Math.PI * n) / SIZE));
const SIN = Float64Array.from({ length: SIZE / 2 }, (_, n) => Math.sin((-2 * Math.PI * n) / SIZE));

/** Fast Fourier transform in place, of `SIZE` values. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  reorder(real, imaginary);
  for (let width = 2; width <= SIZE; width *= 2) {
    const turn = SIZE / width;
    for (let start = 0; start < SIZE; start += width) {
      for (let n = 0; n < width / 2; n++) butterfly(real, imaginary, start + n, width / 2, n * turn);
    }
  }
}

function butterfly(real: Float64Array, imaginary: Float64Array, low: number, apart: number, angle: number): void {
  const high = low + apart;
  const cos = COS[angle] ?? 0;
  const sin = SIN[angle] ?? 0;
  const a = real[low] ?? 0;
  const b = imaginary[low] ?? 0;
  const c = real[high] ?? 0;
  const d = imaginary[high] ?? 0;
  const turnedReal = c * cos - d * sin;
  const turnedImaginary = c * sin + d * cos;
  real[low] = a + turnedReal;
  imaginary[low] = b + turnedImaginary;
  real[high] = a - turnedReal;
  imaginary[high] = b - turnedImaginary;
}

function reorder(real: Float64Array, imaginary: Float64Array): void {
  for (let n = 1, mirror = 0; n < SIZE; n++) {
    let bit = SIZE >> 1;
    for (; mirror & bit; bit >>= 1) mirror ^= bit;
    mirror ^= bit;
    if (n < mirror) {
      swap(real, n, mirror);
      swap(imaginary, n, mirror);
    }
  }
}

function swap(values: Float64Array, one: number, other: number): void {
  const kept = values[one] ?? 0;
  values[one] = values[other] ?? 0;
  values[other] = kept;
}

/** PCM16 from one rate to another, piece by piece: what the lower rate cannot hold is taken out and does not come back as a whistle. */

/** Samples at either side that a new one is made of. */
const REACH = 16;

/** Each call takes the next piece; a sound's last millisecond stays inside. The same rate passes through as it is. */
export function createResampler(from: number, to: number): (pcm: Buffer) => Buffer {
  if (from === to) return (pcm) => pcm;
  const step = from / to;
  const cutoff = Math.min(1, to / from);
  let held: Float64Array = new Float64Array(REACH);
  let position = REACH;

  return (pcm) => {
    const samples = joined(held, pcm);
    const made: number[] = [];
    for (; position + REACH < samples.length; position += step) made.push(at(samples, position, cutoff));
    const kept = Math.max(0, Math.floor(position) - REACH);
    held = samples.slice(kept);
    position -= kept;
    return pcmOf(made);
  };
}

/** The value between samples: a windowed sinc over its neighbours. */
function at(samples: Float64Array, position: number, cutoff: number): number {
  const middle = Math.floor(position);
  let sum = 0;
  for (let n = middle - REACH + 1; n <= middle + REACH; n++) {
    const away = position - n;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * away) / REACH);
    sum += (samples[n] ?? 0) * cutoff * sinc(away * cutoff) * window;
  }
  return sum;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

function joined(held: Float64Array, pcm: Buffer): Float64Array {
  const all = new Float64Array(held.length + pcm.length / 2);
  all.set(held);
  for (let n = 0; n < pcm.length / 2; n++) all[held.length + n] = pcm.readInt16LE(n * 2);
  return all;
}

function pcmOf(samples: number[]): Buffer {
  const pcm = Buffer.alloc(samples.length * 2);
  for (let n = 0; n < samples.length; n++) {
    pcm.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(samples[n] ?? 0))), n * 2);
  }
  return pcm;
}

/** Sound in pieces of any length to frames of 20 ms; what is left over waits for the next piece. */
import { FRAME_SAMPLES } from './hearing.ts';

/** PCM16 mono at 16 kHz, 640 bytes a frame; `take` gets the samples and the same bytes, which it must copy to keep. */
export function createFramer(take: (samples: Int16Array, pcm: Buffer) => void): (pcm: Buffer) => void {
  const bytes = FRAME_SAMPLES * 2;
  let rest: Buffer = Buffer.alloc(0);
  return (pcm) => {
    const all = rest.length > 0 ? Buffer.concat([rest, pcm]) : pcm;
    let at = 0;
    for (; at + bytes <= all.length; at += bytes) {
      const frame = all.subarray(at, at + bytes);
      take(samplesOf(frame), frame);
    }
    rest = Buffer.from(all.subarray(at));
  };
}

function samplesOf(frame: Buffer): Int16Array {
  const samples = new Int16Array(frame.length / 2);
  for (let n = 0; n < samples.length; n++) samples[n] = frame.readInt16LE(n * 2);
  return samples;
}

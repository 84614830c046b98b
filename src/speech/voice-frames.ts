/** A spoken answer as it goes down a socket: a WAV that may still be made in, 16 kHz PCM16 in pieces of 20 ms out. */
import { createResampler } from './resampler.ts';

const VOICE_RATE = 16_000;
const VOICE_FRAME_MS = 20;
const FRAME_BYTES = (VOICE_RATE / 1000) * VOICE_FRAME_MS * 2;
const HEADER = 44;
const RATE_AT = 24;

/** Frames of one length; what is left at the end is filled up with silence. */
export async function* voiceFrames(wav: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const sound of atOneRate(wav)) {
    rest = rest.length > 0 ? Buffer.concat([rest, sound]) : sound;
    let at = 0;
    for (; at + FRAME_BYTES <= rest.length; at += FRAME_BYTES) yield rest.subarray(at, at + FRAME_BYTES);
    rest = rest.subarray(at);
  }
  if (rest.length > 0) yield Buffer.concat([rest, Buffer.alloc(FRAME_BYTES - rest.length)]);
}

/** The header is read for its rate; samples may be cut in two between pieces. */
async function* atOneRate(wav: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0);
  let resample: ((pcm: Buffer) => Buffer) | undefined;
  for await (const piece of wav) {
    waiting = waiting.length > 0 ? Buffer.concat([waiting, piece]) : piece;
    if (!resample) {
      if (waiting.length < HEADER) continue;
      resample = createResampler(waiting.readUInt32LE(RATE_AT), VOICE_RATE);
      waiting = waiting.subarray(HEADER);
    }
    const whole = waiting.length & ~1;
    yield resample(waiting.subarray(0, whole));
    waiting = waiting.subarray(whole);
  }
}

/** Samples of both sides as binary frames of a tenth of a second each: fewer and larger than the 20 ms in which they come. */
import { SOUND } from '../../calls/wire.ts';
import type { Who } from '../sound/tap.ts';

const HEADER = 8;
/** Of 320 samples. */
const PIECES = 5;

/** Takes 20 ms of one side at a time; `send` gets a frame for every five. Milliseconds in it count from here. */
export function createSoundFrames(send: (frame: Uint8Array<ArrayBuffer>) => void) {
  const begun = performance.now();
  const sides = { clerk: { waiting: [] as Int16Array[], seq: 0 }, resident: { waiting: [] as Int16Array[], seq: 0 } };
  return (who: Who, samples: Int16Array): void => {
    const side = sides[who];
    side.waiting.push(samples);
    if (side.waiting.length < PIECES) return;
    send(frameOf(SOUND[who], side.seq++, performance.now() - begun, side.waiting));
    side.waiting = [];
  };
}

/** u8 type, u8 codec (PCM16), u16 seq, u32 ms, big-endian, then the samples, little-endian. */
function frameOf(type: number, seq: number, ms: number, pieces: Int16Array[]): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(HEADER + pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  const header = new DataView(frame.buffer);
  header.setUint8(0, type);
  header.setUint16(2, seq & 0xffff);
  header.setUint32(4, ms >>> 0);
  let at = HEADER;
  for (const piece of pieces) {
    frame.set(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength), at);
    at += piece.byteLength;
  }
  return frame;
}

/** Binary frames: eight bytes of header, big-endian, then sound. */

/** Sound of one frame: 20 ms of 16 kHz PCM are 640 bytes; more than this is a fault. */
export const LARGEST_SOUND = 8 * 1024;
const HEADER = 8;

export interface AudioFrame {
  kind: 'mic' | 'voice';
  codec: 'pcm16' | 'opus';
  /** Counts up by one and wraps at 65536. */
  seq: number;
  /** Milliseconds since the sender's own zero; wraps at 2^32. */
  ms: number;
  sound: Buffer;
}

const KINDS = [undefined, 'mic', 'voice'] as const;
const CODECS = ['pcm16', 'opus'] as const;

/** The frame in a binary message, or undefined when it is none. The sound is a view, not a copy. */
export function readAudio(data: Buffer): AudioFrame | undefined {
  if (data.length < HEADER) return undefined;
  const kind = KINDS[data.readUInt8(0)];
  const codec = CODECS[data.readUInt8(1)];
  if (!kind || !codec) return undefined;
  return { kind, codec, seq: data.readUInt16BE(2), ms: data.readUInt32BE(4), sound: data.subarray(HEADER) };
}

/** A binary message from its parts. */
export function writeAudio(frame: AudioFrame): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt8(KINDS.indexOf(frame.kind), 0);
  header.writeUInt8(CODECS.indexOf(frame.codec), 1);
  header.writeUInt16BE(frame.seq & 0xffff, 2);
  header.writeUInt32BE(frame.ms >>> 0, 4);
  return Buffer.concat([header, frame.sound]);
}

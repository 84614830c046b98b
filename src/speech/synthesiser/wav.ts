/** PCM16 mono sound. */
export interface Sound {
  rate: number;
  samples: Int16Array;
}

const HEADER = 44;
const SILENT = 160; // out of 32767: below this nothing is heard
const KEPT_MS = 60; // of the silence at either end

/** Reads a PCM16 mono WAV; undefined when it is not one. Sizes in the header are not trusted: what is there is read. */
export function readWav(file: Buffer): Sound | undefined {
  if (file.length <= HEADER || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    return undefined;
  const pcm16mono = file.readUInt16LE(20) === 1 && file.readUInt16LE(22) === 1 && file.readUInt16LE(34) === 16;
  const at = file.indexOf('data', 12, 'latin1');
  if (!pcm16mono || at < 0) return undefined;
  const sound = file.subarray(at + 8, at + 8 + Math.min(file.readUInt32LE(at + 4), file.length - at - 8));
  const samples = Int16Array.from({ length: sound.length >> 1 }, (_, n) => sound.readInt16LE(n * 2));
  return { rate: file.readUInt32LE(24), samples };
}

/** A WAV with a 44-byte header. */
export function writeWav({ rate, samples }: Sound): Buffer {
  const bytes = samples.length * 2;
  const file = Buffer.alloc(HEADER + bytes);
  wavHeader(rate, bytes).copy(file);
  for (const [n, sample] of samples.entries()) file.writeInt16LE(sample, HEADER + n * 2);
  return file;
}

/** What a player takes for "until the end": the sizes of a sound that is still being made. */
const UNKNOWN = 0xffffffff;

/** The 44 bytes before PCM16 mono of so many bytes. */
export function wavHeader(rate: number, bytes = UNKNOWN - HEADER + 8): Buffer {
  const header = Buffer.alloc(HEADER);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(HEADER - 8 + bytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(bytes, 40);
  return header;
}

/** Without the silence at its ends, save a little. */
export function trimmed({ rate, samples }: Sound): Sound {
  const kept = Math.round((rate * KEPT_MS) / 1000);
  const first = samples.findIndex((sample) => Math.abs(sample) > SILENT);
  if (first < 0) return { rate, samples: new Int16Array() };
  const last = samples.findLastIndex((sample) => Math.abs(sample) > SILENT);
  return { rate, samples: samples.slice(Math.max(0, first - kept), last + kept) };
}

/** One after the other with `ms` of silence between; all of the first one's rate. */
export function joinedBy(ms: number, sounds: Sound[]): Sound {
  const rate = sounds[0]?.rate ?? 22_050;
  const gap = Math.round((rate * ms) / 1000);
  const length = sounds.reduce((sum, { samples }) => sum + samples.length, 0) + gap * Math.max(0, sounds.length - 1);
  const samples = new Int16Array(length);
  let at = 0;
  for (const sound of sounds) {
    samples.set(sound.samples, at);
    at += sound.samples.length + gap;
  }
  return { rate, samples };
}

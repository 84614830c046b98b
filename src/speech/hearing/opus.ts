/** Opus packets to 16 kHz PCM16, one packet at a time. */
import { OpusDecoder } from 'opus-decoder';
import { RATE } from './hearing.ts';

export interface OpusEar {
  /** Hands over the sound, at once or as soon as the decoder is loaded. A damaged packet is left out. */
  decode(packet: Buffer): void;
  /** Resolves when all that came before has been handed over. */
  settled(): Promise<void>;
  free(): void;
}

/** One utterance's decoder: packets depend on one another. `free()` it, its memory is not collected. */
export function createOpusEar(hear: (pcm: Buffer) => void): OpusEar {
  const decoder = new OpusDecoder({ sampleRate: RATE, channels: 1 });
  let early: Buffer[] | undefined = [];
  let freed = false;

  function give(packet: Buffer): void {
    const { channelData, samplesDecoded } = decoder.decodeFrame(packet);
    const [mono] = channelData;
    if (mono && samplesDecoded > 0) hear(pcmOf(mono.subarray(0, samplesDecoded)));
  }

  const loaded = decoder.ready.then(() => {
    for (const packet of freed ? [] : (early ?? [])) give(packet);
    early = undefined;
    if (freed) decoder.free();
  });

  return {
    decode(packet) {
      if (freed || packet.length === 0) return;
      if (early) early.push(Buffer.from(packet));
      else give(packet);
    },
    settled: () => loaded,
    free() {
      if (freed) return;
      freed = true;
      if (!early) decoder.free();
    },
  };
}

function pcmOf(samples: Float32Array): Buffer {
  const pcm = Buffer.alloc(samples.length * 2);
  for (const [n, sample] of samples.entries())
    pcm.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32767), n * 2);
  return pcm;
}

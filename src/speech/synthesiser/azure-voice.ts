/** Azure's voice through its own SDK: one document in, sound out as it is made. */
import {
  type AudioConfig,
  CancellationErrorCode,
  ResultReason,
  SpeechSynthesisOutputFormat,
  SpeechSynthesizer,
} from 'microsoft-cognitiveservices-speech-sdk';
import { type AzureAccess, azureConfig } from '../hearing/azure.ts';

/** Of the sound it gives: 16 kHz PCM16 mono. */
export const AZURE_RATE = 16_000;

export interface AzureVoiceOptions extends AzureAccess {
  /** Milliseconds for one sentence, from asking to its last sound. */
  deadlineMs?: number;
}

export interface AzureVoice {
  /** Pieces of sound in their order. @throws Error when the service fails, is too slow, or `signal` was given */
  say(markup: string, signal?: AbortSignal): AsyncGenerator<Buffer>;
  close(): void;
}

const DEADLINE_MS = 8_000;
/** Connections that are kept open for the next sentence: a new one costs a handshake. */
const KEPT = 4;
const IDLE_MS = 60_000;

/** Keeps at most four connections open for the next sentence; `close()` ends them. */
export function createAzureVoice({ deadlineMs = DEADLINE_MS, ...access }: AzureVoiceOptions): AzureVoice {
  const pool = createPool(() => synthesiserFor(access));
  return {
    async *say(markup, signal) {
      const synthesiser = pool.take();
      const limit = AbortSignal.any([AbortSignal.timeout(deadlineMs), ...(signal ? [signal] : [])]);
      const sound = createQueue();
      // Closing it while it speaks calls nobody back: the limit must end the waiting.
      limit.addEventListener('abort', () => sound.end(new Error('the voice was too slow, or is not wanted')));
      speakInto(synthesiser, markup, sound);
      let whole = false;
      try {
        yield* sound.pieces();
        whole = true;
      } finally {
        if (whole) pool.give(synthesiser);
        else synthesiser.close();
      }
    },
    close: pool.close,
  };
}

function synthesiserFor(access: AzureAccess): SpeechSynthesizer {
  const config = azureConfig(access);
  config.speechSynthesisOutputFormat = SpeechSynthesisOutputFormat.Raw16Khz16BitMonoPcm;
  return new SpeechSynthesizer(config, null as unknown as AudioConfig); // null: to nobody's loudspeaker
}

function speakInto(synthesiser: SpeechSynthesizer, markup: string, sound: Queue): void {
  synthesiser.synthesizing = (_, { result }) => sound.put(Buffer.from(result.audioData));
  synthesiser.speakSsmlAsync(
    markup,
    (result) => {
      const done = result.reason === ResultReason.SynthesizingAudioCompleted;
      // Its own words hold the address with the key in it.
      sound.end(
        done ? undefined : new Error(`the voice failed: ${CancellationErrorCode[reasonOf(result)] ?? 'unknown'}`),
      );
    },
    () => sound.end(new Error('the voice failed')),
  );
}

const reasonOf = (result: { errorDetails?: string }): number =>
  /\b(429|4429)\b/.test(String(result.errorDetails))
    ? CancellationErrorCode.TooManyRequests
    : CancellationErrorCode.ConnectionFailure;

interface Queue {
  put(piece: Buffer): void;
  end(fault?: Error): void;
  pieces(): AsyncGenerator<Buffer>;
}

/** What comes by calls, to be asked for one after the other. */
function createQueue(): Queue {
  const waiting: Buffer[] = [];
  let over: { fault?: Error } | undefined;
  let wake: () => void = () => undefined;
  return {
    put(piece) {
      if (piece.length > 0) waiting.push(piece);
      wake();
    },
    end(fault) {
      over ??= { fault };
      wake();
    },
    async *pieces() {
      for (;;) {
        const piece = waiting.shift();
        if (piece) yield piece;
        else if (over?.fault) throw over.fault;
        else if (over) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  };
}

/** Synthesisers that are free, each with its open connection; after a minute without use they are closed. */
function createPool(make: () => SpeechSynthesizer) {
  const free: { synthesiser: SpeechSynthesizer; timer: NodeJS.Timeout }[] = [];

  function drop(synthesiser: SpeechSynthesizer): void {
    const at = free.findIndex((one) => one.synthesiser === synthesiser);
    if (at >= 0) clearTimeout(free.splice(at, 1)[0]?.timer);
    synthesiser.close();
  }

  return {
    take(): SpeechSynthesizer {
      const kept = free.pop();
      clearTimeout(kept?.timer);
      return kept?.synthesiser ?? make();
    },
    give(synthesiser: SpeechSynthesizer): void {
      if (free.length >= KEPT) synthesiser.close();
      else free.push({ synthesiser, timer: setTimeout(() => drop(synthesiser), IDLE_MS).unref() });
    },
    close(): void {
      for (const { synthesiser } of [...free]) drop(synthesiser);
    },
  };
}

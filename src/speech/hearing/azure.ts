/** Azure's recogniser through its own SDK: a region, a region of the sovereign China cloud, or a container on our own premises. */
import {
  AudioConfig,
  AudioInputStream,
  AudioStreamFormat,
  CancellationErrorCode,
  CancellationReason,
  PhraseListGrammar,
  PropertyId,
  type PushAudioInputStream,
  Recognizer,
  ResultReason,
  SpeechConfig,
  SpeechRecognizer,
} from 'microsoft-cognitiveservices-speech-sdk';
import { Refusal } from '../../errors.ts';
import { createFinals } from './finals.ts';
import { type Opening, RATE, type Recogniser, type RecognitionStream } from './hearing.ts';

export interface AzureAccess {
  key?: string;
  /** `chinaeast2` and the like lead to the sovereign cloud by themselves. */
  region?: string;
  /** A container's host, `ws://…`: instead of the region. */
  host?: string;
}

export interface AzureRecogniserOptions extends AzureAccess {
  /** Milliseconds from the end of the sound to the words, at most. */
  deadlineMs?: number;
}

const DEADLINE_MS = 2600; // twice, with the second try, is within the speaker's own patience
/** What the service takes for the pause inside a sentence. */
const PAUSE = { least: 100, most: 5000 };

/** A configuration for one use. @throws Error when neither a region with its key nor a host was given */
export function azureConfig({ key, region, host }: AzureAccess): SpeechConfig {
  if (host) return SpeechConfig.fromHost(new URL(host.replace(/^http/, 'ws')), key ?? '');
  if (key && region) return SpeechConfig.fromSubscription(key, region);
  throw new Error('the speech service needs a key and a region, or a host');
}

/** Opens nothing by itself; each utterance is a stream of its own. The SDK's telemetry is off: nothing but the sound leaves the house. */
export function createAzureRecogniser({ deadlineMs = DEADLINE_MS, ...access }: AzureRecogniserOptions): Recogniser {
  Recognizer.enableTelemetry(false);
  return {
    profile: 'azure',
    status: () => ({ live: true, detail: access.host ? 'on our own premises' : (access.region ?? '') }),
    open: (opening) => openStream(access, opening, deadlineMs),
    close: () => undefined,
  };
}

function openStream(access: AzureAccess, opening: Opening, deadlineMs: number): RecognitionStream {
  const push = AudioInputStream.createPushStream(AudioStreamFormat.getWaveFormatPCM(RATE, 16, 1));
  const recogniser = recogniserOf(access, opening, push);
  const between = opening.locale === 'en-US' ? ' ' : '';
  const finals = createFinals(between);
  let [ended, released] = [false, false];
  const heard = listen(recogniser, finals, opening, between);
  heard.catch(() => undefined); // asked for later, or never

  const end = () => {
    if (!ended) push.close();
    ended = true;
  };
  const release = () => {
    end();
    if (!released) recogniser.close(undefined, () => undefined);
    released = true;
  };

  return {
    write(pcm) {
      if (!ended) push.write(ownMemory(pcm));
    },
    async finish() {
      end();
      try {
        await within(deadlineMs, heard);
        return finals.text();
      } finally {
        release();
      }
    },
    abort: release,
  };
}

function recogniserOf(access: AzureAccess, opening: Opening, push: PushAudioInputStream): SpeechRecognizer {
  const config = azureConfig(access);
  config.speechRecognitionLanguage = opening.locale;
  const pause = Math.min(PAUSE.most, Math.max(PAUSE.least, opening.patienceMs));
  config.setProperty(PropertyId.Speech_SegmentationSilenceTimeoutMs, String(pause));
  const recogniser = new SpeechRecognizer(config, AudioConfig.fromStreamInput(push));
  const phrases = PhraseListGrammar.fromRecognizer(recogniser);
  if (opening.hints.length > 0) phrases.addPhrases([...opening.hints]);
  return recogniser;
}

/** Resolves when the service has heard the stream to its end; a lost line in the middle is mended by the SDK itself. */
function listen(
  recogniser: SpeechRecognizer,
  finals: ReturnType<typeof createFinals>,
  { partial }: Opening,
  between: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    recogniser.recognizing = (_, { result }) => partial?.([finals.text(), result.text].filter(Boolean).join(between));
    recogniser.recognized = (_, { result }) => {
      if (result.reason !== ResultReason.RecognizedSpeech) return;
      finals.add(result);
      partial?.(finals.text());
    };
    recogniser.canceled = (_, { reason, errorCode, errorDetails }) => {
      if (reason === CancellationReason.Error) reject(refusalFor(errorCode, errorDetails));
    };
    recogniser.sessionStopped = () => resolve();
    recogniser.startContinuousRecognitionAsync(undefined, () => reject(new Refusal('RecogniserUnavailable')));
  });
}

/** Its own words hold the address with the key in it: only what kind of failure it was is taken from them. */
function refusalFor(code: CancellationErrorCode, details: unknown): Refusal {
  const quota = code === CancellationErrorCode.TooManyRequests || /\b(429|4429)\b|quota/i.test(String(details));
  return new Refusal(quota ? 'RecogniserBusy' : 'RecogniserUnavailable', { why: CancellationErrorCode[code] ?? '' });
}

/** The SDK keeps what it is given, and sends the whole of its memory: a view of a larger buffer will not do. */
function ownMemory(pcm: Buffer): ArrayBuffer {
  return new Uint8Array(pcm).buffer;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refusal('RecogniserUnavailable', { why: 'deadline' })), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

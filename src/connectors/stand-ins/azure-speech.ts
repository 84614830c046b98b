/** The speech service on loopback, in its own protocol: the vendor's SDK talks to it and cannot tell. What it hears is told beforehand. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { binaryMessage, type Message, readMessage, textMessage } from './azure-frames.ts';

/** What one utterance is understood as, and how the service behaves meanwhile. */
export interface Understood {
  text?: string;
  /** Told while she speaks, spread over the sound. */
  interim?: string[];
  /** `drops`: the line is cut after half a second of sound, once. `never`: no final comes. */
  fault?: 'drops' | 'never';
  /** Its own time from the end of the sound to the words, in milliseconds. */
  takesMs?: number;
}

export interface AzureSpeech {
  /** For AZURE_SPEECH_HOST_STT and AZURE_SPEECH_HOST_TTS. */
  url: string;
  key: string;
  /** The coming utterances, in this order; afterwards nothing is understood. */
  next(...understood: Understood[]): void;
  /** Whom it lets in from now on: the SDK knocks several times. */
  door(is: keyof typeof DOORS): void;
  /** Bytes of sound per connection that spoke to it. */
  heard(): number[];
  /** Phrases that were given as likely, of the last utterance. */
  hints(): string[];
  /** The language of the last utterance. */
  language(): string;
  /** What was to be spoken, as SSML. */
  spoken(): string[];
  /** The voice's next answers fail so. */
  voiceFails(...faults: ('refused' | 'drops' | 'never')[]): void;
  /** Milliseconds to the first sound of an answer, and between its pieces. */
  voiceTakes(first: number, between: number): void;
  close(): Promise<void>;
}

const TICKS = 10_000; // of 100 ns in a millisecond
const BYTES_MS = 32;
const INTERIM_MS = 300;
const WAV_HEADER = 44;
const MS_PER_CHARACTER = 250;
const PIECE_MS = 200;

/** What is answered at the door; `full` is the quota. */
const DOORS = { open: 101, shut: 401, full: 429 };

interface House {
  door: keyof typeof DOORS;
  coming: Understood[];
  dropped: Understood | undefined;
  voiceFaults: string[];
  voice: { first: number; between: number };
  heard: number[];
  hints: string[];
  language: string;
  spoken: string[];
}

/** Listens on a free port of 127.0.0.1. `key` is the only one that is let in. */
export async function startAzureSpeech(key = 'stand-in'): Promise<AzureSpeech> {
  const house: House = {
    door: 'open',
    coming: [],
    dropped: undefined,
    voiceFaults: [],
    voice: { first: 0, between: 0 },
    heard: [],
    hints: [],
    language: '',
    spoken: [],
  };
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const status = doorStatus(request, house, key);
    if (status !== 101) {
      socket.end(`HTTP/1.1 ${status} no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (line) => {
      if (request.url?.includes('/tts/')) speakOn(line, house);
      else hearOn(line, house, new URL(request.url ?? '/', 'ws://x').searchParams.get('language') ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    next: (...understood) => void house.coming.push(...understood),
    door: (is) => {
      house.door = is;
    },
    heard: () => house.heard,
    hints: () => house.hints,
    language: () => house.language,
    spoken: () => house.spoken,
    voiceFails: (...faults) => void house.voiceFaults.push(...faults),
    voiceTakes: (first, between) => {
      house.voice = { first, between };
    },
    close: async () => {
      for (const line of sockets.clients) line.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function doorStatus({ headers, url = '' }: IncomingMessage, house: House, key: string): number {
  const given =
    headers['ocp-apim-subscription-key'] ?? new URL(url, 'ws://x').searchParams.get('Ocp-Apim-Subscription-Key');
  if (given !== key) return 401;
  if (!url.includes('/tts/')) return DOORS[house.door];
  if (house.voiceFaults[0] !== 'refused') return 101;
  house.voiceFaults.shift();
  return 401;
}

/** One socket carries one utterance after the other: sound in, words out. */
function hearOn(line: WebSocket, house: House, language: string): void {
  let turn: Turn | undefined;
  line.on('message', (data, binary) => {
    const message = readMessage(data as Buffer, binary);
    if (message.path === 'speech.context') house.hints = hintsIn(message.body);
    if (message.path !== 'audio') return;
    const empty = message.body.length === 0;
    turn ??= beginTurn(line, house, message.requestId, language, empty ? {} : undefined);
    if (!empty) turn.sound(message.body.length);
    else {
      void turn.end();
      turn = undefined;
    }
  });
  line.on('error', () => undefined);
}

interface Turn {
  sound(bytes: number): void;
  end(): Promise<void>;
}

/** `nothing`: a stream that ends before it began uses up nothing of what is to come. */
function beginTurn(line: WebSocket, house: House, requestId: string, language: string, nothing?: Understood): Turn {
  const understood = nothing ?? house.dropped ?? house.coming.shift() ?? {};
  if (!nothing) house.dropped = undefined;
  house.language = language;
  const at = house.heard.push(0) - 1;
  const told = [...(understood.interim ?? [])];
  const send = (path: string, body: object) =>
    line.readyState === line.OPEN && line.send(textMessage(path, requestId, body));
  const milliseconds = () => Math.max(0, (house.heard[at] ?? 0) - WAV_HEADER) / BYTES_MS;
  send('turn.start', { context: { serviceTag: 'stand-in' } });
  let begun = false;

  function hypothesise(): void {
    if (!begun) send('speech.startDetected', { Offset: TICKS });
    begun = true;
    const Text = told.shift();
    if (Text) send('speech.hypothesis', { Text, Offset: TICKS, Duration: Math.round(milliseconds() * TICKS) });
  }

  return {
    sound(bytes) {
      house.heard[at] = (house.heard[at] ?? 0) + bytes;
      if (line.readyState !== line.OPEN) return;
      if (understood.fault === 'drops' && milliseconds() > 500) {
        house.dropped = { ...understood, fault: undefined };
        return line.terminate();
      }
      const { length } = understood.interim ?? [];
      if (milliseconds() > INTERIM_MS * ((length ?? 0) - told.length + 1)) hypothesise();
    },
    async end() {
      if (understood.fault === 'never') return;
      while (told.length > 0) hypothesise();
      if (understood.takesMs) await after(understood.takesMs);
      send('speech.phrase', phraseOf(understood.text, milliseconds()));
      send('speech.endDetected', { Offset: Math.round(milliseconds() * TICKS) });
      send('turn.end', {});
    },
  };
}

function phraseOf(text: string | undefined, milliseconds: number): object {
  const span = { Offset: TICKS, Duration: Math.round(milliseconds * TICKS) };
  if (!text) return { RecognitionStatus: 'NoMatch', ...span };
  const best = { Confidence: 0.9, Lexical: text, ITN: text, MaskedITN: text, Display: text };
  return { RecognitionStatus: 'Success', DisplayText: text, ...span, NBest: [best] };
}

function hintsIn(body: Buffer): string[] {
  const context = JSON.parse(body.toString('utf8') || '{}') as { dgi?: { groups?: { items?: { text: string }[] }[] } };
  return (context.dgi?.groups ?? []).flatMap(({ items = [] }) => items.map(({ text }) => text));
}

/** SSML in, a tone as long as the words would take out, piece by piece. */
function speakOn(line: WebSocket, house: House): void {
  line.on('message', (data, binary) => {
    const message = readMessage(data as Buffer, binary);
    if (message.path === 'ssml') void speak(line, house, message);
  });
  line.on('error', () => undefined);
}

async function speak(line: WebSocket, house: House, { requestId, body }: Message): Promise<void> {
  const ssml = body.toString('utf8');
  house.spoken.push(ssml);
  const fault = house.voiceFaults.shift();
  if (fault === 'never') return;
  const words = ssml.replace(/<[^>]*>/g, '');
  const sound = tone(words.length * MS_PER_CHARACTER);
  const streamId = requestId.toUpperCase();
  const send = (data: string | Buffer) => line.readyState === line.OPEN && line.send(data);
  send(textMessage('turn.start', requestId, { context: { serviceTag: 'stand-in' } }));
  send(textMessage('response', requestId, { context: {}, audio: { type: 'inline', streamId } }));
  await after(house.voice.first);
  for (let at = 0; at < sound.length; at += PIECE_MS * BYTES_MS) {
    if (fault === 'drops' && at > 0) return line.terminate();
    send(binaryMessage('audio', requestId, { 'X-StreamId': streamId }, sound.subarray(at, at + PIECE_MS * BYTES_MS)));
    if (house.voice.between) await after(house.voice.between);
  }
  send(binaryMessage('audio', requestId, { 'X-StreamId': streamId }, Buffer.alloc(0)));
  send(textMessage('turn.end', requestId, {}));
}

/** 16 kHz PCM16. */
function tone(milliseconds: number): Buffer {
  const samples = Buffer.alloc(milliseconds * BYTES_MS);
  for (let n = 0; n < samples.length / 2; n++) samples.writeInt16LE(Math.round(Math.sin(n / 8) * 6000), n * 2);
  return samples;
}

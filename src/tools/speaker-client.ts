/** A speaker of the community in 180 lines: the reference for device makers, and what our own tools and tests talk through. */
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { type AudioFrame, readAudio } from '../platforms/speaker/audio.ts';
import type { Caps, ErrorFrame, OutFrame, ReadyFrame, ReplyFrame } from '../platforms/speaker/protocol.ts';
import { pauseBefore } from './speaker-client-return.ts';

export interface SpeakerClientOptions {
  /** `ws://host:port/speaker` */
  url: string;
  /** A device's own token, or a page's ticket. */
  credentials: { deviceId: string; token: string } | { ticket: string };
  caps?: Caps;
  /** Sent as Origin, as a page would. */
  origin?: string;
  /** Milliseconds until a frame without an answer is sent again. */
  resendAfter?: number;
  /** Milliseconds of the longest pause before connecting again, a minute unless told; 0: never. */
  reconnectWithin?: number;
  /** Milliseconds without any frame after which the line counts as broken; three heartbeats unless told. */
  silentAfter?: number;
  /** Every frame, as it comes. */
  heard?: (frame: OutFrame) => void;
  /** Every frame of our voice, where `caps.voice` asked for them. */
  voice?: (frame: AudioFrame) => void;
  closed?: (code: number) => void;
}

export type Answer = ReplyFrame | ErrorFrame;
type Frame = Record<string, unknown> & { type: string };

export interface SpeakerClient {
  /** Resolves with the first `ready`; rejects when the door stays shut. */
  ready: Promise<ReadyFrame>;
  wake(id?: string): Promise<Answer>;
  say(text: string, id?: string): Promise<Answer>;
  silence(id?: string): Promise<Answer>;
  bargein(id?: string): Promise<Answer>;
  /** Any frame that wants an answer; resolves with the reply or the error of its id. */
  ask(frame: Frame & { id: string }): Promise<Answer>;
  /** Any frame that wants none. */
  tell(frame: Frame): void;
  /** Binary: see platforms/speaker/audio.ts. */
  sound(data: Buffer): void;
  close(): void;
}

/** Until `ready` says how often the server is heard of. */
const HEARTBEAT_MS = 5_000;

/** Connects at once and comes back after a loss. Frames that want an answer go out again under their id until they have one, so that nothing is said twice. */
export function connectSpeaker(options: SpeakerClientOptions): SpeakerClient {
  const { url, credentials, caps, resendAfter = 10_000, reconnectWithin } = options;
  const waiting = new Map<string, { frame: Frame; settle: (answer: Answer) => void; timer: NodeJS.Timeout }>();
  let socket: WebSocket | undefined;
  let open = false;
  let losses = 0;
  let silentAfter = options.silentAfter ?? 3 * HEARTBEAT_MS;
  let finished = false;
  let deaf: NodeJS.Timeout | undefined;
  let again: NodeJS.Timeout | undefined;
  let opened: (frame: ReadyFrame) => void = () => undefined;
  let failed: (reason: Error) => void = () => undefined;
  const ready = new Promise<ReadyFrame>((resolve, reject) => {
    opened = resolve;
    failed = reject;
  });
  ready.catch(() => undefined);

  function send(frame: Frame): void {
    if (open) socket?.send(JSON.stringify(frame));
  }

  function hear(frame: OutFrame): void {
    options.heard?.(frame);
    if (frame.type === 'ping') send({ type: 'pong' });
    if (frame.type === 'ready') begin(frame);
    if ((frame.type === 'reply' || frame.type === 'error') && frame.id) settle(frame.id, frame);
  }

  // After a reconnection the same frames go out again under their ids: the server tells the same words.
  function begin(frame: ReadyFrame): void {
    open = true;
    losses = 0;
    silentAfter = options.silentAfter ?? 3 * frame.heartbeat * 1000;
    opened(frame);
    for (const { frame: unanswered } of waiting.values()) send(unanswered);
  }

  function settle(id: string, answer: Answer): void {
    const asked = waiting.get(id);
    clearInterval(asked?.timer);
    waiting.delete(id);
    asked?.settle(answer);
  }

  function connect(): void {
    const fresh = new WebSocket(url, {
      ...(options.origin ? { origin: options.origin } : {}),
      perMessageDeflate: false,
    });
    socket = fresh;
    listen();
    fresh.on('open', () => fresh.send(JSON.stringify({ type: 'hello', ...credentials, ...(caps ? { caps } : {}) })));
    fresh.on('message', (data, binary) => {
      listen();
      if (!binary) return hear(JSON.parse(String(data)) as OutFrame);
      const frame = options.voice && readAudio(data as Buffer);
      if (frame) options.voice?.(frame);
    });
    fresh.on('error', (error) => failed(error));
    fresh.on('close', lost);
  }

  /** A line may be dead without a word: nothing for so long, and it is given up. */
  function listen(): void {
    clearTimeout(deaf);
    deaf = setTimeout(() => socket?.terminate(), silentAfter).unref();
  }

  function lost(code: number): void {
    open = false;
    clearTimeout(deaf);
    options.closed?.(code);
    failed(new Error(`closed with ${code}`));
    const pause = reconnectWithin === 0 ? undefined : pauseBefore(code, losses, { longest: reconnectWithin });
    losses += 1;
    if (pause !== undefined && !finished) again = setTimeout(connect, pause).unref();
  }

  function ask(frame: Frame & { id: string }): Promise<Answer> {
    return new Promise((resolve) => {
      const timer = setInterval(() => send(frame), resendAfter);
      waiting.set(frame.id, { frame, settle: resolve, timer });
      send(frame);
    });
  }

  connect();
  return {
    ready,
    wake: (id = randomUUID()) => ask({ type: 'wake', id }),
    say: (text, id = randomUUID()) => ask({ type: 'say', id, text }),
    silence: (id = randomUUID()) => ask({ type: 'silence', id }),
    bargein: (id = randomUUID()) => ask({ type: 'bargein', id }),
    ask,
    tell: send,
    sound: (data) => socket?.send(data),
    close() {
      finished = true;
      clearTimeout(again);
      for (const { timer } of waiting.values()) clearInterval(timer);
      socket?.close(1000);
    },
  };
}

/** What the socket needs of the rest of the product, as small as it can be. Filled in by the composition root. */
import type { Clock } from '../../clock.ts';
import type { Refusal } from '../../errors.ts';
import type { Locale, Medium, Reply } from '../platform.ts';
import type { BrandOptions } from '../webhook.ts';
import type { AudioFrame } from './audio.ts';
import type {
  CallFrame,
  CallOutFrame,
  Caps,
  ErrorCode,
  NoticeFrame,
  NoticeState,
  OutFrame,
  Settings,
  SettingsFrame,
  Update,
  UpdateFrame,
} from './protocol.ts';

/** A device that proved who it is. */
export interface SpeakerIdentity {
  deviceId: string;
  locale: Locale;
  settings: Settings;
  /** Told with `ready` while it runs another firmware than it should. */
  update?: Update;
  /** Opaque; the same for as long as the talk may be taken up again. */
  conversation: string;
  resume: boolean;
  /** Milliseconds of silence after which she has finished; the usual where it is absent. */
  patienceMs?: number;
  /** The name of her voice in locales/<locale>/_voices.yaml. */
  voice?: string;
  /** Opaque: the range of addresses it connects from. */
  network?: string;
  /** Of the sample community: only then may a browser use the device's token. */
  sample: boolean;
}

export interface Devices {
  /** Undefined when the token is not this device's, or the device is suspended, wiped or unknown. */
  byToken(deviceId: string, token: string, address?: string): Promise<SpeakerIdentity | undefined>;
  /** Takes the ticket: a second call gives undefined. */
  byTicket(ticket: string): Promise<SpeakerIdentity | undefined>;
  /** Called when it connects and about once a minute while it stays. */
  seen(deviceId: string): Promise<void>;
  status(deviceId: string, status: Record<string, unknown>): Promise<void>;
}

/** The live bus between instances. */
export interface SpeakerBus {
  publish(channel: string, message: unknown): Promise<unknown>;
  /** To the instance that holds the device's socket; false when nobody does. */
  toDevice(device: string, message: unknown): Promise<boolean>;
  /** Hears a channel of all instances until the returned function is called. */
  on(channel: string, hear: (message: unknown) => void): () => void;
  /** Hears what `toDevice` sent to a device whose socket is here. */
  onDevice(device: string, hear: (message: unknown) => void): () => void;
}

export interface SpeakerPresence {
  seen(device: string, instance: string): Promise<unknown>;
  gone(device: string, instance: string): Promise<unknown>;
}

/** Turns one utterance's sound into words. */
export interface Recogniser {
  open(identity: SpeakerIdentity, opening: Opening): Recognition;
  /** Told of each device that connects: what is likely to be said there may be looked up ahead. */
  prepare?(identity: SpeakerIdentity): Promise<void>;
  /** Told when it is gone. */
  leave?(deviceId: string): void;
}

/** Why an utterance ended by itself: she paused, said nothing, spoke too long; or nobody can hear just now. */
export type Ended = 'pause' | 'nothing' | 'longest' | 'failed';

export interface Opening {
  codec: AudioFrame['codec'];
  /** It ends by itself; otherwise only `finish` ends it. */
  endpoint: boolean;
  /** What is understood so far; may still change. */
  partial(text: string): void;
  /** Speech that is meant has begun: a cough is none, a hum is none. */
  began(): void;
  ended(why: Ended): void;
}

export interface Recognition {
  write(sound: Buffer): void;
  /** The device speaks meanwhile. */
  sounding(on: boolean): void;
  /** The words, empty when nothing was said. @throws Refusal RecogniserBusy or RecogniserUnavailable */
  finish(): Promise<Heard>;
  abort(): void;
}

export interface Heard {
  text: string;
  /** Characters a minute, where it can be told. */
  rate?: number;
  /** No more than a sign of listening. `asked`: a yes or no is being asked for. */
  isBackchannel(asked: boolean): boolean;
}

/** What happens at a speaker beside talking; each is told and not waited for. */
export interface SpeakerHooks {
  /** Frames to send right after `ready`: waiting notices, a call that still rings. */
  connected?(identity: SpeakerIdentity, caps: Caps): Promise<OutFrame[]>;
  disconnected?(deviceId: string): Promise<void>;
  played?(deviceId: string, replyId: string): Promise<void>;
  acknowledged?(deviceId: string, noticeId: string, state: NoticeState): Promise<void>;
  call?(deviceId: string, frame: CallFrame): Promise<void>;
}

export interface SpeakerOptions extends BrandOptions {
  devices: Devices;
  bus: SpeakerBus;
  presence: SpeakerPresence;
  /** This process, among those that share the bus. */
  instance: string;
  /** What is said with an error code. */
  words: (code: ErrorCode, locale: Locale) => string;
  /** What is said when hearing failed; the words of its code where it is absent. */
  refusalWords?: (refusal: Refusal, locale: Locale) => string;
  /** Business time: expiry of notices. */
  clock: Clock;
  /** The markup of `ssml`; `plain` sends none. */
  medium?: Medium;
  recogniser?: Recogniser;
  /** How fast she speaks, remembered between connections. */
  rates?: { get(deviceId: string): Promise<number | undefined>; put(deviceId: string, rate: number): Promise<void> };
  /** A same-origin path of the spoken words, undefined when there is no voice. Waited for 1.5 s at most. */
  voice?: (spoken: Pick<Reply, 'text' | 'markup' | 'pace'>, identity: SpeakerIdentity) => Promise<string | undefined>;
  /** The sound at such a path, 20 ms of 16 kHz PCM16 at a time, also while it is still being made. */
  sound?: (path: string) => AsyncGenerator<Buffer> | undefined;
  hooks?: SpeakerHooks;
  /** PUBLIC_URL: an origin that is ours beside the one the request came to. */
  publicUrl?: string;
  /** The page at the same address, for a plain GET. */
  page?: (request: import('fastify').FastifyRequest, reply: import('fastify').FastifyReply) => unknown;
  limits?: Partial<Limits>;
}

export interface Limits {
  /** Seconds until the opening frame must have come. */
  hello: number;
  /** Seconds between pings; two without an answer end the connection. */
  heartbeat: number;
  /** Spoken frames: this many at once, then so many a second. */
  spokenBurst: number;
  spokenPerSecond: number;
  /** All frames. */
  frameBurst: number;
  framesPerSecond: number;
}

export const LIMITS: Limits = {
  hello: 5,
  heartbeat: 5,
  spokenBurst: 40,
  spokenPerSecond: 5,
  frameBurst: 400,
  framesPerSecond: 120,
};

/** What may be pushed to a device from elsewhere in the product. */
export type Pushed = NoticeFrame | CallOutFrame | SettingsFrame | UpdateFrame;

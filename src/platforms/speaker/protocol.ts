/** The frames of `jialiban.v1`, both ways. Names and shapes stay: members are added, never changed (docs/speaker-protocol.md). */
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { AUDIO_STATES, LEG_STATES } from '../../calls/wire.ts';
import { textAt } from '../foreign.ts';
import type { Choice } from '../platform.ts';

export const PROTOCOL = 'jialiban.v1';
/** Bytes of the largest text frame: a session description with all its candidates fits. */
export const LARGEST_TEXT = 64 * 1024;

export const CLOSE = {
  /** Not who it said it was, or it would not keep to the rules. */
  policy: 1008,
  tooLarge: 1009,
  /** The server goes down for a while: come back after a pause of your own choosing. */
  restart: 1012,
  /** The same device has connected anew. */
  replaced: 4001,
} as const;

export const ERROR_CODES = [
  'bad_frame',
  'bad_token',
  'bad_ticket',
  'too_large',
  'too_fast',
  'no_recogniser',
  'busy',
  'unavailable',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

const Id = Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\x21-\\x7e]+$' });
const Name = Type.String({ minLength: 1, maxLength: 128 });
const Secret = Type.String({ minLength: 1, maxLength: 512 });
const Caps = Type.Object({
  audio: Type.Optional(Type.Boolean()),
  mic: Type.Optional(Type.Boolean()),
  aec: Type.Optional(Type.Boolean()),
  rtc: Type.Optional(Type.Boolean()),
  screen: Type.Optional(Type.Boolean()),
  /** It wants our voice as binary frames too, and need not fetch it. */
  voice: Type.Optional(Type.Boolean()),
});
export type Caps = Static<typeof Caps>;

const Hello = Type.Object({
  type: Type.Literal('hello'),
  deviceId: Type.Optional(Name),
  token: Type.Optional(Secret),
  ticket: Type.Optional(Secret),
  caps: Type.Optional(Caps),
});
export type HelloFrame = Static<typeof Hello>;

const NoticeState = Type.Union([
  Type.Literal('announced'),
  Type.Literal('heard'),
  Type.Literal('partly'),
  Type.Literal('refused'),
]);
export type NoticeState = Static<typeof NoticeState>;

const SPOKEN = {
  wake: Type.Object({ type: Type.Literal('wake'), id: Id }),
  say: Type.Object({ type: Type.Literal('say'), id: Id, text: Type.String() }),
  silence: Type.Object({ type: Type.Literal('silence'), id: Id }),
  bargein: Type.Object({ type: Type.Literal('bargein'), id: Id }),
  'audio.start': Type.Object({
    type: Type.Literal('audio.start'),
    id: Id,
    format: Type.Optional(Type.String()),
    /** The server finds the end of her speech; otherwise `audio.stop` is it. */
    endpoint: Type.Optional(Type.Boolean()),
  }),
  'audio.stop': Type.Object({ type: Type.Literal('audio.stop'), id: Id }),
};

const CALL = {
  'call.answer': Type.Object({ type: Type.Literal('call.answer'), call: Name }),
  'call.end': Type.Object({ type: Type.Literal('call.end'), call: Name }),
  rtc: Type.Object({
    type: Type.Literal('rtc'),
    call: Name,
    leg: Type.String({ maxLength: 64 }),
    description: Type.Optional(Type.Unknown()),
    candidate: Type.Optional(Type.Unknown()),
  }),
  'call.leg': Type.Object({
    type: Type.Literal('call.leg'),
    call: Name,
    leg: Type.String({ maxLength: 64 }),
    state: Type.Enum(LEG_STATES),
    audio: Type.Optional(Type.Enum(AUDIO_STATES)),
  }),
};

const OTHER = {
  played: Type.Object({ type: Type.Literal('played'), id: Id }),
  'notice.ack': Type.Object({ type: Type.Literal('notice.ack'), id: Id, state: NoticeState }),
  status: Type.Object({
    type: Type.Literal('status'),
    firmware: Type.Optional(Type.String({ maxLength: 128 })),
    volume: Type.Optional(Type.Number()),
  }),
  pong: Type.Object({ type: Type.Literal('pong') }),
};

type In<T extends Record<string, Type.TSchema>> = Static<T[keyof T]>;
/** Frames that want an answer, by their id. */
export type SpokenFrame = In<typeof SPOKEN>;
export type CallFrame = In<typeof CALL>;
export type OtherFrame = In<typeof OTHER>;
export type Frame = SpokenFrame | CallFrame | OtherFrame;

const CHECKS = new Map(
  Object.entries({ ...SPOKEN, ...CALL, ...OTHER }).map(([type, schema]) => [type, Compile(schema as Type.TSchema)]),
);
const CHECK_HELLO = Compile(Hello);

export interface Message {
  /** Undefined when it is none of ours. Members we do not know are let pass. */
  frame?: Frame;
  /** What can be told of a frame that is refused. */
  id?: string;
  /** A device names itself in the opening frame only; elsewhere it must at least be the same one. */
  deviceId?: string;
}

/** Reads a text message; never throws. */
export function readMessage(text: string): Message {
  const value = readJson(text);
  const type = textAt(value, 'type');
  const check = type === undefined ? undefined : CHECKS.get(type);
  const told = { id: textAt(value, 'id')?.slice(0, 128), deviceId: textAt(value, 'deviceId') };
  return check?.Check(value) ? { ...told, frame: value as Frame } : told;
}

/** The opening frame: a device with its token, or a ticket. */
export function readHello(text: string): HelloFrame | undefined {
  const value = readJson(text);
  if (!CHECK_HELLO.Check(value)) return undefined;
  return value.ticket || (value.deviceId && value.token) ? value : undefined;
}

/** Whether it wants an answer under its `id`. */
export function isSpoken(frame: Frame): frame is SpokenFrame {
  return frame.type in SPOKEN;
}

/** Whether it is about a live call: handed to the calls as it is. */
export function isCall(frame: Frame): frame is CallFrame {
  return frame.type in CALL;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface Settings {
  /** Characters a minute. */
  pace: number;
  /** 0 to 100. */
  volume: number;
  /** Quiet hours, `21:00-08:00`. */
  quiet: string;
}

export interface ReadyFrame {
  type: 'ready';
  protocol: typeof PROTOCOL;
  conversation: string;
  /** Seconds between pings. */
  heartbeat: number;
  settings: Settings;
  /** A talk was left open: the next wake offers to go on. */
  resume: boolean;
  /** Other firmware is meant to run. */
  update?: Update;
}

export interface Update {
  version: string;
  url: string;
  /** Of the file, hexadecimal. */
  sha256: string;
  /** ISO 8601: not to be fetched before. */
  notBefore: string;
}

/** Settings changed while it is connected. */
export interface SettingsFrame extends Settings {
  type: 'settings';
}

export interface UpdateFrame extends Update {
  type: 'update';
}

export interface ReplyFrame {
  type: 'reply';
  id: string;
  text: string;
  ssml?: string;
  audioUrl?: string;
  listen: boolean;
  end: boolean;
  pace: number;
  choices?: Choice[];
  errand: string | null;
  phrase: string;
  asking: string;
}

export interface ErrorFrame {
  type: 'error';
  /** The frame that is refused, where it had an id. */
  id?: string;
  code: ErrorCode;
  text: string;
  audioUrl?: string;
}

/** What is heard while she speaks, for a screen; may still change. */
export interface HeardFrame {
  type: 'heard';
  id: string;
  text: string;
}

/** Enough was heard of this utterance: its sound is not wanted any more, its reply follows. */
export interface AudioEndFrame {
  type: 'audio.end';
  id: string;
  why: 'pause' | 'nothing' | 'longest' | 'failed';
}

/** She speaks into this reply: stop its voice now. `resume`: it was no more than a sign of listening: go on where it stopped. */
export interface VoiceFrame {
  type: 'hush' | 'resume';
  id: string;
}

/** Our voice comes as binary frames from here on; `id` is what it belongs to: a reply, an error, `call:` and a call. */
export interface VoiceStartFrame {
  type: 'voice.start';
  id: string;
  codec: 'pcm16';
}

/** That was all of it: it was said, or it is not wanted any more. */
export interface VoiceEndFrame {
  type: 'voice.end';
  id: string;
  why: 'said' | 'stopped';
}

export interface NoticeFrame {
  type: 'notice';
  id: string;
  kind: 'policy' | 'progress' | 'reminder' | 'system';
  /** ISO 8601: not announced after this. */
  expires: string;
}

/** Frames of a live call are made elsewhere and pass through here. */
export interface CallOutFrame {
  type: 'call.offer' | 'call.state' | 'call.end' | 'call.leg' | 'call.caption' | 'rtc';
  call: string;
  [member: string]: unknown;
}

export type OutFrame =
  | ReadyFrame
  | ReplyFrame
  | ErrorFrame
  | HeardFrame
  | AudioEndFrame
  | VoiceFrame
  | VoiceStartFrame
  | VoiceEndFrame
  | NoticeFrame
  | CallOutFrame
  | SettingsFrame
  | UpdateFrame
  | { type: 'ping' };

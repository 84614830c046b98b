/**
 * What travels over the clerk's socket, `WS /api/live`, and the frames of a call on the speaker's socket: schemas for
 * the server, types for the pages (which import nothing else from here). Names and shapes stay: members are added.
 *
 * Of each leg (one peer connection) one end makes the offer: the speaker of the leg to the clerk, the supervisor of
 * hers to the clerk. A new description on a standing leg is an ICE restart and may come from either end.
 *
 * A page names its seat once for as long as it lives, `/api/live?seat=<uuid>`: after a lost connection it is given back
 * its legs. A page that was loaded anew has a new seat and says `resume`. Without one each socket is a seat of its own.
 */
import Type, { type Static } from 'typebox';

export const LIVE_PROTOCOL = 'live.v1';
/** Seconds between two looks at a socket; two without a sign of life end it. */
export const HEARTBEAT_SECONDS = 5;

const PRESENCE_STATES = ['available', 'busy', 'away'] as const;
const AWAY_REASONS = ['lunch', 'visit', 'meeting', 'training', 'other'] as const;
const OUTCOMES = ['solved', 'continued', 'callback', 'visit', 'transferred', 'no_contact', 'other'] as const;
/** How somebody takes part. `clerk` has the call; a supervisor listens, speaks to the clerk alone, or to both. */
const ROLES_IN_CALL = ['clerk', 'transfer', 'listen', 'coach', 'barge'] as const;
/**
 * What an end tells of its leg: `checking` as soon as it begins, then what the peer connection says. `announced`: the
 * speaker has finished saying who it is.
 */
export const LEG_STATES = ['checking', 'announced', 'connected', 'lost', 'failed', 'closed'] as const;
/** What it hears from the other end, by bytes and energy together: a silent elder is `ok`. */
export const AUDIO_STATES = ['ok', 'no_uplink', 'dead_microphone'] as const;

export type PresenceState = (typeof PRESENCE_STATES)[number];
export type AwayReason = (typeof AWAY_REASONS)[number];
export type CallOutcome = (typeof OUTCOMES)[number];
export type RoleInCall = (typeof ROLES_IN_CALL)[number];
export type LegState = (typeof LEG_STATES)[number];
export type AudioState = (typeof AUDIO_STATES)[number];
export type LiveState =
  | 'queued'
  | 'offered'
  | 'connecting'
  | 'talking'
  | 'held'
  | 'transferring'
  | 'wrapping'
  | 'ended'
  | 'callback';

const Uuid = Type.String({ minLength: 1, maxLength: 64, pattern: '^[0-9a-fA-F-]+$' });
const Leg = Type.String({ minLength: 1, maxLength: 64 });
/** Named by whoever sends it; comes back in `done` or `error`. */
const id = Type.Optional(Type.String({ maxLength: 64 }));
const call = Uuid;
const only = <T extends string>(type: T) => Type.Literal(type);

/** Frames that a console sends. */
export const IN = {
  presence: Type.Object({
    type: only('presence'),
    id,
    state: Type.Enum(PRESENCE_STATES),
    reason: Type.Optional(Type.Enum(AWAY_REASONS)),
  }),
  accept: Type.Object({ type: only('accept'), id, call }),
  decline: Type.Object({ type: only('decline'), id, call }),
  hold: Type.Object({ type: only('hold'), id, call, on: Type.Boolean() }),
  /** `to`: a colleague. She is rung; the first leg stays until hers stands. */
  transfer: Type.Object({ type: only('transfer'), id, call, to: Uuid }),
  hangup: Type.Object({ type: only('hangup'), id, call }),
  wrapup: Type.Object({
    type: only('wrapup'),
    id,
    call,
    outcome: Type.Enum(OUTCOMES),
    notes: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  listen: Type.Object({ type: only('listen'), id, call }),
  coach: Type.Object({ type: only('coach'), id, call }),
  barge: Type.Object({ type: only('barge'), id, call }),
  /** A supervisor stops listening. */
  leave: Type.Object({ type: only('leave'), id, call }),
  /** A supervisor ends a call that is stuck. */
  force: Type.Object({ type: only('force'), id, call, reason: Type.String({ minLength: 1, maxLength: 200 }) }),
  rtc: Type.Object({
    type: only('rtc'),
    call,
    leg: Leg,
    description: Type.Optional(Type.Unknown()),
    candidate: Type.Optional(Type.Unknown()),
  }),
  leg: Type.Object({
    type: only('leg'),
    call,
    leg: Leg,
    state: Type.Enum(LEG_STATES),
    audio: Type.Optional(Type.Enum(AUDIO_STATES)),
  }),
  /** She was asked whether what is said may be written along: her answer. */
  captions: Type.Object({ type: only('captions'), id, call, on: Type.Boolean() }),
  /** This tab takes the call over, after a reload or on another device: a new leg is opened, then the old one is dropped. */
  resume: Type.Object({ type: only('resume'), id, call }),
  /** Calls a speaker. Only with an open callback or case of that household. */
  dial: Type.Object({ type: only('dial'), id, callback: Type.Optional(Uuid), case: Type.Optional(Uuid) }),
  /** A supervisor gives a callback to somebody else. */
  reassign: Type.Object({ type: only('reassign'), id, callback: Uuid, to: Uuid }),
};

/**
 * Binary frames of a console whose call has `captions: 'on'`: the header of the speaker's frames (u8 type, u8 codec 0,
 * u16 seq, u32 ms, big-endian), then PCM16 at 16 kHz. The type tells whose words they are.
 */
export const SOUND = { clerk: 1, resident: 2 } as const;

export type InFrame = Static<(typeof IN)[keyof typeof IN]>;

export interface Named {
  id: string;
  name: string;
}

/** As `RTCPeerConnection` takes it; the credential ends within ten minutes. */
export interface Ice {
  iceServers: { urls: string[]; username?: string; credential?: string }[];
}

/** What the clerk knows before she says 您好. Names are masked; nothing of `turns` is stored anywhere. */
export interface Brief {
  resident: (Named & { age: number; hearing: boolean; locale: string }) | null;
  /** As she wants to be called, masked as a name is. */
  household: { community: string; building: string; station: string };
  matter: string | null;
  /** What the dialogue was filling: the errand in hand and the answers given so far. */
  errand: { name: string; slots: Record<string, string> } | null;
  drafts: {
    applications: { id: string; matter: string; state: string }[];
    bookings: { id: string; matter: string; day: string; start: string; place: string }[];
    cases: { id: string; matter: string; status: string }[];
  };
  /** Newest last; at most ten. */
  turns: { heard: string; said: string; phrase: string }[];
  mood: { failed: number; repeats: number };
  /** Guides that were read to her, by the matter's name. */
  explained: string[];
}

export interface Waiting {
  call: string;
  resident: Named | null;
  station: Named;
  reason: string;
  matter: string | null;
  /** ISO 8601 +08:00. */
  since: string;
  position: number;
  /** 0 usual, 1 the special list, 2 an emergency. */
  priority: number;
  state: 'queued' | 'offered';
  /** Whom it rings for now. */
  ringing: Named[];
}

export interface Desk {
  id: string;
  name: string;
  place: Named | null;
  duty: 'A' | 'B' | null;
  state: PresenceState;
  reason: AwayReason | null;
  /** The call she has, or is wrapping up. */
  call: string | null;
}

/** A call under way, for the supervisor. */
export interface Going {
  call: string;
  state: LiveState;
  resident: Named | null;
  clerk: Named | null;
  since: string;
  watchers: (Named & { role: RoleInCall })[];
}

/** Sent on opening, and again (at most once a second) when anything of it has changed. */
export interface QueueFrame {
  type: 'queue';
  waiting: Waiting[];
  desks: Desk[];
  callbacks: { open: number; overdue: number };
  /** Supervisors only. */
  going?: Going[];
}

export interface OfferFrame {
  type: 'offer';
  call: string;
  resident: Named | null;
  reason: string;
  brief: Brief;
  /** Seconds that it still rings. */
  rings: number;
  /** A colleague wants to hand the call over. */
  from?: Named;
}

/** The call as it stands for this person. Sent at every change, and on opening for what she has. */
export interface CallFrame {
  type: 'call';
  call: string;
  state: LiveState;
  /** Counts up: of two frames the one with the lower is old. */
  version: number;
  direction: 'in' | 'out';
  role: RoleInCall;
  /** This person's leg: with `ice` it is to be opened now. */
  leg?: string;
  ice?: Ice;
  /** The leg that is to be closed once `leg` stands. */
  replaces?: string;
  /** Fresh servers for an ICE restart of a standing leg, told after a reconnection. */
  renew?: Ice;
  /** Further legs of this call that end at this person: supervisors who offer. */
  legs?: { leg: string; with: Named; role: RoleInCall; ice: Ice }[];
  resident?: Named | null;
  clerk?: Named | null;
  brief?: Brief;
  since?: string;
  /** The speaker has said who is calling. */
  announced?: boolean;
  /** An end whose socket is gone; the sound may go on. */
  lost?: 'speaker' | 'clerk' | null;
  /** Who listens in: to be shown. */
  watchers?: (Named & { role: RoleInCall })[];
  /** Whether what is said is written along, and why not. `on`: the console sends both sides as binary frames (`SOUND`). */
  captions?: 'on' | 'no_recogniser' | 'no_consent';
  /** Until when the outcome is to be given. */
  wrapBy?: string;
  outcome?: CallOutcome | null;
  /** Taken in another tab or by a colleague: stop ringing. */
  elsewhere?: true;
  /** Sound runs one way only, or not at all: both sides are told. */
  audio?: AudioState;
  /** What was done for her during the call. */
  done?: Done[];
}

export interface Done {
  kind: 'booking' | 'application' | 'visit' | 'case' | 'callback';
  id: string;
  matter: string;
  day?: string;
  time?: string;
  place?: string;
}

export type OutFrame =
  | { type: 'hello'; protocol: string; heartbeat: number; me: Named; role: string; presence: Presence }
  /** Said in another tab of hers. */
  | ({ type: 'presence' } & Presence)
  | QueueFrame
  | OfferFrame
  | CallFrame
  | { type: 'rtc'; call: string; leg: string; description?: unknown; candidate?: unknown }
  /** What the far end of a leg tells. */
  | { type: 'leg'; call: string; leg: string; state: LegState; audio?: AudioState }
  | { type: 'caption'; call: string; leg: string; text: string; final: boolean }
  | { type: 'speaker'; id: string; online: boolean }
  /** Something in these lists has changed: read them again. Ids are not told. */
  | { type: 'changed'; nouns: string[] }
  | { type: 'done'; id: string; call?: string }
  | { type: 'error'; id?: string; call?: string; code: string; text: string };

export interface Presence {
  state: PresenceState;
  reason?: AwayReason;
}

/** Members of a call's frames on the speaker's socket, beside those of docs/speaker-protocol.md. */
export interface SpokenAlong {
  /** To be said at once; as in `reply`. */
  text?: string;
  ssml?: string;
  audioUrl?: string;
  pace?: number;
  /** Open the microphone (for words, not for the call) after speaking. */
  listen?: boolean;
}

export interface SpeakerOffer extends SpokenAlong {
  type: 'call.offer';
  call: string;
  who: string;
  station: string;
  topic: string;
  code?: string;
  rings: number;
}

export interface SpeakerState extends SpokenAlong {
  type: 'call.state';
  call: string;
  state: LiveState;
  position?: number;
  /** Seconds. */
  wait?: [number, number];
  /** Say `text` to its end, then put the microphone on this leg, not before. The speaker makes the offer. */
  leg?: string;
  ice?: Ice;
  /** It rings: a way may be sought already, and the microphone made ready. Nothing is sent before `leg` and its words. */
  prepare?: Ice;
  /** Close this leg once `leg` stands. */
  replaces?: string;
  who?: string;
  station?: string;
  topic?: string;
  /** Fresh servers for an ICE restart of a standing leg, told after a reconnection. */
  renew?: Ice;
  /** Counts up: of two frames the one with the lower is old. */
  version?: number;
  /** A chime before the words. */
  chime?: boolean;
  /** Music until further notice. */
  music?: boolean;
  lost?: 'clerk' | null;
  audio?: AudioState;
  /** What is said is written along on both screens, and kept nowhere. */
  captions?: boolean;
}

/** How a leg is at the far end. With a fault come words to be said: she is not heard, and may not be looking at a screen. */
export interface SpeakerLeg extends SpokenAlong {
  type: 'call.leg';
  call: string;
  leg: string;
  state: LegState;
  audio?: AudioState;
}

/** What the clerk says, in writing, for a speaker with a screen. */
export interface SpeakerCaption {
  type: 'call.caption';
  call: string;
  who: 'clerk' | 'resident';
  text: string;
  final: boolean;
}

export interface SpeakerEnd extends SpokenAlong {
  type: 'call.end';
  call: string;
  outcome?: string;
  end?: boolean;
  errand?: string | null;
  phrase?: string;
  asking?: string;
  choices?: { n: number; text: string }[];
}

import type { RawData } from 'ws';
import { within } from '../webhook.ts';
import { readAudio } from './audio.ts';
import { createBucket } from './bucket.ts';
import { createHearing } from './hearing.ts';
import { createInbox } from './inbox.ts';
import { bytesOf, textOf } from './message.ts';
import type { Outbound } from './outbound.ts';
import type { Limits, SpeakerIdentity, SpeakerOptions } from './parts.ts';
import {
  type Caps,
  CLOSE,
  type ErrorCode,
  type ErrorFrame,
  isCall,
  isSpoken,
  type OtherFrame,
  type OutFrame,
  type ReplyFrame,
  readMessage,
  type SpokenFrame,
} from './protocol.ts';
import { createSounding, type Spoken } from './sounding.ts';
import { type Said, saidBy, type Talking } from './talking.ts';
import { createVoicing } from './voicing.ts';

/** Frames that cannot be taken: so many at once and one in ten seconds, then the device is shown the door. */
const FAULTS = { burst: 50, perSecond: 0.1 };
/** Utterances that may wait for the one before them. */
const WAITING = 16;
/** Share of each utterance in what is known of her rate. */
const LEARNS = 0.3;
const RECOGNISER_DEADLINE_MS = 6_000;

export interface SessionParts {
  options: SpeakerOptions;
  limits: Limits;
  talking: Talking;
  /** For the log: a constant message, a name, never what was said. */
  failed: (what: string, thrown: unknown) => void;
}

/** A connection whose device is known: what it may say, and what comes of it. */
export interface Session {
  readonly identity: SpeakerIdentity;
  welcome(caps: Caps): Promise<void>;
  receive(data: RawData, binary: boolean): void;
  /** A frame made elsewhere; its words are said aloud. */
  push(frame: OutFrame): Promise<void>;
  end(): void;
}

/** After the greeting was taken, until the socket closes. Utterances are answered one after the other, at most sixteen waiting; another deviceId in a frame ends it (bad_token). */
export function createSession(identity: SpeakerIdentity, out: Outbound, parts: SessionParts): Session {
  const { options, limits, talking } = parts;
  const { hooks = {}, devices } = options;
  const { deviceId } = identity;
  const sounding = createSounding();
  const voicing = createVoicing({ out, failed: (thrown) => parts.failed('voice', thrown) });
  let caps: Caps = {};
  const hearing = createHearing({
    recogniser: options.recogniser,
    identity,
    caps: () => caps,
    sounding,
    tell(frame) {
      if (frame.type === 'hush') voicing.hold(frame.id);
      if (frame.type === 'resume') voicing.goOn(frame.id);
      out.send(frame);
    },
    ended: (id, said) => told(take(id, inTime(said))),
  });
  const inbox = createInbox(WAITING, (thrown) => parts.failed('turn', thrown));
  const frames = createBucket(limits.frameBurst, limits.framesPerSecond);
  const spoken = createBucket(limits.spokenBurst, limits.spokenPerSecond);
  const faults = createBucket(FAULTS.burst, FAULTS.perSecond);
  const deaf = createBucket(1, 1 / 3);
  let lastQuiet: string | undefined;
  let rate: number | undefined;

  const told = (work: Promise<unknown> | undefined): void => {
    work?.catch((thrown) => parts.failed('hook', thrown));
  };

  async function refuse(code: ErrorCode, id?: string): Promise<void> {
    speakOut(await talking.refuse(code, identity, id));
    if (code !== 'no_recogniser' && !faults.take()) out.close(CLOSE.policy, code);
  }

  async function hear(data: RawData): Promise<void> {
    const frame = readAudio(bytesOf(data));
    if (!frame) return refuse('bad_frame');
    if (hearing.open) hearing.write(frame);
    else if (hearing.lately) return;
    // Said once in a while, not fifty times a second.
    else if (deaf.take()) await refuse(options.recogniser ? 'bad_frame' : 'no_recogniser');
  }

  async function read(text: string): Promise<void> {
    if (!frames.take()) return refuse('too_fast');
    const { frame, id, deviceId: claimed } = readMessage(text);
    if (claimed !== undefined && claimed !== deviceId) return turnOut('bad_token');
    if (!frame) return refuse('bad_frame', id);
    if (isSpoken(frame)) return speak(frame);
    await (isCall(frame) ? hooks.call?.(deviceId, frame) : note(frame));
  }

  async function turnOut(code: ErrorCode): Promise<void> {
    await refuse(code);
    out.close(CLOSE.policy, code);
  }

  async function speak(frame: SpokenFrame): Promise<void> {
    if (!spoken.take()) return refuse('too_fast', frame.id);
    if (frame.type === 'audio.start')
      return hearing.start(frame.id, frame.endpoint) ? undefined : refuse('no_recogniser', frame.id);
    if (frame.type === 'audio.stop' && !options.recogniser) return refuse('no_recogniser', frame.id);
    const said = saidBy(frame);
    if (said) quieten(); // she woke it, typed, or stopped it: its voice is not on any more
    await take(frame.id, said ?? inTime(hearing.stop(frame.id)));
  }

  /** Answered in the order it was said. */
  async function take(id: string, said: Said | Promise<Heard>): Promise<void> {
    if (!inbox.put(() => answer(id, said))) await refuse('busy', id);
  }

  async function answer(id: string, said: Said | Promise<Heard>): Promise<void> {
    const words = await said;
    if (words && 'failed' in words) return speakOut(await talking.unheard(words.failed, identity, id));
    // A stop that is sent again after a reconnection has no sound any more, but its reply is stored under its id.
    const utterance = words ?? quiet(id);
    if (utterance.kind === 'event') lastQuiet = id;
    rate = learnt(utterance.rate);
    speakOut(await talking.answer({ ...utterance, rate }, identity));
  }

  /** Slowly: one hurried sentence does not change how she is spoken to. */
  function learnt(heard: number | undefined): number | undefined {
    if (heard === undefined) return rate;
    const next = rate === undefined ? heard : rate + (heard - rate) * LEARNS;
    told(options.rates?.put(deviceId, next));
    return next;
  }

  // The same stop again, after an utterance that was acknowledged without a word: nothing is stored under it.
  const quiet = (id: string): Said => ({ kind: id === lastQuiet ? 'event' : 'silence', id });

  function speakOut(frame: ReplyFrame | ErrorFrame): void {
    out.send(frame);
    const aloud = frame.type === 'reply' ? frame.text !== '' : frame.audioUrl !== undefined;
    if (!aloud) return;
    const { pace, asking } = frame.type === 'reply' ? frame : { pace: identity.settings.pace, asking: undefined };
    sound({ id: frame.id ?? '', text: frame.text, pace, asking }, frame.audioUrl);
  }

  /** The device speaks now: from the address that it was given, or from frames where it wants them. */
  function sound(spoken: Spoken, audioUrl: string | undefined): void {
    if (caps.audio === false) return;
    sounding.begin(spoken);
    const frames = caps.voice && audioUrl ? options.sound?.(audioUrl) : undefined;
    if (frames) voicing.begin(spoken.id, frames);
    else voicing.stop();
  }

  function quieten(): void {
    sounding.over();
    voicing.stop();
  }

  async function push(frame: OutFrame): Promise<void> {
    const told = await talking.aloud(frame, identity);
    out.send(told);
    const spoken = alongWith(told, identity.settings.pace);
    if (spoken) sound(spoken, spoken.audioUrl);
  }

  async function note(frame: OtherFrame): Promise<void> {
    if (frame.type === 'played') {
      sounding.over(frame.id);
      voicing.stop(frame.id);
      await hooks.played?.(deviceId, frame.id);
    }
    if (frame.type === 'notice.ack') await hooks.acknowledged?.(deviceId, frame.id, frame.state);
    if (frame.type === 'status') await devices.status(deviceId, statusOf(frame));
  }

  return {
    identity,
    async welcome(declared) {
      caps = declared;
      told(devices.seen(deviceId));
      told(options.recogniser?.prepare?.(identity));
      told(options.rates?.get(deviceId).then((known) => (rate ??= known)));
      const waiting = await hooks.connected?.(identity, declared);
      for (const frame of waiting ?? []) await push(frame);
    },
    push,
    receive: (data, binary) => told(binary ? hear(data) : read(textOf(data))),
    end() {
      hearing.abort();
      voicing.stop();
      options.recogniser?.leave?.(deviceId);
      told(hooks.disconnected?.(deviceId));
    },
  };
}

/** What was heard, or why not: a failure must not be left without a catch while it waits for its turn. */
type Heard = Said | { failed: unknown } | undefined;

function inTime(said: Promise<Said | undefined>): Promise<Heard> {
  return within(RECOGNISER_DEADLINE_MS, said).catch((failed: unknown) => ({ failed }));
}

/** Words that come with a frame of a call are our voice too: what hears them is not her. */
function alongWith(frame: OutFrame, pace: number): (Spoken & { audioUrl?: string }) | undefined {
  if (!('call' in frame)) return undefined;
  const { call, text, audioUrl, pace: own } = frame;
  if (typeof text !== 'string' || typeof audioUrl !== 'string') return undefined;
  return { id: `call:${call}`, text, pace: typeof own === 'number' ? own : pace, audioUrl };
}

function statusOf({ type: _type, ...status }: Extract<OtherFrame, { type: 'status' }>): Record<string, unknown> {
  return status;
}

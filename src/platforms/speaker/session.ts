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
  isCall,
  isSpoken,
  type OtherFrame,
  readMessage,
  type SpokenFrame,
} from './protocol.ts';
import { type Said, saidBy, type Talking } from './talking.ts';

/** Frames that cannot be taken: so many at once and one in ten seconds, then the device is shown the door. */
const FAULTS = { burst: 50, perSecond: 0.1 };
/** Utterances that may wait for the one before them. */
const WAITING = 16;
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
  end(): void;
}

export function createSession(identity: SpeakerIdentity, out: Outbound, parts: SessionParts): Session {
  const { options, limits, talking } = parts;
  const { hooks = {}, devices } = options;
  const { deviceId } = identity;
  const hearing = createHearing(options.recogniser, identity);
  const inbox = createInbox(WAITING, (thrown) => parts.failed('turn', thrown));
  const frames = createBucket(limits.frameBurst, limits.framesPerSecond);
  const spoken = createBucket(limits.spokenBurst, limits.spokenPerSecond);
  const faults = createBucket(FAULTS.burst, FAULTS.perSecond);
  const deaf = createBucket(1, 1 / 3);

  const told = (work: Promise<unknown> | undefined): void => {
    work?.catch((thrown) => parts.failed('hook', thrown));
  };

  async function refuse(code: ErrorCode, id?: string): Promise<void> {
    out.send(await talking.refuse(code, identity, id));
    if (code !== 'no_recogniser' && !faults.take()) out.close(CLOSE.policy, code);
  }

  async function hear(data: RawData): Promise<void> {
    const frame = readAudio(bytesOf(data));
    if (!frame) return refuse('bad_frame');
    if (hearing.open) hearing.write(frame);
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
    if (frame.type === 'audio.start') return hearing.start(frame.id) ? undefined : refuse('no_recogniser', frame.id);
    if (frame.type === 'audio.stop' && !options.recogniser) return refuse('no_recogniser', frame.id);
    // A recogniser that fails is told to the device; the promise must not be left without a catch while it waits.
    const said = saidBy(frame) ?? heard(frame.id).catch(() => undefined);
    if (!inbox.put(() => answer(frame.id, said))) await refuse('busy', frame.id);
  }

  async function answer(id: string, said: Said | Promise<Said | undefined>): Promise<void> {
    const words = await said;
    if (words) out.send(await talking.answer(words, identity));
    else await refuse('unavailable', id);
  }

  // A stop that is sent again after a reconnection has no sound any more, but its reply is stored under its id.
  async function heard(id: string): Promise<Said> {
    const recognised = await within(RECOGNISER_DEADLINE_MS, hearing.stop(id));
    return recognised ?? { kind: 'silence', id };
  }

  async function note(frame: OtherFrame): Promise<void> {
    if (frame.type === 'played') await hooks.played?.(deviceId, frame.id);
    if (frame.type === 'notice.ack') await hooks.acknowledged?.(deviceId, frame.id, frame.state);
    if (frame.type === 'status') await devices.status(deviceId, statusOf(frame));
  }

  return {
    identity,
    async welcome(caps) {
      told(devices.seen(deviceId));
      const waiting = await hooks.connected?.(identity, caps);
      for (const frame of waiting ?? []) out.send(frame);
    },
    receive: (data, binary) => told(binary ? hear(data) : read(textOf(data))),
    end() {
      hearing.abort();
      told(hooks.disconnected?.(deviceId));
    },
  };
}

function statusOf({ type: _type, ...status }: Extract<OtherFrame, { type: 'status' }>): Record<string, unknown> {
  return status;
}

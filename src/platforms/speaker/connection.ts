import { randomUUID } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import { admit, type Origin } from './admission.ts';
import { LARGEST_SOUND } from './audio.ts';
import { sizeOf, textOf } from './message.ts';
import { createOutbound } from './outbound.ts';
import type { Limits, SpeakerIdentity } from './parts.ts';
import { CLOSE, type ErrorCode, type HelloFrame, LARGEST_TEXT, PROTOCOL } from './protocol.ts';
import { pushedFrame } from './pushed.ts';
import type { Live, Registry } from './registry.ts';
import { createSession, type Session, type SessionParts } from './session.ts';

export interface ConnectionParts extends SessionParts {
  registry: Registry;
}

/** The sound and its header. */
const LARGEST_BINARY = LARGEST_SOUND + 8;
const BEATS_MISSED = 2;
/** About a minute. */
const BEATS_PER_SIGHTING = 12;
/** While early messages wait for the opening frame to be checked. */
const EARLY = 16;

/** One socket's life: opening frame within its time, then a session until it closes. */
export function serveConnection(socket: WebSocket, origin: Origin, parts: ConnectionParts): void {
  const { options, limits, registry, talking } = parts;
  const out = createOutbound(socket);
  let session: Session | undefined;
  let live: Live | undefined;
  let missed = 0;
  let pushed = Promise.resolve();
  let beats = 0;
  let early: [RawData, boolean][] | undefined;
  const run = (work: Promise<void>): void => void work.catch((thrown) => parts.failed('connection', thrown));

  const timer = setTimeout(() => run(turnAway('bad_frame')), limits.hello * 1000);

  async function turnAway(code: ErrorCode, close: number = CLOSE.policy): Promise<void> {
    out.send(await talking.refuse(code, session?.identity));
    out.close(close, code);
  }

  async function open(data: RawData, binary: boolean): Promise<void> {
    early = [];
    clearTimeout(timer);
    const admission = await admit(binary ? undefined : textOf(data), origin, options.devices);
    if ('refused' in admission) return turnAway(admission.refused, closeCodeOf(admission.refused));
    if (socket.readyState !== socket.OPEN) return;
    session = begin(admission.identity, admission.hello);
    for (const [waiting, isBinary] of early) session.receive(waiting, isBinary);
    early = undefined;
  }

  function begin(identity: SpeakerIdentity, hello: HelloFrame): Session {
    live = { id: randomUUID(), deviceId: identity.deviceId, close: out.close, beat, deliver };
    registry.claim(live);
    out.send(readyFrame(identity, limits));
    const begun = createSession(identity, out, parts);
    run(begun.welcome(hello.caps ?? {}));
    return begun;
  }

  function beat(): void {
    if (missed >= BEATS_MISSED) out.cut();
    else out.sendIfRoom({ type: 'ping' });
    missed += 1;
    beats += 1;
    if (beats % BEATS_PER_SIGHTING === 0 && live) run(options.devices.seen(live.deviceId));
  }

  function deliver(message: unknown): void {
    const frame = pushedFrame(message, options.clock);
    if (!frame) return;
    // One after the other: words take a moment to become sound, and what follows them must not overtake them.
    pushed = pushed.then(async () => (session ? session.push(frame) : out.send(frame)));
    run(pushed);
  }

  function receive(data: RawData, binary: boolean): void {
    missed = 0;
    if (sizeOf(data) > (binary ? LARGEST_BINARY : LARGEST_TEXT)) run(turnAway('too_large', CLOSE.tooLarge));
    else if (session) session.receive(data, binary);
    else if (!early) run(open(data, binary));
    else if (early.length < EARLY) early.push([data, binary]);
  }

  socket.on('message', receive);
  socket.on('close', () => {
    clearTimeout(timer);
    session?.end();
    if (live) registry.release(live);
  });
}

// Where we are at fault the device comes back later; where it is, it need not.
function closeCodeOf(code: ErrorCode): number {
  return code === 'unavailable' ? CLOSE.restart : CLOSE.policy;
}

function readyFrame(identity: SpeakerIdentity, limits: Limits) {
  const { conversation, settings, resume, update } = identity;
  const ready = {
    type: 'ready',
    protocol: PROTOCOL,
    conversation,
    heartbeat: limits.heartbeat,
    settings,
    resume,
  } as const;
  return update ? { ...ready, update } : ready;
}

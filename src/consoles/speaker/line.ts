/**
 * The line to the server: says hello with a fresh ticket, answers heartbeats, comes back after a loss, and sends what is
 * still unanswered again under the same id, so that nothing said is done twice or lost. Knows neither page nor React.
 */
import type { Asking, ServerFrame, Telling } from './frames.ts';

/** `replaced`: the device is open elsewhere (4001). `refused`: the server will not have this device (1008 again and again). */
export type LinkState = 'connecting' | 'open' | 'lost' | 'replaced' | 'refused' | 'closed';

/** As much of a WebSocket as the line uses. */
export interface Socket {
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onerror: (() => void) | null;
}

export interface LineParts {
  connect(): Socket;
  /** A ticket for one connection. */
  ticket(): Promise<string>;
  caps: Record<string, boolean>;
  onFrame(frame: ServerFrame): void;
  onLink(state: LinkState): void;
  /** A question was sent as often as is sensible and never answered. */
  onGivenUp(id: string): void;
  random?: () => number;
}

export interface Line {
  /** Sends a frame that wants an answer; returns its id. While the line is down it waits and goes out on return. */
  ask(frame: Asking, id?: string): string;
  tell(frame: Telling): void;
  /** Audio of the moment: dropped while the line is down. */
  audio(frame: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

interface Pending {
  text: string;
  sent: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const ANSWER_MS = 10_000;
const TIMES = 3;
const SLOWEST_MS = 15_000;
const REFUSALS = 3;

/** Connects at once and goes on trying, within fifteen seconds at the longest. Stops for good when the device is open elsewhere or was refused three times. */
export function createLine(parts: LineParts): Line {
  const random = parts.random ?? Math.random;
  const pending = new Map<string, Pending>();
  let socket: Socket | undefined;
  let open = false;
  let closed = false;
  let losses = 0;
  let refusals = 0;
  let again: ReturnType<typeof setTimeout> | undefined;

  const begin = async () => {
    parts.onLink(losses === 0 ? 'connecting' : 'lost');
    const ticket = await parts.ticket().catch(() => undefined);
    if (closed) return;
    if (ticket === undefined) return comeBack();
    attach(parts.connect(), ticket);
  };

  const attach = (fresh: Socket, ticket: string) => {
    socket = fresh;
    fresh.onopen = () => fresh.send(JSON.stringify({ type: 'hello', ticket, caps: parts.caps }));
    fresh.onmessage = ({ data }) => {
      const frame = frameOf(data);
      if (frame && socket === fresh) heard(frame);
    };
    fresh.onerror = () => {};
    fresh.onclose = ({ code }) => {
      if (socket === fresh) gone(code);
    };
  };

  const heard = (frame: ServerFrame) => {
    if (frame.type === 'ping') return tell({ type: 'pong' });
    if (frame.type === 'ready') ready();
    if (frame.type === 'reply' || frame.type === 'error') settle(frame.id);
    parts.onFrame(frame);
  };

  const ready = () => {
    open = true;
    losses = 0;
    refusals = 0;
    parts.onLink('open');
    for (const id of pending.keys()) send(id);
  };

  const settle = (id: string | undefined) => {
    if (id === undefined) return;
    clearTimeout(pending.get(id)?.timer);
    pending.delete(id);
  };

  const send = (id: string) => {
    const question = pending.get(id);
    if (!question || !open) return;
    if (question.sent === TIMES) {
      settle(id);
      return parts.onGivenUp(id);
    }
    question.sent += 1;
    socket?.send(question.text);
    clearTimeout(question.timer);
    question.timer = setTimeout(() => send(id), ANSWER_MS);
  };

  const tell = (frame: Telling) => {
    if (open) socket?.send(JSON.stringify(frame));
  };

  const gone = (code: number) => {
    open = false;
    socket = undefined;
    if (closed) return;
    if (code === 4001) return parts.onLink('replaced');
    if (code === 1008 && ++refusals >= REFUSALS) return parts.onLink('refused');
    comeBack();
  };

  const comeBack = () => {
    losses += 1;
    parts.onLink('lost');
    const longest = Math.min(SLOWEST_MS, 400 * 2 ** Math.min(losses, 6));
    again = setTimeout(begin, longest * (0.4 + 0.6 * random())); // jitter: a restarted server is not met by all at once
  };

  void begin();
  return {
    ask(frame, id = crypto.randomUUID()) {
      pending.set(id, { text: JSON.stringify({ ...frame, id }), sent: 0, timer: undefined });
      send(id);
      return id;
    },
    tell,
    audio: (frame) => {
      if (open) socket?.send(frame);
    },
    close() {
      closed = true;
      clearTimeout(again);
      for (const { timer } of pending.values()) clearTimeout(timer);
      socket?.close(1000);
      parts.onLink('closed');
    },
  };
}

function frameOf(data: unknown): ServerFrame | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}

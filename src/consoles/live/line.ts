/** The clerk's socket: comes back after a loss, asks with ids and hears whether it was done. Knows neither page nor React. */
import type { InFrame, OutFrame } from '../../calls/wire.ts';
import { t } from '../words/clerk.ts';

export type LinkState = 'connecting' | 'open' | 'lost';

type Named<T> = T extends { id?: string } ? T : never;
/** Frames whose outcome is told. */
export type Ask = Named<InFrame>;

export interface LiveLineParts {
  connect(): WebSocket;
  onFrame(frame: OutFrame): void;
  onLink(state: LinkState): void;
  /** The server will not have us: the session is over. */
  onRefused(): void;
}

export interface LiveLine {
  /** @throws LiveError with the server's words, or when the line is lost */
  ask(frame: Ask): Promise<void>;
  /** Of the moment: dropped while the line is down. */
  tell(frame: InFrame): void;
  /** Sound for captions. */
  audio(frame: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/** What the server refused, in its own words. */
class LiveError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'LiveError';
  }
}

interface Asked {
  resolve(): void;
  reject(error: LiveError): void;
  timer: ReturnType<typeof setTimeout>;
}

const ANSWER_MS = 8_000;
const FIRST_MS = 300;
const SLOWEST_MS = 6_000;
/** Policy: not signed in, or not one of ours. */
const REFUSED = new Set([1008, 4401]);
/** More bytes than this waiting: sound would come too late to be worth anything. */
const LATE_BYTES = 64 * 1024;

const lost = () => new LiveError('LOST', t.offlineJustNowPleaseTry);

/** Connects at once and goes on trying, within six seconds at the longest, until `close()` or until the server refuses. */
export function createLiveLine(parts: LiveLineParts): LiveLine {
  const asked = new Map<string, Asked>();
  let socket: WebSocket | undefined;
  let closed = false;
  let losses = 0;
  let again: ReturnType<typeof setTimeout> | undefined;

  const settle = (id: string | undefined, error?: LiveError) => {
    const one = id === undefined ? undefined : asked.get(id);
    if (!one || id === undefined) return;
    clearTimeout(one.timer);
    asked.delete(id);
    if (error) one.reject(error);
    else one.resolve();
  };

  const heard = (frame: OutFrame) => {
    if (frame.type === 'done') settle(frame.id);
    if (frame.type === 'error') settle(frame.id, new LiveError(frame.code, frame.text));
    parts.onFrame(frame);
  };

  const begin = () => {
    parts.onLink(losses === 0 ? 'connecting' : 'lost');
    const fresh = parts.connect();
    socket = fresh;
    fresh.onopen = () => {
      losses = 0;
      parts.onLink('open');
    };
    fresh.onmessage = ({ data }) => {
      const frame = frameOf(data);
      if (frame && socket === fresh) heard(frame);
    };
    fresh.onclose = ({ code }) => {
      if (socket === fresh) gone(code);
    };
  };

  const gone = (code: number) => {
    socket = undefined;
    for (const id of [...asked.keys()]) settle(id, lost());
    if (closed) return;
    if (REFUSED.has(code)) return parts.onRefused();
    losses += 1;
    parts.onLink('lost');
    const longest = Math.min(SLOWEST_MS, FIRST_MS * 2 ** Math.min(losses, 6));
    again = setTimeout(begin, longest * (0.4 + 0.6 * Math.random()));
  };

  const isOpen = () => socket?.readyState === WebSocket.OPEN;
  begin();
  return {
    ask(frame) {
      if (!isOpen()) return Promise.reject(lost());
      const id = crypto.randomUUID();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => settle(id, lost()), ANSWER_MS);
        asked.set(id, { resolve, reject, timer });
        socket?.send(JSON.stringify({ ...frame, id }));
      });
    },
    tell(frame) {
      if (isOpen()) socket?.send(JSON.stringify(frame));
    },
    audio(frame) {
      if (isOpen() && (socket?.bufferedAmount ?? 0) < LATE_BYTES) socket?.send(frame);
    },
    close() {
      closed = true;
      clearTimeout(again);
      socket?.close(1000);
    },
  };
}

function frameOf(data: unknown): OutFrame | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as OutFrame) : undefined;
  } catch {
    return undefined;
  }
}

/** Looks whether anybody is still at the other end of a socket. A browser answers a ping by itself. */
import type { WebSocket } from 'ws';

const MISSED = 2;
/** The sign-in is looked at this often. */
const BEATS_PER_LOOK = 3;

/** After two beats without a sign of life the socket is cut. `look` is run now and then while it lives. */
export function createPulse(
  socket: WebSocket,
  everyMs: number,
  look: () => Promise<unknown>,
  failed: (thrown: unknown) => void,
): { stop(): void } {
  let silent = 0;
  let beats = 0;
  const alive = () => {
    silent = 0;
  };
  socket.on('pong', alive);
  socket.on('message', alive);
  const timer = setInterval(() => {
    if (silent >= MISSED) return socket.terminate();
    silent += 1;
    beats += 1;
    socket.ping();
    if (beats % BEATS_PER_LOOK === 0) look().catch(failed);
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

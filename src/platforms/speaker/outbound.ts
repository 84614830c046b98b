import type { WebSocket } from 'ws';
import type { OutFrame } from './protocol.ts';

/** Beyond this, frames that can be spared are left out; beyond the second, the device does not read and is let go. */
const SPARE_ABOVE = 64 * 1024;
const GIVE_UP_ABOVE = 1024 * 1024;

export interface Outbound {
  send(frame: OutFrame): void;
  /** Pings and the like: left out while the line is full. */
  sendIfRoom(frame: OutFrame): void;
  /** Says goodbye with a code; a device that does not answer it is cut off. */
  close(code: number, reason: string): void;
  cut(): void;
}

/** The outgoing side of a socket: whole frames as JSON, never more in memory than a slow device is worth. */
export function createOutbound(socket: WebSocket): Outbound {
  const open = () => socket.readyState === socket.OPEN;
  const outbound: Outbound = {
    send(frame) {
      if (!open()) return;
      if (socket.bufferedAmount > GIVE_UP_ABOVE) return outbound.cut();
      socket.send(JSON.stringify(frame));
    },
    sendIfRoom(frame) {
      if (socket.bufferedAmount <= SPARE_ABOVE) outbound.send(frame);
    },
    close(code, reason) {
      if (open()) socket.close(code, reason);
    },
    cut() {
      socket.terminate();
    },
  };
  return outbound;
}

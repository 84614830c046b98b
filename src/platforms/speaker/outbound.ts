import type { WebSocket } from 'ws';
import type { OutFrame } from './protocol.ts';

/** Beyond this, frames that can be spared are left out; beyond the second, the device does not read and is let go. */
const SPARE_ABOVE = 64 * 1024;
const GIVE_UP_ABOVE = 1024 * 1024;

export interface Outbound {
  send(frame: OutFrame): void;
  /** A binary frame. */
  sound(data: Buffer): void;
  /** The device reads as fast as it is told. */
  hasRoom(): boolean;
  /** Pings and the like: left out while the line is full. */
  sendIfRoom(frame: OutFrame): void;
  /** Says goodbye with a code; a device that does not answer it is cut off. */
  close(code: number, reason: string): void;
  cut(): void;
}

/** The outgoing side of a socket: whole frames, never more in memory than a slow device is worth. */
export function createOutbound(socket: WebSocket): Outbound {
  const open = () => socket.readyState === socket.OPEN;
  const put = (data: string | Buffer): void => {
    if (!open()) return;
    if (socket.bufferedAmount > GIVE_UP_ABOVE) outbound.cut();
    else socket.send(data);
  };
  const outbound: Outbound = {
    send: (frame) => put(JSON.stringify(frame)),
    sound: put,
    hasRoom: () => socket.bufferedAmount <= SPARE_ABOVE,
    sendIfRoom(frame) {
      if (outbound.hasRoom()) outbound.send(frame);
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

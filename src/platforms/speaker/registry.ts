import { randomInt } from 'node:crypto';
import type { Limits, SpeakerBus, SpeakerPresence } from './parts.ts';
import { CLOSE } from './protocol.ts';

const CHANNEL = 'speakers';
/** Beats spread over the interval, so that ten thousand pings do not leave in one moment. */
const SLICES = 5;
/** Presence is forgotten after a minute. */
const BEATS_PER_PRESENCE = 4;

/** One live socket of a device, as the registry sees it. */
export interface Live {
  id: string;
  deviceId: string;
  close(code: number, reason: string): void;
  /** A heartbeat's turn: ping, or give up. */
  beat(): void;
  deliver(message: unknown): void;
}

export interface Registry {
  /** The device speaks through this connection from now on; any older one, here or elsewhere, is closed with 4001. */
  claim(connection: Live): void;
  release(connection: Live): void;
  /** How many sockets are open here. */
  readonly size: number;
  close(): void;
}

interface Entry {
  connection: Live;
  slice: number;
  /** Its own announcement came back over the bus: whichever device's announcement follows is newer. */
  announced: boolean;
  beats: number;
  stopHearing: () => void;
}

/** The sockets of this instance, one per device, and their heartbeat. */
export function createRegistry(parts: {
  bus: SpeakerBus;
  presence: SpeakerPresence;
  instance: string;
  limits: Limits;
}): Registry {
  const { bus, presence, instance, limits } = parts;
  const entries = new Map<string, Entry>();

  const announce = ({ deviceId, id }: Live) => quietly(bus.publish(CHANNEL, { device: deviceId, connection: id }));

  // The bus keeps one order for all instances: after my own announcement, another of my device's is a newer socket.
  function heard(message: unknown): void {
    const { device, connection, close } = message as { device?: string; connection?: string; close?: number };
    const entry = device === undefined ? undefined : entries.get(device);
    if (!entry) return;
    if (close !== undefined) entry.connection.close(CLOSE.policy, 'withdrawn');
    else if (entry.connection.id === connection) entry.announced = true;
    else if (entry.announced) entry.connection.close(CLOSE.replaced, 'connected anew');
  }

  let tick = 0;
  const beats = setInterval(
    () => {
      tick = (tick + 1) % SLICES;
      for (const entry of entries.values()) if (entry.slice === tick) beat(entry);
    },
    (limits.heartbeat * 1000) / SLICES,
  );
  beats.unref();

  function beat(entry: Entry): void {
    if (!entry.announced) announce(entry.connection);
    if (entry.beats % BEATS_PER_PRESENCE === 0) quietly(presence.seen(entry.connection.deviceId, instance));
    entry.beats += 1;
    entry.connection.beat();
  }

  const stopHearing = bus.on(CHANNEL, heard);

  return {
    claim(connection) {
      const { deviceId } = connection;
      const older = entries.get(deviceId);
      older?.stopHearing();
      const stop = bus.onDevice(deviceId, (message) => connection.deliver(message));
      const slice = randomInt(SLICES);
      entries.set(deviceId, { connection, slice, announced: false, beats: 0, stopHearing: stop });
      older?.connection.close(CLOSE.replaced, 'connected anew');
      quietly(presence.seen(deviceId, instance));
      announce(connection);
    },
    release(connection) {
      const entry = entries.get(connection.deviceId);
      if (entry?.connection !== connection) return;
      entry.stopHearing();
      entries.delete(connection.deviceId);
      quietly(presence.gone(connection.deviceId, instance));
    },
    get size() {
      return entries.size;
    },
    close() {
      clearInterval(beats);
      stopHearing();
    },
  };
}

/** Closes a device's socket wherever it is: its token was withdrawn. */
export function withdraw(bus: SpeakerBus, deviceId: string): Promise<unknown> {
  return bus.publish(CHANNEL, { device: deviceId, close: CLOSE.policy });
}

// Presence and announcements are repeated with every beat: a bus that is down for a moment costs nothing.
function quietly(work: Promise<unknown>): void {
  work.catch(() => undefined);
}

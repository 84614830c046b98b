/** The community's own speakers as they connect: who proves to be which, what they report. */
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import type { Locale } from '../../platforms/platform.ts';
import type { Database } from '../../store/database.ts';
import { speaker } from '../../store/schema.ts';
import { tokenMatches } from '../tokens.ts';
import { currentFirmware, type Update } from './firmware.ts';
import type { Networks } from './networks.ts';
import { deviceSettings, firstAt, settingsFor } from './speaker-settings.ts';

export interface DeviceIdentity {
  deviceId: string;
  locale: Locale;
  settings: { pace: number; volume: number; quiet: string };
  /** Other firmware than the one it last reported is meant to run. */
  update?: Update;
  conversation: string;
  /** Of her who is first in the household: see the table resident. */
  patienceMs?: number;
  voice?: string;
  resume: boolean;
  /** Opaque: the range of addresses it connects from. */
  network?: string;
  sample: boolean;
}

interface DeviceParts {
  database: Database;
  clock: Clock;
  tickets: { take(ticket: string): Promise<string | undefined> };
  /** Told of each connection by token: for the fleet's figures. */
  connected?: (deviceId: string) => void;
  networks?: Pick<Networks, 'met'>;
}

/** For the socket of our own speakers. A wrong token and an unknown device are the same undefined. */
export function createDevices({ database, clock, tickets, connected, networks }: DeviceParts) {
  const { db } = database;

  async function row(deviceId: string) {
    const [found] = await db
      .select()
      .from(speaker)
      .where(and(eq(speaker.brand, 'speaker'), eq(speaker.brandDevice, deviceId)));
    return found;
  }

  /** A new speaker may connect too: it hears its pairing code. Suspended and wiped ones may not. */
  async function identify(found: typeof speaker.$inferSelect | undefined): Promise<DeviceIdentity | undefined> {
    if (!found || found.status === 'suspended' || found.status === 'wiped') return undefined;
    const first = await firstAt(db, found.householdId);
    const update = await currentFirmware(db);
    return {
      deviceId: found.brandDevice,
      locale: first?.locale ?? 'zh-CN',
      settings: deviceSettings(settingsFor(found.settings, first)),
      conversation: found.id,
      patienceMs: first?.patience ?? undefined,
      voice: first?.voice ?? undefined,
      resume: true,
      sample: found.sample,
      ...(update && found.firmware && update.version !== found.firmware ? { update } : {}),
    };
  }

  return {
    byToken: async (deviceId: string, token: string, address?: string) => {
      const found = await row(deviceId);
      const identity = found && tokenMatches(token, found.tokenHash) ? await identify(found) : undefined;
      if (identity) connected?.(deviceId);
      const network = found && identity ? await networks?.met(found, address) : undefined;
      return identity && network ? { ...identity, network } : identity;
    },
    byTicket: async (ticket: string) => {
      const deviceId = await tickets.take(ticket);
      return deviceId ? identify(await row(deviceId)) : undefined;
    },
    seen: async (deviceId: string) => {
      await db
        .update(speaker)
        .set({ lastSeenAt: clock.now() })
        .where(and(eq(speaker.brand, 'speaker'), eq(speaker.brandDevice, deviceId)));
    },
    status: async (deviceId: string, status: Record<string, unknown>) => {
      const firmware = typeof status.firmware === 'string' ? status.firmware : undefined;
      const where = and(eq(speaker.brand, 'speaker'), eq(speaker.brandDevice, deviceId));
      const volume =
        typeof status.volume === 'number' ? Math.round(Math.min(100, Math.max(0, status.volume))) : undefined;
      const heard =
        volume === undefined
          ? {}
          : { settings: sql`${speaker.settings} || ${JSON.stringify({ reportedVolume: volume })}::jsonb` };
      await db
        .update(speaker)
        .set({ lastSeenAt: clock.now(), ...(firmware ? { firmware } : {}), ...heard })
        .where(and(where, ne(speaker.status, 'wiped')));
    },
  };
}

/** The community's own speakers as they connect: who proves to be which, what they report. */
import { and, eq } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import type { Locale } from '../platforms/platform.ts';
import type { Database } from '../store/database.ts';
import { resident, speaker } from '../store/schema.ts';
import { tokenMatches } from './tokens.ts';

export interface DeviceIdentity {
  deviceId: string;
  locale: Locale;
  settings: { pace: number; volume: number; quiet: string };
  conversation: string;
  resume: boolean;
  sample: boolean;
}

interface DeviceParts {
  database: Database;
  clock: Clock;
  tickets: { take(ticket: string): Promise<string | undefined> };
}

const DEFAULTS = { pace: 190, volume: 60, quietFrom: '21:00', quietUntil: '08:00' };

export function createDevices({ database, clock, tickets }: DeviceParts) {
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
    const [first] = found.householdId
      ? await db
          .select()
          .from(resident)
          .where(eq(resident.householdId, found.householdId))
          .orderBy(resident.createdAt)
          .limit(1)
      : [];
    return {
      deviceId: found.brandDevice,
      locale: first?.locale ?? 'zh-CN',
      settings: {
        pace: first?.pace ?? DEFAULTS.pace,
        volume: first?.volume ?? DEFAULTS.volume,
        quiet: `${first?.quietFrom ?? DEFAULTS.quietFrom}-${first?.quietUntil ?? DEFAULTS.quietUntil}`,
      },
      conversation: found.id,
      resume: true,
      sample: found.sample,
    };
  }

  return {
    byToken: async (deviceId: string, token: string) => {
      const found = await row(deviceId);
      return found && tokenMatches(token, found.tokenHash) ? identify(found) : undefined;
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
      await db
        .update(speaker)
        .set({ lastSeenAt: clock.now(), ...(firmware ? { firmware } : {}) })
        .where(where);
    },
  };
}

export type Devices = ReturnType<typeof createDevices>;

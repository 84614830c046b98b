/** How loud and how fast a speaker is, and when it is to be quiet. The pace and the quiet hours belong to the people there. */
import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { resident, speaker } from '../../store/schema.ts';
import { record } from './record.ts';

export interface SpeakerSettings {
  /** 0 to 100. */
  volume: number;
  /** Characters a minute. */
  pace: number;
  /** `HH:MM`. */
  quietFrom: string;
  quietUntil: string;
}

const SETTINGS: SpeakerSettings = { pace: 190, volume: 60, quietFrom: '21:00', quietUntil: '08:00' };

interface Parts {
  database: Database;
  clock: Clock;
  /** To the device itself, if it is there now. */
  tell?: (device: string, frame: unknown) => Promise<boolean>;
}

type Own = Partial<SpeakerSettings>;
type Heard = Pick<typeof resident.$inferSelect, 'pace' | 'volume' | 'quietFrom' | 'quietUntil'>;

/** What holds at a speaker: its own volume, then what the first of the people there likes, then what everybody starts with. */
export function settingsFor(own: Record<string, unknown>, first: Heard | undefined): SpeakerSettings {
  const set = own as Own;
  return {
    volume: set.volume ?? first?.volume ?? SETTINGS.volume,
    pace: first?.pace ?? set.pace ?? SETTINGS.pace,
    quietFrom: first?.quietFrom ?? set.quietFrom ?? SETTINGS.quietFrom,
    quietUntil: first?.quietUntil ?? set.quietUntil ?? SETTINGS.quietUntil,
  };
}

/** Who is asked first what she likes: whoever lives there longest in our records. */
export async function firstAt(db: Db, householdId: string | null) {
  if (!householdId) return undefined;
  const [first] = await db
    .select()
    .from(resident)
    .where(eq(resident.householdId, householdId))
    .orderBy(asc(resident.createdAt), asc(resident.id))
    .limit(1);
  return first;
}

/** `tell` reaches a speaker that is there now; every other one hears when it connects. */
export function createSpeakerSettings({ database, clock, tell }: Parts) {
  /** Sets some of them, and tells a speaker that is connected. @throws Refusal NotInThisState when it is wiped */
  async function set(key: EffectKey, id: string, wish: Own, by: Actor): Promise<void> {
    const changed = await once(database, key, async (tx) => {
      const row = await rowOf(tx, id);
      const settings = { ...row.settings, ...wish };
      await tx.update(speaker).set({ settings }).where(eq(speaker.id, id));
      await followedAtHome(tx, row.householdId, wish, by);
      await record(tx, { speakerId: id, what: 'settings', householdId: row.householdId }, { at: clock.now(), by });
      return { device: row.brandDevice, now: settingsFor(settings, await firstAt(tx, row.householdId)) };
    });
    await tell?.(changed.device, settingsFrame(changed.now)).catch(() => false); // it is told again when it connects
  }

  async function rowOf(tx: Db, id: string) {
    const [row] = await tx
      .select()
      .from(speaker)
      .where(and(eq(speaker.id, id), ne(speaker.status, 'wiped')))
      .for('update');
    if (!row) throw new Refusal('NotInThisState');
    return row;
  }

  /** Pace and quiet hours hold for the people, wherever they speak. */
  async function followedAtHome(tx: Db, householdId: string | null, wish: Own, by: Actor): Promise<void> {
    const { volume: _own, ...theirs } = wish;
    if (!householdId || Object.keys(theirs).length === 0) return;
    const there = and(eq(resident.householdId, householdId), inArray(resident.state, ['living', 'hospital']));
    const people = await tx.update(resident).set(theirs).where(there).returning({ id: resident.id });
    const entry = {
      at: clock.now(),
      actor: by,
      action: 'change',
      fields: Object.keys(theirs),
      result: 'done' as const,
    };
    for (const { id } of people) await writeAudit(tx, { ...entry, residentId: id });
  }

  return { set };
}

/** As a device reads them. */
export const deviceSettings = ({ pace, volume, quietFrom, quietUntil }: SpeakerSettings) => ({
  pace,
  volume,
  quiet: `${quietFrom}-${quietUntil}`,
});

const settingsFrame = (settings: SpeakerSettings) => ({ type: 'settings', ...deviceSettings(settings) });

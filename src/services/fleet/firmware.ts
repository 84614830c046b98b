/** Firmware of the community's own speakers: which version they should run, and who is told. */
import { and, desc, eq, gt, isNull, ne, or } from 'drizzle-orm';
import { type Clock, shanghaiIso } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import { type Database, type Db, isUniqueViolation } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { firmwareRelease, speaker } from '../../store/schema.ts';

export interface NewFirmware {
  version: string;
  /** Where a device fetches it. */
  url: string;
  /** Of the file, hexadecimal. */
  sha256: string;
  notes?: string;
  /** ISO; at once without it. */
  notBefore?: string;
}

/** What a device is told. */
export interface Update {
  version: string;
  url: string;
  sha256: string;
  /** ISO 8601. */
  notBefore: string;
}

interface Parts {
  database: Database;
  clock: Clock;
  tell?: (device: string, frame: unknown) => Promise<boolean>;
}

/** Connected within this long: worth telling at once. */
const THERE_MS = 3 * 60_000;
const TOLD_AT_ONCE = 50;

/** The version that is meant to run; undefined while none was published. */
export async function currentFirmware(db: Db): Promise<Update | undefined> {
  const { version, url, sha256, notBefore } = firmwareRelease;
  const [newest] = await db
    .select({ version, url, sha256, notBefore })
    .from(firmwareRelease)
    .where(isNull(firmwareRelease.withdrawnAt))
    .orderBy(desc(firmwareRelease.createdAt), desc(firmwareRelease.id))
    .limit(1);
  return newest && { ...newest, notBefore: shanghaiIso(newest.notBefore) };
}

export type Firmware = ReturnType<typeof createFirmware>;

/** The newest version that was not taken back is the one to run; what a device does with it is its own. */
export function createFirmware({ database, clock, tell }: Parts) {
  /** Publishes a version; speakers that are connected hear of it now, the others when they connect. @throws Refusal AlreadyThere when the version was published before */
  async function publish(key: EffectKey, one: NewFirmware, by: Actor): Promise<{ id: string }> {
    const work = once(database, key, async (tx) => {
      const notBefore = one.notBefore ? new Date(one.notBefore) : clock.now();
      const publishedBy = by.kind === 'staff' ? by.id : null;
      const [made] = await tx
        .insert(firmwareRelease)
        .values({ ...one, notBefore, publishedBy, createdAt: clock.now() })
        .returning({ id: firmwareRelease.id });
      if (!made) throw new Error('the release was not written');
      await written(tx, 'firmware.published', made.id, by);
      return made;
    });
    const made = await work.catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Refusal('AlreadyThere') : error;
    });
    await announce();
    return made;
  }

  /** Takes a version back: speakers are told of the one before it. @throws Refusal NotFound */
  async function withdraw(id: string, by: Actor): Promise<void> {
    await database.transaction(async (tx) => {
      const standing = and(eq(firmwareRelease.id, id), isNull(firmwareRelease.withdrawnAt));
      const done = await tx
        .update(firmwareRelease)
        .set({ withdrawnAt: clock.now() })
        .where(standing)
        .returning({ id: firmwareRelease.id });
      if (done.length === 0) throw new Refusal('NotFound');
      await written(tx, 'firmware.withdrawn', id, by);
    });
    await announce();
  }

  /** Tells our connected speakers that run another version. @returns how many took it */
  async function announce(): Promise<number> {
    const update = await currentFirmware(database.db);
    if (!update || !tell) return 0;
    const since = new Date(clock.now().getTime() - THERE_MS);
    const behind = or(isNull(speaker.firmware), ne(speaker.firmware, update.version));
    const there = await database.db
      .select({ device: speaker.brandDevice })
      .from(speaker)
      .where(and(eq(speaker.brand, 'speaker'), eq(speaker.status, 'bound'), gt(speaker.lastSeenAt, since), behind));
    let took = 0;
    for (let from = 0; from < there.length; from += TOLD_AT_ONCE) {
      const some = there.slice(from, from + TOLD_AT_ONCE);
      const heard = await Promise.all(some.map(({ device }) => tell(device, { type: 'update', ...update })));
      took += heard.filter(Boolean).length;
    }
    return took;
  }

  async function written(tx: Db, action: string, id: string, by: Actor): Promise<void> {
    await writeAudit(tx, { at: clock.now(), actor: by, action, subject: `firmware/${id}`, result: 'done' });
  }

  /** All versions, newest first. */
  const list = () =>
    database.db.select().from(firmwareRelease).orderBy(desc(firmwareRelease.createdAt), desc(firmwareRelease.id));

  return { publish, withdraw, announce, list };
}

/** First contact: a speaker of a brand that nobody has registered gets a row and a code to read out, so that it can be bound. */
import { randomInt, randomUUID } from 'node:crypto';
import { and, eq, gt, like, lt, lte, notExists, sql } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import type { Brand } from '../../platforms/platform.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Rates } from '../../store/rates.ts';
import { speaker, speakerHistory } from '../../store/schema.ts';

export interface Stranger {
  brand: Brand;
  device: string;
  user?: string;
}

interface Parts {
  database: Database;
  clock: Clock;
  rates: Rates;
}

const HOUR_MS = 3600_000;
const CODE_MS = 24 * HOUR_MS;
/** An installation day with every worker at it stays far below; a flood of made-up devices does not get further. */
export const NEW_AN_HOUR = { limit: 60, windowSeconds: 3600 };
const FORGOTTEN_MS = 7 * 24 * HOUR_MS;
/** Serials that we gave ourselves: the box has another one. */
const FIRST_CONTACT = 'first-contact:';
/** Longer ids were never seen. */
const LONGEST_ID = 300;

/** For the speakers of brands. At most sixty new ones an hour and brand, so that made-up devices do not fill the register. */
export function createPairing({ database, clock, rates }: Parts) {
  /**
   * The six digits to read out at a speaker that belongs to nobody; valid for 24 hours, then another one.
   * Undefined for one that is bound to another account, suspended or wiped, and while too many new ones turn up.
   */
  async function codeFor(from: Stranger): Promise<string | undefined> {
    const known = await find(from);
    if (!known && !(await mayBegin(from))) return undefined;
    return database.transaction(async (tx) => {
      if (!known) await meet(tx, from, clock.now());
      return standing(tx, from);
    });
  }

  async function find({ brand, device }: Stranger) {
    const rows = await database.db.select({ id: speaker.id }).from(speaker).where(at({ brand, device }));
    return rows[0];
  }

  /** Our own speakers are registered before they can say a word. */
  async function mayBegin({ brand, device }: Stranger): Promise<boolean> {
    if (brand === 'speaker' || device === '' || device.length > LONGEST_ID) return false;
    return (await rates.hit(`pairing:${brand}`, NEW_AN_HOUR)).allowed;
  }

  /** Two who ask at once wait for each other here and hear the same digits. */
  async function standing(tx: Db, from: Stranger): Promise<string | undefined> {
    const [row] = await tx.select().from(speaker).where(at(from)).for('update');
    if (row?.status !== 'new') return undefined;
    const now = clock.now();
    const valid = row.pairingCode !== null && (row.pairingUntil === null || row.pairingUntil > now);
    const code = valid && row.pairingCode ? row.pairingCode : await freeCode(tx, now);
    const until = valid ? row.pairingUntil : new Date(now.getTime() + CODE_MS);
    await tx
      .update(speaker)
      .set({ pairingCode: code, pairingUntil: until, brandUser: from.user ?? row.brandUser, lastSeenAt: now })
      .where(eq(speaker.id, row.id));
    return code;
  }

  /** Codes that are over, and rows that first contact made and nobody bound within a week of their last word. */
  async function forgetStrangers(): Promise<number> {
    await database.db
      .update(speaker)
      .set({ pairingCode: null, pairingUntil: null })
      .where(lte(speaker.pairingUntil, clock.now()));
    const since = new Date(clock.now().getTime() - FORGOTTEN_MS);
    const { db } = database;
    const history = db.select({ one: sql`1` }).from(speakerHistory).where(eq(speakerHistory.speakerId, speaker.id));
    const gone = await db
      .delete(speaker)
      .where(
        and(
          eq(speaker.status, 'new'),
          like(speaker.serial, `${FIRST_CONTACT}%`),
          lt(speaker.lastSeenAt, since),
          notExists(history),
        ),
      )
      .returning({ id: speaker.id });
    return gone.length;
  }

  return { codeFor, forgetStrangers };
}

/** A row for a speaker that has just turned up; none is made where there is one. */
export async function meet(tx: Db, { brand, device, user }: Stranger, now: Date): Promise<void> {
  const seen = { lastSeenAt: now, createdAt: now, updatedAt: now };
  await tx
    .insert(speaker)
    .values({ serial: `${FIRST_CONTACT}${randomUUID()}`, brand, brandDevice: device, brandUser: user, ...seen })
    .onConflictDoNothing({ target: [speaker.brand, speaker.brandDevice] });
}

const at = ({ brand, device }: Stranger) => and(eq(speaker.brand, brand), eq(speaker.brandDevice, device));

/** Six digits that no other speaker waits with. */
async function freeCode(tx: Db, now: Date): Promise<string> {
  for (;;) {
    const code = String(randomInt(100_000, 1_000_000));
    const same = and(eq(speaker.pairingCode, code), eq(speaker.status, 'new'), gt(speaker.pairingUntil, now));
    if ((await tx.$count(speaker, same)) === 0) return code;
  }
}

export type Pairing = ReturnType<typeof createPairing>;

/**
 * From which networks a speaker of ours speaks. A home's address changes within its provider's range, so the range is what is
 * compared; it is kept as a blind hash, for as long as the speaker belongs to that household. The first one is learnt, any
 * other only when she says that she is at home.
 */
import { isIPv4, isIPv6 } from 'node:net';
import { eq } from 'drizzle-orm';
import type { Database } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { speaker } from '../../store/schema.ts';

/** Enough for a provider's ranges and a daughter's home. */
const MOST = 16;
/** Addresses that say nothing about where a speaker stands: this machine, a local network, a provider's shared range. */
const LOCAL = /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

interface Known {
  household: string | null;
  ranges: string[];
}
type Row = Pick<typeof speaker.$inferSelect, 'id' | 'householdId' | 'settings'>;

/** The ranges known for the household that the speaker belongs to now. */
export function rangesOf({ householdId, settings }: Pick<Row, 'householdId' | 'settings'>): string[] {
  const known = settings.networks as Known | undefined;
  return known && known.household === householdId ? known.ranges : [];
}

/** Hashed with the index key: the ranges cannot be read back from the database. */
export function createNetworks({ database, fields }: { database: Database; fields: Pick<Fields, 'index'> }) {
  /** The hash of an address' range; undefined where it says nothing. */
  function rangeOf(address: string | undefined): string | undefined {
    const plain = address?.replace(/^::ffff:/i, '') ?? '';
    if (isIPv4(plain)) return LOCAL.test(plain) ? undefined : hashed(plain.split('.').slice(0, 2).join('.'));
    if (!isIPv6(plain) || /^(::1$|f[cde])/i.test(plain)) return undefined;
    return hashed(plain.split(':').slice(0, 2).join(':').toLowerCase());
  }
  const hashed = (range: string) => fields.index(`network:${range}`);

  /** A speaker connects: the first range of a household is its home. */
  async function met(row: Row, address: string | undefined): Promise<string | undefined> {
    const range = rangeOf(address);
    if (range && row.householdId && rangesOf(row).length === 0) await learn(row.id, range);
    return range;
  }

  /** She says that she is at home there. */
  async function learn(speakerId: string, range: string): Promise<void> {
    await database.transaction(async (tx) => {
      const [row] = await tx.select().from(speaker).where(eq(speaker.id, speakerId)).for('update');
      if (!row || rangesOf(row).includes(range)) return;
      const ranges = [...rangesOf(row), range].slice(-MOST);
      const networks: Known = { household: row.householdId, ranges };
      await tx
        .update(speaker)
        .set({ settings: { ...row.settings, networks } })
        .where(eq(speaker.id, speakerId));
    });
  }

  return { met, learn, rangeOf };
}

export type Networks = ReturnType<typeof createNetworks>;

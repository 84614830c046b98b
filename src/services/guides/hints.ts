/** What is likely to be said at a speaker, for a recogniser: the matters of her own cases, bookings and drafts, and who handles them. */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { writeAudit } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { caseFile, place, resident, speaker, staff } from '../../store/schema.ts';

const MOST = 40;

/** Matters and names of staff only, never hers: a recogniser may stand outside the house. */
export function createHints({ database, clock }: { database: Database; clock: Clock }) {
  /** Words only, no numbers; each at most once. The reading of her cases is audited. Empty for a speaker without a home. */
  async function at(deviceId: string): Promise<string[]> {
    return database.transaction(async (tx) => {
      const [found] = await tx
        .select({ id: speaker.id, householdId: speaker.householdId })
        .from(speaker)
        .where(and(eq(speaker.brand, 'speaker'), eq(speaker.brandDevice, deviceId), isNotNull(speaker.householdId)));
      if (!found?.householdId) return [];
      const home = await tx
        .select({ id: resident.id })
        .from(resident)
        .where(and(eq(resident.householdId, found.householdId), eq(resident.state, 'living')));
      const ids = home.map(({ id }) => id);
      if (ids.length === 0) return [];
      const rows = await tx
        .select({ matter: caseFile.matter, handler: staff.name })
        .from(caseFile)
        .leftJoin(staff, eq(staff.id, caseFile.handlerId))
        .where(inArray(caseFile.residentId, ids));
      const actor = { kind: 'system' as const, id: found.id, role: 'speaker' };
      for (const residentId of ids) {
        await writeAudit(tx, {
          at: clock.now(),
          actor,
          action: 'read',
          residentId,
          fields: ['case.matter'],
          result: 'done',
        });
      }
      return [...new Set(rows.flatMap(({ matter, handler }) => [matter, handler ?? '']))]
        .filter(Boolean)
        .slice(0, MOST);
    });
  }

  /** The names of all service points that are open or about to be: for everybody. */
  async function places(): Promise<string[]> {
    const rows = await database.db.select({ name: place.name, status: place.status }).from(place);
    return rows.filter(({ status }) => status !== 'closed').map(({ name }) => name);
  }

  return { at, places };
}

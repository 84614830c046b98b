/** The sample community in a database of a test's own, and how to find somebody in it. */
import { eq } from 'drizzle-orm';
import type { Clock } from '../../src/clock.ts';
import { createCalendar } from '../../src/services/calendar.ts';
import { loadCatalogue } from '../../src/services/catalogue/catalogue.ts';
import type { Database } from '../../src/store/database.ts';
import { createFields } from '../../src/store/fields.ts';
import { parseKey, parseKeyRing } from '../../src/store/keys.ts';
import { audit, resident, speaker } from '../../src/store/schema.ts';
import { type Demo, seedCommunity } from '../../src/store/seed/index.ts';
import { testSecrets } from '../support/secrets.ts';

export const catalogue = loadCatalogue();
export const calendar = createCalendar(catalogue.holidays);
const { fieldKeys, indexKey } = testSecrets();
export const fields = createFields({ keys: parseKeyRing(fieldKeys), indexKey: parseKey(indexKey, 'index key') });
export const system = { kind: 'system' as const, id: 'test', role: 'system' };

/** Seeds; fails when the database had been seeded before. */
export async function seeded(database: Database, clock: Clock): Promise<Demo> {
  const demo = await seedCommunity({ database, fields, clock, catalogue, calendar });
  if (!demo) throw new Error('seeded before');
  return demo;
}

/** The first resident with all of these traits and none of the others, and her speaker. */
export async function whoIs(database: Database, demo: Demo, traits: string[], without: string[] = []) {
  for (const home of demo.speakers) {
    const her = home.residents.find(
      (one) => traits.every((t) => one.traits.includes(t)) && !without.some((t) => one.traits.includes(t)),
    );
    if (!her) continue;
    const [row] = await database.db.select().from(resident).where(eq(resident.name, her.name));
    const [own] = await database.db.select().from(speaker).where(eq(speaker.brandDevice, home.deviceId));
    if (row && own) return { home, her, row, residentId: row.id, speakerId: own.id };
  }
  throw new Error(`nobody is ${traits.join(' and ')}`);
}

/** What was written down about a resident, oldest first. */
export async function auditOf(database: Database, residentId: string) {
  const rows = await database.db.select().from(audit).where(eq(audit.residentId, residentId)).orderBy(audit.at);
  return rows.map(({ action, fields: read, actorKind, result }) => ({ action, fields: read, actorKind, result }));
}

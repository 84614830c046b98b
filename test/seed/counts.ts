/** What a seeded database holds, and what seeding is made of. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../src/store/database.ts';
import { calendar, catalogue, fields } from '../services/sample.ts';
import { fixedClock } from '../support/stores.ts';

export const clock = fixedClock('2026-11-23T09:30');
export const TODAY = '2026-11-23';

const TABLES = [
  'place',
  'service_window',
  'guide',
  'policy',
  'staff',
  'household',
  'resident',
  'speaker',
  'speaker_history',
  'consent',
];
TABLES.push(
  'proxy',
  'application',
  'case_file',
  'case_step',
  'slot',
  'seat',
  'booking',
  'visit',
  'call',
  'callback',
  'ticket',
);
TABLES.push('rating', 'delivery', 'unmatched', 'audit', 'installation');

/** How many rows each table has. */
export async function countsOf(database: Database) {
  const counts = TABLES.map((table) => `(select count(*)::int from ${table}) as ${table}`);
  const found = await database.db.execute(sql.raw(`select ${counts.join(', ')}`));
  return (found as unknown as { rows: Record<string, number>[] }).rows[0];
}

export const parts = (database: Database) => ({ database, fields, clock, catalogue, calendar });

/** Before anything listens: public facts, the sample community where it is wanted, slots ahead. Done once; harmless again. */
import { join } from 'node:path';
import { shanghaiDay } from './clock.ts';
import type { Config } from './config.ts';
import type { Core } from './core.ts';
import { SLOT_DAYS } from './jobs/index.ts';
import { writeDemo } from './store/seed/demo.ts';
import { seedCommunity } from './store/seed/index.ts';
import { loadFacts } from './store/seed/load-facts.ts';
import { makeSlots } from './store/seed/slots.ts';

export const DEMO_FILE = 'demo.json';

/** The sign-ins are written before the community is committed: whenever it is there, somebody can get in. */
export async function prepare(
  { database, catalogue, calendar, fields, clock }: Core,
  { sampleData, dataDir }: Config,
): Promise<void> {
  await loadFacts({ database, catalogue, sample: sampleData });
  const keep = (demo: Parameters<typeof writeDemo>[2]) => writeDemo(join(dataDir, DEMO_FILE), '', demo);
  if (sampleData) await seedCommunity({ database, fields, clock, catalogue, calendar, keep });
  await makeSlots(database, calendar, shanghaiDay(clock.now()), SLOT_DAYS);
}

/** Before anything listens: migration, public facts, the sample community where it is wanted, slots ahead. Done once; harmless again. */
import { shanghaiDay } from './clock.ts';
import type { Config } from './config.ts';
import type { Core } from './core.ts';
import { SLOT_DAYS } from './jobs/index.ts';
import { loadFacts } from './store/seed/load-facts.ts';
import { type Demo, seedCommunity } from './store/seed/index.ts';
import { makeSlots } from './store/seed/slots.ts';

/** @returns what demo.json shall hold, where this installation has the sample community; without it nothing is invented. */
export async function prepare({ database, catalogue, calendar, fields, clock }: Core, { sampleData }: Config): Promise<Demo | undefined> {
  await loadFacts({ database, catalogue, sample: sampleData });
  const demo = sampleData ? await seedCommunity({ database, fields, clock, catalogue, calendar }) : undefined;
  await makeSlots(database, calendar, shanghaiDay(clock.now()), SLOT_DAYS);
  return demo;
}

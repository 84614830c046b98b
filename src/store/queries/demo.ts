import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { household, resident, speaker } from '../schema.ts';

export interface DemoSpeaker {
  device: string;
  home: { community: string; building: string; unit: string };
  residents: { called: string; birthDate: string }[];
}

/** The sample community's own speakers and who lives with them, in the order they were made. */
export async function demoSpeakers(db: Db): Promise<DemoSpeaker[]> {
  const rows = await db
    .select({
      device: speaker.brandDevice,
      home: { community: household.community, building: household.building, unit: household.unit },
      called: resident.called,
      birthDate: resident.birthDate,
    })
    .from(speaker)
    .innerJoin(household, eq(household.id, speaker.householdId))
    .innerJoin(resident, eq(resident.householdId, household.id))
    .where(
      and(
        eq(speaker.brand, 'speaker'),
        eq(speaker.status, 'bound'),
        eq(speaker.sample, true),
        eq(resident.sample, true),
        eq(resident.state, 'living'),
      ),
    )
    .orderBy(asc(speaker.serial), asc(resident.birthDate))
    .limit(400);
  const byDevice = new Map<string, DemoSpeaker>();
  for (const { called, birthDate, ...row } of rows) {
    const one = byDevice.get(row.device) ?? { ...row, residents: [] };
    one.residents.push({ called, birthDate });
    byDevice.set(row.device, one);
  }
  return [...byDevice.values()];
}

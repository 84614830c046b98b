/** Addresses that speakers can be bound to. Who lives there is written by the office, never here. */
import { and, asc, eq } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { household, place } from '../../store/schema.ts';

export interface NewHousehold {
  community: string;
  building: string;
  unit: string;
  /** The responsible station; without it the one of a neighbour in the same building. */
  stationId?: string;
}

/** For operators. An address is a building and a unit: no name of anybody passes here. */
export function createHouseholdRegister({ database, clock }: { database: Database; clock: Clock }) {
  /** @throws Refusal AlreadyThere · BadInput when no station is known for the building */
  function add(key: EffectKey, one: NewHousehold, by: Actor): Promise<{ id: string }> {
    return once(database, key, async (tx) => {
      const { community, building, unit } = one;
      const inBuilding = and(eq(household.community, community), eq(household.building, building));
      const [same] = await tx
        .select()
        .from(household)
        .where(and(inBuilding, eq(household.unit, unit)))
        .limit(1);
      if (same) throw new Refusal('AlreadyThere');
      const stationId = one.stationId ?? (await stationOfNeighbours(tx, inBuilding));
      if (!stationId || !(await isStation(tx, stationId))) throw new Refusal('BadInput', { field: 'stationId' });
      const values = { community, building, unit, stationId };
      const [made] = await tx.insert(household).values(values).returning({ id: household.id });
      if (!made) throw new Error('the household was not written');
      const subject = `households/${made.id}`;
      await writeAudit(tx, { at: clock.now(), actor: by, action: 'household.added', subject, result: 'done' });
      return made;
    });
  }

  async function stationOfNeighbours(tx: Db, building: ReturnType<typeof and>): Promise<string | undefined> {
    const [row] = await tx.select({ id: household.stationId }).from(household).where(building).limit(1);
    return row?.id;
  }

  async function isStation(tx: Db, id: string): Promise<boolean> {
    const [row] = await tx.select({ kind: place.kind }).from(place).where(eq(place.id, id));
    return row?.kind === 'station';
  }

  /** Stations to choose from. */
  const stations = () =>
    database.db
      .select({ id: place.id, name: place.name, phone: place.phone })
      .from(place)
      .where(eq(place.kind, 'station'))
      .orderBy(asc(place.name));

  return { add, stations };
}

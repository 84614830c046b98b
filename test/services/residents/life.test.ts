import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLife } from '../../../src/services/residents/life.ts';
import type { Database } from '../../../src/store/database.ts';
import { callback, delivery, policy, resident, visit } from '../../../src/store/schema.ts';
import { aHousehold, aResident, aSpeaker, aStation } from '../../support/records.ts';
import { ENGINES, fixedClock } from '../../support/stores.ts';
import { auditOf, system } from '../sample.ts';

describe.each(ENGINES)('somebody is not at home any more, on %s', (_, fresh) => {
  let database: Database;
  let her: { residentId: string; householdId: string };
  const clock = fixedClock('2026-11-23T09:30');
  let stationId = '';
  let keys = 0;
  const key = () => {
    keys += 1;
    return `life.test:${keys}` as Parameters<ReturnType<typeof createLife>['changed']>[0];
  };
  const life = () => createLife({ database, clock });
  beforeAll(async () => {
    database = await fresh();
    stationId = (await aStation(database.db)).station.id;
  });
  beforeEach(async () => {
    const home = await aHousehold(database.db, stationId);
    her = { householdId: home.id, residentId: (await aResident(database.db, home.id)).id };
  });
  const stateOf = async () =>
    (await database.db.select().from(resident).where(eq(resident.id, her.residentId)))[0]?.state;

  it('visits and messages stop with it, once, and it is audited', async () => {
    const { residentId } = her;
    const { db } = database;
    await db.insert(visit).values({ residentId, matter: 'senior card', day: '2026-11-25', half: 'AM' });
    const [told] = await db
      .insert(policy)
      .values({
        code: `p-${keys}-${_}`,
        title: 't',
        gist: 'g',
        body: 'b',
        source: 's',
        audience: { reason: 'policy.reason_all' },
        validFrom: '2026-11-01',
      })
      .returning();
    await db.insert(delivery).values({
      residentId,
      policyId: told?.id ?? '',
      reason: 'policy.reason_all',
      channel: 'speaker',
      state: 'planned',
      dueAt: clock.now(),
    });
    const same = key();
    await life().changed(same, { ...her, state: 'hospital' }, system);
    await life().changed(same, { ...her, state: 'hospital' }, system);
    expect(await stateOf()).toBe('hospital');
    expect((await db.select().from(visit).where(eq(visit.residentId, residentId)))[0]?.state).toBe('cancelled');
    expect((await db.select().from(delivery).where(eq(delivery.residentId, residentId)))[0]?.state).toBe('expired');
    expect((await auditOf(database, residentId)).map(({ action }) => action)).toEqual(['resident.hospital']);
  });

  it('is told at her own speaker and at no other', async () => {
    const other = await aHousehold(database.db, stationId);
    await expect(
      life().changed(key(), { ...her, householdId: other.id, state: 'deceased' }, system),
    ).rejects.toMatchObject({ refusal: 'NotFound' });
    expect(await stateOf()).toBe('living');
  });

  it('told wrongly, she is as before and nobody need come', async () => {
    const speaker = await aSpeaker(database.db, her.householdId);
    await life().changed(key(), { ...her, state: 'moved' }, system);
    const owed = { residentId: her.residentId, speakerId: speaker.id, stationId, reason: 'life', dueAt: clock.now() };
    await database.db.insert(callback).values(owed);
    await life().undone(key(), her, system);
    expect(await stateOf()).toBe('living');
    const rows = await database.db.select().from(callback).where(eq(callback.residentId, her.residentId));
    expect(rows).toMatchObject([{ state: 'closed', outcome: 'withdrawn' }]);
  });
});

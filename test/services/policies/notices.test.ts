import { and, eq, inArray, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPolicies } from '../../../src/services/policies/policies.ts';
import type { Database } from '../../../src/store/database.ts';
import { consent, delivery, household, outbox, resident, speaker } from '../../../src/store/schema.ts';

import { chimingHome, deliveriesOf, key, type Office, openOffice, published, stateOf } from './office.ts';

describe('a notice', () => {
  let office: Office;
  let home: Awaited<ReturnType<typeof chimingHome>>;
  beforeAll(async () => {
    office = await openOffice();
    home = await chimingHome(office);
  });
  const hers = async (ids: string[]) =>
    (await office.database.db.select().from(delivery).where(eq(delivery.residentId, home.residentId))).filter((row) =>
      ids.includes(row.policyId),
    );
  const noticesAt = (device: string) => office.heard.filter((one) => one.device === device);

  it('is one for whatever waits, names nothing of it, and is not sent again', async () => {
    const ids = [await published(office), await published(office, { title: '第二条' })];
    await office.fanOut.run();
    await office.announcing.run();
    await office.announcing.run();
    const [notice, ...more] = noticesAt(home.device);
    expect(more).toEqual([]);
    expect(Object.keys(notice?.notice ?? {}).sort()).toEqual(['expires', 'id', 'kind', 'type']);
    expect((await hers(ids)).map(({ state, noticeId }) => [state, noticeId])).toEqual([
      ['sent', notice?.notice.id],
      ['sent', notice?.notice.id],
    ]);
  });

  it('goes to nobody who did not agree to chimes', async () => {
    const { db } = office.database;
    const silent = await db
      .select()
      .from(delivery)
      .where(sql`${delivery.dueAt} is null and ${delivery.state} = 'planned'`);
    expect(silent.length).toBeGreaterThan(0);
    const given = await db
      .select()
      .from(consent)
      .where(
        and(
          eq(consent.purpose, 'push'),
          eq(consent.given, true),
          inArray(
            consent.residentId,
            silent.map(({ residentId }) => residentId),
          ),
        ),
      );
    const theirSpeakers = await db
      .select({ id: speaker.id })
      .from(speaker)
      .innerJoin(resident, eq(resident.householdId, speaker.householdId))
      .where(
        and(
          inArray(
            resident.id,
            given.map(({ residentId }) => residentId),
          ),
          eq(speaker.status, 'bound'),
        ),
      );
    expect(theirSpeakers).toEqual([]); // who agreed and was not chimed at has no speaker
  });

  it('that the speaker acknowledged never falls back', async () => {
    const id = noticesAt(home.device)[0]?.notice.id ?? '';
    await office.announcing.acknowledged(home.device, id, 'announced');
    await office.announcing.acknowledged(home.device, id, 'heard');
    await office.announcing.acknowledged(home.device, id, 'announced');
    const rows = await office.database.db.select().from(delivery).where(eq(delivery.noticeId, id));
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['heard']));
    expect(rows.every(({ heardAt, announcedAt }) => heardAt && announcedAt)).toBe(true);
  });

  it('of another home is not this speaker’s to acknowledge', async () => {
    const other = office.heard.find(({ device }) => device !== home.device);
    await office.announcing.acknowledged(home.device, other?.notice.id ?? '', 'heard');
    const rows = await office.database.db
      .select()
      .from(delivery)
      .where(eq(delivery.noticeId, other?.notice.id ?? ''));
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['sent']));
  });

  it('waits when the speaker is away and comes with its return; twice a day is enough', async () => {
    office.away.add(home.device);
    const id = await published(office, { title: '第三条' });
    await office.fanOut.run();
    await office.announcing.run();
    expect((await hers([id])).map(({ state }) => state)).toEqual(['planned']);
    office.away.delete(home.device);
    await office.announcing.connected(home.device);
    expect((await hers([id])).map(({ state }) => state)).toEqual(['sent']);
    expect(noticesAt(home.device)).toHaveLength(2);
    const fourth = await published(office, { title: '第四条' });
    await office.fanOut.run();
    await office.announcing.run();
    const [waiting] = await hers([fourth]);
    expect(waiting).toMatchObject({ state: 'planned', noticeId: null });
    expect(noticesAt(home.device)).toHaveLength(2);
  });

  it('does not sound at night', async () => {
    office.clock.set('2026-11-24T22:00');
    await office.announcing.run();
    expect(noticesAt(home.device)).toHaveLength(2);
    office.clock.set('2026-11-25T08:00');
    await office.announcing.run();
    expect(noticesAt(home.device)).toHaveLength(3);
  });

  const homeRow = async (db: Database['db']) =>
    (
      await db
        .select()
        .from(household)
        .where(eq(household.id, home.householdId ?? ''))
    )[0] as typeof household.$inferSelect;

  it('at a brand’s speaker is handed to its maker', async () => {
    const { db } = office.database;
    const [brandOnly] = await db
      .insert(household)
      .values({ ...(await homeRow(db)), id: undefined, unit: '只有小度' })
      .returning();
    await db.update(resident).set({ householdId: brandOnly?.id }).where(eq(resident.id, home.residentId));
    await db
      .insert(speaker)
      .values({ serial: 'A-1', brand: 'alexa', brandDevice: 'A-1', status: 'bound', householdId: brandOnly?.id });
    const id = await published(office, { title: '第五条' });
    await office.fanOut.run();
    await office.announcing.run();
    expect(await hers([id])).toMatchObject([{ state: 'sent', channel: 'alexa' }]);
    await db
      .update(resident)
      .set({ householdId: home.householdId ?? '' })
      .where(eq(resident.id, home.residentId));
    const pushes = await db.select().from(outbox).where(eq(outbox.destination, 'push:alexa'));
    expect(pushes.length).toBeGreaterThan(0);
    expect(pushes.every(({ payload }) => payload.speakerId)).toBe(true);
  });

  it('of a policy that was taken back is not sent, and whoever heard it is told the correction', async () => {
    const { control, writer, signer, desk, fanOut, announcing, database } = office;
    const id = await published(office, { title: '错的一条', gist: '每人一万块。' });
    await fanOut.run();
    const before = office.heard.length;
    await database.db
      .update(delivery)
      .set({ state: 'heard' })
      .where(and(eq(delivery.policyId, id), eq(delivery.residentId, home.residentId)));
    const correction = { title: '刚才那条不对', gist: '是每人一百块。', body: '给您说错了。' };
    const { correctionId = '' } = await control.recall(key(), id, { reason: '数字错了', correction }, writer);
    await announcing.run();
    expect(office.heard.slice(before)).toEqual([]);
    expect(await stateOf(office, id)).toBe('recalled');
    if ((await stateOf(office, correctionId)) === 'submitted') await desk.sign(key(), correctionId, signer);
    await fanOut.run();
    expect((await deliveriesOf(office, correctionId)).map(({ residentId }) => residentId)).toEqual([home.residentId]);
    const told = await createPolicies(office).concerning(home.residentId);
    expect(told.find(({ policyId }) => policyId === correctionId)?.reason.phrase).toBe('policy.reason_correction');
    expect(told.some(({ policyId }) => policyId === id)).toBe(false);
  });

  it('past the last day of its policy has expired', async () => {
    const { fanOut, announcing, clock } = office;
    const id = await published(office, { validUntil: '2026-11-26' });
    await fanOut.run();
    clock.set('2026-11-27T09:00');
    await announcing.expire();
    expect(new Set((await deliveriesOf(office, id)).map(({ state }) => state))).toEqual(new Set(['expired']));
  });
});

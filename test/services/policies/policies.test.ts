import { eq, inArray } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { shanghaiDay } from '../../../src/clock.ts';
import { judge } from '../../../src/services/cases/eligibility.ts';
import { createPolicies } from '../../../src/services/policies/policies.ts';
import { concerns } from '../../../src/store/audience.ts';
import type { Database } from '../../../src/store/database.ts';
import { delivery, household, policy, resident } from '../../../src/store/schema.ts';
import type { Demo } from '../../../src/store/seed/index.ts';
import { fixedClock, freshDatabase, freshLite } from '../../support/stores.ts';
import { auditOf, seeded, system, whoIs } from '../sample.ts';

const clock = fixedClock('2026-11-23T09:30');
let database: Database;
let demo: Demo;
let policies: ReturnType<typeof createPolicies>;
beforeAll(async () => {
  database = await freshDatabase();
  demo = await seeded(database, clock);
  policies = createPolicies({ database, clock });
});
const codesOf = async (residentId: string) => {
  const ids = (await policies.concerning(residentId)).map(({ policyId }) => policyId);
  const rows = await database.db.select().from(policy).where(inArray(policy.id, ids));
  return rows.map(({ code }) => code);
};

describe('policies that concern a resident', () => {
  it('tell somebody nearly sixty-five of the bus card, with the reason', async () => {
    const { residentId } = await whoIs(database, demo, ['turns65']);
    const one = (await policies.concerning(residentId)).find(({ matter }) => matter === '老年乘车卡');
    expect(one).toMatchObject({
      heard: false,
      sensitive: false,
      reason: { phrase: 'policy.reason_turns', values: { age: 65, herAge: 64 } },
    });
  });

  it('tell somebody over eighty who has not registered of the care grant, and nobody else', async () => {
    const { residentId } = await whoIs(database, demo, ['unregisteredCare', 'alone']);
    expect(await codesOf(residentId)).toContain('eighty-care-grant');
    const registered = await whoIs(database, demo, ['alone', 'widow'], ['unregisteredCare']);
    expect(await codesOf(registered.residentId)).not.toContain('eighty-care-grant');
  });

  it('on income support come only to those who have it, and are not to be named aloud', async () => {
    const rows = await database.db.select().from(resident);
    const theirs = rows.filter(({ flags }) => flags.dibao);
    expect(theirs.length).toBeGreaterThan(0);
    for (const { id, flags } of rows.slice(0, 20))
      expect((await codesOf(id)).includes('dibao-2025')).toBe(Boolean(flags.dibao));
    const hers = await policies.concerning(theirs[0]?.id ?? '');
    expect(hers.find(({ matter }) => matter === '最低生活保障')?.sensitive).toBe(true);
  });

  it('come unheard first and then the newest', async () => {
    const { residentId } = await whoIs(database, demo, ['unreadPolicy', 'case:submitted']);
    const heard = (await policies.concerning(residentId)).map((one) => Number(one.heard));
    expect(heard).toEqual([...heard].sort());
    expect(new Set(heard)).toEqual(new Set([0, 1]));
  });

  it('are none for somebody who moved away, nor for the dead', async () => {
    const { residentId } = await whoIs(database, demo, ['unreadPolicy', 'case:rejected']);
    for (const state of ['moved', 'deceased'] as const) {
      await database.db.update(resident).set({ state }).where(eq(resident.id, residentId));
      expect(await policies.concerning(residentId)).toEqual([]);
    }
    await database.db.update(resident).set({ state: 'living' }).where(eq(resident.id, residentId));
  });

  it('leave out what is not published, not yet valid or over', async () => {
    const { residentId } = await whoIs(database, demo, ['turns65']);
    const shown = async () => (await codesOf(residentId)).includes('turning-65-bus-card');
    const set = (values: Partial<typeof policy.$inferInsert>) =>
      database.db.update(policy).set(values).where(eq(policy.code, 'turning-65-bus-card'));
    await set({ state: 'recalled' });
    expect(await shown()).toBe(false);
    await set({ state: 'published', validUntil: '2026-11-22' });
    expect(await shown()).toBe(false);
    await set({ validUntil: '2026-11-23' });
    expect(await shown()).toBe(true);
  });

  it('leave a trace in the audit whenever her record is read for them', async () => {
    const { residentId } = await whoIs(database, demo, ['case:producing']);
    await policies.concerning(residentId);
    expect((await auditOf(database, residentId)).at(-1)).toMatchObject({ action: 'read', actorKind: 'resident' });
  });

  it('reach the same people in SQL as one by one', async () => {
    const today = shanghaiDay(clock.now());
    const people = await database.db
      .select()
      .from(resident)
      .innerJoin(household, eq(household.id, resident.householdId));
    const living = people.filter((one) => one.resident.state === 'living');
    for (const { audience } of await database.db.select().from(policy)) {
      const one = living.filter((row) =>
        concerns(audience, { ...row.resident, community: row.household.community }, today),
      );
      expect((await policies.audience(audience)).sort()).toEqual(one.map((row) => row.resident.id).sort());
      expect(await policies.count(audience)).toBe(one.length);
    }
    const near = { community: ['季景峰阁'], ageFrom: 60, reason: 'policy.reason_all' };
    expect(await policies.count(near)).toBeGreaterThan(5);
  });
});

describe('what she has heard', () => {
  const first = async () => {
    const { residentId } = await whoIs(database, demo, ['unreadPolicy', 'case:denied']);
    const one = (await policies.concerning(residentId)).find(({ heard }) => !heard);
    return { residentId, policyId: one?.policyId ?? '' };
  };
  const stateOf = async (told: { residentId: string; policyId: string }) => {
    const rows = await database.db.select().from(delivery).where(eq(delivery.residentId, told.residentId));
    return rows.filter(({ policyId }) => policyId === told.policyId).map(({ state }) => state);
  };

  it('is kept once, and grows but never shrinks', async () => {
    const told = await first();
    await policies.heard('k1', { ...told, state: 'partly' }, system);
    await policies.heard('k2', { ...told, state: 'heard' }, system);
    await policies.heard('k3', { ...told, state: 'announced' }, system);
    expect(await stateOf(told)).toEqual(['heard']);
  });

  it('and will not hear again stays unasked for', async () => {
    const told = await first();
    await policies.heard('k4', { ...told, state: 'refused' }, system);
    const again = (await policies.concerning(told.residentId)).find(({ policyId }) => policyId === told.policyId);
    expect(again?.heard).toBe(true);
  });
});

describe('may she have it', () => {
  const rule = { ageFrom: 65, earlyMonths: 1, hukou: ['binhai' as const], otherHukou: 'unknown' as const };
  const born = (birthDate: string) => ({ birthDate, hukou: 'binhai' as const, flags: {}, community: '' });

  it.each([
    ['one month before sixty-five', '1961-12-23', '2026-11-23', 'yes', undefined],
    ['a day earlier', '1961-12-24', '2026-11-23', 'not_yet', '2026-11-24'],
    [
      'born at the end of March: a month before ends with February',
      '1962-03-31',
      '2027-02-27',
      'not_yet',
      '2027-02-28',
    ],
    ['born on 29 February, turning in a common year', '1964-02-29', '2028-11-23', 'not_yet', '2029-01-28'],
  ])('%s', (_, birthDate, today, answer, from) => {
    expect(judge(rule, born(birthDate), today)).toMatchObject({ answer, ...(from ? { from } : {}) });
  });

  it('the two cards and the care grant, with the day on which she will', async () => {
    const { residentId, row } = await whoIs(database, demo, ['turns65', 'hukou:binhai']);
    expect(await policies.eligibility('老年乘车卡', residentId)).toMatchObject({ answer: 'yes' });
    expect(await policies.eligibility('老年优待证', residentId)).toMatchObject({ answer: 'yes' });
    const from = `${Number(row.birthDate.slice(0, 4)) + 80}${row.birthDate.slice(4)}`;
    expect(await policies.eligibility('高龄老年人健康关爱金', residentId)).toMatchObject({ answer: 'not_yet', from });
  });

  it('with a hukou on which two rules stand: a person says, never a refusal', async () => {
    const { residentId } = await whoIs(database, demo, ['hukou:outside'], ['turns65', 'english']);
    expect((await policies.eligibility('老年乘车卡', residentId)).answer).toBe('unknown');
    expect((await policies.eligibility('高龄老年人健康关爱金', residentId)).answer).toBe('no');
  });

  it('what has no rule of age is for the window to say', async () => {
    const { residentId } = await whoIs(database, demo, ['case:producing']);
    expect((await policies.eligibility('最低生活保障', residentId)).answer).toBe('unknown');
  });
});

describe('on PGlite', () => {
  let lite: Database;
  let home: Demo;
  beforeAll(async () => {
    lite = await freshLite();
    home = await seeded(lite, clock);
  });

  it('the same is found and kept', async () => {
    const mine = createPolicies({ database: lite, clock });
    const { residentId } = await whoIs(lite, home, ['turns65']);
    const [one] = await mine.concerning(residentId);
    await mine.heard('k', { policyId: one?.policyId ?? '', residentId, state: 'heard' }, system);
    expect((await mine.concerning(residentId)).find(({ policyId }) => policyId === one?.policyId)?.heard).toBe(true);
    expect((await mine.eligibility('老年乘车卡', residentId)).answer).toBe('yes');
  });
});

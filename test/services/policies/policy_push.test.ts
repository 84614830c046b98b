import { and, eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { shanghaiDay } from '../../../src/clock.ts';
import { createPolicyAudience, reachOf } from '../../../src/services/policies/audience.ts';
import { createPolicies } from '../../../src/services/policies/policies.ts';
import { audienceWhere, concerns, type Person } from '../../../src/store/audience.ts';
import { type AudienceCondition, type AudienceRule, caseFile, household, resident } from '../../../src/store/schema.ts';
import { ENGINES } from '../../support/stores.ts';

import { deliveriesOf, key, type Office, openOffice, published, runOf, stateOf, TEXT } from './office.ts';

describe('a rule', () => {
  let office: Office;
  let people: (Person & { id: string })[];
  beforeAll(async () => {
    office = await openOffice();
    const { db } = office.database;
    const rows = await db
      .select({ resident, household })
      .from(resident)
      .innerJoin(household, eq(household.id, resident.householdId))
      .where(eq(resident.state, 'living'));
    const cases = await db.select().from(caseFile);
    people = rows.map(({ resident: her, household: { community, building } }) => ({
      ...her,
      community,
      building,
      cases: cases.filter(({ residentId }) => residentId === her.id),
    }));
  });

  const flag = fc.constantFrom(
    'dibao',
    'edge',
    'disability',
    'alone',
    'special',
    'hearing',
    'widow',
    'unregisteredCare',
  );
  const single = fc.oneof(
    fc.record({ ageFrom: fc.integer({ min: 60, max: 85 }) }),
    fc.record({ ageTo: fc.integer({ min: 65, max: 95 }) }),
    fc.record({ turns: fc.record({ age: fc.integer({ min: 60, max: 90 }), withinDays: fc.constantFrom(31, 400) }) }),
    fc.record({ sex: fc.constantFrom('female', 'male') }),
    fc.record({ hukou: fc.subarray(['binhai', 'tianjin', 'outside'], { minLength: 1 }) }),
    fc.record({ building: fc.subarray(['1号楼', '2号楼', '3号楼'], { minLength: 1 }) }),
    fc.record({ flags: fc.array(flag, { minLength: 1, maxLength: 2 }) }),
    fc.record({ anyFlags: fc.array(flag, { minLength: 1, maxLength: 3 }) }),
    fc.record({ notFlags: fc.array(flag, { minLength: 1, maxLength: 2 }) }),
    fc.record({ disability: fc.record({ grades: fc.subarray([1, 2, 3, 4], { minLength: 1 }) }) }),
    fc.record({ cases: fc.record({ matter: fc.constantFrom('老年优待证', '老年乘车卡') }) }),
    fc.record({ cases: fc.record({ statuses: fc.constant(['reviewing', 'concluded']) }) }),
    fc.record({ cases: fc.record({ delivery: fc.constant('ready') }) }),
  );
  const condition = fc
    .array(single, { maxLength: 2 })
    .map((parts) => Object.assign({}, ...parts)) as fc.Arbitrary<AudienceCondition>;
  const rule = fc
    .tuple(condition, fc.array(condition, { maxLength: 2 }), fc.array(condition, { maxLength: 2 }))
    .map(([base, any, none]): AudienceRule => ({ ...base, any, none, reason: 'policy.reason_all' }));

  it('means the same asked of one person and of everybody', async () => {
    const today = shanghaiDay(office.clock.now());
    let some = 0;
    await fc.assert(
      fc.asyncProperty(rule, async (one) => {
        const found = await office.database.db
          .select({ id: resident.id })
          .from(resident)
          .innerJoin(household, eq(household.id, resident.householdId))
          .where(audienceWhere(one, today));
        const remembered = people.filter((person) => concerns(one, person, today)).map(({ id }) => id);
        some += Number(remembered.length > 0 && remembered.length < people.length);
        expect(found.map(({ id }) => id).sort()).toEqual(remembered.sort());
      }),
      { numRuns: 150 },
    );
    expect(some).toBeGreaterThan(20); // else the property would be empty
  });

  it('tells how many, ten of them and why; the look is written down', async () => {
    const { database, clock, writer } = office;
    const reach = await createPolicyAudience({ database, clock }).reach({ ageFrom: 80 }, writer);
    const eighty = people.filter((person) => concerns({ ageFrom: 80, reason: '' }, person, '2026-11-23'));
    expect(reach.count).toBe(eighty.length);
    expect(reach.examples).toHaveLength(10);
    expect(reach.examples.every(({ age }) => age >= 80)).toBe(true);
    expect(reach.reason).toMatchObject({ phrase: 'policy.reason_age', values: { age: 80 } });
  });
});

describe.each(ENGINES)('a policy on %s', (_, fresh) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(fresh);
  });

  it('needs a second person, and reaches each of its audience once', async () => {
    const { desk, writer, signer, fanOut, database, clock } = office;
    const { id } = await desk.create(key(), TEXT, writer);
    expect(await desk.submit(key(), id, writer)).toEqual({ state: 'submitted' });
    await expect(desk.sign(key(), id, writer)).rejects.toMatchObject({ refusal: 'SecondPersonNeeded' });
    expect(await stateOf(office, id)).toBe('submitted');
    await desk.sign(key(), id, signer);
    expect(await desk.sign(key(), id, signer)).toEqual({ state: 'published' });
    await Promise.all([fanOut.run(), fanOut.run()]);
    const rows = await deliveriesOf(office, id);
    const reached = await reachOf(database.db, { ageFrom: 60, reason: '' }, clock.now());
    expect(rows).toHaveLength(reached);
    expect(reached).toBeGreaterThan(20);
    expect(new Set(rows.map(({ residentId }) => residentId)).size).toBe(reached);
    expect(await runOf(office, id)).toMatchObject({ state: 'done', reached });
  });

  it('is held in the middle and goes on where it stood', async () => {
    const { control, fanOut, writer } = office;
    const id = await published(office);
    await fanOut.step();
    await control.pause(key(), id, '数字要核', writer);
    expect(await fanOut.run()).toBe(0);
    expect(await deliveriesOf(office, id)).toHaveLength(7);
    await control.resume(key(), id, writer);
    await fanOut.run();
    const rows = await deliveriesOf(office, id);
    expect(rows.length).toBeGreaterThan(20);
    expect(new Set(rows.map(({ residentId }) => residentId)).size).toBe(rows.length);
  });

  it('goes to one in a hundred first when it is wished, and is told to nobody else', async () => {
    const { control, fanOut, writer, database, clock } = office;
    const id = await published(office, { canary: true });
    await fanOut.run();
    const [only, ...others] = await deliveriesOf(office, id);
    expect(others).toEqual([]);
    const policies = createPolicies({ database, clock });
    const toldTo = async (residentId: string) =>
      (await policies.concerning(residentId)).some(({ policyId }) => policyId === id);
    expect(await toldTo(only?.residentId ?? '')).toBe(true);
    const [another] = await database.db
      .select({ id: resident.id })
      .from(resident)
      .where(
        and(eq(resident.state, 'living'), sql`${resident.id} <> ${only?.residentId}`, sql`birth_date < '1960-01-01'`),
      );
    expect(await toldTo(another?.id ?? '')).toBe(false);
    await control.release(key(), id, writer);
    await fanOut.run();
    expect((await deliveriesOf(office, id)).length).toBeGreaterThan(20);
    expect(await toldTo(another?.id ?? '')).toBe(true);
  });

  it('waits for its time', async () => {
    const { fanOut, clock } = office;
    const id = await published(office, { startsAt: '2026-11-23T10:00:00+08:00' });
    await fanOut.run();
    expect(await deliveriesOf(office, id)).toEqual([]);
    clock.set('2026-11-23T10:00');
    await fanOut.run();
    expect((await deliveriesOf(office, id)).length).toBeGreaterThan(20);
  });

  it('for a handful of people and nothing sensitive needs one signature', async () => {
    const { desk, writer } = office;
    const few = { turns: { age: 65, withinDays: 31 } };
    const { id } = await desk.create(key(), { ...TEXT, audience: few }, writer);
    expect(await desk.submit(key(), id, writer)).toEqual({ state: 'published' });
    const { id: sensitive } = await desk.create(key(), { ...TEXT, audience: few, sensitive: true }, writer);
    expect(await desk.submit(key(), sensitive, writer)).toEqual({ state: 'submitted' });
  });

  it('is sent back with a remark and can be changed then, not before', async () => {
    const { desk, writer, signer } = office;
    const { id } = await desk.create(key(), TEXT, writer);
    await desk.submit(key(), id, writer);
    await expect(desk.edit(key(), id, TEXT, writer)).rejects.toMatchObject({ refusal: 'NotInThisState' });
    await desk.sendBack(key(), id, '日子不对', signer);
    await desk.edit(key(), id, { ...TEXT, gist: '改过了。' }, writer);
    expect(await stateOf(office, id)).toBe('draft');
  });
});

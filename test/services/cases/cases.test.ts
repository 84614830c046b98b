import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCases } from '../../../src/services/cases/cases.ts';
import { overdueDays, promisedDay } from '../../../src/services/cases/rules.ts';
import { createGuides } from '../../../src/services/guides/guides.ts';
import type { Database } from '../../../src/store/database.ts';
import { caseFile, caseStep, guide, staff } from '../../../src/store/schema.ts';
import type { Demo } from '../../../src/store/seed/index.ts';
import { fixedClock, freshDatabase, freshLite } from '../../support/stores.ts';
import { auditOf, calendar, seeded, system, whoIs } from '../sample.ts';

const clock = fixedClock('2026-11-23T09:30');
const LIMIT = { days: 20, unit: 'workday' as const };
let database: Database;
let demo: Demo;
let cases: ReturnType<typeof createCases>;
let guides: ReturnType<typeof createGuides>;
let clerk: { kind: 'staff'; id: string; role: string };
beforeAll(async () => {
  database = await freshDatabase();
  demo = await seeded(database, clock);
  cases = createCases({ database, clock, calendar });
  guides = createGuides({ database, clock });
  const [a] = await database.db.select().from(staff).where(eq(staff.username, 'clerk-a'));
  clerk = { kind: 'staff', id: a?.id ?? '', role: 'clerk' };
});
const freeToApply = () =>
  whoIs(database, demo, ['hukou:binhai'], ['ready:老年优待证', 'draft', 'case:concluded', 'couple']);

describe('her cases', () => {
  it('come newest first, with the last four digits and who has them in hand; the reading is audited', async () => {
    const { residentId } = await whoIs(database, demo, ['overdue']);
    const [one] = await cases.ofResident(residentId);
    expect(one).toMatchObject({
      status: 'reviewing',
      overdueDays: 3,
      handler: { name: expect.stringContaining('示例') },
    });
    expect(one?.number.endsWith(one.tail)).toBe(true);
    expect((await auditOf(database, residentId)).at(-1)).toMatchObject({ action: 'read', fields: ['cases'] });
  });

  it('that are ready are told apart', async () => {
    const { residentId } = await whoIs(database, demo, ['ready:老年优待证', 'ready:老年乘车卡']);
    expect((await cases.readyToCollect(residentId)).map(({ matter }) => matter).sort()).toEqual([
      '老年乘车卡',
      '老年优待证',
    ]);
  });
});

describe('time', () => {
  const limit = { limitDays: 5, limitUnit: 'workday' as const, startsOn: '2026-09-29', stopped: [] };

  it('runs from the day after acceptance, over the holidays', () => {
    expect(promisedDay(limit, calendar)?.day).toBe('2026-10-10'); // 29, 30 September, 8, 9, 10 October
  });

  it('stands still while something is missing', () => {
    const stopped = [{ from: '2026-09-29', until: '2026-10-09', why: 'correction' }]; // 29, 30, 8: three workdays
    expect(promisedDay({ ...limit, stopped }, calendar)?.day).toBe('2026-10-14');
  });

  it('in plain days counts every day', () => {
    expect(promisedDay({ ...limit, limitUnit: 'day' }, calendar)).toEqual({ day: '2026-10-03', certain: true });
  });

  it('past the promise is counted in workdays, and not while she is waited for', () => {
    const late = { promisedOn: '2026-09-30', limitUnit: 'workday' as const };
    expect(overdueDays({ ...late, status: 'reviewing' }, '2026-10-09', calendar)).toBe(2);
    expect(overdueDays({ ...late, status: 'correction' }, '2026-10-09', calendar)).toBe(0);
    expect(overdueDays({ ...late, status: 'concluded' }, '2026-10-09', calendar)).toBe(0);
    expect(overdueDays({ ...late, status: 'reviewing' }, '2026-09-30', calendar)).toBe(0);
  });
});

describe('a case', () => {
  it('goes its way from submission to the document that waits for her', async () => {
    const { residentId } = await freeToApply();
    const wish = { residentId, matter: '老年优待证', source: 9, limit: LIMIT };
    const { id, tail } = await cases.open('c1', wish, system);
    expect(await cases.open('c1', wish, system)).toMatchObject({ id, tail });
    for (const status of ['received', 'accepted', 'reviewing', 'producing'] as const) {
      await cases.step(`c1-${status}`, id, { status }, clerk);
    }
    const ended = await cases.step('c1-end', id, { status: 'concluded' }, clerk);
    expect(ended).toMatchObject({ status: 'concluded', delivery: 'ready', promisedOn: '2026-12-21', overdueDays: 0 });
    const steps = await database.db.select().from(caseStep).where(eq(caseStep.caseId, id));
    expect(steps).toHaveLength(6);
  });

  it('does not jump, and does not move again when the same step is sent twice', async () => {
    const { residentId } = await freeToApply();
    const { id } = await cases.open('c2', { residentId, matter: '老年乘车卡', source: 9 }, system);
    await expect(cases.step('c2-a', id, { status: 'concluded' }, clerk)).rejects.toMatchObject({
      refusal: 'NotInThisState',
    });
    await cases.step('c2-b', id, { status: 'received' }, clerk);
    await cases.step('c2-b', id, { status: 'received' }, clerk);
    expect(await database.db.select().from(caseStep).where(eq(caseStep.caseId, id))).toHaveLength(2);
    await expect(
      cases.step('c2-c', '00000000-0000-4000-8000-000000000000', { status: 'received' }, clerk),
    ).rejects.toMatchObject({ refusal: 'NotFound' });
  });

  it('promised into next year is promised roughly', async () => {
    const { residentId } = await freeToApply();
    const { id } = await cases.open(
      'c3',
      { residentId, matter: '老年助餐', source: 9, limit: { days: 40, unit: 'workday' } },
      system,
    );
    await cases.step('c3-a', id, { status: 'received' }, clerk);
    expect(await cases.step('c3-b', id, { status: 'accepted' }, clerk)).toMatchObject({ promisedRoughly: true });
  });

  it('that asks for something not on the list she was told is flagged', async () => {
    const { residentId } = await freeToApply();
    await guides.told(residentId, '社会保障卡', ['身份证']);
    const { id } = await cases.open('c4', { residentId, matter: '社会保障卡', source: 9 }, system);
    await cases.step('c4-a', id, { status: 'received' }, clerk);
    await cases.step('c4-b', id, { status: 'correction', missing: ['身份证'] }, clerk);
    const flag = async () => (await database.db.select().from(caseFile).where(eq(caseFile.id, id)))[0]?.askedTwice;
    expect(await flag()).toBe(false);
    await cases.step('c4-c', id, { status: 'received' }, clerk);
    const again = await cases.step(
      'c4-d',
      id,
      { status: 'correction', missing: ['结婚证'], remedy: '带来就行。' },
      clerk,
    );
    expect(again).toMatchObject({ missing: ['结婚证'], remedy: '带来就行。' });
    expect(await flag()).toBe(true);
  });
});

describe('guides', () => {
  it('are told as they hold today', async () => {
    const now = await guides.of('老年优待证');
    expect(now).toMatchObject({ version: 1, sample: false, checkedOn: '2026-11-22' });
    expect(now?.elements.materials.map(({ name }) => name)).toEqual(['身份证', '户口本', '一寸照片']);
    const next = {
      matter: '老年优待证',
      version: 2,
      elements: now?.elements ?? ({} as never),
      department: 'x',
      source: 'y',
      checkedOn: '2026-11-23',
    };
    await database.db.insert(guide).values({ ...next, effectiveFrom: '2026-12-01' });
    expect((await guides.of('老年优待证'))?.version).toBe(1);
    clock.set('2026-12-01T09:00');
    expect((await guides.of('老年优待证'))?.version).toBe(2);
    clock.set('2026-11-23T09:30');
  });

  it('know their matters, and nothing of others', async () => {
    expect(await guides.matters()).toHaveLength(25);
    expect(await guides.of('公租房')).toBeUndefined();
  });

  it('keep one receipt of the same list', async () => {
    const { residentId } = await whoIs(database, demo, ['turns65']);
    const first = await guides.told(residentId, '老年乘车卡', ['身份证']);
    clock.advance({ days: 1 });
    expect(await guides.told(residentId, '老年乘车卡', ['身份证'])).toEqual(first);
    expect((await guides.told(residentId, '老年乘车卡', ['身份证', '户口本'])).at).not.toBe(first.at);
    clock.set('2026-11-23T09:30');
  });
});

describe('on PGlite', () => {
  let lite: Database;
  let home: Demo;
  beforeAll(async () => {
    lite = await freshLite();
    home = await seeded(lite, clock);
  });

  it('a case is opened, stepped and read', async () => {
    const mine = createCases({ database: lite, clock, calendar });
    const { residentId } = await whoIs(lite, home, ['turns65']);
    await createGuides({ database: lite, clock }).told(residentId, '老年助餐', ['身份证']);
    const { id } = await mine.open('l1', { residentId, matter: '老年助餐', source: 1 }, system);
    expect(await mine.step('l2', id, { status: 'received' }, system)).toMatchObject({ status: 'received' });
  });
});

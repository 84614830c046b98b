import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answers, createApplications } from '../../../src/services/cases/applications.ts';
import { createCases } from '../../../src/services/cases/cases.ts';
import type { Database } from '../../../src/store/database.ts';
import { application, caseFile, outbox } from '../../../src/store/schema.ts';
import { loadFacts } from '../../../src/store/seed/load-facts.ts';
import { aHousehold, aResident, aStation } from '../../support/records.ts';
import { fixedClock, freshDatabase, freshLite } from '../../support/stores.ts';
import { auditOf, calendar, catalogue, fields, system } from '../sample.ts';

const MATTER = '老年优待证';
const OTHER = '老年乘车卡';
const NOW = '2026-11-23T09:30';
const clock = fixedClock(NOW);
const ANSWERS: Answers = { phone: '13800001234', materials: 'pickup', promise: 'yes' };
const clerk = { kind: 'system' as const, id: 'desk', role: 'clerk' };

const made = (database: Database) => {
  const cases = createCases({ database, clock, calendar });
  return { cases, applications: createApplications({ database, fields, clock, cases }) };
};

let database: Database;
let cases: ReturnType<typeof made>['cases'];
let applications: ReturnType<typeof made>['applications'];
let residentId: string;

async function somebody(on: Database): Promise<string> {
  const { station } = await aStation(on.db);
  const home = await aHousehold(on.db, station.id);
  return (await aResident(on.db, home.id)).id;
}

beforeAll(async () => {
  database = await freshDatabase();
  await loadFacts({ database, catalogue, sample: true });
  ({ cases, applications } = made(database));
});
beforeEach(async () => {
  clock.set(NOW);
  residentId = await somebody(database);
});

const her = () => ({ kind: 'resident' as const, id: residentId, role: 'resident' });
const wish = (matter = MATTER) => ({ residentId, matter });
const keep = (answers = ANSWERS, matter = MATTER) =>
  applications.keep(randomUUID(), { ...wish(matter), kind: 'first', answers }, her());
const submit = (key: string = randomUUID()) => applications.submit(key, wish(), her());
const withdraw = (key: string = randomUUID()) => applications.withdraw(key, wish(), her());
const rowsOf = () => database.db.select().from(application).where(eq(application.residentId, residentId));
const casesOf = () => database.db.select().from(caseFile).where(eq(caseFile.residentId, residentId));
const messagesAbout = (id: string) =>
  database.db
    .select({ topic: outbox.topic })
    .from(outbox)
    .where(and(eq(outbox.destination, 'binhai'), sql`${outbox.payload} ->> 'applicationId' = ${id}`));
const conclude = async (id: string) => {
  for (const status of ['received', 'accepted', 'reviewing', 'concluded'] as const)
    await cases.step(randomUUID(), id, { status }, clerk);
};

describe('what can be applied for at the speaker', () => {
  it('is what its guide says', async () => {
    expect((await applications.byVoice()).sort()).toEqual([MATTER, OTHER].sort());
  });
});

describe('a draft', () => {
  it('keeps what she said for thirty days, sealed', async () => {
    await keep();
    expect(await applications.drafts(residentId)).toMatchObject([{ matter: MATTER, kind: 'first', answers: ANSWERS }]);
    const [row] = await rowsOf();
    expect(row?.answersSealed).not.toContain('13800001234');
    expect(row?.expiresAt).toEqual(new Date(clock.now().getTime() + 30 * 86_400_000));
  });

  it('is one however often and from wherever it is kept', async () => {
    await Promise.all([keep(), keep({ ...ANSWERS, promise: 'no' }), keep()]);
    await keep({ materials: 'home' });
    expect(await rowsOf()).toHaveLength(1);
    expect((await applications.drafts(residentId))[0]?.answers).toEqual({ materials: 'home' });
  });

  it('runs out, and is then neither told nor handed in', async () => {
    await keep();
    clock.advance({ days: 31 });
    expect(await applications.drafts(residentId)).toEqual([]);
    await expect(submit()).rejects.toMatchObject({ refusal: 'NotInThisState' });
  });

  it('of another matter stands beside it', async () => {
    await keep();
    await keep(ANSWERS, OTHER);
    expect((await applications.drafts(residentId)).map(({ matter }) => matter)).toEqual([MATTER, OTHER]);
  });

  it('is read with an audit row', async () => {
    await applications.drafts(residentId);
    expect((await auditOf(database, residentId)).at(-1)).toMatchObject({ action: 'read', fields: ['applications'] });
  });
});

describe('handing in', () => {
  it('opens one case with the application, its audit rows and the message, together', async () => {
    await keep();
    const { tail, number, already } = await submit();
    expect(already).toBe(false);
    expect(number.endsWith(tail)).toBe(true);
    const [row] = await rowsOf();
    expect(row).toMatchObject({ state: 'submitted', expiresAt: null, promise: { kind: 'commitment' } });
    expect(await casesOf()).toMatchObject([{ applicationId: row?.id, status: 'submitted', source: 9 }]);
    const actions = (await auditOf(database, residentId)).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['application.submitted', 'case.opened']));
    expect(await messagesAbout(row?.id ?? '')).toEqual([{ topic: 'application.submitted' }]);
  });

  it('happens once: the same turn again, another turn, five at a time', async () => {
    await keep();
    const first = await submit('turn-1');
    expect(await submit('turn-1')).toEqual(first);
    const others = await Promise.all(Array.from({ length: 5 }, () => submit()));
    expect(others.every(({ already, tail }) => already && tail === first.tail)).toBe(true);
    expect(await casesOf()).toHaveLength(1);
  });

  it('happens once also when five come before the first is through', async () => {
    await keep();
    const all = await Promise.all(Array.from({ length: 5 }, () => submit()));
    expect(all.filter(({ already }) => !already)).toHaveLength(1);
    expect(await casesOf()).toHaveLength(1);
  });

  it('needs a draft, and a kind', async () => {
    await expect(submit()).rejects.toMatchObject({ refusal: 'NotFound' });
    await applications.keep('no-kind', { ...wish(), answers: {} }, her());
    await expect(submit()).rejects.toMatchObject({ refusal: 'NotInThisState' });
    expect(await casesOf()).toEqual([]);
  });

  it('leaves nothing when the case cannot be opened', async () => {
    await keep();
    const failing = createApplications({
      database,
      fields,
      clock,
      cases: { ...cases, openIn: () => Promise.reject(new Error('no case')) },
    });
    await expect(failing.submit('broken', wish(), her())).rejects.toThrow('no case');
    expect(await rowsOf()).toMatchObject([{ state: 'draft', promise: null }]);
    expect((await auditOf(database, residentId)).map(({ action }) => action)).not.toContain('application.submitted');
  });

  it('is not undone by keeping once more', async () => {
    await keep();
    await submit();
    expect(await keep({ promise: 'no' })).toEqual({ stands: true });
    expect(await rowsOf()).toMatchObject([{ state: 'submitted' }]);
  });

  it('is possible anew when the first has come to its end', async () => {
    await keep();
    await submit();
    const [first] = await casesOf();
    await conclude(first?.id ?? '');
    expect(await keep()).toEqual({ stands: false });
    expect(await submit()).toMatchObject({ already: false });
    expect((await rowsOf()).map(({ state }) => state).sort()).toEqual(['closed', 'submitted']);
    expect(await casesOf()).toHaveLength(2);
  });
});

describe('taking back', () => {
  it('withdraws the case with the application, and is told as success the second time', async () => {
    await keep();
    await submit();
    expect(await withdraw()).toEqual({ done: true });
    expect(await withdraw()).toEqual({ done: true });
    expect(await casesOf()).toMatchObject([{ status: 'withdrawn' }]);
    const [row] = await rowsOf();
    expect(row?.state).toBe('withdrawn');
    expect(await messagesAbout(row?.id ?? '')).toHaveLength(2);
  });

  it('throws a draft away', async () => {
    await keep();
    await withdraw();
    expect(await applications.drafts(residentId)).toEqual([]);
  });

  it('also takes back what was handed in at the window', async () => {
    await cases.open(randomUUID(), { ...wish(), source: 1 }, clerk);
    await withdraw();
    expect(await casesOf()).toMatchObject([{ status: 'withdrawn' }]);
  });

  it('is too late once the card is being made, and changes nothing', async () => {
    await keep();
    await submit();
    const [one] = await casesOf();
    for (const status of ['received', 'accepted', 'reviewing', 'producing'] as const)
      await cases.step(randomUUID(), one?.id ?? '', { status }, clerk);
    await expect(withdraw()).rejects.toMatchObject({ refusal: 'NotInThisState' });
    expect(await rowsOf()).toMatchObject([{ state: 'submitted' }]);
  });

  it('of nothing is refused', async () => {
    await expect(withdraw()).rejects.toMatchObject({ refusal: 'NotFound' });
  });
});

describe('on PGlite', () => {
  it('a draft is kept, handed in and taken back', async () => {
    const lite = await freshLite();
    await loadFacts({ database: lite, catalogue, sample: true });
    const own = made(lite).applications;
    const one = { residentId: await somebody(lite), matter: MATTER };
    await own.keep('l1', { ...one, kind: 'lost', answers: ANSWERS }, system);
    expect(await own.submit('l2', one, system)).toMatchObject({ already: false });
    expect(await own.submit('l3', one, system)).toMatchObject({ already: true });
    expect(await own.withdraw('l4', one, system)).toEqual({ done: true });
  });
});

import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { shanghaiDay } from '../../../src/clock.ts';
import { chimeRoutes } from '../../../src/jobs/chimes.ts';
import { deliverAll } from '../../../src/jobs/deliveries.ts';
import { dispatchNotices, expireDeliveries } from '../../../src/jobs/notices.ts';
import { createLog } from '../../../src/log.ts';
import { createNotices, type WaitingNotice as PolicyNotice } from '../../../src/services/notices/notices.ts';
import { createPolicyAudience, reachOf } from '../../../src/services/policies/audience.ts';
import { createPolicyControl } from '../../../src/services/policies/control.ts';
import { createPolicyDesk, type PolicyText } from '../../../src/services/policies/desk.ts';
import { createFanOut } from '../../../src/services/policies/fan-out.ts';
import { createPolicies } from '../../../src/services/policies/policies.ts';
import { audienceWhere, concerns, type Person } from '../../../src/store/audience.ts';
import type { Actor } from '../../../src/store/audit.ts';
import type { Database } from '../../../src/store/database.ts';
import {
  type AudienceCondition,
  type AudienceRule,
  caseFile,
  consent,
  delivery,
  fanOut as fanOutTable,
  household,
  outbox,
  policy,
  resident,
  speaker,
  staff,
} from '../../../src/store/schema.ts';
import { ENGINES, fixedClock, freshDatabase } from '../../support/stores.ts';
import { seeded } from '../sample.ts';

const TEXT: PolicyText = {
  title: '冬天的补助到了',
  gist: '满六十岁的都有。',
  body: '十二月发。',
  source: '示例文件',
  audience: { ageFrom: 60 },
  validFrom: '2026-11-01',
};

interface Office {
  database: Database;
  clock: ReturnType<typeof fixedClock>;
  heard: { device: string; notice: PolicyNotice }[];
  away: Set<string>;
  desk: ReturnType<typeof createPolicyDesk>;
  control: ReturnType<typeof createPolicyControl>;
  fanOut: ReturnType<typeof createFanOut>;
  announcing: ReturnType<typeof announcingOf>;
  writer: Actor;
  signer: Actor;
}

async function openOffice(fresh: () => Promise<Database> = freshDatabase): Promise<Office> {
  const database = await fresh();
  const clock = fixedClock('2026-11-23T09:30');
  await seeded(database, clock);
  await database.db.delete(delivery); // what the sample was told must not count here
  const heard: Office['heard'] = [];
  const away = new Set<string>();
  const toDevice = async (device: string, message: unknown) => {
    if (away.has(device)) return false;
    heard.push({ device, notice: message as PolicyNotice });
    return true;
  };
  const officers = await database.db.select().from(staff).where(eq(staff.role, 'officer'));
  const actor = (n: number): Actor => ({ kind: 'staff', id: officers[n]?.id ?? '', role: 'officer' });
  const desk = createPolicyDesk({ database, clock });
  return {
    database,
    clock,
    heard,
    away,
    desk,
    control: createPolicyControl({ database, clock, desk }),
    fanOut: createFanOut({ database, clock, batch: 7 }),
    announcing: announcingOf(database, clock, toDevice, away),
    writer: actor(0),
    signer: actor(1),
  };
}

/** The jobs that chime, and what our own speakers tell of it. */
function announcingOf(
  database: Database,
  clock: Office['clock'],
  toDevice: (device: string, message: unknown) => Promise<boolean>,
  away: Set<string>,
) {
  const notices = createNotices({ database, clock });
  const presence = { where: async (device: string) => (away.has(device) ? undefined : 'here') };
  const alexa = { brand: 'alexa', send: async () => 'sent' as const };
  const parts = { database, clock, presence, pushes: [alexa], texts: false };
  const routes = new Map(chimeRoutes({ database, clock, bus: { toDevice }, pushes: [alexa] }));
  async function run() {
    while ((await dispatchNotices(parts)) > 0)
      await deliverAll({ database, clock, log: createLog({ level: 'silent' }) }, routes);
  }
  const connected = async (device: string) => {
    await notices.waitingAt(device);
    await run();
  };
  const expire = () => expireDeliveries({ database, clock });
  return { run, connected, expire, acknowledged: notices.acknowledged };
}

let keys = 0;
const key = () => `test:${++keys}:0`;

/** Written, submitted, signed. @returns its id */
async function published({ desk, writer, signer }: Office, text: Partial<PolicyText> = {}): Promise<string> {
  const { id } = await desk.create(key(), { ...TEXT, ...text }, writer);
  const { state } = await desk.submit(key(), id, writer);
  if (state === 'submitted') await desk.sign(key(), id, signer);
  return id;
}

const deliveriesOf = ({ database }: Office, policyId: string) =>
  database.db.select().from(delivery).where(eq(delivery.policyId, policyId));
const runOf = async ({ database }: Office, policyId: string) =>
  (await database.db.select().from(fanOutTable).where(eq(fanOutTable.policyId, policyId)))[0];
const stateOf = async ({ database }: Office, id: string) =>
  (await database.db.select().from(policy).where(eq(policy.id, id)))[0]?.state;

/** A home of our own speaker where everybody agreed to chimes, with its device and people. */
async function chimingHome({ database }: Office) {
  const [row] = await database.db
    .select({ device: speaker.brandDevice, householdId: speaker.householdId, residentId: resident.id })
    .from(speaker)
    .innerJoin(resident, eq(resident.householdId, speaker.householdId))
    .innerJoin(consent, and(eq(consent.residentId, resident.id), eq(consent.purpose, 'push'), eq(consent.given, true)))
    .where(and(eq(speaker.brand, 'speaker'), eq(speaker.status, 'bound'), eq(resident.state, 'living')))
    .limit(1);
  if (!row) throw new Error('no such home');
  // A brand's speaker would chime while ours is away.
  const others = and(eq(speaker.householdId, row.householdId ?? ''), ne(speaker.brand, 'speaker'));
  await database.db.update(speaker).set({ status: 'suspended' }).where(others);
  return row;
}

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

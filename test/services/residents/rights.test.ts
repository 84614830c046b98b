import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createBookings } from '../../../src/services/bookings/bookings.ts';
import { createDataRights } from '../../../src/services/residents/data-rights.ts';
import { createResidentRegister } from '../../../src/services/residents/resident-register.ts';
import { createSpecialList } from '../../../src/services/residents/special-list/index.ts';
import { createResidentStates } from '../../../src/services/residents/state.ts';
import type { Database } from '../../../src/store/database.ts';
import {
  audit,
  booking,
  caseFile,
  consent,
  dataRequest,
  household,
  resident,
  seat,
  talkNote,
  visit,
} from '../../../src/store/schema.ts';
import { ENGINES, fixedClock } from '../../support/stores.ts';
import { auditOf, fields, seeded, system } from '../sample.ts';

describe.each(ENGINES)('a resident on %s', (_, fresh) => {
  const clock = fixedClock('2026-11-23T09:30');
  let database: Database;
  let rights: ReturnType<typeof createDataRights>;
  let states: ReturnType<typeof createResidentStates>;
  let keys = 0;
  const key = () => `rights:${++keys}:0`;
  beforeAll(async () => {
    database = await fresh();
    await seeded(database, clock);
    rights = createDataRights({ database, fields, clock });
    states = createResidentStates({ database, clock, bookings: createBookings({ database, clock }) });
  });
  const rowOf = async (id: string) => (await database.db.select().from(resident).where(eq(resident.id, id)))[0];
  const booked = async () => (await database.db.select().from(booking).where(eq(booking.state, 'booked')))[0];

  it('who moved away is reached for by nothing any more, and her place is free again', async () => {
    const live = await booked();
    const residentId = live?.residentId ?? '';
    await database.db.insert(visit).values({ residentId, matter: '探访', day: '2026-11-30', half: 'AM' });
    const stopped = await states.change(key(), residentId, { state: 'moved', reason: '女儿来说的' }, system);
    expect(stopped.bookings).toBeGreaterThan(0);
    expect(stopped.visits).toBe(1);
    expect((await rowOf(residentId))?.state).toBe('moved');
    const [place] = await database.db
      .select()
      .from(seat)
      .where(eq(seat.id, live?.seatId ?? ''));
    expect(place?.state).toBe('free');
    const hers = and(eq(booking.residentId, residentId), eq(booking.state, 'booked'));
    expect(await database.db.$count(booking, hers)).toBe(0);
  });

  describe('registered at her address', () => {
    const register = () => createResidentRegister({ database, fields, clock });
    const ID = '999999194802030022';
    const her = async () => {
      const [home] = await database.db.select({ householdId: household.id }).from(household);
      return { householdId: home?.householdId ?? '', name: '赵新来', called: '赵姨', hukou: 'binhai' as const };
    };

    it('has birthday and sex from her number, which lies sealed, and no consent that nobody asked her for', async () => {
      const once = key();
      const asked = { ...(await her()), idNumber: ID, phone: '13800000001' };
      const { id } = await register().add(once, asked, system);
      expect(await register().add(once, asked, system)).toEqual({ id });
      const row = await rowOf(id);
      expect(row).toMatchObject({ birthDate: '1948-02-03', sex: 'female', state: 'living', pinHash: null });
      expect(JSON.stringify(row)).not.toMatch(new RegExp(`${ID}|13800000001`));
      expect(fields.open(row?.phoneSealed ?? '', `resident.phoneSealed:${id}`)).toBe('13800000001');
      expect(await database.db.$count(consent, eq(consent.residentId, id))).toBe(0);
      const [written] = await auditOf(database, id);
      expect(written).toMatchObject({ action: 'resident.registered', result: 'done' });
      expect(written?.fields).toEqual(['called', 'householdId', 'hukou', 'idNumber', 'name', 'phone']);
    });

    it('is there once: by her number anywhere, by name and birthday at one address', async () => {
      const [, other] = await database.db.select({ id: household.id }).from(household);
      const again = register().add(key(), { ...(await her()), householdId: other?.id ?? '', idNumber: ID }, system);
      await expect(again).rejects.toMatchObject({ refusal: 'AlreadyThere' });
      const same = { ...(await her()), birthDate: '1948-02-03', sex: 'female' as const };
      await expect(register().add(key(), same, system)).rejects.toMatchObject({ refusal: 'AlreadyThere' });
    });

    it.each([
      ['a number with a wrong check digit', { idNumber: '999999194802030023' }, 'idNumber'],
      ['a birthday beside it that is another', { idNumber: ID, birthDate: '1948-02-04' }, 'idNumber'],
      ['a sex beside it that is another', { idNumber: ID, sex: 'male' }, 'idNumber'],
      ['no birthday at all', { sex: 'female' }, 'birthDate'],
      ['a birthday to come', { sex: 'female', birthDate: '2027-01-01' }, 'birthDate'],
      ['nothing of her sex', { birthDate: '1950-01-01' }, 'sex'],
    ] as const)('is not written with %s', async (_what, wrong, field) => {
      const wish = async () => register().add(key(), { ...(await her()), ...wrong }, system);
      await expect(wish()).rejects.toMatchObject({ refusal: 'BadInput', values: { field } });
    });
  });

  it('who died stays so', async () => {
    const residentId = (await booked())?.residentId ?? '';
    await states.change(key(), residentId, { state: 'deceased', reason: '居委会告知' }, system);
    const back = states.change(key(), residentId, { state: 'living', reason: '弄错了吧' }, system);
    await expect(back).rejects.toMatchObject({ refusal: 'NotInThisState' });
  });

  it('is told who looked at her record, and that is written down too', async () => {
    const [her] = await database.db.select({ id: resident.id }).from(resident).where(eq(resident.state, 'living'));
    const residentId = her?.id ?? '';
    await rights.correct(key(), residentId, { field: 'called', value: '王大姐', reason: '本人要' }, system);
    const rows = await rights.lookers(residentId, system);
    expect(rows[0]).toMatchObject({ action: 'rights.correct', fields: ['called'], reason: '本人要' });
    expect((await rowOf(residentId))?.called).toBe('王大姐');
    expect((await auditOf(database, residentId)).map(({ action }) => action)).toContain('rights.lookers');
    await rights.correct(key(), residentId, { field: 'channel', value: 'sms', reason: '耳朵背，要短信' }, system);
    expect((await rowOf(residentId))?.channel).toBe('sms');
    const pigeon = rights.correct(key(), residentId, { field: 'channel', value: 'pigeon', reason: '试试' }, system);
    await expect(pigeon).rejects.toMatchObject({ refusal: 'BadInput' });
    const wrong = rights.correct(key(), residentId, { field: 'phone', value: '不是号码', reason: '试试' }, system);
    await expect(wrong).rejects.toMatchObject({ refusal: 'BadInput' });
  });

  it('gets a copy of all that is kept, numbers in full', async () => {
    const [her] = await database.db.select().from(resident).where(eq(resident.state, 'living'));
    const copy = await rights.copy(key(), her?.id ?? '', '本人要', system);
    const person = copy.person as Record<string, unknown>;
    expect(person.name).toBe(her?.name);
    expect(String(person.phone)).toMatch(/^\d{11}$/);
    expect(JSON.stringify(copy)).not.toContain(her?.pinHash ?? 'no hash');
    expect(Object.keys(copy)).toEqual(expect.arrayContaining(['consents', 'bookings', 'cases', 'told']));
  });

  it('is forgotten once nothing of hers is open; what the law wants stays without her name', async () => {
    const [open] = await database.db.select().from(caseFile).where(eq(caseFile.status, 'reviewing'));
    const residentId = open?.residentId ?? '';
    await expect(rights.forget(key(), residentId, '本人要', system)).rejects.toMatchObject({
      refusal: 'NotInThisState',
    });
    await database.db.update(caseFile).set({ status: 'concluded' }).where(eq(caseFile.residentId, residentId));
    const hers = and(eq(booking.residentId, residentId), eq(booking.state, 'booked'));
    await database.db.update(booking).set({ state: 'attended' }).where(hers);
    const { kept } = await rights.forget(key(), residentId, '本人要', system);
    expect(kept.map(({ what }) => what)).toEqual(['cases', 'ratings', 'audit']);
    expect(await rowOf(residentId)).toMatchObject({
      name: '◇',
      phoneSealed: null,
      idNumberSealed: null,
      idNumberIndex: null,
      pinHash: null,
      flags: {},
      state: 'moved',
    });
    expect(await database.db.$count(talkNote, eq(talkNote.residentId, residentId))).toBe(0);
    expect(await database.db.$count(caseFile, eq(caseFile.residentId, residentId))).toBeGreaterThan(0);
    const [request] = await database.db.select().from(dataRequest).where(eq(dataRequest.kind, 'forget'));
    expect(request).toMatchObject({ residentId, state: 'done' });
  });

  it('is owed what she asked for by voice, once however often she asks, until it is done or refused', async () => {
    const [her] = await database.db.select({ id: resident.id }).from(resident).where(eq(resident.state, 'living'));
    const id = her?.id ?? '';
    await Promise.all([rights.wished(id, 'lookers', system), rights.wished(id, 'lookers', system)]);
    await rights.wished(id, 'forget', system);
    const owed = async () => (await rights.wishes(system)).filter(({ residentId }) => residentId === id);
    expect((await owed()).map(({ kind, dueOn }) => [kind, dueOn]).sort()).toEqual([
      ['forget', '2026-12-08'],
      ['lookers', '2026-12-08'],
    ]);
    await rights.lookers(id, system);
    const [left] = await owed();
    expect([(await owed()).length, left?.kind]).toEqual([1, 'forget']);
    await rights.refuse(key(), id, left?.id ?? '', '她改主意了', system);
    expect(await owed()).toEqual([]);
    await expect(rights.refuse(key(), id, left?.id ?? '', '她改主意了', system)).rejects.toMatchObject({
      refusal: 'NotInThisState',
    });
    await expect(rights.refuse(key(), crypto.randomUUID(), left?.id ?? '', 'x', system)).rejects.toMatchObject({
      refusal: 'NotFound',
    });
  });

  describe('on the special list', () => {
    const list = () => createSpecialList({ database, fields, clock });
    const phoneOf = ({ id, phoneSealed }: typeof resident.$inferSelect) =>
      fields.open(phoneSealed ?? '', `resident.phoneSealed:${id}`);
    const codes = (rows: { row: number; faults: { code: string }[] }[]) =>
      rows.flatMap(({ row, faults }) => faults.map(({ code }) => [row, code]));
    const unlisted = async () => {
      const rows = await database.db.select().from(resident).where(eq(resident.state, 'living'));
      const phones = rows.map(({ phoneIndex }) => phoneIndex);
      const alone = rows.filter(({ phoneIndex }) => phones.filter((one) => one === phoneIndex).length === 1);
      return alone.filter(({ flags, phoneSealed }) => !flags.special && phoneSealed);
    };
    const noted = async (action: string) =>
      (await database.db.select().from(audit).where(eq(audit.action, action))).map(({ residentId }) => residentId);
    const some = { whole: false };

    it('comes from a table, all or none', async () => {
      const [her] = await unlisted();
      const phone = phoneOf(her as typeof resident.$inferSelect);
      const bad = Buffer.from(
        `手机号,级别\n${phone},一级\n12345,2\n${phone},九\n13900000000,三级\n1.2E+17,1\n120106193805174000,1`,
      );
      const report = await list().apply(key(), bad, some, system);
      expect(report).toMatchObject({ applied: false, total: 6, wrong: 5, changed: 1 });
      expect(codes(report.rows)).toEqual([
        [3, 'number'],
        [4, 'grade'],
        [4, 'twice'],
        [5, 'nobody'],
        [6, 'rounded'],
        [7, 'rounded'],
      ]);
      expect((await rowOf(her?.id ?? ''))?.flags.special).toBeUndefined();
      const same = key();
      const good = Buffer.from(`${phone},2\n`);
      expect(await list().apply(same, good, some, system)).toMatchObject({ applied: true, changed: 1, leaving: 0 });
      expect((await rowOf(her?.id ?? ''))?.flags).toMatchObject({ ...her?.flags, special: { grade: 2 } });
      expect(await list().apply(same, good, some, system)).toMatchObject({ applied: true, changed: 1 });
      expect(await list().apply(key(), good, some, system)).toMatchObject({ applied: true, changed: 0 });
      expect(await noted('special.listed')).toEqual([her?.id]);
    });

    it('a telephone of two asks for the name, and a name that is another’s is told', async () => {
      const [her, him] = await unlisted();
      const phone = phoneOf(her as typeof resident.$inferSelect);
      await database.db
        .update(resident)
        .set({ phoneIndex: her?.phoneIndex })
        .where(eq(resident.id, him?.id ?? ''));
      const tried = async (line: string) => list().tryOut(Buffer.from(`姓名,联系电话,等级\n${line}`), some, system);
      expect(codes((await tried(`,${phone},1`)).rows)).toEqual([[2, 'several']]);
      expect(codes((await tried(`谁也不是,${phone},1`)).rows)).toEqual([[2, 'other_name']]);
      const named = await tried(`${him?.name},${phone},1`);
      expect([named.wrong, named.rows[0]?.who?.id]).toEqual([0, him?.id]);
      await database.db
        .update(resident)
        .set({ state: 'moved' })
        .where(eq(resident.id, him?.id ?? ''));
      expect(codes((await tried(`${him?.name},${phone},1`)).rows)).toEqual([[2, 'gone']]);
    });

    it('that is whole lets the others leave it, and says beforehand how many', async () => {
      const [her] = await unlisted();
      const file = Buffer.from(`号码,级别\n${phoneOf(her as typeof resident.$inferSelect)},3`);
      const listed = async () =>
        (await database.db.select().from(resident)).filter(({ flags }) => flags.special).map(({ id }) => id);
      const before = await listed();
      expect(before.length).toBeGreaterThan(1);
      const trial = await list().tryOut(file, { whole: true }, system);
      expect([trial.changed, trial.leaving]).toEqual([1, before.length]);
      expect(await listed()).toEqual(before);
      await list().apply(key(), file, { whole: true }, system);
      expect(await listed()).toEqual([her?.id]);
      expect((await noted('special.unlisted')).sort()).toEqual(before.sort());
    });
  });
});

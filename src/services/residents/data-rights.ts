/** A resident's rights over her data: who looked, a copy of all of it, a correction, being forgotten as far as the law lets us. */
import { and, desc, eq, inArray, ne, or, sql } from 'drizzle-orm';
import { addMonths } from '../../ages.ts';
import { addDays, type Clock, shanghaiDay, shanghaiIso } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { type EffectKey, once } from '../../store/once.ts';
import {
  application,
  audit,
  booking,
  callback,
  caseFile,
  consent,
  dataRequest,
  delivery,
  household,
  proxy,
  rating,
  relative,
  resident,
  staff,
  talkNote,
  visit,
} from '../../store/schema.ts';
import { phoneOf } from './homes.ts';

interface Parts {
  database: Database;
  fields: Pick<Fields, 'open' | 'seal' | 'index'>;
  clock: Clock;
}

/** What may be set right without a new document; the rest is the window's. */
export const CORRECTABLE = ['called', 'name', 'phone', 'birthDate', 'quietFrom', 'quietUntil', 'locale'] as const;
export type Correctable = (typeof CORRECTABLE)[number];

/** What the law wants kept when everything else goes: 电子签名法, 档案法, 网络安全法 and 等保 are the reasons. */
const CASE_MONTHS = 120;
const AUDIT_MONTHS = 7;
/** Days within which she hears what became of it. */
const ANSWER_DAYS = 15;
const MOST_WISHES = 200;
const FORGOTTEN = '◇';
const OPEN_CASES = ['submitted', 'received', 'correction', 'accepted', 'reviewing', 'producing'] as const;

export type DataRights = ReturnType<typeof createDataRights>;

export function createDataRights({ database, fields, clock }: Parts) {
  /** Who read or changed her record, newest first: by name, since she may ask. This look is itself written down. */
  function lookers(residentId: string, by: Actor, limit = 200) {
    return database.transaction(async (tx) => {
      const who = { name: staff.name, role: audit.role, kind: audit.actorKind };
      const rows = await tx
        .select({ at: audit.at, action: audit.action, fields: audit.fields, reason: audit.reason, ...who })
        .from(audit)
        .leftJoin(staff, and(eq(audit.actorKind, 'staff'), eq(sql`${staff.id}::text`, audit.actorId)))
        .where(and(eq(audit.residentId, residentId), ne(audit.result, 'failed')))
        .orderBy(desc(audit.at), desc(audit.id))
        .limit(limit);
      await asked(tx, residentId, 'lookers', by);
      return rows;
    });
  }

  /** Everything that is kept of her, in one object. @throws Refusal NotFound */
  function copy(key: EffectKey, residentId: string, reason: string, by: Actor): Promise<Record<string, unknown>> {
    return database.transaction(async (tx) => {
      const [row] = await tx
        .select({ resident, household })
        .from(resident)
        .innerJoin(household, eq(household.id, resident.householdId))
        .where(eq(resident.id, residentId));
      if (!row) throw new Refusal('NotFound');
      await asked(tx, residentId, 'export', by, reason);
      return { key, at: shanghaiIso(clock.now()), person: personOf(row), ...(await recordsOf(tx, residentId)) };
    });
  }

  function personOf(row: { resident: typeof resident.$inferSelect; household: typeof household.$inferSelect }) {
    const { phoneSealed, idNumberSealed, phoneIndex: _p, idNumberIndex: _i, pinHash, ...her } = row.resident;
    return {
      ...her,
      phone: phoneSealed && fields.open(phoneSealed, phoneOf(her.id)),
      idNumber: idNumberSealed && fields.open(idNumberSealed, `resident.idNumberSealed:${her.id}`),
      hasSpokenCode: pinHash !== null,
      address: `${row.household.community} ${row.household.building} ${row.household.unit}`,
    };
  }

  /** @throws Refusal NotFound · BadInput */
  function correct(
    key: EffectKey,
    residentId: string,
    { field, value, reason }: { field: Correctable; value: string; reason: string },
    by: Actor,
  ): Promise<{ field: string }> {
    return once(database, key, async (tx) => {
      const set = setOf(residentId, field, value);
      const done = await tx.update(resident).set(set).where(eq(resident.id, residentId)).returning({ id: resident.id });
      if (done.length === 0) throw new Refusal('NotFound');
      await asked(tx, residentId, 'correct', by, reason, [field]);
      return { field };
    });
  }

  function setOf(residentId: string, field: Correctable, value: string): Partial<typeof resident.$inferInsert> {
    if (!SHAPES[field].test(value)) throw new Refusal('BadInput', { field });
    if (field !== 'phone') return { [field]: value };
    return { phoneSealed: fields.seal(value, phoneOf(residentId)), phoneIndex: fields.index(value) };
  }

  /** The spoken code is forgotten; a new one is agreed in private. @throws Refusal NotFound */
  function forgetPin(key: EffectKey, residentId: string, reason: string, by: Actor): Promise<{ done: true }> {
    return once(database, key, async (tx) => {
      const set = { pinHash: null, pinFailures: 0, pinLockedUntil: null };
      const done = await tx.update(resident).set(set).where(eq(resident.id, residentId)).returning({ id: resident.id });
      if (done.length === 0) throw new Refusal('NotFound');
      const entry = { at: clock.now(), actor: by, action: 'pin.reset', residentId, fields: ['pin'], reason };
      await writeAudit(tx, { ...entry, result: 'done' });
      return { done: true };
    });
  }

  /**
   * Her name, numbers, situation, habits, drafts and notes go; what the law wants kept stays without them.
   * @throws Refusal NotInThisState while a case or a booking of hers is open
   */
  function forget(key: EffectKey, residentId: string, reason: string, by: Actor): Promise<{ kept: Kept[] }> {
    return once(database, key, async (tx) => {
      await nothingOpen(tx, residentId);
      await erase(tx, residentId, clock.now());
      const kept = keptOf(shanghaiDay(clock.now()));
      await settle(tx, residentId, 'forget', { reason, kept, byStaff: byStaffOf(by), doneAt: clock.now() });
      const entry = { at: clock.now(), actor: by, action: 'rights.forget', residentId, reason };
      await writeAudit(tx, { ...entry, result: 'done' });
      return { kept };
    });
  }

  async function asked(
    tx: Db,
    residentId: string,
    kind: 'lookers' | 'export' | 'correct',
    by: Actor,
    reason?: string,
    about: string[] = [],
  ): Promise<void> {
    const at = clock.now();
    await settle(tx, residentId, kind, { reason, byStaff: byStaffOf(by), doneAt: at });
    await writeAudit(tx, {
      at,
      actor: by,
      action: `rights.${kind}`,
      residentId,
      fields: about,
      reason,
      result: 'done',
    });
  }

  /** Somebody was looked for by a number: whose records were shown, and why. */
  async function searched(tx: Db, found: string[], reason: string, actor: Actor): Promise<void> {
    const entry = { at: clock.now(), actor, action: 'resident.searched', reason, result: 'done' as const };
    for (const residentId of found) await writeAudit(tx, { ...entry, residentId });
    if (found.length === 0) await writeAudit(tx, { ...entry, subject: 'residents', fields: ['count:0'] });
  }

  /** She asked for it herself, and it is owed to her: one open request of a kind, however often she asks. */
  function wished(residentId: string, kind: 'lookers' | 'export' | 'forget', by: Actor): Promise<void> {
    return database.transaction(async (tx) => {
      const [her] = await tx
        .select({ id: resident.id })
        .from(resident)
        .where(eq(resident.id, residentId))
        .for('update');
      if (!her || (await tx.$count(dataRequest, openOf(residentId, kind))) > 0) return;
      const at = clock.now();
      await tx.insert(dataRequest).values({ residentId, kind, state: 'open', createdAt: at });
      await writeAudit(tx, { at, actor: by, action: 'rights.wished', residentId, fields: [kind], result: 'done' });
    });
  }

  /** What residents asked for and nobody has done yet, the oldest first, each with the day by which it is owed. Audited by how many. */
  function wishes(by: Actor) {
    return database.transaction(async (tx) => {
      const { id, kind, createdAt } = dataRequest;
      const rows = await tx
        .select({ id, kind, at: createdAt, residentId: resident.id, name: resident.name, called: resident.called })
        .from(dataRequest)
        .innerJoin(resident, eq(resident.id, dataRequest.residentId))
        .where(eq(dataRequest.state, 'open'))
        .orderBy(createdAt, id)
        .limit(MOST_WISHES);
      const entry = { at: clock.now(), actor: by, action: 'read', subject: 'residents/wishes' };
      await writeAudit(tx, { ...entry, fields: [`count:${rows.length}`], result: 'done' });
      return rows.map((row) => ({ ...row, dueOn: addDays(shanghaiDay(row.at), ANSWER_DAYS) }));
    });
  }

  /** It is not done, and why. @throws Refusal NotFound · NotInThisState when it was settled meanwhile */
  function refuse(
    key: EffectKey,
    residentId: string,
    wishId: string,
    reason: string,
    by: Actor,
  ): Promise<{ id: string }> {
    return once(database, key, async (tx) => {
      const hers = and(eq(dataRequest.id, wishId), eq(dataRequest.residentId, residentId));
      if ((await tx.$count(dataRequest, hers)) === 0) throw new Refusal('NotFound');
      const set = { state: 'refused' as const, reason, byStaff: byStaffOf(by), doneAt: clock.now() };
      const [done] = await tx
        .update(dataRequest)
        .set(set)
        .where(and(hers, eq(dataRequest.state, 'open')))
        .returning({ id: dataRequest.id });
      if (!done) throw new Refusal('NotInThisState');
      const entry = { at: clock.now(), actor: by, action: 'rights.refused', residentId, reason };
      await writeAudit(tx, { ...entry, result: 'done' });
      return done;
    });
  }

  return { searched, lookers, copy, correct, forget, forgetPin, wished, wishes, refuse };
}

type Kind = (typeof dataRequest.$inferSelect)['kind'];

const openOf = (residentId: string, kind: Kind) =>
  and(eq(dataRequest.residentId, residentId), eq(dataRequest.kind, kind), eq(dataRequest.state, 'open'));

const byStaffOf = (by: Actor) => (by.kind === 'staff' ? by.id : null);

/** What was open is done with it; else it was asked for and done in one. */
async function settle(
  tx: Db,
  residentId: string,
  kind: Kind,
  done: Partial<typeof dataRequest.$inferInsert>,
): Promise<void> {
  const set = { ...done, state: 'done' as const };
  const open = await tx.update(dataRequest).set(set).where(openOf(residentId, kind)).returning({ id: dataRequest.id });
  if (open.length === 0) await tx.insert(dataRequest).values({ ...set, residentId, kind });
}

interface Kept {
  what: string;
  until: string;
}

const keptOf = (today: string): Kept[] => [
  { what: 'cases', until: addMonths(today, CASE_MONTHS) },
  { what: 'ratings', until: addMonths(today, CASE_MONTHS) },
  { what: 'audit', until: addMonths(today, AUDIT_MONTHS) },
];

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const SHAPES: Record<Correctable, RegExp> = {
  called: /^\S.{0,19}$/u,
  name: /^\S.{0,39}$/u,
  phone: /^\d{7,12}$/,
  birthDate: /^(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  quietFrom: TIME,
  quietUntil: TIME,
  locale: /^(zh-CN|en-US)$/,
};

async function nothingOpen(tx: Db, residentId: string): Promise<void> {
  const [row] = await tx.select({ id: resident.id }).from(resident).where(eq(resident.id, residentId)).for('update');
  if (!row) throw new Refusal('NotFound');
  const cases = and(eq(caseFile.residentId, residentId), inArray(caseFile.status, [...OPEN_CASES]));
  const live = and(eq(booking.residentId, residentId), eq(booking.state, 'booked'));
  const open = (await tx.$count(caseFile, cases)) + (await tx.$count(booking, live));
  if (open > 0) throw new Refusal('NotInThisState');
}

async function erase(tx: Db, residentId: string, now: Date): Promise<void> {
  const gone = { phoneSealed: null, phoneIndex: null, idNumberSealed: null, idNumberIndex: null, pinHash: null };
  const person = {
    name: FORGOTTEN,
    called: FORGOTTEN,
    birthDate: '1900-01-01',
    flags: {},
    codeWord: null,
    volume: null,
  };
  await tx
    .update(resident)
    .set({ ...gone, ...person, state: 'moved' })
    .where(eq(resident.id, residentId));
  await tx.delete(talkNote).where(eq(talkNote.residentId, residentId));
  const answers = { answersSealed: null, materials: [], state: 'withdrawn' as const };
  await tx
    .update(application)
    .set(answers)
    .where(
      and(
        eq(application.residentId, residentId),
        or(eq(application.state, 'draft'), eq(application.state, 'withdrawn')),
      ),
    );
  await tx
    .update(proxy)
    .set({ name: FORGOTTEN, phoneSealed: null, phoneIndex: null, validUntil: now })
    .where(eq(proxy.residentId, residentId));
  await tx.delete(relative).where(eq(relative.residentId, residentId));
  await tx
    .update(callback)
    .set({ phoneSealed: null, brief: {}, notes: null })
    .where(eq(callback.residentId, residentId));
  await tx
    .update(delivery)
    .set({ state: 'expired', dueAt: null })
    .where(and(eq(delivery.residentId, residentId), inArray(delivery.state, ['planned', 'sent', 'announced'])));
}

async function recordsOf(tx: Db, residentId: string) {
  const of = <T>(rows: Promise<T[]>) => rows;
  return {
    consents: await of(tx.select().from(consent).where(eq(consent.residentId, residentId))),
    bookings: await of(tx.select().from(booking).where(eq(booking.residentId, residentId))),
    cases: await of(tx.select().from(caseFile).where(eq(caseFile.residentId, residentId))),
    visits: await of(tx.select().from(visit).where(eq(visit.residentId, residentId))),
    deliveries: await of(tx.select().from(delivery).where(eq(delivery.residentId, residentId))),
    ratings: await of(tx.select().from(rating).where(eq(rating.residentId, residentId))),
    told: await of(tx.select().from(talkNote).where(eq(talkNote.residentId, residentId))),
  };
}

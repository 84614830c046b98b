/** A resident's rights over her data: who looked, a copy of all of it, a correction, being forgotten as far as the law lets us. */
import { and, desc, eq, ne, sql } from 'drizzle-orm';
import { type Clock, shanghaiDay, shanghaiIso } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { audit, household, resident, staff } from '../../store/schema.ts';
import { personOf, recordsOf } from './data-copy.ts';
import { byStaffOf, createDataWishes, settle } from './data-wishes.ts';
import { erase, type Kept, keptOf, nothingOpen } from './forgetting.ts';
import { phoneOf } from './homes.ts';

interface Parts {
  database: Database;
  fields: Pick<Fields, 'open' | 'seal' | 'index'>;
  clock: Clock;
}

/** What may be set right without a new document; the rest is the window's. */
export const CORRECTABLE = [
  'called',
  'name',
  'phone',
  'birthDate',
  'quietFrom',
  'quietUntil',
  'locale',
  'channel',
] as const;
export type Correctable = (typeof CORRECTABLE)[number];

export type DataRights = ReturnType<typeof createDataRights>;

/** Each right as it is exercised: done in one transaction with its audit row, and what she had asked for is settled by it. */
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
      return { key, at: shanghaiIso(clock.now()), person: personOf(fields, row), ...(await recordsOf(tx, residentId)) };
    });
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

  return { searched, lookers, copy, correct, forget, forgetPin, ...createDataWishes({ database, clock }) };
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const SHAPES: Record<Correctable, RegExp> = {
  called: /^\S.{0,19}$/u,
  name: /^\S.{0,39}$/u,
  phone: /^\d{7,12}$/,
  birthDate: /^(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  quietFrom: TIME,
  quietUntil: TIME,
  locale: /^(zh-CN|en-US)$/,
  channel: /^(voice|paper|sms|relative)$/,
};

/** Numbers to which text messages may go. Opened for the message alone, each opening audited. */
import { and, desc, eq, gt, isNotNull, isNull, lte, or } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { consent, place, proxy, relative, resident, staff } from '../../store/schema.ts';
import { phoneOf } from './homes.ts';

/** What a proxy's number is sealed with. */
export const proxyPhoneOf = (proxyId: string) => `proxy.phoneSealed:${proxyId}`;

/** What a relative's number is sealed with. */
export const relativePhoneOf = (relativeId: string) => `relative.phoneSealed:${relativeId}`;

interface Parts {
  database: Database;
  fields: Pick<Fields, 'open'>;
  clock: Clock;
}

/** Somebody near a resident: the number, and what the resident is called. */
export interface Near {
  to: string;
  called: string;
}

const BY: Actor = { kind: 'system', id: 'sms', role: 'delivery' };

/** Undefined means that nobody agreed or there is no number; nobody is told which. */
export function createContacts({ database, fields, clock }: Parts) {
  /** Her number, if she lives, has one and her last word on text messages was yes (consent `sms`). */
  function ofResident(residentId: string): Promise<string | undefined> {
    return database.transaction(async (tx) => {
      if (!(await agreed(tx, residentId, 'sms'))) return undefined;
      const her = and(eq(resident.id, residentId), eq(resident.state, 'living'));
      const [row] = await tx.select({ sealed: resident.phoneSealed }).from(resident).where(her);
      if (!row?.sealed) return undefined;
      const at = clock.now();
      await writeAudit(tx, { at, actor: BY, action: 'read', residentId, fields: ['phone'], result: 'done' });
      return fields.open(row.sealed, phoneOf(residentId));
    });
  }

  /** Where a text message about a notice may go: to the relative where she wants that, else to herself. Each only with her consent. */
  async function forNotice(residentId: string): Promise<string | undefined> {
    const { db } = database;
    const [her] = await db.select({ channel: resident.channel }).from(resident).where(eq(resident.id, residentId));
    const ways = her?.channel === 'relative' ? [ofRelative, ofResident] : [ofResident, ofRelative];
    return (await ways[0]?.(residentId)) ?? ways[1]?.(residentId);
  }

  /** The number of somebody who may act for her now, if her last word on telling relatives was yes (consent `relatives`). */
  function ofRelative(residentId: string): Promise<string | undefined> {
    return database.transaction(async (tx) => {
      const at = clock.now();
      if (!(await agreed(tx, residentId, 'relatives'))) return undefined;
      const stands = and(lte(proxy.validFrom, at), or(isNull(proxy.validUntil), gt(proxy.validUntil, at)));
      const [row] = await tx
        .select({ id: proxy.id, sealed: proxy.phoneSealed })
        .from(proxy)
        .innerJoin(resident, and(eq(resident.id, proxy.residentId), eq(resident.state, 'living')))
        .where(and(eq(proxy.residentId, residentId), isNotNull(proxy.phoneSealed), stands))
        .orderBy(desc(proxy.validFrom), proxy.id)
        .limit(1);
      if (!row?.sealed) return undefined;
      await writeAudit(tx, { at, actor: BY, action: 'read', residentId, fields: ['proxyPhone'], result: 'done' });
      return fields.open(row.sealed, proxyPhoneOf(row.id));
    });
  }

  /** Those near the people of a home who are to be told in an emergency, each resident's only while her last word on it is yes. */
  function nearHome(householdId: string): Promise<Near[]> {
    return database.transaction(async (tx) => {
      const at = clock.now();
      const told = and(eq(relative.emergency, true), isNull(relative.endedAt));
      const rows = await tx
        .select({ id: relative.id, sealed: relative.phoneSealed, residentId: resident.id, called: resident.called })
        .from(relative)
        .innerJoin(resident, and(eq(resident.id, relative.residentId), eq(resident.state, 'living')))
        .where(and(eq(resident.householdId, householdId), told))
        .orderBy(relative.createdAt, relative.id);
      const near: Near[] = [];
      for (const { id, sealed, residentId, called } of rows) {
        if (!(await agreed(tx, residentId, 'relatives'))) continue;
        await writeAudit(tx, { at, actor: BY, action: 'read', residentId, fields: ['relativePhone'], result: 'done' });
        near.push({ to: fields.open(sealed, relativePhoneOf(id)), called });
      }
      return near;
    });
  }

  /** The people on duty at a station; where none of them has a number, the station's own. These are no residents'. */
  async function ofStation(stationId: string): Promise<string[]> {
    const { db } = database;
    const onDuty = and(eq(staff.placeId, stationId), eq(staff.role, 'clerk'), isNull(staff.disabledAt));
    const people = await db.select({ phone: staff.phone }).from(staff).where(onDuty);
    const own = await db.select({ phone: place.phone }).from(place).where(eq(place.id, stationId));
    const numbers = (rows: { phone: string | null }[]) => rows.flatMap(({ phone }) => (phone ? [phone] : []));
    const staffs = numbers(people);
    return [...new Set(staffs.length > 0 ? staffs : numbers(own))];
  }

  /** Whoever answers for the service as a whole. */
  async function ofSupervisors(): Promise<string[]> {
    const those = and(eq(staff.role, 'supervisor'), isNull(staff.disabledAt), isNotNull(staff.phone));
    const people = await database.db.select({ phone: staff.phone }).from(staff).where(those);
    return [...new Set(people.flatMap(({ phone }) => (phone ? [phone] : [])))];
  }

  return { ofResident, ofStation, ofSupervisors, nearHome, forNotice };
}

async function agreed(tx: Db, residentId: string, purpose: 'sms' | 'relatives'): Promise<boolean> {
  const [last] = await tx
    .select({ given: consent.given })
    .from(consent)
    .where(and(eq(consent.residentId, residentId), eq(consent.purpose, purpose)))
    .orderBy(desc(consent.createdAt), desc(consent.id))
    .limit(1);
  return last?.given === true;
}

export type Contacts = ReturnType<typeof createContacts>;

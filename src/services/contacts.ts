/** Numbers to which text messages may go. Opened for the message alone, each opening audited. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import { type Actor, writeAudit } from '../store/audit.ts';
import type { Database, Db } from '../store/database.ts';
import type { Fields } from '../store/fields.ts';
import { consent, place, resident, staff } from '../store/schema.ts';
import { phoneOf } from './homes.ts';

interface Parts {
  database: Database;
  fields: Pick<Fields, 'open'>;
  clock: Clock;
}

const BY: Actor = { kind: 'system', id: 'sms', role: 'delivery' };

export function createContacts({ database, fields, clock }: Parts) {
  /** Her number, if she lives, has one and her last word on text messages was yes (consent `sms`). */
  function ofResident(residentId: string): Promise<string | undefined> {
    return database.transaction(async (tx) => {
      if (!(await agreed(tx, residentId))) return undefined;
      const her = and(eq(resident.id, residentId), eq(resident.state, 'living'));
      const [row] = await tx.select({ sealed: resident.phoneSealed }).from(resident).where(her);
      if (!row?.sealed) return undefined;
      const at = clock.now();
      await writeAudit(tx, { at, actor: BY, action: 'read', residentId, fields: ['phone'], result: 'done' });
      return fields.open(row.sealed, phoneOf(residentId));
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

  return { ofResident, ofStation };
}

async function agreed(tx: Db, residentId: string): Promise<boolean> {
  const [last] = await tx
    .select({ given: consent.given })
    .from(consent)
    .where(and(eq(consent.residentId, residentId), eq(consent.purpose, 'sms')))
    .orderBy(desc(consent.createdAt), desc(consent.id))
    .limit(1);
  return last?.given === true;
}

export type Contacts = ReturnType<typeof createContacts>;

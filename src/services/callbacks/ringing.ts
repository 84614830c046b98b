/** A callback by the carrier: it rings the clerk's own phone, then the resident's, and neither sees the other's number. */
import { eq } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import type { Carrier } from '../../connectors/carrier.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { callback, resident, staff } from '../../store/schema.ts';
import { phoneOf } from '../residents/homes.ts';
import { carrierTold, tryKey } from './rung.ts';
import { callbackPhoneOf } from './telling.ts';

interface Parts {
  database: Database;
  fields: Pick<Fields, 'open'>;
  clock: Clock;
  carrier: Carrier;
}

/** Only where a carrier is connected. Hers is opened for this one call, and that it rang is audited. */
export function createCallbackRinging({ database, fields, clock, carrier }: Parts) {
  /**
   * Rings both. For one try of a callback the carrier is asked under one key, however often the button is pressed. Whoever
   * looks at the callback sees how far the carrier has come with it.
   * @throws Refusal NotFound · NotInThisState when it is closed · NoPhone when either has no number · Overloaded when the carrier does not take it
   */
  return async function ring(callbackId: string, by: Actor): Promise<void> {
    const call = await database.transaction((tx) => prepared(tx, callbackId, by));
    if (await carrier.connect(call)) return;
    await database.transaction((tx) => carrierTold(tx, callbackId, 'failed', clock.now()));
    throw new Refusal('Overloaded');
  };

  /** Written down before anything rings. */
  async function prepared(tx: Db, callbackId: string, by: Actor) {
    const [row] = await tx.select().from(callback).where(eq(callback.id, callbackId));
    if (!row) throw new Refusal('NotFound');
    if (row.state !== 'open') throw new Refusal('NotInThisState');
    const [clerk] = await tx.select({ phone: staff.phone }).from(staff).where(eq(staff.id, by.id));
    const to = await numberOf(tx, row);
    if (!clerk?.phone || !to) throw new Refusal('NoPhone');
    const about = { residentId: row.residentId ?? undefined, subject: `callback:${callbackId}` };
    await carrierTold(tx, callbackId, 'ringing', clock.now());
    await writeAudit(tx, { at: clock.now(), actor: by, action: 'callback.rung', ...about, result: 'done' });
    return { key: tryKey(callbackId, row.tries), from: clerk.phone, to };
  }

  async function numberOf(tx: Db, row: typeof callback.$inferSelect): Promise<string | undefined> {
    if (row.phoneSealed) return fields.open(row.phoneSealed, callbackPhoneOf(row.id));
    if (!row.residentId) return undefined;
    const [her] = await tx
      .select({ sealed: resident.phoneSealed })
      .from(resident)
      .where(eq(resident.id, row.residentId));
    return her?.sealed ? fields.open(her.sealed, phoneOf(row.residentId)) : undefined;
  }
}

/** The spoken 口令: four digits agreed at installation, which raise what she may hear. Never an ID number, never a birthday. */
import { eq } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { hashPin, pinMatches } from '../../store/pin-hash.ts';
import { resident } from '../../store/schema.ts';

export type PinAnswer =
  /** `triedBefore`: wrong digits were said since she last got it right; she is told. */
  | { answer: 'right'; triedBefore: number }
  | { answer: 'wrong'; left: number }
  | { answer: 'locked'; until: Date }
  | { answer: 'none' };

interface Parts {
  database: Database;
  fields: Pick<Fields, 'index'>;
  clock: Clock;
}

const ALLOWED = 5;
const LOCKED_MS = 15 * 60_000;

export type Pins = ReturnType<typeof createPins>;

/** Five failures in a row lock it for 15 minutes; how the digits are kept is store/pin-hash.ts. */
export function createPins({ database, fields, clock }: Parts) {
  /** Whether these are her digits. Attempts take turns on her row, so that many at once are counted each. @throws Refusal NotFound */
  function check(residentId: string, digits: string, by: Actor): Promise<PinAnswer> {
    return database.transaction(async (tx) => {
      const { pinHash, pinFailures, pinLockedUntil } = resident;
      const mine = eq(resident.id, residentId);
      const [row] = await tx.select({ pinHash, pinFailures, pinLockedUntil }).from(resident).where(mine).for('update');
      if (!row) throw new Refusal('NotFound');
      if (!row.pinHash) return { answer: 'none' };
      const now = clock.now();
      if (row.pinLockedUntil && row.pinLockedUntil > now) return { answer: 'locked', until: row.pinLockedUntil };
      const right = await pinMatches(fields, residentId, digits, row.pinHash);
      const failures = right ? 0 : row.pinFailures + 1;
      const locks = !right && failures % ALLOWED === 0;
      const until = locks ? new Date(now.getTime() + LOCKED_MS) : null;
      await tx.update(resident).set({ pinFailures: failures, pinLockedUntil: until }).where(mine);
      const result = right ? 'done' : 'denied';
      await writeAudit(tx, { at: now, actor: by, action: 'pin.checked', residentId, fields: ['pin'], result });
      if (right) return { answer: 'right', triedBefore: row.pinFailures };
      return until ? { answer: 'locked', until } : { answer: 'wrong', left: ALLOWED - (failures % ALLOWED) };
    });
  }

  /** Agrees on new digits, in private at installation or with a clerk. @throws Refusal BadInput unless four digits · NotFound */
  async function agree(residentId: string, digits: string, by: Actor): Promise<void> {
    if (!/^\d{4}$/.test(digits)) throw new Refusal('BadInput', { field: 'pin' });
    const pinHash = await hashPin(fields, residentId, digits);
    await database.transaction(async (tx) => {
      const fresh = { pinHash, pinFailures: 0, pinLockedUntil: null };
      const done = await tx
        .update(resident)
        .set(fresh)
        .where(eq(resident.id, residentId))
        .returning({ id: resident.id });
      if (done.length === 0) throw new Refusal('NotFound');
      await writeAudit(tx, {
        at: clock.now(),
        actor: by,
        action: 'pin.agreed',
        residentId,
        fields: ['pin'],
        result: 'done',
      });
    });
  }

  return { check, agree };
}

/** What the carrier tells of a two-way call that it made for a callback: nobody took it, or they spoke. */
import { eq } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { once } from '../../store/once.ts';
import { callback } from '../../store/schema.ts';
import type { Callbacks } from './callbacks.ts';

export interface CarrierNews {
  /** The one that the carrier was asked under. */
  key: string;
  state: 'talked' | 'no_answer' | 'busy' | 'failed';
}

export type CarrierState = CarrierNews['state'] | 'ringing';

interface Parts {
  database: Database;
  clock: Clock;
  callbacks: Pick<Callbacks, 'missedIn'>;
}

const CARRIER: Actor = { kind: 'system', id: 'carrier', role: 'system' };
const KEY = /^callback:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,4})$/;

/** The key of one try, under which the carrier is asked once. */
export const tryKey = (callbackId: string, tries: number): string => `callback:${callbackId}:${tries}`;

/** How far the carrier has come, for whoever looks at the callback. */
export async function carrierTold(tx: Db, callbackId: string, state: CarrierState, at: Date): Promise<void> {
  await tx.update(callback).set({ carrierState: state, carrierAt: at }).where(eq(callback.id, callbackId));
}

/** For the carrier's news, which come at least once and in any order. */
export function createCallbackRung({ database, clock, callbacks }: Parts) {
  /**
   * Told again it is the same. A call that reached nobody uses up its try, unless the clerk has written that down herself;
   * one that was spoken stays open until she says what came of it.
   * @throws Refusal NotFound where the key is none of ours
   */
  return async function rung({ key, state }: CarrierNews): Promise<void> {
    const [, callbackId = '', tries = ''] = KEY.exec(key) ?? [];
    if (!callbackId) throw new Refusal('NotFound');
    await once(database, `carrier:${key}`, (tx) => note(tx, callbackId, { tries: Number(tries), state }));
  };

  async function note(
    tx: Db,
    callbackId: string,
    told: { tries: number; state: CarrierNews['state'] },
  ): Promise<object> {
    const [row] = await tx.select().from(callback).where(eq(callback.id, callbackId)).for('update');
    if (!row) throw new Refusal('NotFound');
    const subject = `callback:${callbackId}`;
    if (row.tries === told.tries) await carrierTold(tx, callbackId, told.state, clock.now()); // not of an earlier try
    if (told.state === 'talked') {
      const about = { residentId: row.residentId ?? undefined, subject, result: 'done' as const };
      await writeAudit(tx, { at: clock.now(), actor: CARRIER, action: 'callback.talked', ...about });
    } else if (row.tries === told.tries) await callbacks.missedIn(tx, callbackId, CARRIER);
    return {};
  }
}

/** Those near a resident, as the office sees them: who may act for her, and who is told in an emergency. Seen and ended, each with an audit row. */
import { and, asc, eq, gt, isNull, or } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { proxy, relative } from '../../store/schema.ts';
import { proxyPhoneOf, relativePhoneOf } from './contacts.ts';
import type { Proxies } from './proxies.ts';

interface Parts {
  database: Database;
  clock: Clock;
  fields: Pick<Fields, 'open'>;
  proxies: Pick<Proxies, 'refuse'>;
}

/** One of hers, and why it is ended. */
export interface Ending {
  residentId: string;
  id: string;
  reason: string;
}

export type NearPeople = ReturnType<typeof createNearPeople>;

/** For the office. Each look and each ending is audited with its reason. */
export function createNearPeople({ database, clock, fields, proxies }: Parts) {
  /** All that stand now, whole: what is masked for the reader is the interface's matter. */
  function of(residentId: string, by: Actor) {
    return database.transaction(async (tx) => {
      const stands = or(isNull(proxy.validUntil), gt(proxy.validUntil, clock.now()));
      const agents = await tx
        .select()
        .from(proxy)
        .where(and(eq(proxy.residentId, residentId), stands))
        .orderBy(asc(proxy.createdAt), asc(proxy.id));
      const relatives = await tx
        .select()
        .from(relative)
        .where(and(eq(relative.residentId, residentId), isNull(relative.endedAt)))
        .orderBy(asc(relative.createdAt), asc(relative.id));
      await audited(tx, 'read', residentId, by, { fields: ['proxies', 'relatives'] });
      const opened = (sealed: string | null, about: string) => (sealed === null ? null : fields.open(sealed, about));
      return {
        proxies: agents.map((one) => ({ ...one, phone: opened(one.phoneSealed, proxyPhoneOf(one.id)) })),
        relatives: relatives.map((one) => ({ ...one, phone: opened(one.phoneSealed, relativePhoneOf(one.id)) })),
      };
    });
  }

  /** Nobody of this name acts for her any more; what was booked for that person goes back to her. @throws Refusal NotFound */
  async function endProxy(key: EffectKey, { residentId, id, reason }: Ending, by: Actor): Promise<void> {
    await proxies.refuse(key, { id, residentId }, by, reason);
  }

  /** Not told any more. Ended again: as it stands. @throws Refusal NotFound */
  async function endRelative(key: EffectKey, { residentId, id, reason }: Ending, by: Actor): Promise<void> {
    await once(database, key, async (tx) => {
      const hers = and(eq(relative.id, id), eq(relative.residentId, residentId), isNull(relative.endedAt));
      const ended = await tx.update(relative).set({ endedAt: clock.now() }).where(hers).returning({ id: relative.id });
      if (ended.length === 0) throw new Refusal('NotFound');
      await audited(tx, 'relative.ended', residentId, by, { subject: `relative:${id}`, reason });
      return { done: true };
    });
  }

  const audited = (
    tx: Db,
    action: string,
    residentId: string,
    actor: Actor,
    more: { fields?: string[]; subject?: string; reason?: string },
  ) => writeAudit(tx, { at: clock.now(), actor, action, residentId, result: 'done', ...more });

  return { of, endProxy, endRelative };
}

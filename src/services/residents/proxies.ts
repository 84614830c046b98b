/** Who may act for a resident: 代领 collects, 代办 acts, 监护 from the office. A new one holds after a day, is told to her alone, and is said back each quarter. */
import { and, asc, eq, gt, isNull, lt, ne, or } from 'drizzle-orm';
import { type Clock, shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { booking, proxy } from '../../store/schema.ts';

export interface CollectorWish {
  residentId: string;
  name: string;
  relation: string;
  /** Official names of the matters. */
  scope: string[];
}

/** A proxy that she herself is to be asked about. */
export interface ProxyToAsk {
  id: string;
  name: string;
  relation: string;
  /** Asked before and agreed to: this is the quarterly reminder. */
  again: boolean;
  /** The day on which it was said. */
  since: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A new agent, number or collector holds only from here on: time enough for her to hear of it. */
export const WAITS_MS = DAY_MS;
const QUARTER_MS = 90 * DAY_MS;

export type Proxies = ReturnType<typeof createProxies>;

/** For the resident's own word. What names a person here is told to her alone, before it holds. */
export function createProxies({ database, clock }: { database: Database; clock: Clock }) {
  /** Names who collects for her; the one named before for the same ends. Named again the same: as it stands. */
  function nameCollector(key: EffectKey, wish: CollectorWish, by: Actor): Promise<{ id: string; validFrom: string }> {
    return once(database, key, async (tx) => {
      const { residentId, name, relation, scope } = wish;
      const standing = (await live(tx, residentId)).filter(({ kind }) => kind === 'collect');
      const same = standing.find((one) => one.name === name && scope.every((matter) => one.scope.includes(matter)));
      if (same) return { id: same.id, validFrom: same.validFrom.toISOString() };
      for (const one of standing) {
        if (one.scope.some((matter) => scope.includes(matter))) await end(tx, one.id, by, residentId);
      }
      const validFrom = new Date(clock.now().getTime() + WAITS_MS);
      const row = { residentId, name, relation, scope, kind: 'collect' as const, validFrom };
      const [made] = await tx.insert(proxy).values(row).returning({ id: proxy.id });
      await audited(tx, 'proxy.named', made?.id ?? '', by, residentId);
      return { id: made?.id ?? '', validFrom: validFrom.toISOString() };
    });
  }

  /** Who collected for her does so no longer: she comes herself. Nothing, where nobody of that name stands. */
  function endCollector(key: EffectKey, { residentId, name }: { residentId: string; name: string }, by: Actor) {
    return once(database, key, async (tx): Promise<{ done: true }> => {
      for (const one of await live(tx, residentId))
        if (one.kind === 'collect' && one.name === name) await end(tx, one.id, by, residentId);
      return { done: true };
    });
  }

  const asAsked = ({ id, name, relation, agreedAt, createdAt }: typeof proxy.$inferSelect): ProxyToAsk => ({
    id,
    name,
    relation,
    again: agreedAt !== null,
    since: shanghaiDay(createdAt),
  });

  /** The one she is to be asked about now: new ones first, then those of whom she has not heard for a quarter. */
  async function toAsk(residentId: string): Promise<ProxyToAsk | undefined> {
    const quarterAgo = new Date(clock.now().getTime() - QUARTER_MS);
    const due = or(isNull(proxy.agreedAt), lt(proxy.agreedAt, quarterAgo));
    const dayAgo = new Date(clock.now().getTime() - 12 * HOUR_MS);
    const notJust = or(isNull(proxy.askedAt), lt(proxy.askedAt, dayAgo));
    const [row] = await database.db
      .select()
      .from(proxy)
      .where(and(eq(proxy.residentId, residentId), ne(proxy.kind, 'guardian'), stands(), due, notJust))
      .orderBy(asc(proxy.createdAt))
      .limit(1);
    return row && asAsked(row);
  }

  /** One of hers by its id, to be named to her. */
  async function toName(residentId: string, id: string): Promise<ProxyToAsk | undefined> {
    const [row] = await database.db
      .select()
      .from(proxy)
      .where(and(eq(proxy.id, id), eq(proxy.residentId, residentId), stands()));
    return row && asAsked(row);
  }

  /** She was asked and has not answered: not again within half a day. */
  async function asked(id: string): Promise<void> {
    await database.db.update(proxy).set({ askedAt: clock.now() }).where(eq(proxy.id, id));
  }

  /** It is her wish. @throws Refusal NotFound */
  function agree(
    key: EffectKey,
    { id, residentId }: { id: string; residentId: string },
    by: Actor,
  ): Promise<{ done: true }> {
    return once(database, key, async (tx) => {
      const hers = and(eq(proxy.id, id), eq(proxy.residentId, residentId));
      const now = clock.now();
      const done = await tx.update(proxy).set({ agreedAt: now, askedAt: now }).where(hers).returning({ id: proxy.id });
      if (done.length === 0) throw new Refusal('NotFound');
      await audited(tx, 'proxy.agreed', id, by, residentId);
      return { done: true };
    });
  }

  /** It is not: it ends at once, and what was booked for that person goes back to her. @throws Refusal NotFound */
  function refuse(
    key: EffectKey,
    { id, residentId }: { id: string; residentId: string },
    by: Actor,
    reason?: string,
  ): Promise<{ done: true }> {
    return once(database, key, async (tx) => {
      const [row] = await tx
        .select()
        .from(proxy)
        .where(and(eq(proxy.id, id), eq(proxy.residentId, residentId)));
      if (!row) throw new Refusal('NotFound');
      await end(tx, id, by, residentId, reason);
      const theirs = and(
        eq(booking.residentId, residentId),
        eq(booking.collector, row.name),
        eq(booking.state, 'booked'),
      );
      await tx.update(booking).set({ collector: null, mode: 'window' }).where(theirs);
      return { done: true };
    });
  }

  /** Whether somebody of this name may collect this matter for her now. */
  async function mayCollect(residentId: string, name: string, matter: string): Promise<boolean> {
    const all = await live(database.db, residentId);
    return all.some((one) => one.name === name && one.scope.includes(matter) && one.validFrom <= clock.now());
  }

  const stands = () => or(isNull(proxy.validUntil), gt(proxy.validUntil, clock.now()));
  const live = (tx: Db, residentId: string) =>
    tx
      .select()
      .from(proxy)
      .where(and(eq(proxy.residentId, residentId), stands()));

  async function end(tx: Db, id: string, by: Actor, residentId: string, reason?: string): Promise<void> {
    const now = clock.now();
    await tx.update(proxy).set({ validUntil: now }).where(eq(proxy.id, id));
    await audited(tx, 'proxy.ended', id, by, residentId, reason);
  }

  const audited = (tx: Db, action: string, id: string, actor: Actor, residentId: string, reason?: string) =>
    writeAudit(tx, { at: clock.now(), actor, action, residentId, subject: `proxy:${id}`, reason, result: 'done' });

  return { nameCollector, endCollector, toAsk, toName, asked, agree, refuse, mayCollect };
}

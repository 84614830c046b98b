/** The rows of a call: locked, then moved by compare-and-set. The only place that writes a call's state. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import { type Database, type Db, isUniqueViolation } from '../../store/database.ts';
import { call, callLeg, callOffer } from '../../store/schema.ts';
import { after, type CallEvent, isOver } from './arrows.ts';

export type CallRow = typeof call.$inferSelect;
export type LegRow = typeof callLeg.$inferSelect;
export type OfferRow = typeof callOffer.$inferSelect;
export type OfferOutcome = NonNullable<OfferRow['outcome']>;
type Change = Partial<typeof call.$inferInsert>;
/** `leg`: a further leg was opened. */
export type Happened = CallEvent | 'set' | 'leg';
/** A committed change: which call, and what happened to it in that order. */
export interface Changed {
  callId: string;
  events: Happened[];
}

/** The timers, and whoever sees that nobody is there any more. */
export const HOUSE: Actor = { kind: 'system', id: 'calls', role: 'system' };

export type CallRows = ReturnType<typeof createCallRows>;

/** For one process. Others' changes are not heard of here; their process tells both ends. */
export function createCallRows({ database, clock }: { database: Database; clock: Clock }) {
  const listeners = new Set<(changed: Changed) => void>();

  /** Hears of every committed change that this process has made. @returns ends it */
  function onChange(listener: (changed: Changed) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** For a call that was just made. */
  function tell(changed: Changed): void {
    for (const listener of listeners) listener(changed);
  }

  /** What happened to the call in a transaction that is still open; members that changed without a move are `set`. */
  const happened = new WeakMap<Db, Happened[]>();
  const happen = (tx: Db, what: Happened): void => void happened.get(tx)?.push(what);

  /**
   * One change of one call: its row is locked first, so that of two at once the second sees what the first did.
   * Whoever listens hears of it after the commit, and only if something was changed: a candidate is no news.
   * @throws Refusal NotFound
   */
  async function within<T>(callId: string, work: (tx: Db, row: CallRow) => Promise<T>): Promise<T> {
    const outcome = await attempt(callId, work);
    if (!outcome) throw new Refusal('NotFound');
    return outcome.value;
  }

  /** The same for a clock: a call that another instance has in hand is left to it. */
  async function attempt<T>(
    callId: string,
    work: (tx: Db, row: CallRow) => Promise<T>,
    ifBusy: 'wait' | 'skip' = 'wait',
  ): Promise<{ value: T } | undefined> {
    const events: Happened[] = [];
    const outcome = await database.transaction(async (tx) => {
      happened.set(tx, events);
      const [row] = await tx
        .select()
        .from(call)
        .where(eq(call.id, callId))
        .for('update', ifBusy === 'skip' ? { skipLocked: true } : {});
      return row && { value: await work(tx, row) };
    });
    if (events.length > 0) tell({ callId, events });
    return outcome;
  }

  /**
   * Moves a call on. A clerk or a speaker who is in another call already is found out by the database.
   * @throws Refusal NotInThisState where the event means nothing in this state, or somebody else was faster
   */
  async function move(tx: Db, row: CallRow, event: CallEvent, change: Change, by: Actor): Promise<CallRow> {
    const state = after(row.state, event);
    if (!state) throw new Refusal('NotInThisState');
    const now = clock.now();
    const over = isOver(state) || state === 'wrapping';
    const times = { updatedAt: now, ...(over ? { endedAt: row.endedAt ?? now } : {}) };
    const cleared = isOver(state) ? { dueAt: null, tellAt: null } : {};
    const moved = await tx
      .update(call)
      .set({ ...times, ...cleared, ...change, state, version: row.version + 1 })
      .where(and(eq(call.id, row.id), eq(call.version, row.version)))
      .returning()
      .catch((thrown: unknown) => {
        throw isUniqueViolation(thrown) ? new Refusal('NotInThisState', {}, { cause: thrown }) : thrown;
      });
    if (!moved[0]) throw new Refusal('NotInThisState');
    if (over) await closeLegs(tx, row.id);
    await note(tx, row, `call.${event}`, by);
    happen(tx, event);
    return moved[0];
  }

  /** Changes members that are not the state. */
  async function set(tx: Db, row: CallRow, change: Change): Promise<void> {
    await tx
      .update(call)
      .set({ ...change, version: row.version + 1, updatedAt: clock.now() })
      .where(eq(call.id, row.id));
    happen(tx, 'set');
  }

  /** Something was done that is no change of state: it is written down. */
  async function note(tx: Db, row: CallRow, action: string, by: Actor): Promise<void> {
    const about = { residentId: row.residentId ?? undefined, subject: `calls/${row.id}` };
    await writeAudit(tx, { at: clock.now(), actor: by, action, ...about, result: 'done' });
  }

  /** Lets it ring at these; those at whom it rings for another call already are left out. */
  async function offer(
    tx: Db,
    row: CallRow,
    { staffIds, kind, at = clock.now() }: { staffIds: string[]; kind: OfferRow['kind']; at?: Date },
  ): Promise<string[]> {
    if (staffIds.length === 0) return [];
    const values = staffIds.map((staffId) => ({ callId: row.id, staffId, kind, offeredAt: at }));
    const made = await tx.insert(callOffer).values(values).onConflictDoNothing().returning();
    return made.map((one) => one.staffId);
  }

  /** Ends the ringing at one or at all; returns whose it was. */
  async function closeOffers(tx: Db, callId: string, outcome: OfferOutcome, staffId?: string): Promise<string[]> {
    const open = and(
      eq(callOffer.callId, callId),
      isNull(callOffer.closedAt),
      staffId === undefined ? undefined : eq(callOffer.staffId, staffId),
    );
    const closed = await tx.update(callOffer).set({ closedAt: clock.now(), outcome }).where(open).returning();
    return closed.map((one) => one.staffId);
  }

  const openOffers = (tx: Db, callId: string): Promise<OfferRow[]> =>
    tx
      .select()
      .from(callOffer)
      .where(and(eq(callOffer.callId, callId), isNull(callOffer.closedAt)));

  const openLegs = (tx: Db, callId: string): Promise<LegRow[]> =>
    tx
      .select()
      .from(callLeg)
      .where(and(eq(callLeg.callId, callId), isNull(callLeg.closedAt)))
      .orderBy(callLeg.openedAt, callLeg.createdAt);

  async function openLeg(
    tx: Db,
    leg: { callId: string; staffId: string; role: LegRow['role']; seat: string },
  ): Promise<LegRow> {
    const [made] = await tx
      .insert(callLeg)
      .values({ ...leg, openedAt: clock.now() })
      .returning();
    if (!made) throw new Refusal('Unexpected');
    happen(tx, 'leg');
    return made;
  }

  /** The leg of a colleague is the call's from here on. */
  async function becomeClerk(tx: Db, leg: LegRow): Promise<void> {
    await tx.update(callLeg).set({ role: 'clerk' }).where(eq(callLeg.id, leg.id));
  }

  /** What an end has told of its leg. */
  async function setLeg(tx: Db, legId: string, change: Partial<LegRow>): Promise<void> {
    await tx.update(callLeg).set(change).where(eq(callLeg.id, legId));
  }

  /** Closes all legs of a call, or those of these ids. */
  async function closeLegs(tx: Db, callId: string, ids?: string[]): Promise<void> {
    const which = and(
      eq(callLeg.callId, callId),
      isNull(callLeg.closedAt),
      ids === undefined ? undefined : inArray(callLeg.id, ids),
    );
    if (ids?.length !== 0) await tx.update(callLeg).set({ closedAt: clock.now() }).where(which);
  }

  /** The road it took, told in the call's record. */
  const routed = (row: CallRow, staffIds: string[], outcome: string): CallRow['route'] => [
    ...row.route,
    ...staffIds.map((staffId) => ({ staffId, at: clock.now().toISOString(), outcome })),
  ];

  return {
    onChange,
    tell,
    within,
    attempt,
    note,
    move,
    set,
    offer,
    closeOffers,
    openOffers,
    openLegs,
    openLeg,
    becomeClerk,
    setLeg,
    closeLegs,
    routed,
  };
}

/** Callbacks: a named time within opening hours, a place in the queue, and somebody who owes the call. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { type EffectKey, once } from '../../store/once.ts';
import type { Presence } from '../../store/presence.ts';
import { callback, staff } from '../../store/schema.ts';
import type { Calendar } from '../calendar.ts';
import { type CallbackWish, createAsking } from './asking.ts';
import { type CallbackView, createTelling } from './telling.ts';

interface Parts {
  database: Database;
  fields: Pick<Fields, 'seal' | 'open'>;
  presence: Pick<Presence, 'clerk'>;
  clock: Clock;
  calendar: Calendar;
}

type Row = typeof callback.$inferSelect;
export type Callbacks = ReturnType<typeof createCallbacks>;

/** Asked for, tried, closed, given to somebody else: each once by its key, in one transaction with its audit row. */
export function createCallbacks(parts: Parts) {
  const { database, clock } = parts;
  const { requestIn } = createAsking(parts);
  const { viewOf, onDuty } = createTelling(parts);

  /**
   * Asks for a call. One open callback per resident (or speaker) and reason: the standing one is told as success.
   * @throws Refusal SpeakerUnknown when the speaker is at nobody's home
   */
  async function request(key: EffectKey, wish: CallbackWish, by: Actor): Promise<CallbackView> {
    const made = await once(database, key, (tx) => requestIn(tx, wish, by));
    const view = await viewOf(made.id, by);
    const missed = made.missed ? { missed: made.missed } : {};
    return made.already ? { ...view, already: true, ...missed } : view;
  }

  /** A call that reached nobody: it stays open, and is this clerk's. @throws Refusal NotFound · NotInThisState */
  async function tried(
    key: EffectKey,
    callbackId: string,
    { notes }: { notes?: string },
    by: Actor,
  ): Promise<CallbackView> {
    await once(database, key, (tx) =>
      change(tx, callbackId, by, 'tried', (row) => ({
        tries: row.tries + 1,
        notes: notes ?? row.notes,
        clerkId: ownerOf(row, by),
      })),
    );
    return viewOf(callbackId, by);
  }

  /** The same inside another's transaction; a callback that was closed meanwhile is left alone. */
  async function missedIn(tx: Db, callbackId: string, by: Actor): Promise<void> {
    const [row] = await tx.select({ state: callback.state }).from(callback).where(eq(callback.id, callbackId));
    if (row?.state !== 'open') return;
    await change(tx, callbackId, by, 'tried', (found) => ({ tries: found.tries + 1 }));
  }

  /** The call was made, or will not be: with its outcome. @throws Refusal NotFound · NotInThisState */
  async function close(
    key: EffectKey,
    callbackId: string,
    { outcome, notes }: { outcome: string; notes?: string },
    by: Actor,
  ): Promise<{ id: string; outcome: string }> {
    return once(database, key, async (tx) => {
      const closed = { state: 'closed' as const, outcome, closedAt: clock.now() };
      await change(tx, callbackId, by, 'closed', (row) => ({
        ...closed,
        notes: notes ?? row.notes,
        clerkId: ownerOf(row, by),
      }));
      return { id: callbackId, outcome };
    });
  }

  /** A supervisor gives it to somebody else. @throws Refusal NotFound · NotInThisState */
  async function reassign(callbackId: string, to: string, by: Actor): Promise<void> {
    await database.transaction(async (tx) => {
      const [clerk] = await tx
        .select({ id: staff.id })
        .from(staff)
        .where(and(eq(staff.id, to), eq(staff.role, 'clerk'), isNull(staff.disabledAt)));
      if (!clerk) throw new Refusal('NotFound');
      await change(tx, callbackId, by, 'reassigned', () => ({ clerkId: to }));
    });
  }

  async function change(tx: Db, id: string, by: Actor, what: string, next: (row: Row) => Partial<Row>): Promise<void> {
    const [row] = await tx.select().from(callback).where(eq(callback.id, id)).for('update');
    if (!row) throw new Refusal('NotFound');
    if (row.state !== 'open') throw new Refusal('NotInThisState');
    await tx.update(callback).set(next(row)).where(eq(callback.id, id));
    const residentId = row.residentId ?? undefined;
    const entry = { action: `callback.${what}`, residentId, subject: `callback:${id}`, result: 'done' as const };
    await writeAudit(tx, { at: clock.now(), actor: by, ...entry });
  }

  return { request, requestIn, onDuty, tried, missedIn, reassign, view: viewOf, close };
}

/** Whoever calls first owns it until it is closed (首问负责). */
const ownerOf = (row: Row, by: Actor) => row.clerkId ?? (by.kind === 'staff' ? by.id : null);

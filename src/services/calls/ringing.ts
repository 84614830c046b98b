/** Who is rung next, and what becomes of a call that nobody takes. */
import { asc, desc, eq } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { ClerkPresence } from '../../store/presence.ts';
import { call } from '../../store/schema.ts';
import type { Callbacks } from '../callbacks/callbacks.ts';
import type { Clerk, Desks } from './desks.ts';
import { type CallRow, type CallRows, HOUSE, type OfferOutcome } from './rows.ts';

export const RING_MS = 20_000;
/** Three rings of twenty seconds: the third goes to everybody who is left, so that nothing rings longer than a minute. */
const MOST_RINGS = 3;

interface Parts {
  database: Database;
  clock: Clock;
  rows: CallRows;
  desks: Desks;
  callbacks: Pick<Callbacks, 'requestIn'>;
}

export type Ringing = ReturnType<typeof createRinging>;

/** Ringing goes on from instance to instance: whoever calls `dispatch` serves all calls, and a call in another's hands is left to it. */
export function createRinging({ database, clock, rows, desks, callbacks }: Parts) {
  /** Gives every call that waits its chance, the urgent and the early first. */
  async function dispatch(): Promise<void> {
    const waiting = await database.db
      .select({ id: call.id })
      .from(call)
      .where(eq(call.state, 'queued'))
      .orderBy(desc(call.priority), asc(call.createdAt), asc(call.id));
    if (waiting.length === 0) return;
    const present = await desks.here();
    for (const { id } of waiting) await tryRing(id, present);
  }

  /** The same for one call. */
  async function tryRing(callId: string, present: Map<string, ClerkPresence>): Promise<void> {
    await rows.attempt(
      callId,
      async (tx, row) => (row.state === 'queued' ? ringNext(tx, row, present) : undefined),
      'skip',
    );
  }

  async function ringNext(tx: Db, row: CallRow, present: Map<string, ClerkPresence>): Promise<CallRow | undefined> {
    const tried = new Set(row.route.map((one) => one.staffId));
    const able = (await desks.able(tx, row, present)).filter(({ id }) => !tried.has(id));
    if (able.length === 0 || row.rings >= MOST_RINGS) return giveUp(tx, row, HOUSE);
    const groups = await desks.plan(tx, row, able);
    const at = clock.now();
    const rung = await rows.offer(tx, row, { staffIds: nextOf(groups, row.rings), kind: 'call', at });
    if (rung.length === 0) return undefined; // all of them are busy: she waits
    const change = { offeredAt: at, dueAt: new Date(at.getTime() + RING_MS), rings: row.rings + 1 };
    return rows.move(tx, row, 'ring', change, HOUSE);
  }

  /** The ring is over without anybody taking it: back into the queue, at its old place. */
  async function pass(tx: Db, row: CallRow, outcome: OfferOutcome, by: Actor = HOUSE): Promise<CallRow> {
    const passed = await rows.closeOffers(tx, row.id, outcome);
    const route = rows.routed(row, passed, outcome);
    return rows.move(tx, row, 'pass', { route, dueAt: row.giveUpAt }, by);
  }

  /** Becomes a callback that keeps its place; in the same transaction, so that one is never without the other. */
  async function giveUp(tx: Db, row: CallRow, by: Actor, wish: { phone?: string; wanted?: string } = {}) {
    const passed = await rows.closeOffers(tx, row.id, 'withdrawn');
    const route = rows.routed(row, passed, 'withdrawn');
    const { residentId, speakerId, reason, matter, brief, createdAt } = row;
    const about = { residentId: residentId ?? undefined, speakerId, reason, matter: matter ?? undefined, brief };
    const made = await callbacks
      .requestIn(tx, { ...about, ...wish, callId: row.id, since: createdAt }, by)
      .catch(owedNothing);
    if (!made) return rows.move(tx, row, 'hangUp', { route, outcome: 'no_contact' }, by);
    return rows.move(tx, row, 'giveUp', { route, callbackId: made.id, outcome: 'callback' }, by);
  }

  return { dispatch, pass, giveUp };
}

/** Undefined where the speaker was taken from its home meanwhile: there is nobody to call. */
function owedNothing(thrown: unknown): undefined {
  if (thrown instanceof Refusal && thrown.refusal === 'SpeakerUnknown') return undefined;
  throw thrown;
}

/** The free of the first group that has any; at the last ring, of all groups. */
function nextOf(groups: Clerk[][], rings: number): string[] {
  const free = groups.map((group) => group.filter((one) => one.free).map(({ id }) => id));
  return rings + 1 >= MOST_RINGS ? free.flat() : (free.find((group) => group.length > 0) ?? []);
}

/** What every desk sees without asking: who waits, who is there, what is owed. Read at most once a second, however much happens. */

import { maskName } from '../api/mask.ts';
import { type Clock, shanghaiIso } from '../clock.ts';
import type { Database, Db } from '../store/database.ts';
import type { ClerkPresence, Presence } from '../store/presence.ts';
import { callbackCounts, desks, goingCalls, waitingCalls } from '../store/queries/board.ts';
import type { Scope } from '../store/queries/page.ts';
import type { AwayReason, Desk, Going, Named, QueueFrame, Waiting } from './wire.ts';

interface Parts {
  database: Database;
  clock: Clock;
  presence: Pick<Presence, 'clerks'>;
}

export type Board = ReturnType<typeof createBoard>;

/** Reads for one scope; a resident stands on it masked, a colleague in full. */
export function createBoard({ database, clock, presence }: Parts) {
  /** `going` for supervisors only. */
  return async function boardFor(scope: Scope, { going = false } = {}): Promise<QueueFrame> {
    const here = await presence.clerks();
    return database.transaction(async (tx) => ({
      type: 'queue' as const,
      waiting: await waiting(tx, scope),
      desks: await desksHere(tx, here),
      callbacks: await callbackCounts(tx, scope, clock.now()),
      ...(going ? { going: await goingNow(tx) } : {}),
    }));
  };
}

async function waiting(tx: Db, scope: Scope): Promise<Waiting[]> {
  const rows = await waitingCalls(tx, scope);
  return rows.map(({ call, resident, station, ringing }, n) => ({
    call: call.id,
    resident: masked(resident),
    station: station ?? { id: '', name: '' },
    reason: call.reason,
    matter: call.matter,
    since: shanghaiIso(call.createdAt),
    position: n + 1,
    priority: call.priority,
    state: call.state === 'offered' ? 'offered' : 'queued',
    ringing: ringing.map(({ id, name }) => ({ id, name })),
  }));
}

async function desksHere(tx: Db, here: Map<string, ClerkPresence>): Promise<Desk[]> {
  const rows = await desks(tx, [...here.keys()]);
  return rows.map(({ staff, place, call }) => ({
    id: staff.id,
    name: staff.name,
    place: place && { id: place.id, name: place.name },
    duty: staff.duty,
    state: here.get(staff.id)?.state ?? 'away',
    reason: (here.get(staff.id)?.reason as AwayReason | undefined) ?? null,
    call,
  }));
}

async function goingNow(tx: Db): Promise<Going[]> {
  const rows = await goingCalls(tx);
  return rows.map(({ call, resident, clerk, watchers }) => ({
    call: call.id,
    state: call.state,
    resident: masked(resident),
    clerk,
    since: shanghaiIso(call.talkingAt ?? call.createdAt),
    watchers: watchers.map(({ id, name, role }) => ({ id, name, role })),
  }));
}

const masked = (resident: Named | null): Named | null => resident && { id: resident.id, name: maskName(resident.name) };

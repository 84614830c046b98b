/** The peer connections of a call: whom a description goes to, and what the ends tell of them. */
import { eq } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Database, Db } from '../../store/database.ts';
import { call, speaker } from '../../store/schema.ts';
import { TALKED } from './arrows.ts';
import type { Ringing } from './ringing.ts';
import { type CallRow, type CallRows, HOUSE, type LegRow } from './rows.ts';
import type { Talking } from './talking.ts';

/** A member of staff at one of her sockets. */
export interface AtDesk {
  staffId: string;
  seat: string;
}
export type Speaking = 'speaker' | AtDesk;
/** Where it goes. */
export type Far = { device: string } | AtDesk;

export interface LegReport {
  state: 'checking' | 'announced' | 'connected' | 'lost' | 'failed' | 'closed';
  audio?: 'ok' | 'no_uplink' | 'dead_microphone';
}

interface Parts {
  database: Database;
  clock: Clock;
  rows: CallRows;
  talking: Talking;
  ringing: Ringing;
}

/** Between the speaker and a clerk; the others are between the clerk and a supervisor. */
const HOMEWARD: LegRow['role'][] = ['clerk', 'transfer'];

/** Nothing of a description is read or kept: it is known only where it goes. */
export function createLegs({ database, clock, rows, talking, ringing }: Parts) {
  /**
   * Where a description or a candidate goes. Notes which descriptions have passed: where neither end reports, an answered
   * leg counts as connected.
   * @throws Refusal NotFound where the leg is none of hers, or closed
   */
  function pathOf(callId: string, legId: string, from: Speaking, description?: 'offer' | 'answer'): Promise<Far> {
    if (!description) return wayOf(callId, legId, from);
    return rows.within(callId, async (tx, row) => {
      const { leg, far } = await ends(tx, row, legId, from);
      const now = clock.now();
      if (description === 'offer' && !leg.offeredAt) await rows.setLeg(tx, leg.id, { offeredAt: now });
      if (description === 'answer' && !leg.answeredAt) {
        await rows.setLeg(tx, leg.id, { answeredAt: now });
        if (!leg.reporting) await stands(tx, row, leg);
      }
      return far;
    });
  }

  /** Candidates come many at once and change nothing: they do not wait for the call's row, nor keep others waiting for it. */
  async function wayOf(callId: string, legId: string, from: Speaking): Promise<Far> {
    const [row] = await database.db.select().from(call).where(eq(call.id, callId));
    if (!row) throw new Refusal('NotFound');
    return (await ends(database.db, row, legId, from)).far;
  }

  async function ends(tx: Db, row: CallRow, legId: string, from: Speaking): Promise<{ leg: LegRow; far: Far }> {
    const legs = await rows.openLegs(tx, row.id);
    const leg = legs.find(({ id }) => id === legId);
    const far = leg && farEnd(row, leg, legs, from);
    if (!leg || !far) throw new Refusal('NotFound');
    return { leg, far: far === 'speaker' ? { device: await deviceOf(tx, row) } : far };
  }

  /** @returns the other end, which is told the same */
  function report(callId: string, legId: string, from: Speaking, told: LegReport): Promise<Far> {
    return rows.within(callId, async (tx, row) => {
      const { leg, far } = await ends(tx, row, legId, from);
      if (!leg.reporting) await rows.setLeg(tx, leg.id, { reporting: true });
      if (told.state === 'announced' && !leg.announcedAt) {
        await rows.setLeg(tx, leg.id, { announcedAt: clock.now() });
        await rows.set(tx, row, {});
      }
      if (told.state === 'connected') await stands(tx, row, leg);
      if (told.state === 'failed') await failed(tx, row, leg);
      if (told.state === 'closed' && !HOMEWARD.includes(leg.role)) await rows.closeLegs(tx, row.id, [leg.id]);
      return far;
    });
  }

  async function stands(tx: Db, row: CallRow, leg: LegRow): Promise<void> {
    if (leg.connectedAt) return;
    await rows.setLeg(tx, leg.id, { connectedAt: clock.now() });
    await talking.connected(tx, row, leg);
  }

  /** No sound before there was any: a callback. A second leg that fails leaves the first as it is. */
  async function failed(tx: Db, row: CallRow, leg: LegRow): Promise<void> {
    if (row.state === 'connecting' && leg.role === 'clerk') await ringing.giveUp(tx, row, HOUSE);
    else if (row.state === 'transferring' && leg.role === 'transfer') await talking.keep(tx, row, HOUSE);
    else if (!leg.connectedAt && leg.role !== 'clerk') await rows.closeLegs(tx, row.id, [leg.id]);
  }

  /** A supervisor comes in, or speaks up: the same leg, another role. Written down. @throws Refusal NotInThisState */
  function watch(callId: string, staffId: string, role: 'listen' | 'coach' | 'barge', seat: string): Promise<void> {
    return rows.within(callId, async (tx, row) => {
      if (!(TALKED as readonly string[]).includes(row.state) || row.clerkId === staffId)
        throw new Refusal('NotInThisState');
      const mine = (await rows.openLegs(tx, callId)).filter((leg) => leg.staffId === staffId);
      const here = mine.find((leg) => leg.seat === seat);
      const elsewhere = mine.filter((leg) => leg !== here).map(({ id }) => id);
      await rows.closeLegs(tx, callId, elsewhere);
      if (here) await rows.setLeg(tx, here.id, { role });
      else await rows.openLeg(tx, { callId, staffId, role, seat });
      await rows.note(tx, row, `call.${role}`, { kind: 'staff', id: staffId, role: 'supervisor' });
      await rows.set(tx, row, {});
    });
  }

  return { pathOf, report, watch };
}

function farEnd(row: CallRow, leg: LegRow, legs: LegRow[], from: Speaking): Speaking | undefined {
  const hers = from !== 'speaker' && from.staffId === leg.staffId && from.seat === leg.seat;
  const end = { staffId: leg.staffId, seat: leg.seat };
  if (HOMEWARD.includes(leg.role)) return hers ? 'speaker' : from === 'speaker' ? end : undefined;
  if (from === 'speaker') return undefined;
  const main = legs.findLast((one) => one.role === 'clerk' && one.staffId === row.clerkId);
  if (hers) return main && { staffId: main.staffId, seat: main.seat };
  return from.staffId === row.clerkId ? end : undefined;
}

async function deviceOf(tx: Db, row: CallRow): Promise<string> {
  const [found] = await tx.select({ device: speaker.brandDevice }).from(speaker).where(eq(speaker.id, row.speakerId));
  if (!found) throw new Refusal('NotFound');
  return found.device;
}

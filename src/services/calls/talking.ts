/** What the two ends do with a call: take it, hear one another, hold, hand over, hang up, and say what came of it. */
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../store/audit.ts';
import type { Db } from '../../store/database.ts';
import type { Callbacks } from '../callbacks/callbacks.ts';
import { isOneOf, TAKEN, TALKED } from './arrows.ts';
import { RING_MS, type Ringing } from './ringing.ts';
import { type CallRow, type CallRows, HOUSE, type LegRow } from './rows.ts';

/** Without sound by then it becomes a callback. */
export const CONNECT_MS = 8_000;
/** To say what came of it. */
const WRAP_MS = 120_000;

/** Who does it: a member of staff at one of her sockets, or the speaker. */
export type End = { staffId: string; seat: string; by: Actor } | { device: true; by: Actor };

interface Parts {
  clock: Clock;
  rows: CallRows;
  ringing: Ringing;
  callbacks: Pick<Callbacks, 'requestIn'>;
}

export type Talking = ReturnType<typeof createTalking>;

/** Each is let in one state only and by the one whose call it is: else Refusal NotInThisState or Forbidden. */
export function createTalking({ clock, rows, ringing, callbacks }: Parts) {
  const inMs = (ms: number) => new Date(clock.now().getTime() + ms);

  /** The first to accept has it: the others' rings end in the same transaction. @throws Refusal NotInThisState */
  function accept(callId: string, staffId: string, seat: string, by: Actor): Promise<void> {
    return rows.within(callId, async (tx, row) => {
      const offered = (await rows.openOffers(tx, callId)).find((one) => one.staffId === staffId);
      if (!offered) throw new Refusal('NotInThisState');
      await rows.closeOffers(tx, callId, 'accepted', staffId);
      if (offered.kind === 'transfer') return acceptTransfer(tx, row, staffId, seat);
      const late = await rows.closeOffers(tx, callId, 'withdrawn');
      const route = rows.routed({ ...row, route: rows.routed(row, late, 'withdrawn') }, [staffId], 'accepted');
      await rows.openLeg(tx, { callId, staffId, role: 'clerk', seat });
      await rows.move(tx, row, 'take', { clerkId: staffId, route, dueAt: inMs(CONNECT_MS), tellAt: null }, by);
    });
  }

  async function acceptTransfer(tx: Db, row: CallRow, staffId: string, seat: string): Promise<void> {
    if (row.state !== 'transferring') throw new Refusal('NotInThisState');
    await rows.openLeg(tx, { callId: row.id, staffId, role: 'transfer', seat });
    await rows.set(tx, row, { dueAt: inMs(CONNECT_MS) });
  }

  /** It rings no longer at her; where it rang at nobody else, it goes on to the next. @throws Refusal NotInThisState when it does not ring at her */
  async function decline(callId: string, staffId: string, by: Actor): Promise<void> {
    await rows.within(callId, async (tx, row) => {
      const closed = await rows.closeOffers(tx, callId, 'declined', staffId);
      if (closed.length === 0) throw new Refusal('NotInThisState');
      const route = rows.routed(row, [staffId], 'declined');
      const others = await rows.openOffers(tx, callId);
      if (row.state === 'transferring') await rows.move(tx, row, 'keep', { route, dueAt: null }, by);
      else if (others.length > 0) await rows.set(tx, row, { route });
      else await rows.move(tx, row, 'pass', { route, dueAt: row.giveUpAt }, by);
    });
    await ringing.dispatch();
  }

  function hold(callId: string, staffId: string, on: boolean, by: Actor): Promise<void> {
    return rows.within(callId, async (tx, row) => {
      hers(row, staffId);
      await rows.move(tx, row, on ? 'hold' : 'unhold', {}, by);
    });
  }

  /** Rings at a colleague while the first leg goes on. @throws Refusal ColleagueBusy when it rings there already · BadInput when that is she herself */
  function transfer(callId: string, staffId: string, to: string, by: Actor): Promise<void> {
    return rows.within(callId, async (tx, row) => {
      hers(row, staffId);
      if (to === staffId) throw new Refusal('BadInput', { field: 'to' });
      const rung = await rows.offer(tx, row, { staffIds: [to], kind: 'transfer' });
      if (rung.length === 0) throw new Refusal('ColleagueBusy');
      await rows.move(tx, row, 'handOver', { dueAt: inMs(RING_MS) }, by);
    });
  }

  /** The colleague did not take it, or did not come through: the first clerk keeps it. */
  async function keep(tx: Db, row: CallRow, by: Actor): Promise<void> {
    const passed = await rows.closeOffers(tx, row.id, 'rang_out');
    const late = (await rows.openLegs(tx, row.id)).filter((leg) => leg.role === 'transfer');
    await rows.closeLegs(
      tx,
      row.id,
      late.map(({ id }) => id),
    );
    await rows.move(tx, row, 'keep', { dueAt: null, route: rows.routed(row, passed, 'rang_out') }, by);
  }

  /** Either end hangs up. What that means depends on how far the call has come. @throws Refusal NotInThisState for somebody who has no part in it */
  async function hangUp(callId: string, end: End): Promise<void> {
    await rows.within(callId, async (tx, row) => {
      if ('device' in end) return hangUpAtHome(tx, row, end.by);
      if (row.clerkId === end.staffId) return hangUpAtDesk(tx, row, end.by);
      const leg = (await rows.openLegs(tx, callId)).find((one) => one.staffId === end.staffId);
      if (!leg) throw new Refusal('NotInThisState');
      if (leg.role === 'transfer') return keep(tx, row, end.by);
      await rows.closeLegs(tx, callId, [leg.id]);
      return rows.set(tx, row, {});
    });
  }

  const hangUpAtHome = async (tx: Db, row: CallRow, by: Actor) => void (await hangUpIn(tx, row, by));

  /** She, or nobody any more, is at the speaker. */
  async function hangUpIn(tx: Db, row: CallRow, by: Actor): Promise<CallRow> {
    const passed = await rows.closeOffers(tx, row.id, 'withdrawn');
    const route = rows.routed(row, passed, 'withdrawn');
    const early = isOneOf(row.state, TALKED) ? wrapping() : { outcome: 'no_contact' };
    return rows.move(tx, row, 'hangUp', { route, ...early }, by);
  }

  /** A clerk who leaves before there was a word owes her a callback. */
  async function hangUpAtDesk(tx: Db, row: CallRow, by: Actor): Promise<void> {
    if (row.state === 'connecting') return void (await ringing.giveUp(tx, row, by));
    await rows.closeOffers(tx, row.id, 'withdrawn');
    await rows.move(tx, row, 'hangUp', isOneOf(row.state, TALKED) ? wrapping() : { outcome: 'no_contact' }, by);
  }

  const wrapping = () => ({ dueAt: inMs(WRAP_MS), tellAt: null });

  /** What came of it, given once by her who had the call; also after the timer has closed it without a word. @throws Refusal NotInThisState the second time */
  function wrapUp(callId: string, staffId: string, said: { outcome: string; notes?: string }, by: Actor) {
    return rows.within(callId, async (tx, row) => {
      hers(row, staffId);
      if (row.wrappedAt) throw new Refusal('NotInThisState');
      const given = { outcome: said.outcome, notes: said.notes ?? row.notes, wrappedAt: clock.now() };
      const callbackId = said.outcome === 'callback' ? await owed(tx, row, by) : row.callbackId;
      if (row.state === 'ended' && row.talkingAt) return rows.set(tx, row, { ...given, callbackId });
      await rows.move(tx, row, 'wrapUp', { ...given, callbackId }, by);
    });
  }

  /** A callback for her, as the call promised. @returns its id */
  async function owed(tx: Db, row: CallRow, by: Actor): Promise<string> {
    const { residentId, speakerId, reason, matter, brief } = row;
    const about = { residentId: residentId ?? undefined, speakerId, reason, matter: matter ?? undefined, brief };
    return (await callbacks.requestIn(tx, { ...about, callId: row.id }, by)).id;
  }

  /** Both ends hear one another on this leg. Told twice it is the same. */
  async function connected(tx: Db, row: CallRow, leg: LegRow): Promise<void> {
    if (row.state === 'connecting' && leg.role === 'clerk') {
      const talkingAt = row.talkingAt ?? clock.now();
      await rows.move(tx, row, 'connect', { talkingAt, dueAt: null }, HOUSE);
    } else if (row.state === 'transferring' && leg.role === 'transfer') await handOver(tx, row, leg);
    else if (leg.role === 'clerk') await replaceLegs(tx, row, leg);
    else await rows.set(tx, row, {});
  }

  /** The second leg stands: now the first is dropped, and with it whoever listened there. */
  async function handOver(tx: Db, row: CallRow, leg: LegRow): Promise<void> {
    const route = rows.routed(
      { ...row, route: rows.routed(row, [row.clerkId ?? ''], 'handed_over') },
      [leg.staffId],
      'accepted',
    );
    await dropOthers(tx, row, leg);
    await rows.becomeClerk(tx, leg);
    await rows.move(tx, row, 'handedOver', { clerkId: leg.staffId, clerkLostAt: null, dueAt: null, route }, HOUSE);
  }

  /** She took the call over in another tab: the leg of the first is dropped. */
  async function replaceLegs(tx: Db, row: CallRow, leg: LegRow): Promise<void> {
    await dropOthers(tx, row, leg, ['clerk']);
    await rows.set(tx, row, {});
  }

  async function dropOthers(tx: Db, row: CallRow, stands: LegRow, roles?: LegRow['role'][]): Promise<void> {
    const others = (await rows.openLegs(tx, row.id)).filter((one) => one.id !== stands.id);
    const dropped = others.filter((one) => !roles || roles.includes(one.role)).map(({ id }) => id);
    await rows.closeLegs(tx, row.id, dropped);
  }

  /** Another socket of the clerk goes on with the call: a leg of its own, beside the old one until it stands. */
  function resume(callId: string, staffId: string, seat: string): Promise<void> {
    return rows.within(callId, async (tx, row) => {
      hers(row, staffId);
      if (!isOneOf(row.state, TAKEN)) throw new Refusal('NotInThisState');
      const legs = (await rows.openLegs(tx, callId)).filter((one) => one.role === 'clerk');
      const unborn = legs.filter((one) => !one.connectedAt).map(({ id }) => id);
      await rows.closeLegs(tx, callId, unborn);
      await rows.openLeg(tx, { callId, staffId, role: 'clerk', seat });
      await rows.set(tx, row, {
        clerkLostAt: null,
        ...(row.state === 'connecting' ? { dueAt: inMs(CONNECT_MS) } : {}),
      });
    });
  }

  return { accept, decline, hold, transfer, keep, hangUp, hangUpIn, owed, wrapUp, connected, resume };
}

/** @throws Refusal Forbidden where another clerk has it */
function hers(row: CallRow, staffId: string): void {
  if (row.clerkId !== staffId) throw new Refusal('Forbidden');
}

/** The clocks of all calls, looked at each second by every instance: what is due is due wherever the call began. */
import { and, eq, inArray, isNotNull, lte } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Presence } from '../../store/presence.ts';
import { call, speaker } from '../../store/schema.ts';
import type { Callbacks } from '../callbacks/callbacks.ts';
import { isOneOf, TAKEN, TALKED, WAITING } from './arrows.ts';
import type { Ringing } from './ringing.ts';
import { type CallRow, type CallRows, HOUSE } from './rows.ts';
import type { Talking } from './talking.ts';

/** So often she is told where she stands. */
export const TELL_MS = 30_000;
/** An end that does not come back for so long is gone; the sound may have gone on until then. */
const LOST_MS = 20_000;
const AT_ONCE = 50;

interface Parts {
  database: Database;
  clock: Clock;
  presence: Pick<Presence, 'where' | 'clerks'>;
  rows: CallRows;
  ringing: Ringing;
  talking: Talking;
  callbacks: Pick<Callbacks, 'requestIn' | 'missedIn'>;
  /** Whether the instance that is said to hold the device's socket takes what is sent to it. */
  reaches: (device: string) => Promise<boolean>;
  /** She is told her place in the queue. */
  tell: (row: CallRow) => Promise<void>;
}

/** Safe on every instance at once. Redis out of reach throws (StoreUnavailable), and nobody is counted as lost for it. */
export function createSweeping({ database, clock, presence, rows, ringing, talking, callbacks, reaches, tell }: Parts) {
  /** One look at everything. What cannot be settled now is settled at the next. */
  async function sweep(): Promise<void> {
    for (const id of await dueNow()) await settle(id, expire);
    const live = await liveOnes();
    const clerks = live.length > 0 ? await presence.clerks() : new Map<string, unknown>();
    for (const one of live) await look(one, clerks);
    await ringing.dispatch();
    for (const row of await untold()) await tellHer(row);
  }

  async function dueNow(): Promise<string[]> {
    const rows = await database.db
      .select({ id: call.id })
      .from(call)
      .where(and(isNotNull(call.dueAt), lte(call.dueAt, clock.now())))
      .limit(AT_ONCE);
    return rows.map(({ id }) => id);
  }

  /** Skips a call that another instance has in hand. */
  const settle = (id: string, work: (tx: Db, row: CallRow) => Promise<unknown>) => rows.attempt(id, work, 'skip');

  /** Its time is over: what the state comes to by itself. */
  async function expire(tx: Db, row: CallRow): Promise<void> {
    if (!row.dueAt || row.dueAt > clock.now()) return;
    if (row.state === 'queued' || row.state === 'connecting') await ringing.giveUp(tx, row, HOUSE);
    else if (row.state === 'offered' && row.direction === 'out') await unanswered(tx, row);
    else if (row.state === 'offered') await ringing.pass(tx, row, 'rang_out');
    else if (row.state === 'transferring') await talking.keep(tx, row, HOUSE);
    else if (row.state === 'wrapping') await rows.move(tx, row, 'wrapUp', { outcome: row.outcome ?? 'other' }, HOUSE);
    else await rows.set(tx, row, { dueAt: null });
  }

  /** She did not take a clerk's call: one try of the callback is used up. */
  async function unanswered(tx: Db, row: CallRow): Promise<void> {
    await rows.move(tx, row, 'hangUp', { outcome: 'unanswered' }, HOUSE);
    if (row.callbackId) await callbacks.missedIn(tx, row.callbackId, HOUSE);
  }

  // ---- who is still there

  type Live = CallRow & { device: string };

  function liveOnes(): Promise<Live[]> {
    return database.db
      .select({ call, device: speaker.brandDevice })
      .from(call)
      .innerJoin(speaker, eq(speaker.id, call.speakerId))
      .where(inArray(call.state, [...WAITING, ...TAKEN]))
      .then((found) => found.map((one) => ({ ...one.call, device: one.device })));
  }

  async function look(one: Live, clerks: Map<string, unknown>): Promise<void> {
    const speakerHere = await isHere(one.device);
    const clerkHere = !one.clerkId || clerks.has(one.clerkId);
    const same = speakerHere === !one.speakerLostAt && clerkHere === !one.clerkLostAt;
    if (same && speakerHere && clerkHere && one.state !== 'offered') return;
    await settle(one.id, (tx, row) => losses(tx, row, speakerHere, clerkHere, clerks));
  }

  /** The directory forgets an instance that died only after a minute; nobody listens in its place at once. */
  const isHere = async (device: string): Promise<boolean> =>
    (await presence.where(device)) !== undefined && (await reaches(device));

  async function losses(tx: Db, row: CallRow, speakerHere: boolean, clerkHere: boolean, clerks: Map<string, unknown>) {
    const now = clock.now();
    const since = (lost: Date | null, here: boolean) => (here ? null : (lost ?? now));
    const [speakerLostAt, clerkLostAt] = [since(row.speakerLostAt, speakerHere), since(row.clerkLostAt, clerkHere)];
    const long = (lost: Date | null) => lost !== null && now.getTime() - lost.getTime() >= LOST_MS;
    if (long(speakerLostAt)) return end(tx, row, 'speaker');
    if (long(clerkLostAt)) return end(tx, row, 'clerk');
    if (row.state === 'offered' && row.direction === 'in' && (await goneDesks(tx, row, clerks))) return true;
    const news = (speakerLostAt === null) !== (row.speakerLostAt === null);
    if (!news && (clerkLostAt === null) === (row.clerkLostAt === null)) return false;
    await rows.set(tx, row, { speakerLostAt, clerkLostAt });
    return true;
  }

  /** It does not go on ringing at a desk that nobody sits at. */
  async function goneDesks(tx: Db, row: CallRow, clerks: Map<string, unknown>): Promise<boolean> {
    const open = await rows.openOffers(tx, row.id);
    const gone = open.filter((one) => !clerks.has(one.staffId));
    if (gone.length === 0) return false;
    for (const one of gone) await rows.closeOffers(tx, row.id, 'gone', one.staffId);
    const route = rows.routed(
      row,
      gone.map((one) => one.staffId),
      'gone',
    );
    if (gone.length < open.length) await rows.set(tx, row, { route });
    else await rows.move(tx, row, 'pass', { route, dueAt: row.giveUpAt }, HOUSE);
    return true;
  }

  /** An end is gone for good. Whoever is left is not left alone: the clerk says what came of it, she is called back. */
  async function end(tx: Db, row: CallRow, gone: 'speaker' | 'clerk'): Promise<boolean> {
    if (row.direction === 'out' && row.state === 'offered') await unanswered(tx, row);
    else if (!isOneOf(row.state, TALKED)) await ringing.giveUp(tx, row, HOUSE);
    else if (gone === 'speaker') await talking.hangUpIn(tx, row, HOUSE);
    else {
      const ended = await talking.hangUpIn(tx, row, HOUSE);
      const callbackId = await talking.owed(tx, ended, HOUSE);
      await rows.move(tx, ended, 'wrapUp', { outcome: 'callback', callbackId }, HOUSE);
    }
    return true;
  }

  // ---- what she hears while she waits

  function untold(): Promise<CallRow[]> {
    const waits = and(inArray(call.state, [...WAITING]), isNotNull(call.tellAt), lte(call.tellAt, clock.now()));
    return database.db.select().from(call).where(waits).limit(AT_ONCE);
  }

  /** Whoever sets the next time tells her: of two instances one. */
  async function tellHer(row: CallRow): Promise<void> {
    if (!row.tellAt) return;
    const next = new Date(clock.now().getTime() + TELL_MS);
    const mine = await database.db
      .update(call)
      .set({ tellAt: next })
      .where(and(eq(call.id, row.id), eq(call.tellAt, row.tellAt)))
      .returning({ id: call.id });
    if (mine.length > 0) await tell(row);
  }

  return { sweep };
}

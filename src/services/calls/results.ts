/** What the dialogue is told of a call: that it rings, and what came of it when it is over. */
import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { application, audit, booking, call, place, resident, slot, staff, visit } from '../../store/schema.ts';
import { isOneOf, TAKEN, WAITING } from './arrows.ts';
import { type CallRow, type CallRows, HOUSE } from './rows.ts';

export interface CallResultView {
  result: 'booked' | 'submitted' | 'visit' | 'callback' | 'cut' | 'missed' | 'nothing';
  clerk?: string;
  done?: { item?: string; day?: string; time?: string; place?: string };
  callbackId?: string;
  /** She may be asked how it was: once, and not oftener than once a week. */
  rate: boolean;
}

interface Parts {
  database: Database;
  clock: Clock;
  rows: CallRows;
}

/** 一周最多问一次. */
const ASK_AGAIN_MS = 7 * 86_400_000;
const ASKED = 'rating.asked';

/** What a clerk may do for her in a call, by noun and verb under which it was written down. */
const DONE: [noun: string, verb: string, result: 'booked' | 'submitted' | 'visit'][] = [
  ['pickup', 'booked', 'booked'],
  ['pickup', 'changed', 'booked'],
  ['application', 'submitted', 'submitted'],
  ['visit', 'requested', 'visit'],
];
/** How it is written down that somebody of ours rang her. */
const RANG = [
  ['call', 'dialled'],
  ['callback', 'tried'],
  ['callback', 'closed'],
].map((words) => words.join('.'));
const RESULTS = new Map(DONE.map(([noun, verb, result]) => [`${noun}.${verb}`, result]));

/** What is told is read off the rows and the audit after the call: a clerk need not report it for her to hear of it. */
export function createResults({ database, clock, rows }: Parts) {
  /** A call that a clerk has made and that rings at this speaker now. */
  async function ringingAt(callId: string, speakerId: string) {
    const rings = and(eq(call.id, callId), eq(call.speakerId, speakerId), eq(call.state, 'offered'));
    const [row] = await database.db
      .select({ id: call.id, who: staff.name, station: place.name, code: resident.codeWord, direction: call.direction })
      .from(call)
      .innerJoin(staff, eq(staff.id, call.clerkId))
      .leftJoin(place, eq(place.id, staff.placeId))
      .leftJoin(resident, eq(resident.id, call.residentId))
      .where(rings);
    if (row?.direction !== 'out') return undefined;
    return { id: row.id, who: row.who, station: row.station ?? undefined, code: row.code ?? undefined };
  }

  /** What came of a call of this speaker; asking her how it was is noted, so that it is done once. */
  function resultOf(callId: string, speakerId: string, residentId: string): Promise<CallResultView> {
    return database.transaction(async (tx) => {
      const [row] = await tx
        .select({ call, clerk: staff.name })
        .from(call)
        .leftJoin(staff, eq(staff.id, call.clerkId))
        .where(and(eq(call.id, callId), eq(call.speakerId, speakerId)));
      if (!row) return { result: 'nothing', rate: false };
      const clerk = row.clerk ?? undefined;
      if (row.call.outcome === 'callback' || row.call.state === 'callback') return calledBack(row.call);
      if (row.call.outcome === 'unanswered') return { result: 'missed', clerk, rate: false };
      const [done, talked] = [await doneIn(tx, row.call), row.call.talkingAt !== null];
      const rate = talked && row.call.residentId === residentId && (await mayAsk(tx, row.call));
      return { result: 'nothing', clerk, ...done, rate };
    });
  }

  const calledBack = ({ talkingAt, callbackId }: CallRow): CallResultView => ({
    result: talkingAt ? 'cut' : 'callback',
    callbackId: callbackId ?? undefined,
    rate: false,
  });

  /** The last thing that the clerk did for her since they began to speak. */
  async function doneIn(tx: Db, { residentId, clerkId, talkingAt }: CallRow): Promise<Partial<CallResultView>> {
    if (!residentId || !clerkId || !talkingAt) return {};
    const hers = and(eq(audit.residentId, residentId), eq(audit.actorId, clerkId), gte(audit.at, talkingAt));
    const [last] = await tx
      .select({ action: audit.action, subject: audit.subject })
      .from(audit)
      .where(and(hers, inArray(audit.action, [...RESULTS.keys()])))
      .orderBy(desc(audit.at), desc(audit.createdAt))
      .limit(1);
    const result = last && RESULTS.get(last.action);
    const id = last?.subject?.split(/[/:]/).at(-1);
    return result && id ? { result, done: await detailsOf(tx, result, id) } : {};
  }

  async function mayAsk(tx: Db, { id, residentId }: CallRow): Promise<boolean> {
    const now = clock.now();
    const since = new Date(now.getTime() - ASK_AGAIN_MS);
    const [asked] = await tx
      .select({ id: audit.id })
      .from(audit)
      .where(and(eq(audit.residentId, residentId ?? ''), eq(audit.action, ASKED), gte(audit.at, since)))
      .limit(1);
    if (asked || !residentId) return false;
    await writeAudit(tx, { at: now, actor: HOUSE, action: ASKED, residentId, subject: `calls/${id}`, result: 'done' });
    return true;
  }

  /** She waits no longer: what only rings or waits is ended, a talk is not. */
  function giveUpWaiting(callId: string, by: Actor): Promise<void> {
    return rows.within(callId, async (tx, row) => {
      if (!isOneOf(row.state, WAITING)) return;
      await rows.closeOffers(tx, callId, 'withdrawn');
      await rows.move(tx, row, 'hangUp', { outcome: 'no_contact' }, by);
    });
  }

  /** When somebody of ours last rang one of this home since then, and who; for 「刚才那电话是不是你们打的」. */
  async function lastRang(residentIds: string[], since: Date) {
    if (residentIds.length === 0) return undefined;
    const rang = and(
      inArray(audit.residentId, residentIds),
      inArray(audit.action, RANG),
      eq(audit.actorKind, 'staff'),
      eq(audit.result, 'done'),
      gte(audit.at, since),
    );
    const [row] = await database.db
      .select({ at: audit.at, clerk: staff.name, station: place.name })
      .from(audit)
      .innerJoin(staff, sql`${staff.id}::text = ${audit.actorId}`)
      .leftJoin(place, eq(place.id, staff.placeId))
      .where(rang)
      .orderBy(desc(audit.at))
      .limit(1);
    return row && { at: row.at, clerk: row.clerk, station: row.station ?? undefined };
  }

  /** A call that a clerk has made to this speaker and that still goes on. */
  async function outgoingAt(speakerId: string): Promise<CallRow | undefined> {
    const live = and(
      eq(call.speakerId, speakerId),
      eq(call.direction, 'out'),
      inArray(call.state, ['offered', ...TAKEN]),
    );
    const [row] = await database.db.select().from(call).where(live);
    return row;
  }

  return { ringingAt, resultOf, giveUpWaiting, lastRang, outgoingAt };
}

async function detailsOf(tx: Db, kind: 'booked' | 'submitted' | 'visit', id: string) {
  if (kind === 'submitted') {
    const [row] = await tx.select({ item: application.matter }).from(application).where(eq(application.id, id));
    return row;
  }
  if (kind === 'visit') {
    const [row] = await tx.select({ item: visit.matter, day: visit.day }).from(visit).where(eq(visit.id, id));
    return row;
  }
  const [row] = await tx
    .select({ item: booking.matter, day: slot.day, time: slot.start, place: place.name })
    .from(booking)
    .innerJoin(slot, eq(slot.id, booking.slotId))
    .innerJoin(place, eq(place.id, slot.placeId))
    .where(eq(booking.id, id));
  return row;
}

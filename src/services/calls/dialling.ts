/** A clerk calls a speaker: only where a callback or a case of that household is open, and never without its being written down. */
import { and, eq, isNotNull, notInArray } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import { type Database, type Db, isUniqueViolation } from '../../store/database.ts';
import type { Presence } from '../../store/presence.ts';
import { type Scope, within } from '../../store/queries/page.ts';
import { call, callback, caseFile, household, resident, speaker } from '../../store/schema.ts';
import type { Callbacks } from '../callbacks/callbacks.ts';
import { type CallRow, type CallRows, HOUSE } from './rows.ts';
import { CONNECT_MS } from './talking.ts';

/** She may be in the kitchen. */
const RING_AT_HOME_MS = 45_000;

export interface Dialler {
  staffId: string;
  seat: string;
  scope: Scope;
  by: Actor;
}

interface Parts {
  database: Database;
  clock: Clock;
  presence: Pick<Presence, 'where' | 'caps'>;
  rows: CallRows;
  callbacks: Pick<Callbacks, 'missedIn'>;
}

type About = { callback?: string; case?: string };
type Target = Pick<CallRow, 'residentId' | 'speakerId' | 'stationId' | 'reason' | 'matter' | 'locale'> & {
  device: string;
};

const OVER = ['concluded', 'rejected', 'denied', 'withdrawn'] as const;

/** Calls from the desk to a home, and what she says to them. Her microphone stays closed until `answer`. */
export function createDialling({ database, clock, presence, rows, callbacks }: Parts) {
  /**
   * Rings at her speaker, 45 s. @returns the call
   * @throws Refusal Forbidden without an open callback or case in scope · SpeakerNotReachable · NotInThisState when either is on a call
   */
  async function dial(about: About, { staffId, seat, scope, by }: Dialler): Promise<string> {
    const target = await targetOf(database.db, about, scope);
    if (!target) return refuse(about, by);
    await reach(target.device);
    const id = await database.transaction((tx) => ring(tx, target, about, { staffId, seat, by }));
    rows.tell({ callId: id, events: ['ring'] });
    return id;
  }

  async function refuse(about: About, by: Actor): Promise<never> {
    const subject = about.callback ? `callbacks/${about.callback}` : `cases/${about.case}`;
    await database.transaction((tx) =>
      writeAudit(tx, { at: clock.now(), actor: by, action: 'call.dialled', subject, result: 'denied' }),
    );
    throw new Refusal('Forbidden');
  }

  async function reach(device: string): Promise<void> {
    const there = (await presence.where(device)) !== undefined && (await presence.caps(device)).rtc === true;
    if (!there) throw new Refusal('SpeakerNotReachable');
  }

  async function ring(tx: Db, target: Target, about: About, { staffId, seat, by }: Omit<Dialler, 'scope'>) {
    const now = clock.now();
    const { device: _device, ...whom } = target;
    const links = { callbackId: about.callback, caseId: about.callback ? undefined : about.case };
    const times = { offeredAt: now, dueAt: new Date(now.getTime() + RING_AT_HOME_MS), createdAt: now };
    const values = { ...whom, ...links, ...times, direction: 'out' as const, state: 'offered' as const };
    const [made] = await tx
      .insert(call)
      .values({ ...values, clerkId: staffId, rings: 1 })
      .returning()
      .catch((thrown: unknown) => {
        throw isUniqueViolation(thrown) ? new Refusal('NotInThisState', {}, { cause: thrown }) : thrown;
      });
    if (!made) throw new Refusal('Unexpected');
    await rows.openLeg(tx, { callId: made.id, staffId, role: 'clerk', seat });
    await rows.note(tx, made, 'call.dialled', by);
    return made.id;
  }

  /** She has said 接. @throws Refusal NotInThisState when it rings no longer, or is a call that she made herself */
  function answer(callId: string, by: Actor): Promise<void> {
    return rows.within(callId, async (tx, row) => {
      if (row.direction !== 'out') throw new Refusal('NotInThisState');
      await rows.move(tx, row, 'take', { dueAt: new Date(clock.now().getTime() + CONNECT_MS) }, by);
    });
  }

  /** She does not want to take it now. One try of the callback is used up. */
  function refuseAtHome(callId: string, by: Actor): Promise<void> {
    return rows.within(callId, async (tx, row) => {
      await rows.move(tx, row, 'hangUp', { outcome: 'no_contact' }, by);
      if (row.callbackId) await callbacks.missedIn(tx, row.callbackId, HOUSE);
    });
  }

  /** A supervisor ends what is stuck. */
  function force(callId: string, reason: string, by: Actor): Promise<void> {
    return rows.within(callId, async (tx, row) => {
      await rows.closeOffers(tx, callId, 'withdrawn');
      await rows.move(tx, row, 'force', { outcome: 'other', notes: reason }, by);
    });
  }

  return { dial, answer, refuseAtHome, force };
}

async function targetOf(db: Db, about: About, scope: Scope): Promise<Target | undefined> {
  return about.callback
    ? ofCallback(db, about.callback, scope)
    : about.case
      ? ofCase(db, about.case, scope)
      : undefined;
}

const OURS = and(eq(speaker.brand, 'speaker'), eq(speaker.status, 'bound'), isNotNull(speaker.householdId));

async function ofCallback(db: Db, id: string, scope: Scope): Promise<Target | undefined> {
  const [row] = await db
    .select({ callback, device: speaker.brandDevice, locale: resident.locale })
    .from(callback)
    .innerJoin(speaker, eq(speaker.id, callback.speakerId))
    .leftJoin(resident, eq(resident.id, callback.residentId))
    .where(and(eq(callback.id, id), eq(callback.state, 'open'), within(scope, callback.stationId), OURS));
  if (!row) return undefined;
  const { residentId, speakerId, stationId, reason, matter } = row.callback;
  if (!speakerId) return undefined;
  return { residentId, speakerId, stationId, reason, matter, locale: row.locale ?? 'zh-CN', device: row.device };
}

async function ofCase(db: Db, id: string, scope: Scope): Promise<Target | undefined> {
  const [row] = await db
    .select({
      residentId: caseFile.residentId,
      matter: caseFile.matter,
      locale: resident.locale,
      stationId: household.stationId,
      speakerId: speaker.id,
      device: speaker.brandDevice,
    })
    .from(caseFile)
    .innerJoin(resident, eq(resident.id, caseFile.residentId))
    .innerJoin(household, eq(household.id, resident.householdId))
    .innerJoin(speaker, eq(speaker.householdId, household.id))
    .where(and(eq(caseFile.id, id), notInArray(caseFile.status, [...OVER]), within(scope, household.stationId), OURS))
    .limit(1);
  return row && { ...row, reason: 'case' };
}

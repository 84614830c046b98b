/** A resident asks for a person: put in the queue, or told honestly that nobody is there. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import type { Presence } from '../../store/presence.ts';
import { call, callOffer, place, resident, staff } from '../../store/schema.ts';
import { TAKEN, WAITING } from './arrows.ts';
import type { Whom } from './desks.ts';
import type { Ringing } from './ringing.ts';
import type { CallRow, CallRows } from './rows.ts';
import { TELL_MS } from './sweeping.ts';
import type { Wait, WaitingRoom } from './waiting.ts';

/** Longer than this nobody is kept waiting. */
const LONGEST_WAIT_MS = 300_000;
const EMERGENCY = 2;
const SPECIAL = 1;

export interface CallWish {
  speakerId: string;
  residentId?: string;
  reason: string;
  matter?: string;
  brief?: Record<string, unknown>;
  urgent?: boolean;
}

/** Why there is no live call: her speaker cannot carry one, or nobody is there. */
export type Prospect = ({ live: true } & Wait) | { live: false; why: 'speaker' | 'nobody' };

export interface Asked {
  id: string;
  wait: Wait;
  rings?: { clerk: string; station?: string };
}

interface Parts {
  database: Database;
  clock: Clock;
  presence: Pick<Presence, 'where' | 'caps'>;
  rows: CallRows;
  ringing: Ringing;
  waiting: WaitingRoom;
}

/** For the dialogue: may she hope for a person, and her wish put in the queue. */
export function createAsking({ database, clock, presence, rows, ringing, waiting }: Parts) {
  /** Whether a person can be had now, and how long it may take. Never throws for want of Redis: then a callback it is. */
  async function prospect(wish: Pick<CallWish, 'speakerId' | 'residentId' | 'matter'>): Promise<Prospect> {
    const home = await waiting.homeOf(wish.speakerId);
    if (!home || !(await reachable(home.brand, home.device))) return { live: false, why: 'speaker' };
    const residentId = wish.residentId ?? null;
    const whom: Whom = { residentId, stationId: home.stationId, matter: wish.matter ?? null, locale: 'zh-CN' };
    const { locale } = await herOf(database.db, residentId);
    const wait = await waiting.prospect({ ...whom, locale }).catch(() => undefined);
    return wait && wait.onDuty > 0 ? { live: true, ...wait } : { live: false, why: 'nobody' };
  }

  /** The community's own speaker, connected, and able to carry sound both ways. */
  async function reachable(brand: string, device: string): Promise<boolean> {
    if (brand !== 'speaker') return false;
    try {
      return (await presence.where(device)) !== undefined && (await presence.caps(device)).rtc === true;
    } catch {
      return false;
    }
  }

  /**
   * Puts her in the queue and lets it ring; `rings`: at whom, where it is one. A speaker has one live call: the standing one is told as success.
   * @throws Refusal SpeakerUnknown when the speaker is at nobody's home
   */
  async function request(key: EffectKey, wish: CallWish, by: Actor): Promise<Asked> {
    const { id } = await once(database, key, (tx) => requestIn(tx, wish, by));
    await ringing.dispatch();
    const [row] = await database.db.select().from(call).where(eq(call.id, id));
    if (!row) throw new Refusal('NotFound');
    return { id, wait: await waitOf(row), rings: row.state === 'offered' ? await ringsAt(id) : undefined };
  }

  /** Undefined where it rings at several: any of them may take it. */
  async function ringsAt(callId: string): Promise<Asked['rings']> {
    const open = and(eq(callOffer.callId, callId), isNull(callOffer.closedAt));
    const [one, ...others] = await database.db
      .select({ clerk: staff.name, station: place.name })
      .from(callOffer)
      .innerJoin(staff, eq(staff.id, callOffer.staffId))
      .leftJoin(place, eq(place.id, staff.placeId))
      .where(open);
    return one && others.length === 0 ? { clerk: one.clerk, station: one.station ?? undefined } : undefined;
  }

  async function waitOf(row: CallRow): Promise<Wait> {
    if (row.state === 'queued') return waiting.of(row);
    return { position: 1, wait: [0, 0], free: 1, onDuty: 1 };
  }

  async function requestIn(tx: Db, wish: CallWish, by: Actor): Promise<{ id: string }> {
    const home = await waiting.homeIn(tx, wish.speakerId);
    if (!home) throw new Refusal('SpeakerUnknown');
    const [now, her] = [clock.now(), await herOf(tx, wish.residentId ?? null)];
    const giveUpAt = new Date(now.getTime() + LONGEST_WAIT_MS);
    const { speakerId, residentId, reason, matter, brief = {}, urgent } = wish;
    const values = { speakerId, residentId, reason, matter, brief, stationId: home.stationId, locale: her.locale };
    const times = { giveUpAt, dueAt: giveUpAt, tellAt: new Date(now.getTime() + TELL_MS), createdAt: now };
    const priority = urgent ? EMERGENCY : her.special ? SPECIAL : 0;
    const [made] = await tx
      .insert(call)
      .values({ ...values, ...times, priority, state: 'queued' })
      .onConflictDoNothing()
      .returning({ id: call.id });
    if (!made) return standing(tx, speakerId);
    const subject = `calls/${made.id}`;
    await writeAudit(tx, { at: now, actor: by, action: 'call.requested', residentId, subject, result: 'done' });
    return made;
  }

  async function standing(tx: Db, speakerId: string): Promise<{ id: string }> {
    const live = and(eq(call.speakerId, speakerId), inArray(call.state, [...WAITING, ...TAKEN]));
    const [row] = await tx.select({ id: call.id }).from(call).where(live);
    if (!row) throw new Refusal('NotInThisState');
    return row;
  }

  /** She would rather be called back: the waiting call becomes a callback at its place. @returns the callback @throws Refusal NotInThisState when somebody has the call, or it is over */
  async function preferCallback(callId: string, wish: { phone?: string; wanted?: string }, by: Actor): Promise<string> {
    return rows.within(callId, async (tx, row) => {
      const moved = row.state === 'callback' ? row : await ringing.giveUp(tx, row, by, wish);
      if (!moved.callbackId) throw new Refusal('NotInThisState');
      return moved.callbackId;
    });
  }

  return { prospect, request, preferCallback };
}

/** What of her decides how she is put through. */
async function herOf(tx: Db, residentId: string | null): Promise<{ locale: 'zh-CN' | 'en-US'; special: boolean }> {
  if (!residentId) return { locale: 'zh-CN', special: false };
  const [row] = await tx
    .select({ locale: resident.locale, flags: resident.flags })
    .from(resident)
    .where(eq(resident.id, residentId));
  return { locale: row?.locale ?? 'zh-CN', special: row?.flags.special !== undefined };
}

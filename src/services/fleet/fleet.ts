/** The operator's speakers: registered, bound to a household, moved, suspended, unbound, wiped. Their history is kept. */
import { randomBytes, randomInt } from 'node:crypto';
import { and, eq, gt, inArray, isNotNull, isNull, ne, or, type SQL } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../store/audit.ts';
import { type Database, type Db, isUniqueViolation } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { household, type SPEAKER_STATES, speaker } from '../../store/schema.ts';
import { hashOfToken } from '../tokens.ts';
import { record, type SpeakerEvent } from './record.ts';

type Status = (typeof SPEAKER_STATES)[number];
type Columns = Partial<typeof speaker.$inferInsert>;

export interface NewSpeaker {
  serial: string;
  brand: 'speaker' | 'dueros' | 'alexa' | 'aligenie' | 'xiaoai';
  deviceId: string;
  brandUser?: string;
}

interface FleetParts {
  database: Database;
  clock: Clock;
  /** Ends a speaker's talk and socket on every instance: called once it may no longer act for its household. */
  cut?: (speaker: { brand: string; device: string }) => Promise<void>;
}

/** Each change is one row of the speaker's history and one event for the property system. A state that does not allow it: Refusal NotInThisState. */
export function createFleet({ database, clock, cut }: FleetParts) {
  /**
   * A new speaker. Our own is handed its token here, once; a brand's speaker is bound by the spoken pairing code.
   * @throws Refusal DeviceTaken when serial or device is registered already
   */
  async function register(key: EffectKey, one: NewSpeaker, by: Actor) {
    const token = one.brand === 'speaker' ? randomBytes(32).toString('base64url') : null;
    const pairingCode = String(randomInt(100_000, 1_000_000));
    const work = once(database, key, async (tx) => {
      const { deviceId, ...plain } = one;
      const row = { ...plain, brandDevice: deviceId, pairingCode, tokenHash: token && hashOfToken(token) };
      const [made] = await tx.insert(speaker).values(row).returning({ id: speaker.id });
      if (!made) throw new Error('the speaker was not written');
      await record(tx, { speakerId: made.id, what: 'registered', householdId: null }, { at: clock.now(), by });
      return { id: made.id, pairingCode };
    });
    const made = await work.catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Refusal('DeviceTaken') : error;
    });
    const mine = made.pairingCode === pairingCode; // a repeated key is told the first outcome, whose token is gone
    return { ...made, token: mine ? token : null };
  }

  /** Puts a new speaker into a household. @throws Refusal NotInThisState unless it is new or unbound · BadInput for a household that is not there */
  const bind = (key: EffectKey, id: string, to: { householdId: string; room?: string }, by: Actor) =>
    settle(key, id, ['new'], 'bound', to, by);

  /** Takes a bound or suspended speaker to another household. */
  const move = (key: EffectKey, id: string, to: { householdId: string; room?: string }, by: Actor) =>
    settle(key, id, ['bound', 'suspended'], 'moved', to, by);

  /** Stops answering at once; the household stays noted. */
  const suspend = (key: EffectKey, id: string, { reason }: { reason?: string }, by: Actor) =>
    withdraw(key, id, ['bound'], { status: 'suspended' }, 'suspended', by, reason);

  /** Belongs to nobody any more and can be bound again. */
  const unbind = (key: EffectKey, id: string, { reason }: { reason?: string }, by: Actor) =>
    withdraw(key, id, ['bound', 'suspended'], { status: 'new', householdId: null, room: null }, 'unbound', by, reason);

  /** Lost or sold: token and household are forgotten, for good. */
  const wipe = (key: EffectKey, id: string, { reason }: { reason?: string }, by: Actor) =>
    withdraw(key, id, ['new', 'bound', 'suspended'], WIPED, 'wiped', by, reason);

  async function settle(
    key: EffectKey,
    id: string,
    from: Status[],
    what: 'bound' | 'moved',
    to: { householdId: string; room?: string },
    by: Actor,
  ): Promise<void> {
    const device = await once(database, key, (tx) => settleIn(tx, id, from, what, to, by));
    if (what === 'moved') await cut?.(device); // whoever listened there must not go on as the new household
  }

  async function settleIn(
    tx: Db,
    id: string,
    from: Status[],
    what: 'bound' | 'moved',
    to: { householdId: string; room?: string },
    by: Actor,
  ) {
    const [home] = await tx.select({ id: household.id }).from(household).where(eq(household.id, to.householdId));
    if (!home) throw new Refusal('BadInput', { field: 'householdId' });
    const spent = { pairingCode: null, pairingUntil: null }; // whoever heard the code must not find the speaker by it later
    const set: Columns = { status: 'bound', householdId: home.id, room: to.room ?? null, ...spent };
    const settled = await change(tx, id, from, set);
    await record(tx, { speakerId: id, what, householdId: home.id }, { at: clock.now(), by });
    return settled;
  }

  async function withdraw(
    key: EffectKey,
    id: string,
    from: Status[],
    set: Columns,
    what: SpeakerEvent,
    by: Actor,
    reason?: string,
  ): Promise<void> {
    const device = await once(database, key, async (tx) => {
      const changed = await change(tx, id, from, set);
      await record(tx, { speakerId: id, what, householdId: null }, { at: clock.now(), by, reason });
      return changed;
    });
    await cut?.(device);
  }

  /** Answers again in the household where it was. @throws Refusal NotInThisState unless it is suspended there */
  function resume(key: EffectKey, id: string, _: object, by: Actor): Promise<void> {
    return once(database, key, async (tx) => {
      await change(tx, id, ['suspended'], { status: 'bound' }, isNotNull(speaker.householdId));
      const [row] = await tx.select({ householdId: speaker.householdId }).from(speaker).where(eq(speaker.id, id));
      const householdId = row?.householdId ?? null;
      await record(tx, { speakerId: id, what: 'resumed', householdId }, { at: clock.now(), by });
    });
  }

  /**
   * Binds the speaker that reads out this code right now.
   * @throws Refusal NotFound when none does, or the code is over
   */
  function pair(key: EffectKey, code: string, to: { householdId: string; room?: string }, by: Actor) {
    return once(database, key, async (tx) => {
      const valid = or(isNull(speaker.pairingUntil), gt(speaker.pairingUntil, clock.now()));
      const waiting = and(eq(speaker.pairingCode, code), eq(speaker.status, 'new'), valid);
      const [one, another] = await tx.select({ id: speaker.id }).from(speaker).where(waiting).limit(2);
      if (!one || another) throw new Refusal('NotFound');
      await settleIn(tx, one.id, ['new'], 'bound', to, by);
      return { id: one.id };
    });
  }

  return { register, pair, bind, move, suspend, resume, unbind, wipe };
}

const WIPED: Columns = {
  status: 'wiped',
  householdId: null,
  room: null,
  brandUser: null,
  tokenHash: null,
  pairingCode: null,
  settings: {},
};

async function change(
  tx: Db,
  id: string,
  from: Status[],
  set: Columns,
  also?: SQL,
): Promise<{ brand: string; device: string }> {
  const [changed] = await tx
    .update(speaker)
    .set(set)
    .where(and(eq(speaker.id, id), inArray(speaker.status, from), ne(speaker.status, 'wiped'), also))
    .returning({ brand: speaker.brand, device: speaker.brandDevice });
  if (!changed) throw new Refusal('NotInThisState');
  return changed;
}

/** A street with stations, clerks at their desks and homes with speakers, and the rules of calls on real stores. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { createCalendar } from '../../src/services/calendar.ts';
import { createCallbacks } from '../../src/services/callbacks/callbacks.ts';
import { createCalls } from '../../src/services/calls/index.ts';
import type { Changed } from '../../src/services/calls/rows.ts';
import type { Actor } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/database.ts';
import { type ClerkPresence, createPresence } from '../../src/store/presence.ts';
import * as schema from '../../src/store/schema.ts';
import { catalogue, fields } from '../services/sample.ts';
import { aHousehold, aPlace, aResident, aSpeaker } from '../support/records.ts';
import { fixedClock, freshRedis } from '../support/stores.ts';

export const NOW = '2026-11-23T09:30';
export const herself: Actor = { kind: 'resident', id: 'her', role: 'speaker' };
export const staffActor = (id: string): Actor => ({ kind: 'staff', id, role: 'clerk' });

export interface Home {
  residentId: string;
  speakerId: string;
  device: string;
  stationId: string;
}

type ResidentOver = Partial<typeof schema.resident.$inferInsert>;
type StaffOver = Partial<typeof schema.staff.$inferInsert>;

export async function openStreet(database: Database) {
  const clock = fixedClock(NOW);
  const { redis } = await freshRedis();
  const presence = createPresence({ redis });
  const calendar = createCalendar(catalogue.holidays);
  const callbacks = createCallbacks({ database, fields, presence, clock, calendar });
  /** Devices whose instance has died: the directory does not know it yet, and nobody takes what is sent to them. */
  const unreached = new Set<string>();
  const bus = { toDevice: async (device: string) => !unreached.has(device) };
  const parts = { database, clock, presence, calendar, callbacks, bus };
  const calls = createCalls(parts);
  const heard: Changed[] = [];
  calls.onChange((changed) => heard.push(changed));
  const { db } = database;

  /** A centre with a station, and a second centre. */
  async function places() {
    const centre = await aPlace(db);
    const station = await aPlace(db, { kind: 'station', parentId: centre.id });
    return { centre: centre.id, station: station.id, farCentre: (await aPlace(db)).id };
  }

  async function clerk(placeId: string, over: StaffOver = {}): Promise<string> {
    const username = `clerk-${randomUUID().slice(0, 8)}`;
    const common = {
      role: 'clerk' as const,
      passwordHash: 'x',
      passwordChangedAt: clock.now(),
      mustChangePassword: false,
    };
    const [row] = await db
      .insert(schema.staff)
      .values({ username, name: username, placeId, ...common, ...over })
      .returning();
    return row?.id ?? '';
  }

  /** She says that she is at her desk. */
  async function atDesk(staffId: string, state: ClerkPresence['state'] = 'available', at = clock.now().toISOString()) {
    await presence.setClerk(staffId, { state, at });
  }

  async function home(stationId: string, over: ResidentOver = {}, rtc = true): Promise<Home> {
    const household = await aHousehold(db, stationId);
    const resident = await aResident(db, household.id, over);
    const speaker = await aSpeaker(db, household.id);
    await presence.seen(speaker.brandDevice, 'here');
    await presence.setCaps(speaker.brandDevice, { rtc });
    return { residentId: resident.id, speakerId: speaker.id, device: speaker.brandDevice, stationId };
  }

  const wish = ({ residentId, speakerId }: Home, over: object = {}) => ({
    residentId,
    speakerId,
    reason: 'agent.call',
    ...over,
  });
  /** She asks for a person. @returns the call */
  const ask = async (at: Home, over: object = {}) => (await calls.request(randomUUID(), wish(at, over), herself)).id;

  const row = async (id: string) => {
    const [found] = await db.select().from(schema.call).where(eq(schema.call.id, id));
    if (!found) throw new Error('no such call');
    return found;
  };
  const state = async (id: string) => (await row(id)).state;
  const ringsAt = async (id: string) => ((await calls.view(id))?.offers ?? []).map((one) => one.staffId).sort();
  const after = async (seconds: number) => {
    clock.advance({ seconds });
    await calls.sweep();
  };
  const accept = (id: string, staffId: string, seat = `seat-${staffId}`) =>
    calls.accept(id, staffId, seat, staffActor(staffId));
  /** Accepted, and both hear one another. */
  async function talk(id: string, staffId: string): Promise<string> {
    await accept(id, staffId);
    return connect(id, staffId);
  }
  async function connect(id: string, staffId: string, seat = `seat-${staffId}`): Promise<string> {
    const leg = (await calls.view(id))?.legs.findLast((one) => one.staffId === staffId)?.id ?? '';
    await calls.report(id, leg, { staffId, seat }, { state: 'connected' });
    return leg;
  }
  const hangUp = (id: string, staffId: string) =>
    calls.hangUp(id, { staffId, seat: `seat-${staffId}`, by: staffActor(staffId) });
  const wrapUp = (id: string, staffId: string, outcome = 'solved') =>
    calls.wrapUp(id, staffId, { outcome }, staffActor(staffId));
  const callbacksOf = ({ speakerId }: Home) =>
    db.select().from(schema.callback).where(eq(schema.callback.speakerId, speakerId));

  return {
    ...{
      database,
      clock,
      presence,
      unreached,
      calls,
      callbacks,
      parts,
      heard,
      places,
      clerk,
      atDesk,
      home,
      wish,
      ask,
      row,
      state,
    },
    ...{ ringsAt, after, accept, connect, talk, hangUp, wrapUp, callbacksOf },
  };
}

export type Street = Awaited<ReturnType<typeof openStreet>>;

import { eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDevices } from '../../../src/services/fleet/devices.ts';
import { createFirmware } from '../../../src/services/fleet/firmware.ts';
import { createFleetHealth } from '../../../src/services/fleet/health.ts';
import { createSpeakerSettings } from '../../../src/services/fleet/speaker-settings.ts';
import { createSpeakerTally } from '../../../src/services/fleet/speaker-tally.ts';
import { hashOfToken } from '../../../src/services/tokens.ts';
import type { Database } from '../../../src/store/database.ts';
import {
  outbox,
  resident,
  speaker,
  speakerAlarm,
  speakerDay,
  staff,
  webhookEndpoint,
} from '../../../src/store/schema.ts';
import { aHousehold, aResident, aSpeaker, aStation } from '../../support/records.ts';
import { ENGINES, type FixedClock, fixedClock } from '../../support/stores.ts';
import { system } from '../sample.ts';

describe.each(ENGINES)('how the fleet is, on %s', (_name, fresh) => {
  let database: Database;
  let clock: FixedClock;
  let home: { id: string };
  beforeAll(async () => {
    database = await fresh();
    const { station } = await aStation(database.db);
    home = await aHousehold(database.db, station.id, { community: '季景峰阁', building: '3号楼' });
  });
  beforeEach(async () => {
    clock = fixedClock('2026-11-23T09:30');
    const { db } = database;
    for (const table of [outbox, speakerAlarm, speakerDay, webhookEndpoint]) await db.delete(table);
    await db.execute(sql`update speaker set status = 'wiped', household_id = null`);
    await db.execute(sql`delete from fleet_pulse`);
  });
  const health = () => createFleetHealth({ database, clock });
  const seenAgo = (hours: number) => ({
    lastSeenAt: new Date(clock.now().getTime() - hours * 3600_000),
    createdAt: new Date(0),
  });
  const alarms = () => database.db.select().from(speakerAlarm);

  it('is counted by state and building', async () => {
    await aSpeaker(database.db, home.id, { ...seenAgo(0), firmware: '1.0' });
    await aSpeaker(database.db, home.id, { ...seenAgo(80), firmware: '0.9' });
    await aSpeaker(database.db, home.id, { ...seenAgo(80), brand: 'dueros' });
    expect(await health().overview()).toMatchObject({
      own: 2,
      online: 1,
      silent: 1,
      firmware: [
        { version: '0.9', count: 1 },
        { version: '1.0', count: 1 },
      ],
      buildings: [{ community: '季景峰阁', building: '3号楼', bound: 3, own: 2, online: 1, silent: 1 }],
    });
  });

  it('rings once for a speaker that has been silent for days, and no more when it is back', async () => {
    await listener(database);
    const one = await aSpeaker(database.db, home.id, seenAgo(71));
    const brand = await aSpeaker(database.db, home.id, { ...seenAgo(24 * 13), brand: 'xiaoai' });
    expect(await health().watch()).toEqual({ opened: 0, closed: 0 });
    clock.advance({ hours: 2 });
    expect(await health().watch()).toEqual({ opened: 1, closed: 0 });
    expect(await health().watch()).toEqual({ opened: 0, closed: 0 });
    expect(await alarms()).toMatchObject([{ speakerId: one.id, kind: 'silent', closedAt: null }]);
    await database.db.update(speaker).set({ lastSeenAt: clock.now() }).where(eq(speaker.id, one.id));
    expect(await health().watch()).toEqual({ opened: 0, closed: 1 });
    clock.advance({ days: 1 });
    await database.db.update(speaker).set({ lastSeenAt: clock.now() }).where(eq(speaker.id, one.id));
    expect(await health().watch()).toEqual({ opened: 1, closed: 0 }); // the brand's, after fourteen days
    expect((await alarms()).find(({ closedAt }) => closedAt === null)?.speakerId).toBe(brand.id);
    const told = await database.db.select().from(outbox);
    expect(told.map(({ topic }) => topic).sort()).toEqual(['speaker.back', 'speaker.silent', 'speaker.silent']);
  });

  it('rings for one that fails again and again, and keeps what somebody found there', async () => {
    const one = await aSpeaker(database.db, home.id, seenAgo(0));
    const tally = createSpeakerTally({ database, clock });
    for (let n = 0; n < 20; n += 1) tally.turn({ brand: 'speaker', device: one.brandDevice }, n % 2 === 0);
    tally.turn({ brand: 'speaker', device: 'unknown' }, true);
    await tally.flush();
    tally.turn({ brand: 'speaker', device: one.brandDevice }, false);
    tally.connected(one.brandDevice);
    await tally.flush();
    const days = await database.db.select().from(speakerDay);
    expect(days).toEqual([{ speakerId: one.id, day: '2026-11-23', turns: 21, failures: 10, connects: 1 }]);
    expect(await health().watch()).toEqual({ opened: 1, closed: 0 });
    const [alarm] = await alarms();
    await health().note(alarm?.id ?? '', '换了路由器', system);
    expect(await alarms()).toMatchObject([{ kind: 'failing', note: '换了路由器', notedAt: clock.now() }]);
    expect((await health().history(7)).failures).toEqual([{ day: '2026-11-23', turns: 21, failures: 10, connects: 1 }]);
  });

  it('has a pulse every quarter of an hour, whichever instance takes it, and forgets after weeks', async () => {
    const one = await aSpeaker(database.db, home.id, seenAgo(0));
    await aSpeaker(database.db, home.id, seenAgo(5));
    await Promise.all([health().pulse(), health().pulse()]);
    clock.advance({ minutes: 15 });
    await database.db.update(speaker).set(seenAgo(5)).where(eq(speaker.id, one.id));
    await health().pulse();
    const { pulses } = await health().history(1);
    expect(pulses.map(({ bound, online }) => [bound, online])).toEqual([
      [2, 1],
      [2, 0],
    ]);
    expect((await health().history(30)).pulses).toMatchObject([{ bound: 2, online: 1 }]);
    expect((await health().history(1, { community: '季景峰阁', building: '4号楼' })).pulses).toEqual([]);
    clock.advance({ days: 36 });
    await health().pulse();
    expect((await health().history(30)).pulses).toHaveLength(1);
  });

  it('tells a connected speaker of its settings, and whoever lives there keeps the pace', async () => {
    const her = await aResident(database.db, home.id);
    const one = await aSpeaker(database.db, home.id);
    const frames: unknown[] = [];
    const tell = async (device: string, frame: unknown) => frames.push([device, frame]) > 0;
    const settings = createSpeakerSettings({ database, clock, tell });
    await settings.set(`s-${one.id}`, one.id, { volume: 80, pace: 150, quietFrom: '20:00' }, system);
    expect(frames).toEqual([[one.brandDevice, { type: 'settings', volume: 80, pace: 150, quiet: '20:00-08:00' }]]);
    const [after] = await database.db.select().from(resident).where(eq(resident.id, her.id));
    expect(after).toMatchObject({ pace: 150, quietFrom: '20:00', volume: null });
    await database.db.update(speaker).set({ status: 'wiped' }).where(eq(speaker.id, one.id));
    await expect(settings.set(`t-${one.id}`, one.id, { volume: 1 }, system)).rejects.toThrow('NOT_IN_THIS_STATE');
  });

  /** What a device is told when it connects with its token. */
  async function connects(device: string) {
    await database.db
      .update(speaker)
      .set({ tokenHash: hashOfToken('t') })
      .where(eq(speaker.brandDevice, device));
    const tickets = { take: async () => undefined };
    return createDevices({ database, clock, tickets }).byToken(device, 't');
  }

  it('tells those that run other firmware, and takes a version back', async () => {
    const old = await aSpeaker(database.db, home.id, { ...seenAgo(0), firmware: '1.0' });
    await aSpeaker(database.db, home.id, { ...seenAgo(0), firmware: '2.0' });
    await aSpeaker(database.db, home.id, { ...seenAgo(1), firmware: '1.0' });
    const told: string[] = [];
    const firmware = createFirmware({ database, clock, tell: async (device) => told.push(device) > 0 });
    const release = { version: '2.0', url: 'https://x/2.0', sha256: 'a'.repeat(64) };
    const { id } = await firmware.publish(`f-${old.id}`, release, system);
    expect(told).toEqual([old.brandDevice]);
    expect(await connects(old.brandDevice)).toMatchObject({ update: { version: '2.0', sha256: release.sha256 } });
    await database.db.update(speaker).set({ firmware: '2.0' }).where(eq(speaker.id, old.id));
    expect(await connects(old.brandDevice)).not.toHaveProperty('update');
    await expect(firmware.publish(`g-${old.id}`, release, system)).rejects.toThrow('ALREADY_THERE');
    await firmware.withdraw(id, system);
    await expect(firmware.withdraw(id, system)).rejects.toThrow('NOT_FOUND');
    expect(await firmware.announce()).toBe(0);
  });
});

/** Somebody who wants to hear of silence. */
async function listener({ db }: Database): Promise<void> {
  const values = {
    username: `op-${Math.random()}`,
    name: 'op',
    role: 'operator' as const,
    passwordHash: 'x',
    passwordChangedAt: new Date(),
  };
  const [row] = await db.insert(staff).values(values).returning();
  const events = ['speaker.silent', 'speaker.back'];
  await db
    .insert(webhookEndpoint)
    .values({ name: 'a', url: 'https://x', secretSealed: 'x', events, createdBy: row?.id ?? '' });
}

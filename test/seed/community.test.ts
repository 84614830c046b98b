import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '@node-rs/argon2';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ageOn } from '../../src/ages.ts';
import { createPolicies } from '../../src/services/policies/policies.ts';
import { totpOf } from '../../src/services/staff/second-factor.ts';
import { tokenMatches } from '../../src/services/tokens.ts';
import type { Database } from '../../src/store/database.ts';
import { pinMatches } from '../../src/store/pin-hash.ts';
import * as schema from '../../src/store/schema.ts';
import { type Demo, seedCommunity, writeDemo } from '../../src/store/seed/index.ts';
import { loadFacts } from '../../src/store/seed/load-facts.ts';
import { makeSlots } from '../../src/store/seed/slots.ts';
import { calendar, catalogue, fields, seeded, whoIs } from '../services/sample.ts';
import { fixedClock, freshDatabase } from '../support/stores.ts';
import { clock, countsOf, parts, TODAY } from './counts.ts';

const scratch = mkdtempSync(join(tmpdir(), 'demo-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let database: Database;
let demo: Demo;
beforeAll(async () => {
  database = await freshDatabase();
  demo = await seeded(database, clock);
});
const residents = () => demo.speakers.flatMap((home) => home.residents);
const traitsOf = () => residents().map(({ traits }) => traits);

describe('the sample community', () => {
  it('is made once: the second time nothing changes', async () => {
    const before = await countsOf(database);
    expect(await seedCommunity(parts(database))).toBeUndefined();
    expect(await loadFacts({ database, catalogue, sample: true })).toBe(0);
    expect(await countsOf(database)).toEqual(before);
  });

  it('is made once also when two start at the same time', async () => {
    const other = await freshDatabase();
    const made = await Promise.all([seedCommunity(parts(other)), seedCommunity(parts(other))]);
    expect(made.filter(Boolean)).toHaveLength(1);
  });

  it('marks every row that a console shows as a sample', async () => {
    const {
      place,
      staff,
      household,
      resident,
      speaker,
      caseFile,
      slot,
      booking,
      visit,
      call,
      callback,
      ticket,
      rating,
    } = schema;
    for (const table of [
      place,
      staff,
      household,
      resident,
      speaker,
      caseFile,
      slot,
      booking,
      visit,
      call,
      callback,
      ticket,
      rating,
    ]) {
      const rows = await database.db.select({ sample: table.sample }).from(table);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every(({ sample }) => sample)).toBe(true);
    }
  });

  it('bears no name that anybody could have, nor a phone or an ID number of anybody', async () => {
    for (const row of await database.db.select().from(schema.resident)) {
      expect(row.name).toMatch(/示例|Shili/);
      expect(fields.open(row.phoneSealed ?? '', `resident.phoneSealed:${row.id}`)).toMatch(/^12000\d{6}$/);
      const number = fields.open(row.idNumberSealed ?? '', `resident.idNumberSealed:${row.id}`);
      expect(number).toMatch(new RegExp(`^999999${row.birthDate.replaceAll('-', '')}\\d{3}[\\dX]$`));
    }
    for (const { name } of await database.db.select().from(schema.staff)) expect(name).toContain('示例');
  });

  it('has cases in every state, late ones, one that waits for papers, and what can be collected', async () => {
    const rows = await database.db.select().from(schema.caseFile);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(schema.CASE_STATUSES));
    expect(rows.some(({ status, missing }) => status === 'correction' && missing.length > 0)).toBe(true);
    const steps = await database.db.select().from(schema.caseStep);
    for (const row of rows) {
      const hers = steps.filter(({ caseId }) => caseId === row.id).sort((a, b) => Number(a.at) - Number(b.at));
      expect(hers.at(-1)?.status).toBe(row.status);
      expect(Number(hers.at(-1)?.at)).toBeLessThanOrEqual(Number(clock.now()));
    }
  });

  it('has slots in opening hours for the week ahead, with as many seats as the window has places', async () => {
    const rows = await database.db
      .select({
        day: schema.slot.day,
        start: schema.slot.start,
        place: schema.place,
        capacity: schema.serviceWindow.capacity,
        id: schema.slot.id,
      })
      .from(schema.slot)
      .innerJoin(schema.place, eq(schema.place.id, schema.slot.placeId))
      .innerJoin(schema.serviceWindow, eq(schema.serviceWindow.id, schema.slot.windowId));
    const ahead = rows.filter(({ day }) => day >= TODAY);
    expect(new Set(ahead.map(({ day }) => day)).size).toBeGreaterThanOrEqual(7);
    for (const { day, start, place } of ahead.filter((row) => row.place.kind !== 'locker')) {
      expect(calendar.hoursOn(place, day).some(([from, until]) => from <= start && start < until)).toBe(true);
    }
    const seats = await database.db.select({ slotId: schema.seat.slotId }).from(schema.seat);
    const perSlot = new Map<string, number>();
    for (const { slotId } of seats) perSlot.set(slotId, (perSlot.get(slotId) ?? 0) + 1);
    for (const { id, capacity } of ahead) expect(perSlot.get(id)).toBe(capacity);
  });

  it('has live bookings ahead, each on a seat of its own', async () => {
    const live = await database.db
      .select({ seat: schema.seat, day: schema.slot.day })
      .from(schema.booking)
      .innerJoin(schema.seat, eq(schema.seat.id, schema.booking.seatId))
      .innerJoin(schema.slot, eq(schema.slot.id, schema.booking.slotId))
      .where(eq(schema.booking.state, 'booked'));
    expect(live.length).toBeGreaterThanOrEqual(3);
    expect(new Set(live.map(({ seat }) => seat.id)).size).toBe(live.length);
    expect(live.every(({ seat, day }) => seat.state === 'booked' && day > TODAY)).toBe(true);
  });

  it('is the same people for the same number, with other secrets', async () => {
    const other = await freshDatabase();
    const twin = await seeded(other, clock);
    const people = (one: Demo) =>
      one.speakers.map(({ household, residents: who }) => [
        household,
        who.map(({ name, age, traits }) => [name, age, traits]),
      ]);
    expect(people(twin)).toEqual(people(demo));
    expect(twin.speakers.map(({ token }) => token)).not.toContain(demo.speakers[0]?.token);
    expect(twin.accounts.map(({ password }) => password)).not.toContain(demo.accounts[0]?.password);
  });
});

describe('the sample community of another day', () => {
  it.each(['2026-02-14T18:00', '2028-02-29T09:00', '2026-12-31T23:50'])('begun at %s holds together', async (start) => {
    const then = fixedClock(start);
    const other = await freshDatabase();
    const twin = await seeded(other, then);
    const rows = new Map((await other.db.select().from(schema.resident)).map((row) => [row.name, row]));
    for (const { name, age } of twin.speakers.flatMap((home) => home.residents)) {
      expect([name, ageOn(rows.get(name)?.birthDate ?? '', start.slice(0, 10))]).toEqual([name, age]);
    }
    const policies = createPolicies({ database: other, clock: then });
    const { residentId } = await whoIs(other, twin, ['turns65']);
    expect((await policies.concerning(residentId)).map(({ matter }) => matter)).toContain('老年乘车卡');
    const live = await other.db
      .select({ day: schema.slot.day })
      .from(schema.booking)
      .innerJoin(schema.slot, eq(schema.slot.id, schema.booking.slotId))
      .where(eq(schema.booking.state, 'booked'));
    expect(live.length).toBeGreaterThanOrEqual(3);
    expect(live.every(({ day }) => calendar.isWorkday(day))).toBe(true);
  });
});

describe('demo.json', () => {
  it('has an account for each role: A and B of one station, a window, two officers', () => {
    const roles = demo.accounts.map(({ role, duty }) => [role, duty].filter(Boolean).join(' '));
    expect(roles.sort()).toEqual([
      'auditor',
      'clerk',
      'clerk A',
      'clerk B',
      'officer',
      'officer',
      'operator',
      'security',
      'supervisor',
    ]);
    const [a, b] = ['A', 'B'].map((duty) => demo.accounts.find((one) => one.duty === duty)?.station);
    expect(a).toBe(b);
  });

  it('gives passwords, digits and tokens that open', async () => {
    for (const { username, password, totpSecret } of demo.accounts) {
      const [row] = await database.db.select().from(schema.staff).where(eq(schema.staff.username, username));
      expect(await verify(row?.passwordHash ?? '', password)).toBe(true);
      expect(fields.open(row?.totpSealed ?? '', totpOf(row?.id ?? ''))).toBe(totpSecret);
      expect(row?.mustChangePassword).toBe(false);
    }
    const { row, her, home } = await whoIs(database, demo, ['couple']);
    expect(await pinMatches(fields, row.id, her.pin ?? '', row.pinHash ?? '')).toBe(true);
    expect(await pinMatches(fields, row.id, her.pin === '0707' ? '0808' : '0707', row.pinHash ?? '')).toBe(false);
    const [own] = await database.db.select().from(schema.speaker).where(eq(schema.speaker.brandDevice, home.deviceId));
    expect(tokenMatches(home.token, own?.tokenHash ?? null)).toBe(true);
  });

  it('begins with six single residents whose certificate is ready and who have no live booking', () => {
    for (const { residents: who } of demo.speakers.slice(0, 6)) {
      expect(who).toHaveLength(1);
      const [first] = who;
      expect(first?.traits.some((trait) => trait.startsWith('ready:'))).toBe(true);
      expect(first?.traits).not.toContain('liveBooking');
    }
  });

  it('has at least twelve speakers, each known to every brand', () => {
    expect(demo.speakers.length).toBeGreaterThanOrEqual(12);
    for (const { platformIds } of demo.speakers) {
      expect(Object.keys(platformIds)).toEqual(['alexa', 'dueros', 'aligenie', 'xiaoai']);
    }
  });

  it.each([
    ...[
      'ready:老年优待证',
      'ready:老年乘车卡',
      'holds:老年优待证',
      'holds:老年乘车卡',
      'overdue',
      'sensitiveCase',
      'liveBooking',
      'draft',
    ],
    ...[
      'finishedService',
      'unreadPolicy',
      'hukou:binhai',
      'hukou:tianjin',
      'hukou:outside',
      'turns65',
      'special',
      'alone',
      'widow',
    ],
    ...['hardOfHearing', 'english', 'noConsent', 'noPin', 'nobodyOnDuty', 'couple', 'unregisteredCare'],
    ...schema.CASE_STATUSES.map((status) => `case:${status}`),
  ])('has %s three times over', (trait) => {
    expect(traitsOf().filter((traits) => traits.includes(trait)).length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    [['ready:老年优待证'], ['liveBooking', 'couple', 'english']],
    [['ready:老年乘车卡'], ['liveBooking', 'ready:老年优待证']],
    [['ready:老年优待证', 'ready:老年乘车卡'], ['liveBooking']],
    [['ready:老年优待证', 'couple'], ['liveBooking']],
    [['ready:老年优待证', 'english'], ['liveBooking']],
    [['liveBooking', 'case:concluded'], []],
    [
      ['hukou:binhai'],
      [
        'holds:老年优待证',
        'ready:老年优待证',
        'ready:老年乘车卡',
        'draft',
        'case:submitted',
        'liveBooking',
        'couple',
        'turns65',
      ],
    ],
    [['hukou:tianjin'], ['english', 'turns65', 'case:submitted', 'ready:老年优待证']],
    [['hukou:outside'], ['english', 'turns65', 'case:rejected', 'case:withdrawn']],
    [['special', 'alone'], []],
    [['special', 'finishedService'], []],
    [['sensitiveCase'], ['couple']],
    [['unreadPolicy'], ['noConsent', 'couple', 'english']],
  ])('has %j without %j three times over', (wanted, unwanted) => {
    const found = traitsOf().filter(
      (traits) => wanted.every((t) => traits.includes(t)) && !unwanted.some((t) => traits.includes(t)),
    );
    expect(found.length).toBeGreaterThanOrEqual(3);
  });

  it('tells the truth about ages and unread policies', async () => {
    const policies = createPolicies({ database, clock });
    for (const { name, age, traits } of residents()) {
      const [row] = await database.db.select().from(schema.resident).where(eq(schema.resident.name, name));
      expect(ageOn(row?.birthDate ?? '', TODAY)).toBe(age);
      const unheard = (await policies.concerning(row?.id ?? '')).some(({ heard }) => !heard);
      expect([name, traits.includes('unreadPolicy')]).toEqual([name, unheard]);
    }
  });

  it('is there before the community is: nothing is made when it cannot be kept', async () => {
    const other = await freshDatabase();
    const keep = () => Promise.reject(new Error('disk full'));
    await expect(seedCommunity({ ...parts(other), keep })).rejects.toThrow('disk full');
    expect((await countsOf(other))?.resident).toBe(0);
  });

  it('is written whole, for its owner alone', async () => {
    const path = join(scratch, 'demo.json');
    await writeDemo(path, 'http://127.0.0.1:8080', demo);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      baseUrl: 'http://127.0.0.1:8080',
      accounts: expect.any(Array),
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is written whole by instances that start at the same time, and nothing is left beside it', async () => {
    const directory = mkdtempSync(join(scratch, 'shared-'));
    const addresses = Array.from({ length: 8 }, (_, n) => `http://127.0.0.1:${9000 + n}`);
    await Promise.all(addresses.map((address) => writeDemo(join(directory, 'demo.json'), address, demo)));
    expect(readdirSync(directory)).toEqual(['demo.json']);
    expect(addresses).toContain(JSON.parse(readFileSync(join(directory, 'demo.json'), 'utf8')).baseUrl);
  });
});

describe('slots ahead', () => {
  it('are added daily without touching what is booked, and not on days off', async () => {
    const before = await countsOf(database);
    expect(await makeSlots(database, calendar, TODAY, 14)).toBe(0);
    expect(await countsOf(database)).toEqual(before);
    expect(await makeSlots(database, calendar, '2026-12-07', 1)).toBeGreaterThan(200);
    expect(await makeSlots(database, calendar, '2027-01-01', 1)).toBe(6); // a holiday: the lockers only
  });
});

import { and, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBinhai } from '../../src/connectors/binhai.ts';
import { createSms, TEMPLATES } from '../../src/connectors/sms.ts';
import { type Inbox, startInbox } from '../../src/connectors/stand-ins/inbox.ts';
import type { Chime } from '../../src/jobs/chimes.ts';
import { deliverAll } from '../../src/jobs/deliveries.ts';
import { type Receivers, routesTo } from '../../src/jobs/deliveries-routes.ts';
import { createLog } from '../../src/log.ts';
import { readTexts } from '../../src/services/notices/texts.ts';
import { createContacts, relativePhoneOf } from '../../src/services/residents/contacts.ts';
import { phoneOf } from '../../src/services/residents/homes.ts';
import type { Database } from '../../src/store/database.ts';
import { enqueue, type Message } from '../../src/store/outbox.ts';
import {
  application,
  booking,
  callback,
  consent,
  household,
  outbox,
  place,
  relative,
  resident,
  speaker,
  staff,
  visit,
} from '../../src/store/schema.ts';
import { auditOf, fields, seeded } from '../services/sample.ts';
import { atEnd, fixedClock, freshDatabase } from '../support/stores.ts';

const clock = fixedClock('2026-11-23T09:30');
const log = createLog({ level: 'silent' });
const PHONE = '12000001234';
let database: Database;
let binhai: Inbox;
let sms: Inbox;
let residentId: string;
let chimes: unknown[] = [];
const alexa: Chime = {
  brand: 'alexa',
  send: async (target, notice) => {
    chimes.push([target, notice]);
    return 'sent';
  },
};

beforeAll(async () => {
  database = await freshDatabase();
  await seeded(database, clock);
  [binhai, sms] = [await startInbox({ key: 'b' }), await startInbox({ key: 's' })];
  atEnd(binhai.close);
  atEnd(sms.close);
  const [her] = await database.db.select().from(resident).where(eq(resident.state, 'living')).limit(1);
  residentId = her?.id ?? '';
  const phoneSealed = fields.seal(PHONE, phoneOf(residentId));
  await database.db.update(resident).set({ phoneSealed }).where(eq(resident.id, residentId));
});
beforeEach(async () => {
  chimes = [];
  await database.db.delete(outbox);
});

const connected = (): Receivers => ({
  binhai: createBinhai({ url: binhai.url, key: 'b' }),
  sms: createSms({ url: sms.url, key: 's' }),
  pushes: [alexa],
});
async function deliver(message: Message, receivers = connected()) {
  const id = await database.transaction((tx) => enqueue(tx, message));
  const contacts = createContacts({ database, fields, clock });
  const bus = { toDevice: async () => false };
  await deliverAll({ database, clock, log }, routesTo({ database, clock, bus, contacts, receivers }));
  const [row] = await database.db.select().from(outbox).where(eq(outbox.id, id));
  return { id, row };
}
const consented = (given: boolean) =>
  database.db.insert(consent).values({ residentId, purpose: 'sms', textVersion: '1', given });

describe('the service platform', () => {
  it('is told of a booking as it stands, without a person in it', async () => {
    const [made] = await database.db.select().from(booking).limit(1);
    const payload = { bookingId: made?.id };
    const { id, row } = await deliver({ destination: 'binhai', topic: 'booking.booked', payload });
    expect(row?.sentAt).toEqual(clock.now());
    const told = binhai.kept().find((one) => one.id === id);
    expect(told).toMatchObject({
      path: '/events',
      body: { topic: 'booking.booked', booking: { id: made?.id, state: made?.state } },
    });
    expect(Object.keys(told?.body.booking as object).sort()).toEqual(
      ['caseNumber', 'changedAt', 'day', 'direction', 'id', 'matter', 'mode', 'place', 'start', 'state'].filter(
        (name) => name !== 'caseNumber' || made?.caseId,
      ),
    );
  });

  it('is told of a visit and of an application, each by what it is', async () => {
    const { db } = database;
    const values = { residentId, matter: '老年乘车卡', day: '2026-11-25', half: 'PM' as const };
    const [asked] = await db.insert(visit).values(values).returning();
    const [made] = await db
      .insert(application)
      .values({ residentId, matter: '老年乘车卡', kind: 'first', state: 'withdrawn' })
      .returning();
    const messages = [
      { topic: 'visit.requested', payload: { visitId: asked?.id } },
      { topic: 'application.withdrawn', payload: { applicationId: made?.id } },
    ];
    for (const message of messages) {
      const { id, row } = await deliver({ destination: 'binhai', ...message });
      expect(row).toMatchObject({ sentAt: clock.now(), lastError: null });
      expect(binhai.kept().find((one) => one.id === id)?.body).toMatchObject({ topic: message.topic });
    }
    const told = binhai.kept().map(({ body }) => body);
    const fact = { id: asked?.id, matter: '老年乘车卡', day: '2026-11-25', half: 'PM', state: 'requested' };
    expect(told).toContainEqual({ topic: 'visit.requested', visit: { ...fact, changedAt: expect.any(String) } });
    expect(told).toContainEqual({
      topic: 'application.withdrawn',
      application: {
        id: made?.id,
        matter: '老年乘车卡',
        kind: 'first',
        state: 'withdrawn',
        changedAt: expect.any(String),
      },
    });
    expect(JSON.stringify(told)).not.toContain(residentId);
  });

  it('of what is gone, is told nothing', async () => {
    const payload = { visitId: residentId };
    const { row } = await deliver({ destination: 'binhai', topic: 'visit.moved', payload });
    expect(row).toMatchObject({ lastError: 'no longer of use', deadAt: clock.now() });
  });

  it('that is not connected is not missed: the message lies until it is', async () => {
    const message = { destination: 'binhai', topic: 'booking.booked', payload: { bookingId: 'x' } };
    const { row } = await deliver(message, { pushes: [] });
    expect(row).toMatchObject({ attempts: 0, sentAt: null, deadAt: null, lastError: null });
  });
});

describe('a text message', () => {
  const message = { destination: 'sms', topic: 'told', payload: {} };
  const toHer = (more = {}) => ({
    ...message,
    payload: { residentId, template: 'ready', values: { place: 'A' }, ...more },
  });

  it('goes to her number with her consent, and the reading is written down', async () => {
    await consented(true);
    const { id, row } = await deliver(toHer());
    expect(row?.sentAt).toEqual(clock.now());
    expect(sms.kept().find((one) => one.id === id)?.body).toEqual({
      to: PHONE,
      template: 'ready',
      values: { place: 'A' },
    });
    expect(await auditOf(database, residentId)).toContainEqual(expect.objectContaining({ fields: ['phone'] }));
    expect(JSON.stringify(row)).not.toContain(PHONE);
  });

  it('does not go after she took it back, nor when it is over', async () => {
    await consented(false);
    expect((await deliver(toHer())).row).toMatchObject({ lastError: 'no number or no consent', deadAt: clock.now() });
    await consented(true);
    const over = await deliver(toHer({ expires: '2026-11-23T01:29:59Z' }));
    expect(over.row?.lastError).toBe('no longer of use');
    expect(sms.kept().some(({ id }) => id === over.id)).toBe(false);
  });
});

describe('an emergency', () => {
  async function raised() {
    const [home] = await database.db.select().from(household).limit(1);
    const values = { stationId: home?.stationId ?? '', reason: 'emergency', dueAt: clock.now() };
    const [made] = await database.db.insert(callback).values(values).returning();
    await database.db.update(staff).set({ phone: null });
    const clerks = await database.db
      .update(staff)
      .set({ phone: '12000005678' })
      .where(and(eq(staff.placeId, values.stationId), eq(staff.role, 'clerk')))
      .returning();
    expect(clerks.length).toBeGreaterThan(0);
    return {
      made,
      message: { destination: 'station', topic: 'emergency', payload: { callbackId: made?.id, kind: 'fall' } },
    };
  }

  it('reaches the people on duty, and says only that somebody is to be called', async () => {
    const { made, message } = await raised();
    const { id, row } = await deliver(message);
    expect(row?.sentAt).toEqual(clock.now());
    const told = sms.kept().filter((one) => one.id.startsWith(id));
    expect(told.map(({ body }) => body)).toEqual([
      {
        to: '12000005678',
        template: 'emergency',
        values: { kind: 'fall', what: '摔倒了', number: made?.id.slice(0, 8) },
      },
    ]);
  });

  it('reaches those near her too, while her last word on that is yes', async () => {
    const { made, message } = await raised();
    const mine = eq(resident.id, residentId);
    const [her] = await database.db.update(resident).set({ called: '王姨' }).where(mine).returning();
    const [box] = await database.db
      .select()
      .from(speaker)
      .where(eq(speaker.householdId, her?.householdId ?? ''));
    const at = eq(callback.id, made?.id ?? '');
    await database.db.update(callback).set({ speakerId: box?.id }).where(at);
    const id = crypto.randomUUID();
    const phoneSealed = fields.seal('12000007777', relativePhoneOf(id));
    const son = {
      id,
      residentId,
      name: '示例',
      relation: '儿子',
      phoneSealed,
      phoneIndex: fields.index('12000007777'),
    };
    await database.db.insert(relative).values(son);
    const agrees = (given: boolean) =>
      database.db.insert(consent).values({ residentId, purpose: 'relatives', textVersion: '1', given });
    const toFamily = async () => {
      const sent = await deliver(message);
      return sms
        .kept()
        .filter((one) => one.id.startsWith(`${sent.id}:near`))
        .map(({ body }) => body);
    };
    await agrees(false);
    expect(await toFamily()).toEqual([]);
    await agrees(true);
    expect(await toFamily()).toEqual([
      { to: '12000007777', template: 'emergency_relative', values: { kind: 'fall', what: '摔倒了', called: '王姨' } },
    ]);
    expect(await auditOf(database, residentId)).toContainEqual(expect.objectContaining({ fields: ['relativePhone'] }));
    await database.db.update(relative).set({ endedAt: clock.now() }).where(eq(relative.id, id));
    expect(await toFamily()).toEqual([]);
  });

  it('that has been answered meanwhile alarms nobody', async () => {
    const { made, message } = await raised();
    await database.db
      .update(callback)
      .set({ state: 'closed' })
      .where(eq(callback.id, made?.id ?? ''));
    const { id, row } = await deliver(message);
    expect([row?.lastError, sms.kept().filter((one) => one.id.startsWith(id))]).toEqual(['no longer of use', []]);
  });
});

describe('a chime by a brand', () => {
  it('reaches a speaker that belongs to a home, not in its quiet hours, and tells how long it is of use', async () => {
    const bound = and(eq(speaker.brand, 'alexa'), eq(speaker.status, 'bound'));
    const [at] = await database.db.select().from(speaker).where(bound).limit(1);
    const payload = { speakerId: at?.id, kind: 'policy', expires: '2026-11-23T02:30:00Z' };
    const { id, row } = await deliver({ destination: 'push:alexa', topic: 'notice', payload });
    expect(row?.sentAt).toEqual(clock.now());
    expect(chimes).toEqual([
      [expect.objectContaining({ device: at?.brandDevice }), { id, kind: 'policy', forSeconds: 3600 }],
    ]);
    clock.set('2026-11-23T21:30');
    const evening = { ...payload, expires: '2026-11-24T02:30:00Z' };
    const late = await deliver({ destination: 'push:alexa', topic: 'notice', payload: evening });
    expect([late.row?.dueAt, chimes.length]).toEqual([new Date('2026-11-24T08:00:00+08:00'), 1]);
    clock.set('2026-11-23T09:30');
    await database.db
      .update(speaker)
      .set({ status: 'suspended' })
      .where(eq(speaker.id, at?.id ?? ''));
    const after = await deliver({ destination: 'push:alexa', topic: 'notice', payload });
    expect([after.row?.lastError, chimes.length]).toEqual(['no longer of use', 1]);
  });
});

describe('what oversight found', () => {
  const found = (stationId: string | null, expires = '2026-11-25T09:30:00+08:00') => ({
    destination: 'duty',
    topic: 'oversight.overdue',
    payload: { what: 'overdue', stationId, figures: { count: 2 }, expires },
  });
  const toldOf = (id: string) =>
    sms
      .kept()
      .filter((one) => one.id.startsWith(id))
      .map(({ body }) => body);

  it('is told to the people on duty at that station, by how many and never whom; else to the supervisors', async () => {
    const [station] = await database.db.select().from(place).where(eq(place.kind, 'station')).limit(1);
    await database.db.update(staff).set({ phone: null });
    const onDuty = and(eq(staff.placeId, station?.id ?? ''), eq(staff.role, 'clerk'));
    await database.db.update(staff).set({ phone: '12000005678' }).where(onDuty);
    await database.db.update(staff).set({ phone: '12000009999' }).where(eq(staff.role, 'supervisor'));
    const here = await deliver(found(station?.id ?? ''));
    expect(toldOf(here.id)).toEqual([
      { to: '12000005678', template: 'oversight_overdue', values: { station: station?.name, count: '2' } },
    ]);
    const above = await deliver(found(null));
    expect(toldOf(above.id)).toEqual([{ to: '12000009999', template: 'oversight_overdue', values: { count: '2' } }]);
  });

  it('that is two days old is told to nobody', async () => {
    const { id, row } = await deliver(found(null, '2026-11-23T09:00:00+08:00'));
    expect([toldOf(id), row?.lastError]).toEqual([[], 'no longer of use']);
  });
});

describe('the texts of messages', () => {
  it('stand beside every template, and name nothing but what comes with it', () => {
    const { templates, emergency } = readTexts();
    expect(Object.keys(templates).sort()).toEqual(Object.keys(TEMPLATES).sort());
    for (const [name, values] of Object.entries(TEMPLATES)) {
      const named = [...(templates[name] ?? '').matchAll(/\{(\w+)\}/g)].map(([, value]) => value);
      expect([name, named.filter((one) => !(values as readonly (string | undefined)[]).includes(one))]).toEqual([
        name,
        [],
      ]);
    }
    expect([emergency('fall'), emergency('toString')]).toEqual(['摔倒了', '要人帮忙']);
  });
});

import { createHmac } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Asked, type StandIn, standIn } from '../../src/connectors/stand-ins/server.ts';
import { createWebhook } from '../../src/connectors/webhook.ts';
import { deliverAll } from '../../src/jobs/deliveries.ts';
import { webhookRoute } from '../../src/jobs/webhooks.ts';
import { createLog } from '../../src/log.ts';
import { createFleet } from '../../src/services/fleet/fleet.ts';
import { createWebhookEndpoints } from '../../src/services/fleet/webhook-endpoints.ts';
import type { Database } from '../../src/store/database.ts';
import { createFields } from '../../src/store/fields.ts';
import { parseKeyRing } from '../../src/store/keys.ts';
import { staff } from '../../src/store/schema.ts';
import { aHousehold, aStation } from '../support/records.ts';
import { testSecrets } from '../support/secrets.ts';
import { ENGINES, fixedClock } from '../support/stores.ts';

const log = createLog({ level: 'silent' });

/** A property system that checks signatures with code of its own, and drops what it has heard. */
async function propertySystem() {
  const heard = new Map<string, { type: string; data: Record<string, unknown> }>();
  const forged: string[] = [];
  let secret = '';
  const take = ({ headers, body }: Asked) => {
    const [id, seconds] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
    const key = Buffer.from(secret.split('_')[1] ?? '', 'base64');
    const right = createHmac('sha256', key).update([id, seconds, body].join('.')).digest('base64');
    if (headers['webhook-signature'] !== `v1,${right}`) forged.push(id);
    else heard.set(id, JSON.parse(body));
    return { status: 204 };
  };
  const server: StandIn = await standIn(take);
  return {
    ...server,
    heard,
    forged,
    knows: (its: string) => {
      secret = its;
    },
  };
}

describe.each(ENGINES)('events of speakers to the property system, on %s', (_name, fresh) => {
  const clock = fixedClock('2026-11-23T09:30');
  let database: Database;
  let operator: { kind: 'staff'; id: string; role: string };
  let householdId: string;
  let receiver: Awaited<ReturnType<typeof propertySystem>>;
  beforeAll(async () => {
    database = await fresh();
    const { station } = await aStation(database.db);
    householdId = (await aHousehold(database.db, station.id)).id;
    const values = {
      username: 'op',
      name: 'op',
      role: 'operator' as const,
      passwordHash: 'x',
      passwordChangedAt: new Date(),
    };
    const [row] = await database.db.insert(staff).values(values).returning();
    operator = { kind: 'staff', id: row?.id ?? '', role: 'operator' };
  });
  beforeEach(async () => {
    receiver = await propertySystem();
  });
  afterEach(() => receiver.close());

  const { fieldKeys, indexKey } = testSecrets();
  const fields = createFields({ keys: parseKeyRing(fieldKeys), indexKey: Buffer.from(indexKey, 'base64') });
  const made = (allowLoopback = true) => {
    const endpoints = createWebhookEndpoints({ database, fields, clock });
    const webhook = createWebhook({ allowLoopback, clock, deadlineMs: 1000 });
    const routes = new Map([['webhook', webhookRoute({ endpoints, webhook })]]);
    return { endpoints, deliver: () => deliverAll({ database, clock, log }, routes) };
  };

  async function subscribed(events: string[], parts = made()) {
    const { id, secret } = await parts.endpoints.add({ name: 'a', url: `${receiver.url}/events`, events }, operator);
    receiver.knows(secret);
    return { ...parts, id };
  }
  let count = 0;
  async function aSpeakerIsBoundAndWiped() {
    const fleet = createFleet({ database, clock });
    const n = ++count;
    const { id } = await fleet.register(`r${n}`, { serial: `W-${n}`, brand: 'dueros', deviceId: `w-${n}` }, operator);
    await fleet.bind(`b${n}`, id, { householdId }, operator);
    await fleet.wipe(`w${n}`, id, {}, operator);
    return id;
  }

  it('are signed, hold ids and no person, and only those asked for are sent', async () => {
    const parts = await subscribed(['speaker.bound', 'speaker.wiped']);
    const speakerId = await aSpeakerIsBoundAndWiped();
    await parts.deliver();
    expect(receiver.forged).toEqual([]);
    const events = [...receiver.heard.values()];
    expect(events.map(({ type }) => type).sort()).toEqual(['speaker.bound', 'speaker.wiped']);
    const bound = events.find(({ type }) => type === 'speaker.bound');
    expect(bound?.data).toEqual({
      speaker: {
        id: speakerId,
        serial: `W-${count}`,
        brand: 'dueros',
        deviceId: `w-${count}`,
        status: 'bound',
        householdId,
      },
    });
    await parts.endpoints.disable(parts.id, operator);
  });

  it('that were not taken come again under the same id, and are heard once', async () => {
    const parts = await subscribed(['speaker.bound']);
    receiver.next(503, 'lost');
    await aSpeakerIsBoundAndWiped();
    await parts.deliver();
    expect(receiver.heard.size).toBe(0);
    clock.advance({ seconds: 11 });
    await parts.deliver(); // the acknowledgement is lost on the way
    clock.advance({ seconds: 30 });
    await parts.deliver();
    expect([receiver.asked(), receiver.heard.size]).toEqual([3, 1]);
    const [row] = (await parts.endpoints.list()).filter(({ id }) => id === parts.id);
    expect(row).toMatchObject({ lastOutcome: 'status 204', disabledAt: null });
    await parts.endpoints.disable(parts.id, operator);
  });

  it('end where the receiver says that it is over, and nothing goes to one that was removed', async () => {
    const parts = await subscribed(['speaker.bound']);
    receiver.next(410);
    await aSpeakerIsBoundAndWiped();
    await parts.deliver();
    expect((await parts.endpoints.list()).find(({ id }) => id === parts.id)?.disabledAt).not.toBeNull();
    await aSpeakerIsBoundAndWiped();
    await parts.deliver();
    expect(receiver.asked()).toBe(1);
  });

  it('go to this very machine in the sample community only, and never to a cloud’s own addresses', async () => {
    const parts = await subscribed(['speaker.bound'], made(false));
    await aSpeakerIsBoundAndWiped();
    await parts.deliver();
    expect(receiver.asked()).toBe(0);
    expect((await parts.endpoints.list()).find(({ id }) => id === parts.id)?.lastOutcome).toBe('forbidden address');
    await parts.endpoints.disable(parts.id, operator);
    const webhook = createWebhook({ allowLoopback: true, clock });
    const target = { url: 'http://169.254.169.254/latest', secret: 'whsec_AAAA' };
    expect(await webhook.post(target, 'x', {})).toMatchObject({ outcome: 'refused', why: 'forbidden address' });
  });

  it('arrive as a ping when somebody tries the line, and not once the address was no address', async () => {
    const parts = await subscribed(['speaker.silent']);
    await parts.endpoints.ping(parts.id);
    await parts.deliver();
    expect([...receiver.heard.values()].map(({ type }) => type)).toEqual(['ping']);
    for (const url of ['ftp://x/y', 'http://user:secret@x/', 'no address', 'https://x/#part']) {
      expect(() => parts.endpoints.add({ name: 'a', url, events: [] }, operator)).toThrow('BAD_INPUT');
    }
    await parts.endpoints.disable(parts.id, operator);
  });
});

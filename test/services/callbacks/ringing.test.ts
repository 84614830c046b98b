import { eq } from 'drizzle-orm';
import Fastify from 'fastify';
import { beforeAll, expect, it } from 'vitest';
import { carrierNews } from '../../../src/api/carrier-news.ts';
import { createCarrier } from '../../../src/connectors/carrier.ts';
import { type CarrierStandIn, startCarrier } from '../../../src/connectors/stand-ins/carrier.ts';
import { createCallbackRinging } from '../../../src/services/callbacks/ringing.ts';
import { createCallbackRung } from '../../../src/services/callbacks/rung.ts';
import { phoneOf } from '../../../src/services/residents/homes.ts';
import { audit, callback, resident, staff } from '../../../src/store/schema.ts';
import { herself, openStreet, type Street, staffActor } from '../../calls/stage.ts';
import { atEnd, freshDatabase } from '../../support/stores.ts';
import { fields } from '../sample.ts';

let street: Street;
let server: CarrierStandIn;
let ring: ReturnType<typeof createCallbackRinging>;
let clerk: string;
let owed: string;
beforeAll(async () => {
  street = await openStreet(await freshDatabase());
  server = await startCarrier();
  atEnd(() => server.close());
  const at = await street.places();
  clerk = await street.clerk(at.station, { phone: '02266660001' });
  const home = await street.home(at.station);
  const phoneSealed = fields.seal('13920001234', phoneOf(home.residentId));
  await street.database.db.update(resident).set({ phoneSealed }).where(eq(resident.id, home.residentId));
  owed = (await street.callbacks.request('owed', street.wish(home), herself)).id;
  ring = createCallbackRinging({ ...street.parts, fields, carrier: createCarrier({ url: server.url }) });
});

it('rings the clerk, then the resident, once for each try, and it is written down', async () => {
  await ring(owed, staffActor(clerk));
  await ring(owed, staffActor(clerk));
  expect(server.joined()).toMatchObject([{ from: '02266660001', to: '13920001234' }]);
  await street.callbacks.tried('tried', owed, {}, staffActor(clerk));
  await ring(owed, staffActor(clerk));
  expect(server.joined()).toHaveLength(2);
  const written = await street.database.db.select().from(audit).where(eq(audit.action, 'callback.rung'));
  expect(written).toHaveLength(3);
  expect(JSON.stringify(written)).not.toContain('13920001234');
});

it('hears from the carrier what became of a try: nobody there uses it up once, a talk leaves it to the clerk', async () => {
  const rung = createCallbackRung(street.parts);
  const now = async () => (await street.database.db.select().from(callback).where(eq(callback.id, owed)))[0];
  const triesNow = async () => (await now())?.tries ?? -1;
  const before = await triesNow();
  expect(await now()).toMatchObject({ carrierState: 'ringing', carrierAt: expect.any(Date) });
  const key = server.joined().at(-1)?.key ?? '';
  await rung({ key, state: 'no_answer' });
  await rung({ key, state: 'no_answer' });
  expect(await triesNow()).toBe(before + 1);
  expect(await now()).toMatchObject({ carrierState: 'no_answer' });
  await ring(owed, staffActor(clerk));
  const next = server.joined().at(-1)?.key ?? '';
  await street.callbacks.tried('by hand', owed, {}, staffActor(clerk)); // she was faster than the carrier
  await rung({ key: next, state: 'busy' });
  expect(await triesNow()).toBe(before + 2);
  expect(await now()).toMatchObject({ carrierState: 'ringing' }); // of an earlier try: no news
  await ring(owed, staffActor(clerk));
  await rung({ key: server.joined().at(-1)?.key ?? '', state: 'talked' });
  const [talked] = await street.database.db.select().from(audit).where(eq(audit.action, 'callback.talked'));
  expect(await now()).toMatchObject({ carrierState: 'talked' });
  expect(talked).toMatchObject({ actorKind: 'system', subject: `callback:${owed}` });
  expect(await triesNow()).toBe(before + 2);
  await expect(rung({ key: 'callback:none:0', state: 'talked' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('takes news with the key of the carrier only', async () => {
  const app = Fastify();
  const told: unknown[] = [];
  await app.register(carrierNews, { key: 'between-us', heard: async (news) => void told.push(news) });
  const body = { key: 'callback:x:0', state: 'busy' };
  const post = (authorization: string, payload: object = body) =>
    app.inject({ method: 'POST', url: '/webhooks/carrier', headers: { authorization }, payload });
  expect((await post('Bearer nonsense')).statusCode).toBe(401);
  expect((await post('Bearer between-us', { ...body, state: 'dancing' })).statusCode).toBe(400);
  expect(told).toEqual([]);
  expect((await post('Bearer between-us')).statusCode).toBe(204);
  expect(told).toEqual([body]);
  await app.close();
});

it('is refused without a number, when the carrier does not take it, and when it is closed', async () => {
  server.next(503);
  await expect(ring(owed, staffActor(clerk))).rejects.toMatchObject({ code: 'OVERLOADED' });
  const { db } = street.database;
  const [refused] = await db.select().from(callback).where(eq(callback.id, owed));
  expect(refused).toMatchObject({ carrierState: 'failed' });
  await db.update(staff).set({ phone: null }).where(eq(staff.id, clerk));
  await expect(ring(owed, staffActor(clerk))).rejects.toMatchObject({ code: 'CALL_NO_PHONE' });
  await db.update(callback).set({ state: 'closed' }).where(eq(callback.id, owed));
  await expect(ring(owed, staffActor(clerk))).rejects.toMatchObject({ code: 'NOT_IN_THIS_STATE' });
});

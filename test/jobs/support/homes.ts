/** Homes of a test's own with everything about them that decides about a chime, and the jobs that ring there. */
import { randomUUID } from 'node:crypto';
import { asc, eq, inArray } from 'drizzle-orm';
import { createSms } from '../../../src/connectors/sms.ts';
import { type AlexaStandIn, startAlexa } from '../../../src/connectors/stand-ins/alexa.ts';
import { type AligenieStandIn, startAligenie } from '../../../src/connectors/stand-ins/aligenie.ts';
import { type Inbox, startInbox } from '../../../src/connectors/stand-ins/inbox.ts';
import { deliverAll } from '../../../src/jobs/deliveries.ts';
import { type Receivers, routesTo } from '../../../src/jobs/deliveries-routes.ts';
import { dispatchNotices } from '../../../src/jobs/notices.ts';
import { createLog } from '../../../src/log.ts';
import { createAlexaPush } from '../../../src/platforms/alexa/push.ts';
import { createAligeniePush } from '../../../src/platforms/aligenie/push.ts';
import { createDuerosPush } from '../../../src/platforms/dueros/push.ts';
import { createNotices, type NewNotice, planNotice } from '../../../src/services/notices/notices.ts';
import { createContacts } from '../../../src/services/residents/contacts.ts';
import { phoneOf } from '../../../src/services/residents/homes.ts';
import type { Database } from '../../../src/store/database.ts';
import { consent, delivery, notice, outbox, policy, type resident, type speaker } from '../../../src/store/schema.ts';
import { fields } from '../../services/sample.ts';
import { aHousehold, aResident, aSpeaker, aStation } from '../../support/records.ts';
import { atEnd, type FixedClock, freshDatabase } from '../../support/stores.ts';

type Brand = typeof speaker.$inferSelect.brand;

export interface Wish {
  brands?: Brand[];
  /** Members of `resident`, one for each who lives there. */
  people?: Partial<typeof resident.$inferInsert>[];
  /** Their word on being spoken to. */
  push?: boolean;
  sms?: boolean;
  phone?: string;
}

const KEYS = { accessKey: 'ak', secretKey: 'sk' };
const CLIENT = { clientId: 'client', clientSecret: 'secret' };

export interface Vendors {
  alexa: AlexaStandIn;
  aligenie: AligenieStandIn;
  sms: Inbox;
}

async function startVendors(clock: FixedClock): Promise<Vendors> {
  const alexa = await startAlexa(CLIENT);
  const aligenie = await startAligenie(KEYS, () => clock.now());
  const sms = await startInbox();
  for (const one of [alexa, aligenie, sms]) atEnd(one.close);
  return { alexa, aligenie, sms };
}

function receiversOf({ alexa, aligenie, sms }: Vendors, clock: FixedClock): Receivers {
  const { url: apiUrl, tokenUrl } = alexa;
  return {
    sms: createSms({ url: sms.url }),
    pushes: [
      createAlexaPush({ ...CLIENT, apiUrl, tokenUrl, stage: 'live', sender: 'Jialiban', clock }),
      createAligeniePush({ ...KEYS, apiUrl: aligenie.url, skillId: '1', templateId: 't', clock }),
      createDuerosPush(),
    ],
  };
}

/** @param clock business time; signatures of the stand-ins follow it too */
export async function openStreet(clock: FixedClock, given?: Database) {
  const database = given ?? (await freshDatabase());
  const { db } = database;
  const vendors = await startVendors(clock);
  const { station } = await aStation(db);
  const online = new Set<string>();
  /** What reached our own speakers: device and frame. */
  const rung: [string, unknown][] = [];
  const bus = {
    toDevice: async (device: string, frame: unknown) => {
      if (online.has(device)) rung.push([device, frame]);
      return online.has(device);
    },
  };
  const presence = { where: async (device: string) => (online.has(device) ? 'here' : undefined) };
  const receivers = receiversOf(vendors, clock);
  const contacts = createContacts({ database, fields, clock });
  const log = createLog({ level: 'silent' });
  const routes = routesTo({ database, clock, bus, contacts, receivers });
  const notices = createNotices({ database, clock });

  async function home(wish: Wish = {}) {
    const house = await aHousehold(db, station.id);
    const people = [];
    for (const one of wish.people ?? [{}]) people.push(await person(house.id, one, wish));
    const speakers = [];
    for (const brand of wish.brands ?? ['speaker'])
      speakers.push(await aSpeaker(db, house.id, { brand, brandUser: `user-${brand}` }));
    const [her] = people;
    if (!her) throw new Error('nobody lives here');
    const device = speakers.find(({ brand }) => brand === 'speaker')?.brandDevice ?? '';
    return { her, people, speakers, device };
  }

  async function person(householdId: string, over: Partial<typeof resident.$inferInsert>, wish: Wish) {
    const id = randomUUID();
    const phoneSealed = wish.phone ? fields.seal(wish.phone, phoneOf(id)) : undefined;
    const her = await aResident(db, householdId, { id, phoneSealed, ...over });
    const words = { push: wish.push ?? true, sms: wish.sms ?? false };
    for (const [purpose, said] of Object.entries(words))
      await db.insert(consent).values({ residentId: id, purpose, textVersion: '1', given: said });
    return her;
  }

  /** Published, and planned for these. */
  async function publish(residents: { id: string }[], over: Partial<typeof policy.$inferInsert> = {}): Promise<string> {
    const plain = {
      code: randomUUID(),
      title: 't',
      gist: 'g',
      body: 'b',
      source: 's',
      audience: { reason: 'policy.reason_all' },
    };
    const dates = { validFrom: clock.now().toISOString().slice(0, 10), state: 'published' as const };
    const [made] = await db
      .insert(policy)
      .values({ ...plain, ...dates, ...over })
      .returning();
    const policyId = made?.id ?? '';
    for (const { id } of residents)
      await db.insert(delivery).values({ policyId, residentId: id, reason: 'policy.reason_all', dueAt: clock.now() });
    return policyId;
  }

  /** The jobs, until nothing more happens at this instant. */
  async function run(): Promise<void> {
    for (let round = 0; round < 5; round += 1) {
      await dispatchNotices({ database, presence, clock, pushes: receivers.pushes, texts: true });
      await deliverAll({ database, clock, log }, routes);
    }
  }

  const plan = (one: Partial<NewNotice> & { residentId: string }) => {
    const now = clock.now();
    const rest = {
      kind: 'progress' as const,
      subject: `case:${randomUUID()}:accepted`,
      expiresAt: new Date(now.getTime() + 14 * 86_400_000),
    };
    return database.transaction((tx) => planNotice(tx, { ...rest, ...one }, now));
  };
  const of = (...residents: { id: string }[]) =>
    db
      .select()
      .from(notice)
      .where(
        inArray(
          notice.residentId,
          residents.map(({ id }) => id),
        ),
      )
      .orderBy(asc(notice.createdAt), asc(notice.id));
  const deliveryOf = async ({ id }: { id: string }, policyId: string) =>
    (await db.select().from(delivery).where(eq(delivery.residentId, id))).find((one) => one.policyId === policyId);
  const messages = (destination: string) => db.select().from(outbox).where(eq(outbox.destination, destination));

  return { database, vendors, notices, online, rung, home, publish, plan, run, of, deliveryOf, messages };
}

export type Street = Awaited<ReturnType<typeof openStreet>>;

/** The interface on real stores, with people who sign in through it. */
import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { api } from '../../src/api/index.ts';
import type { ApiParts } from '../../src/api/parts.ts';
import { readWords } from '../../src/api/words.ts';
import { shanghaiDay } from '../../src/clock.ts';
import { createCarrier } from '../../src/connectors/carrier.ts';
import { createPrintedMonth } from '../../src/printed-month.ts';
import { createBookings } from '../../src/services/bookings/bookings.ts';
import { createCalendar } from '../../src/services/calendar.ts';
import { createCallbacks } from '../../src/services/callbacks/callbacks.ts';
import { createApplications } from '../../src/services/cases/applications.ts';
import { createCases } from '../../src/services/cases/cases.ts';
import { loadCatalogue } from '../../src/services/catalogue/catalogue.ts';
import { createTicketDesk } from '../../src/services/feedback/ticket-desk.ts';
import { createApiKeys } from '../../src/services/fleet/api-keys.ts';
import { createFirmware } from '../../src/services/fleet/firmware.ts';
import { createFleet } from '../../src/services/fleet/fleet.ts';
import { createFleetHealth } from '../../src/services/fleet/health.ts';
import { createInstallations } from '../../src/services/fleet/installations.ts';
import { createMessages } from '../../src/services/fleet/messages.ts';
import { createSpeakerImport } from '../../src/services/fleet/speaker-import/index.ts';
import { createSpeakerSettings } from '../../src/services/fleet/speaker-settings.ts';
import { createWebhookEndpoints } from '../../src/services/fleet/webhook-endpoints.ts';
import { createGuideDesk } from '../../src/services/guides/desk.ts';
import { createGuides } from '../../src/services/guides/guides.ts';
import { createHelping } from '../../src/services/guides/helping.ts';
import { createCallFigures } from '../../src/services/oversight/call-figures.ts';
import { createOversight } from '../../src/services/oversight/oversight.ts';
import { createPolicyAudience } from '../../src/services/policies/audience.ts';
import { createPolicyControl } from '../../src/services/policies/control.ts';
import { createPolicyDesk } from '../../src/services/policies/desk.ts';
import { createFanOut } from '../../src/services/policies/fan-out.ts';
import { createDataRights } from '../../src/services/residents/data-rights.ts';
import { createHomes } from '../../src/services/residents/homes.ts';
import { createHouseholdRegister } from '../../src/services/residents/household-register.ts';
import { createNearPeople } from '../../src/services/residents/near.ts';
import { createPins } from '../../src/services/residents/pins.ts';
import { createProxies } from '../../src/services/residents/proxies.ts';
import { createResidentRegister } from '../../src/services/residents/resident-register.ts';
import { createReveal } from '../../src/services/residents/reveal.ts';
import { createSpecialList } from '../../src/services/residents/special-list/index.ts';
import { createResidentStates } from '../../src/services/residents/state.ts';
import { createStaffService } from '../../src/services/staff/staff.ts';
import { createVisitDesk } from '../../src/services/visits/desk.ts';
import { createVisits } from '../../src/services/visits/visits.ts';
import { createSpeech } from '../../src/speech/index.ts';
import type { Database } from '../../src/store/database.ts';
import { createFields, type Fields } from '../../src/store/fields.ts';
import { parseKeyRing, type Secrets } from '../../src/store/keys.ts';
import { createPresence } from '../../src/store/presence.ts';
import { createRates } from '../../src/store/rates.ts';
import type { RedisClient } from '../../src/store/redis.ts';
import { createTickets } from '../../src/store/tickets.ts';
import { testSecrets } from '../support/secrets.ts';
import { atEnd, type FixedClock, fixedClock, freshDatabase, freshRedis, type TestRedis } from '../support/stores.ts';
import type { Registered } from './owners.ts';
import { createWorld, PASSWORD, type World } from './world.ts';

export const NOW = '2026-11-23T09:30';

export interface Stage {
  app: FastifyInstance;
  parts: ApiParts;
  database: Database;
  redis: TestRedis;
  clock: FixedClock;
  fields: Fields;
  world: World;
  /** Routes as they were registered, for tests that must know all of them. */
  routes: Registered[];
  /** Another process over the same stores. */
  another(): Promise<FastifyInstance>;
  signIn(username: string, app?: FastifyInstance): Promise<Client>;
}

export interface Client {
  cookie: string;
  csrf: string;
  get(url: string): Promise<Answer>;
  post(url: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  delete(url: string): Promise<Answer>;
  /** As it stands, on another instance. */
  on(app: FastifyInstance): Client;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: what the interface answers is what is tested
  body: any;
  text: string;
}

export interface StageOptions {
  mfa?: 'required' | 'optional';
  sampleData?: boolean;
  fresh?: () => Promise<Database>;
}

export async function openStage({
  mfa = 'optional',
  sampleData = true,
  fresh = freshDatabase,
}: StageOptions = {}): Promise<Stage> {
  const [database, redis] = [await fresh(), await freshRedis()];
  const clock = fixedClock(NOW);
  const fields = testFields(testSecrets());
  const world = await createWorld(database, fields, shanghaiDay(clock.now()));
  const secrets = testSecrets();
  const make = (client: RedisClient) => partsOf({ database, redis: client, clock, fields, mfa, sampleData, secrets });
  const parts = make(redis.redis);
  const routes: Stage['routes'] = [];
  const app = await serve(parts, routes);
  return {
    app,
    parts,
    database,
    redis,
    clock,
    fields,
    world,
    routes,
    another: async () => serve(make(await redis.connect('commands')), []),
    signIn: (username, at = app) => signIn(at, username),
  };
}

function testFields({ fieldKeys, indexKey }: Secrets): Fields {
  return createFields({ keys: parseKeyRing(fieldKeys), indexKey: Buffer.from(indexKey, 'base64') });
}

interface Given {
  database: Database;
  redis: RedisClient;
  clock: FixedClock;
  fields: Fields;
  mfa: 'required' | 'optional';
  sampleData: boolean;
  secrets: Secrets;
}

function partsOf({ mfa, ...given }: Given): ApiParts {
  const { database, redis, clock, fields } = given;
  const staff = createStaffService({ database, clock, fields, mfa });
  const presence = createPresence({ redis });
  const policyDesk = createPolicyDesk({ database, clock });
  const calendar = createCalendar(loadCatalogue().holidays);
  const cases = createCases({ database, clock, calendar });
  const bookings = createBookings({ database, clock });
  return {
    ...given,
    longestDelayMs: 60_000, // the machine that runs the tests may be busy with other things
    words: readWords(),
    printed: createPrintedMonth(readWords()),
    speech: createSpeech({ clock }),
    presence,
    carrier: createCarrier({ url: 'http://127.0.0.1:9' }), // nobody listens there: its route is served, and a call is refused
    tickets: createTickets({ redis }),
    rates: createRates({ redis }),
    services: {
      staff,
      homes: createHomes({ database, fields, clock }),
      policyDesk,
      guideDesk: createGuideDesk({ database, clock }),
      oversight: createOversight({ database, clock }),
      dataRights: createDataRights({ database, fields, clock }),
      near: createNearPeople({ database, fields, clock, proxies: createProxies({ database, clock }) }),
      residentStates: createResidentStates({ database, clock, bookings: createBookings({ database, clock }) }),
      specialList: createSpecialList({ database, fields, clock }),
      policyControl: createPolicyControl({ database, clock, desk: policyDesk }),
      policyAudience: createPolicyAudience({ database, clock }),
      fanOut: createFanOut({ database, clock }),
      reveal: createReveal({ database, fields, clock }),
      bookings,
      cases,
      callFigures: createCallFigures({ database }),
      helping: createHelping({
        database,
        bookings,
        applications: createApplications({ database, fields, clock, cases }),
        visits: createVisits({ database, clock, calendar }),
        guides: createGuides({ database, clock }),
      }),
      callbacks: createCallbacks({ database, fields, presence, clock, calendar }),
      visits: createVisitDesk({ database, clock }),
      tickets: createTicketDesk({ database, clock }),
      fleet: createFleet({ database, clock }),
      fleetHealth: createFleetHealth({ database, clock }),
      messages: createMessages({ database, clock }),
      speakerImport: createSpeakerImport({ database, clock }),
      speakerSettings: createSpeakerSettings({ database, clock }),
      firmware: createFirmware({ database, clock }),
      apiKeys: createApiKeys({ database, clock }),
      webhookEndpoints: createWebhookEndpoints({ database, fields, clock }),
      installations: createInstallations({ database, fields, clock, pins: createPins({ database, fields, clock }) }),
      householdRegister: createHouseholdRegister({ database, clock }),
      residentRegister: createResidentRegister({ database, fields, clock }),
    },
  };
}

async function serve(parts: ApiParts, routes: Stage['routes']): Promise<FastifyInstance> {
  const app = Fastify({ trustProxy: true });
  app.addHook('onRoute', ({ method, url, schema }) => {
    for (const one of Array.isArray(method) ? method : [method]) routes.push({ method: one, url, schema });
  });
  await app.register(api, { prefix: '/api', ...parts });
  await app.ready();
  atEnd(() => app.close());
  return app;
}

/** Any request, as a browser would send it. */
export async function ask(app: FastifyInstance, options: InjectOptions): Promise<Answer> {
  const { statusCode: status, headers, body: text } = await app.inject(options);
  const isJson = String(headers['content-type'] ?? '').includes('json');
  return { status, headers, text, body: isJson && text !== '' ? JSON.parse(text) : undefined };
}

export async function signIn(app: FastifyInstance, username: string, password = PASSWORD): Promise<Client> {
  const answer = await ask(app, { method: 'POST', url: '/api/session', payload: { username, password } });
  if (answer.status !== 200) throw new Error(`${username} was not let in: ${answer.text}`);
  return clientOf(app, cookieOf(answer), answer.body.csrfToken);
}

export function cookieOf(answer: Answer): string {
  const set = answer.headers['set-cookie'];
  return String(Array.isArray(set) ? set[0] : set).split(';')[0] ?? '';
}

export function clientOf(app: FastifyInstance, cookie: string, csrf: string): Client {
  const change = (headers: Record<string, string> = {}) => ({ cookie, 'x-csrf-token': csrf, ...headers });
  return {
    cookie,
    csrf,
    get: (url) => ask(app, { method: 'GET', url, headers: { cookie } }),
    post: (url, payload = {}, headers) => ask(app, { method: 'POST', url, payload, headers: change(headers) }),
    delete: (url) => ask(app, { method: 'DELETE', url, headers: change() }),
    on: (other) => clientOf(other, cookie, csrf),
  };
}

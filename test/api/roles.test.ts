import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/store/schema.ts';
import { CODES, heldIn, OWNERS, type Owner, type Reference, type Rows, referencesOf, rowsOfAll } from './owners.ts';
import { ROLES, type Role, RULES, type Rule } from './rules.ts';
import { ask, type Client, openStage, type Stage } from './stage.ts';
import { CANARIES, PLACES, type Where } from './world.ts';

let stage: Stage;
const people = new Map<string, Client>();
const OWN_SCREENS = new Set(['DELETE /api/session']); // would end the session that the next cell needs

beforeAll(async () => {
  stage = await openStage();
  for (const name of [...ROLES, 'centreClerk', 'homelessClerk']) people.set(name, await stage.signIn(name));
});

const as = (name: string) => people.get(name) as Client;

/** The address of a route with real ids in it. */
function fill(url: string): string {
  const noun = url.split('/')[2] ?? '';
  const own = noun === 'staff' ? stage.world.staff.clerkB : stage.world.rows[noun]?.near;
  return url
    .replace(':id', own ?? randomUUID())
    .replace(':session', randomUUID())
    .replace(':deviceId', 'device-near');
}

function call(client: Client, route: string, body: object) {
  const [method, url] = route.split(' ') as [string, string];
  if (method === 'GET') return client.get(fill(url));
  return method === 'DELETE' ? client.delete(fill(url)) : client.post(fill(url), body);
}

const deniedRows = () => stage.database.db.$count(audit, eq(audit.result, 'denied'));

const served = () =>
  stage.routes.filter(
    ({ method, url }) => method !== 'HEAD' && !url.startsWith('/api/docs') && url !== '/api/openapi.json',
  );

describe('the routes of the interface', () => {
  it('are all in the table of who may call what, and no others', () => {
    const names = served().map(({ method, url }) => `${method} ${url}`);
    expect([...new Set(names)].sort()).toEqual(Object.keys(RULES).sort());
  });

  it('name nobody’s rows by a word that is not in the table of owners', () => {
    const unknown = served().flatMap((route) =>
      referencesOf(route)
        .filter(({ noun }) => noun === undefined)
        .map(({ at, name }) => `${route.method} ${route.url} ${at} ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('cannot be registered without a rule', async () => {
    const { default: Fastify } = await import('fastify');
    const { requireRules } = await import('../../src/api/access.ts');
    const app = Fastify();
    requireRules(app);
    expect(() => app.get('/forgotten', async () => 'seen')).toThrow(/no access rule/);
  });
});

describe.each(Object.entries(RULES))('%s', (route, rule) => {
  if (rule.may === 'anybody') {
    it('needs no sign-in', async () => {
      const [method, url] = route.split(' ') as ['GET' | 'POST', string];
      const { status } = await ask(stage.app, {
        method,
        url: fill(url),
        ...(method === 'POST' ? { payload: {} } : {}),
      });
      expect([200, 400]).toContain(status);
    });
    return;
  }

  it('is closed to strangers', async () => {
    const [method, url] = route.split(' ') as ['GET', string];
    const { status, body } = await ask(stage.app, { method, url: fill(url) });
    expect([status, body.code]).toEqual([401, 'SIGN_IN_REQUIRED']);
  });

  if (OWN_SCREENS.has(route)) return;
  it('lets in whose role may, and writes down who else tried', async () => {
    const before = await deniedRows();
    // who may not call a route that names somebody's rows is tried below, on everybody's
    const asked = ROLES.filter((role) => allowed(rule, role) || owned(route).length === 0);
    const answers = await together(asked, (role) => call(as(role), route, { unknownMember: 1 }));
    for (const [role, { status }] of answers) {
      const wanted = allowed(rule, role) ? expected(route) : [rule.sees?.includes(role) ? 403 : 404];
      expect([role, wanted.includes(status) ? wanted : status]).toEqual([role, wanted]);
    }
    expect(await deniedRows()).toBe(before + asked.filter((role) => !allowed(rule, role)).length);
  });
});

const namedBy = (route: string): Reference[] =>
  referencesOf(stage.routes.find(({ method, url }) => `${method} ${url}` === route) ?? { method: '', url: '' });
/** What it names of somebody's in its address or body. */
const owned = (route: string) => namedBy(route).filter(({ noun, at }) => noun && at !== 'query');

/** Each with its answer; all are asked at once. */
const together = <K, A>(of: readonly K[], ask: (one: K) => Promise<A>): Promise<[K, A][]> =>
  Promise.all(of.map(async (one): Promise<[K, A]> => [one, await ask(one)]));

const allowed = (rule: Rule, role: Role) => rule.may === 'signedIn' || rule.may.includes(role);

/** Let in: reading answers, a change finds fault with its body, ending an unknown session finds none. Audit rows, alarms, messages and installations have ids of their own. */
function expected(route: string): number[] {
  if (route.startsWith('POST')) return [400];
  const ofTheirOwn = [
    'GET /api/audit/:id',
    'GET /api/alarms/:id',
    'GET /api/messages/:id',
    'GET /api/installations/:id',
  ];
  if (route.startsWith('DELETE') || ofTheirOwn.includes(route)) return [404];
  return [200];
}

describe('a clerk’s scope', () => {
  const nouns = () => Object.keys(stage.world.rows).filter((noun) => noun !== 'guides' && noun !== 'policies');
  const reaches: Record<string, readonly Where[]> = {
    clerk: ['near'],
    centreClerk: ['near', 'sister'],
    homelessClerk: [],
    supervisor: PLACES,
  };

  it.each(Object.keys(reaches))('%s: lists hold it and nothing else', async (name) => {
    for (const noun of nouns()) {
      const { status, body } = await as(name).get(`/api/${noun}`);
      expect([noun, status]).toEqual([noun, 200]);
      const expectedIds = (reaches[name] ?? []).map((where) => stage.world.rows[noun]?.[where]);
      const found = body.items.map((item: { id: string }) => item.id);
      const seen =
        noun === 'tickets' && name === 'supervisor' ? found.filter((id: string) => expectedIds.includes(id)) : found;
      expect([noun, seen.sort()]).toEqual([noun, expectedIds.sort()]);
    }
  });

  it.each(Object.keys(reaches))('%s: a number finds those of it who are within', async (name) => {
    const { status, body } = await as(name).post('/api/residents/search', { number: CANARIES.phone, reason: '来电' });
    const within = (reaches[name] ?? []).map((where) => stage.world.rows.residents?.[where]);
    expect([status, body.items.map((one: { id: string }) => one.id).sort()]).toEqual([200, within.sort()]);
  });

  it('an id that no row has is 404 without a note', async () => {
    const before = await deniedRows();
    for (const id of [randomUUID(), 'nonsense', '%00', '1'])
      expect((await as('clerk').get(`/api/bookings/${id}`)).status).toBe(404);
    expect(await deniedRows()).toBe(before);
  });
});

describe('a bad rating', () => {
  it('is the supervisor’s to follow up: clerks see neither the ticket nor who it was', async () => {
    const mine = await as('clerk').get('/api/tickets?kind=bad_rating');
    expect(mine.body.total).toBe(0);
    expect((await as('supervisor').get('/api/tickets?kind=bad_rating')).body.total).toBe(3);
    const [hers] = (await as('clerk').get('/api/ratings')).body.items;
    expect(hers).toMatchObject({ level: 5, resident: null, serviceId: null, ticketId: null });
    const [told] = (await as('supervisor').get('/api/ratings')).body.items;
    expect(told).toMatchObject({ resident: { name: '欧*' } });
  });
});

/** Whose rows each reaches, if her role may call the route at all. */
const REACH: Record<string, readonly Owner[]> = {
  clerk: ['near'],
  centreClerk: ['near', 'sister'],
  homelessClerk: [],
  ...Object.fromEntries(ROLES.filter((role) => role !== 'clerk').map((role) => [role, OWNERS])),
};
/** What is gone afterwards comes last. */
const LAST = /\/(unbind|wipe|state|forget)$/;

describe('every route that names somebody’s rows', () => {
  let rows: Rows;
  let before: Record<string, string>;
  beforeAll(async () => {
    rows = await rowsOfAll(stage.database, stage.world, stage.fields);
    before = await heldIn(stage.database);
  });

  const routes = Object.keys(RULES).filter((route) => !['anybody', 'signedIn'].includes(String(RULES[route]?.may)));
  const inOrder = [...routes.filter((route) => !LAST.test(route)), ...routes.filter((route) => LAST.test(route))];
  const idAt = (noun: string, where: Owner) => rows[noun]?.[where] ?? randomUUID();

  function cells(route: string) {
    const rule = RULES[route] as Rule;
    const named = owned(route);
    if (named.length === 0) return [];
    const standing = (where: Owner) => named.filter(({ noun }) => rows[noun ?? '']?.[where]).length;
    const whole = OWNERS.filter((where) => [0, named.length].includes(standing(where))); // half of them there is another question
    return Object.entries(REACH).flatMap(([who, reach]) =>
      whole.map((where) => {
        const there = standing(where) > 0;
        const role = ROLES.find((one) => one === who) ?? 'clerk';
        const mayCall = allowed(rule, role);
        const refused = rule.sees?.includes(role) ? 'forbidden' : 'not there';
        const wanted = !mayCall ? refused : there && reach.includes(where) ? 'let in' : 'not there';
        return { who, where, there, wanted, noted: wanted !== 'let in' && Boolean(there || !mayCall) };
      }),
    );
  }

  async function tried(route: string, who: string, where: Owner): Promise<string> {
    const [method, url] = route.split(' ') as [string, string];
    const steps = url.split('/');
    const address = steps.map((step, n) => (step.startsWith(':') ? idOf(steps[n - 1] ?? '', where) : step)).join('/');
    const { status } =
      method === 'GET' ? await as(who).get(address) : await as(who).post(address, bodyOf(route, where));
    return verdict(status);
  }

  const idOf = (noun: string, where: Owner) =>
    noun === 'guides' || noun === 'policies' ? idAt(noun, 'near') : idAt(noun, where);

  function bodyOf(route: string, where: Owner): object {
    const named = owned(route).filter(({ at }) => at === 'body');
    const household = idAt('households', where);
    const code = CODES[where];
    const ids = { household, worker: stage.world.staff.clerk ?? '', slot: randomUUID(), code };
    return {
      ...RULES[route]?.body?.(ids),
      ...Object.fromEntries(named.map(({ name, noun }) => [name, idAt(noun ?? '', where)])),
    };
  }

  async function answers(route: string, wanted: (one: string) => boolean) {
    const asked = cells(route).filter((one) => wanted(one.wanted));
    if (asked.length === 0) return;
    const noted = await deniedRows();
    const seen = await together(asked, async ({ who, where, there }) => {
      const got = await tried(route, who, where);
      return got === 'bad body' && !there ? 'not there' : got; // a body that names what nobody has
    });
    expect(seen.map(([{ who, where }, got]) => [who, where, got])).toEqual(
      asked.map(({ who, where, wanted }) => [who, where, wanted]),
    );
    expect(await deniedRows()).toBe(noted + asked.filter((one) => one.noted).length);
  }

  it.each(inOrder)('%s is closed beyond role and reach, and each try is written down', (route) =>
    answers(route, (wanted) => wanted !== 'let in'),
  );

  it('was changed by none of these', async () => {
    expect(await heldIn(stage.database)).toEqual(before);
  });

  it.each(inOrder)('%s is open within them', (route) => answers(route, (wanted) => wanted === 'let in'));

  it.each(inOrder.filter((route) => /^GET \S+\w$/.test(route) && !route.includes(':')))(
    '%s finds nothing by the name of somebody beyond her reach',
    async (route) => {
      for (const { name, noun } of namedBy(route)) {
        for (const [who, reach] of Object.entries(REACH)) {
          if (!noun || !allowed(RULES[route] as Rule, ROLES.find((one) => one === who) ?? 'clerk')) continue;
          for (const where of OWNERS.filter((one) => !reach.includes(one))) {
            const { status, body } = await as(who).get(`${route.slice(4)}?${name}=${idAt(noun, where)}`);
            expect([name, who, where, status, body.total]).toEqual([name, who, where, 200, 0]);
          }
        }
      }
    },
  );
});

function verdict(status: number): string {
  const named: Record<number, string> = { 400: 'bad body', 401: 'sign in', 403: 'forbidden', 404: 'not there' };
  return named[status] ?? (status === 429 || status === 500 ? String(status) : 'let in');
}

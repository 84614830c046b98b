import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/store/schema.ts';
import { ROLES, type Role, RULES, type Rule } from './rules.ts';
import { ask, type Client, openStage, type Stage } from './stage.ts';
import { PLACES, type Where } from './world.ts';

let stage: Stage;
const people = new Map<string, Client>();
const OWN_SCREENS = new Set(['DELETE /api/session']); // would end the session that the next cell needs

beforeAll(async () => {
  stage = await openStage();
  for (const name of [...ROLES, 'centreClerk', 'homelessClerk']) people.set(name, await stage.signIn(name));
});

const as = (name: string) => people.get(name) as Client;
const ids = () => ({ household: stage.world.rows.households?.sister ?? '', worker: stage.world.staff.clerk ?? '' });

/** The address of a route with real ids in it. */
function fill(url: string, where: Where): string {
  const noun = url.split('/')[2] ?? '';
  const own = noun === 'staff' ? stage.world.staff.clerkB : stage.world.rows[noun]?.[where];
  return url
    .replace(':id', own ?? randomUUID())
    .replace(':session', randomUUID())
    .replace(':deviceId', 'device-near');
}

async function call(client: Client, route: string, where: Where, body: object) {
  const [method, url] = route.split(' ') as [string, string];
  const address = fill(url, where);
  if (method === 'GET') return client.get(address);
  if (method === 'DELETE') return client.delete(address);
  return client.post(address, body);
}

const deniedRows = async () => {
  const rows = await stage.database.db.select().from(audit).where(eq(audit.result, 'denied'));
  return rows.length;
};

describe('the routes of the interface', () => {
  it('are all in the table of who may call what, and no others', () => {
    const served = stage.routes
      .filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/api/docs') && url !== '/api/openapi.json')
      .map(({ method, url }) => `${method} ${url}`);
    expect([...new Set(served)].sort()).toEqual(Object.keys(RULES).sort());
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
        url: fill(url, 'near'),
        ...(method === 'POST' ? { payload: {} } : {}),
      });
      expect([200, 400]).toContain(status);
    });
    return;
  }

  it('is closed to strangers', async () => {
    const [method, url] = route.split(' ') as ['GET', string];
    const { status, body } = await ask(stage.app, { method, url: fill(url, 'near') });
    expect([status, body.code]).toEqual([401, 'SIGN_IN_REQUIRED']);
  });

  if (OWN_SCREENS.has(route)) return;
  it.each(ROLES)('as %s', async (role) => {
    const before = await deniedRows();
    const answer = await call(as(role), route, 'near', { unknownMember: 1 });
    if (!allowed(rule, role)) {
      expect(answer.status).toBe(rule.sees?.includes(role) ? 403 : 404);
      expect(await deniedRows()).toBe(before + 1);
      return;
    }
    expect(await deniedRows()).toBe(before);
    expect(expected(route)).toContain(answer.status);
  });
});

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

  it.each(Object.keys(reaches))(
    '%s: what is beyond it looks as if it were not there, and is written down',
    async (name) => {
      for (const noun of nouns()) {
        for (const where of PLACES) {
          const before = await deniedRows();
          const { status } = await as(name).get(`/api/${noun}/${stage.world.rows[noun]?.[where]}`);
          const mine = reaches[name]?.includes(where);
          expect([noun, where, status]).toEqual([noun, where, mine ? 200 : 404]);
          expect(await deniedRows()).toBe(mine ? before : before + 1);
        }
      }
    },
  );

  it.each(
    Object.entries(RULES).filter(([route, rule]) => route.includes('/:id/') && rule.body && rule.may.includes('clerk')),
  )('beyond it %s changes nothing', async (route, rule) => {
    const before = await deniedRows();
    const answer = await call(as('clerk'), route, 'far', rule.body?.(ids()) ?? {});
    expect([answer.status, await deniedRows()]).toEqual([404, before + 1]);
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
